# SPDX-License-Identifier: GPL-3.0-or-later
"""More folders of many habits, and what a careful person reads in each."""

from __future__ import annotations

from tests.unit.importing.folders import flat, parts

OF_MANY_HABITS = {
    "series with no separator before number": flat(
        "x",
        ("Yoga Flow 01 Hips.mp4", 1, "Hips"),
        ("Yoga Flow 02 Feet.mp4", 2, "Feet"),
        ("Yoga Flow 03 Neck.mp4", 3, "Neck"),
    ),
    "title then number in brackets": flat(
        "Classes", ("Hips [01].mp4", 1, "Hips"), ("Feet [02].mp4", 2, "Feet"), ("Neck [03].mp4", 3, "Neck")
    ),
    "title - number": flat(
        "Classes", ("Hips - 1.mp4", 1, "Hips"), ("Feet - 2.mp4", 2, "Feet"), ("Neck - 3.mp4", 3, "Neck")
    ),
    "title day": flat(
        "Classes", ("Hips - Day 1.mp4", 1, "Hips"), ("Feet - Day 2.mp4", 2, "Feet"), ("Neck - Day 3.mp4", 3, "Neck")
    ),
    "duration first, number later": flat(
        "Classes",
        ("15 min - Day 1 - Hips.mp4", 1, "15 min – Hips"),
        ("20 min - Day 2 - Feet.mp4", 2, "20 min – Feet"),
        ("30 min - Day 3 - Neck.mp4", 3, "30 min – Neck"),
    ),
    "duration in brackets after": flat(
        "Classes",
        ("1. Hips (15 min).mp4", 1, "Hips (15 min)"),
        ("2. Feet (20 min).mp4", 2, "Feet (20 min)"),
        ("3. Neck (5 min).mp4", 3, "Neck (5 min)"),
    ),
    "a teacher in each name": flat(
        "Classes",
        ("01 Hips with Anna.mp4", 1, "Hips with Anna"),
        ("02 Feet with Ben.mp4", 2, "Feet with Ben"),
        ("03 Neck with Anna.mp4", 3, "Neck with Anna"),
    ),
    "number and dash without blanks": flat(
        "Classes", ("01-Hips.mp4", 1, "Hips"), ("02-Feet.mp4", 2, "Feet"), ("03-Mid Back.mp4", 3, "Mid Back")
    ),
    "colons that a file system refuses": flat(
        "Welcome to Your Body",
        ("Class 11 - Diaphragm： Breathe Wide.mp4", 11, "Diaphragm: Breathe Wide"),
        ("Class 12 - Ribs： Open the Sides.mp4", 12, "Ribs: Open the Sides"),
        (
            "Class 13 - Mid Back Release： Free Your Neck, Shoulders, and Lower Back.mp4",
            13,
            "Mid Back Release: Free Your Neck, Shoulders, and Lower Back",
        ),
    ),
    "the series by its first letters": flat(
        "Welcome to Your Body",
        ("WTYB 01 Hips.mp4", 1, "Hips"),
        ("WTYB 02 Feet.mp4", 2, "Feet"),
        ("WTYB 03 Neck.mp4", 3, "Neck"),
    ),
    "sections with numbers": parts(
        "Course",
        ("01 - Week One/01 - Hips.mp4", "Week One", 1, "Hips"),
        ("01 - Week One/02 - Feet.mp4", "Week One", 2, "Feet"),
        ("02 - Week Two/01 - Neck.mp4", "Week Two", 1, "Neck"),
        ("02 - Week Two/02 - Back.mp4", "Week Two", 2, "Back"),
    ),
    "sections that run on": parts(
        "Course",
        ("Module 1 - Ground/01 Hips.mp4", "Module 1 - Ground", 1, "Hips"),
        ("Module 1 - Ground/02 Feet.mp4", "Module 1 - Ground", 2, "Feet"),
        ("Module 2 - Rise/03 Neck.mp4", "Module 2 - Rise", 3, "Neck"),
        ("Module 2 - Rise/04 Back.mp4", "Module 2 - Rise", 4, "Back"),
    ),
    "phases as sections": parts(
        "Course",
        ("Phase 1/Class 1.mp4", "Phase 1", 1, "Class 1"),
        ("Phase 1/Class 2.mp4", "Phase 1", 2, "Class 2"),
        ("Phase 2/Class 3.mp4", "Phase 2", 3, "Class 3"),
    ),
    "intro in section and bonus": parts(
        "Course",
        ("00 - Start Here/Welcome.mp4", "Start Here", None, "Welcome"),
        ("01 - Hips/1. Circles.mp4", "Hips", 1, "Circles"),
        ("01 - Hips/2. Bridges.mp4", "Hips", 2, "Bridges"),
        ("02 - Neck/1. Nods.mp4", "Neck", 1, "Nods"),
        ("02 - Neck/2. Turns.mp4", "Neck", 2, "Turns"),
        ("99 - Bonus/Rest.mp4", "Bonus", None, "Rest"),
    ),
    "same file in 2 languages": flat(
        "Course",
        ("01 Hips EN.mp4", 1, "Hips EN"),
        ("01 Hips ES.mp4", 1, "Hips ES"),
        ("02 Feet EN.mp4", 2, "Feet EN"),
        ("02 Feet ES.mp4", 2, "Feet ES"),
    ),
    "morning evening": flat(
        "Retreat",
        ("Day 1 Evening - Rest.mp4", 1, "Evening - Rest"),
        ("Day 1 Morning - Rise.mp4", 1, "Morning - Rise"),
        ("Day 2 Evening - Calm.mp4", 2, "Evening - Calm"),
        ("Day 2 Morning - Wake.mp4", 2, "Morning - Wake"),
    ),
    "morning and afternoon": flat(
        "Retreat",
        ("Day 1 - AM.mp4", 1, "AM"),
        ("Day 1 - PM.mp4", 1, "PM"),
        ("Day 2 - AM.mp4", 2, "AM"),
        ("Day 2 - PM.mp4", 2, "PM"),
    ),
    "two of the day": parts(
        "Retreat",
        ("Day 01 - 1 - Rise.mp4", "Day 01", 1, "Rise"),
        ("Day 01 - 2 - Rest.mp4", "Day 01", 2, "Rest"),
        ("Day 02 - 1 - Wake.mp4", "Day 02", 1, "Wake"),
        ("Day 02 - 2 - Calm.mp4", "Day 02", 2, "Calm"),
    ),
    "ordinals": flat(
        "7 Chakras",
        ("1st Chakra - Root.mp4", 1, "Root"),
        ("2nd Chakra - Sacral.mp4", 2, "Sacral"),
        ("3rd Chakra - Solar Plexus.mp4", 3, "Solar Plexus"),
    ),
    "a count of the series and three figures": flat(
        "108 Days",
        ("108 Days of Yoga - 001 - Hips.mp4", 1, "Hips"),
        ("108 Days of Yoga - 002 - Feet.mp4", 2, "Feet"),
        ("108 Days of Yoga - 108 - Neck.mp4", 108, "Neck"),
    ),
    "year series": flat(
        "Yoga 2023",
        ("Yoga 2023 - 1 - Hips.mp4", 1, "Hips"),
        ("Yoga 2023 - 2 - Feet.mp4", 2, "Feet"),
        ("Yoga 2023 - 3 - Neck.mp4", 3, "Neck"),
    ),
    "words that begin with capitals": flat(
        "course",
        ("01HipOpeners.mp4", 1, "Hip Openers"),
        ("02SoftFeet.mp4", 2, "Soft Feet"),
        ("03FreeNeckNow.mp4", 3, "Free Neck Now"),
    ),
    "slug with class": flat(
        "course",
        ("class-1-hip-openers.mp4", 1, "hip openers"),
        ("class-2-soft-feet.mp4", 2, "soft feet"),
        ("class-10-free-neck.mp4", 10, "free neck"),
    ),
    "slug with day in end": flat(
        "course",
        ("hip-openers-day-1.mp4", 1, "Hip openers"),
        ("soft-feet-day-2.mp4", 2, "Soft feet"),
        ("free-neck-day-3.mp4", 3, "Free neck"),
    ),
    "words parted by points": flat(
        "course",
        ("1.Hip.Openers.mp4", 1, "Hip Openers"),
        ("2.Soft.Feet.mp4", 2, "Soft Feet"),
        ("10.Free.Neck.mp4", 10, "Free Neck"),
    ),
    "points and the letter of an episode": flat(
        "course",
        ("Course.E01.Hip.Openers.mp4", 1, "Hip Openers"),
        ("Course.E02.Soft.Feet.mp4", 2, "Soft Feet"),
        ("Course.E10.Free.Neck.mp4", 10, "Free Neck"),
    ),
    "German dates in words": flat(
        "Live",
        ("Live vom 5. Januar 2023 - Hüfte.mp4", None, "Hüfte"),
        ("Live vom 12. Januar 2023 - Fuß.mp4", None, "Fuß"),
        ("Live vom 2. Februar 2023 - Nacken.mp4", None, "Nacken"),
    ),
    "dates of six figures": flat(
        "Live", ("230105 Hips.mp4", None, "Hips"), ("230112 Feet.mp4", None, "Feet"), ("230202 Neck.mp4", None, "Neck")
    ),
    "discs": parts(
        "Yoga Box",
        ("Disc 1/01 Hips.mp4", "Disc 1", 1, "Hips"),
        ("Disc 1/02 Feet.mp4", "Disc 1", 2, "Feet"),
        ("Disc 2/01 Neck.mp4", "Disc 2", 1, "Neck"),
        ("Disc 2/02 Back.mp4", "Disc 2", 2, "Back"),
    ),
    "bare levels": parts(
        "Yoga",
        ("Beginner/Feet.mp4", "Beginner", None, "Feet"),
        ("Beginner/Hips.mp4", "Beginner", None, "Hips"),
        ("Advanced/Back.mp4", "Advanced", None, "Back"),
        ("Advanced/Neck.mp4", "Advanced", None, "Neck"),
    ),
    "intro variants": flat(
        "Course",
        ("Course Introduction.mp4", None, "Course Introduction"),
        ("Lesson 1 - Hips.mp4", 1, "Hips"),
        ("Lesson 2 - Feet.mp4", 2, "Feet"),
        ("Final Thoughts.mp4", None, "Final Thoughts"),
    ),
    "questions at the end": flat(
        "Course",
        ("Welcome to the course.mp4", None, "Welcome to the course"),
        ("1 Hips.mp4", 1, "Hips"),
        ("2 Feet.mp4", 2, "Feet"),
        ("3 Neck.mp4", 3, "Neck"),
        ("Q&A.mp4", None, "Q&A"),
    ),
    "halves by a point": flat(
        "Course",
        ("0.5 Before.mp4", 0, "Before"),
        ("1 Hips.mp4", 1, "Hips"),
        ("2 Feet.mp4", 2, "Feet"),
        ("2.5 Toes.mp4", 2, "Toes"),
        ("3 Neck.mp4", 3, "Neck"),
    ),
    "quotes and question": flat(
        "Course",
        ("01 - ＂I can't＂ 〜 can you？.mp4", 1, '"I can\'t" ~ can you?'),
        ("02 - Why？.mp4", 2, "Why?"),
        ("03 - What's next….mp4", 3, "What's next…"),
    ),
    "ampersand & percent": flat(
        "Course",
        ("1) Breath & Bones 100%.mp4", 1, "Breath & Bones 100%"),
        ("2) Feet + Toes.mp4", 2, "Feet + Toes"),
        ("3) Neck, Jaw & Eyes.mp4", 3, "Neck, Jaw & Eyes"),
    ),
    "minutes constant": flat(
        "10 Minute Yoga",
        ("10 Minute Yoga for Feet.mp4", None, "10 Minute Yoga for Feet"),
        ("10 Minute Yoga for Hips.mp4", None, "10 Minute Yoga for Hips"),
        ("10 Minute Yoga for Necks.mp4", None, "10 Minute Yoga for Necks"),
    ),
    "days with lengths": flat(
        "30 Days of Yoga",
        ("30 Days of Yoga Day 1 (34 min).mp4", 1, "Day 1 (34 min)"),
        ("30 Days of Yoga Day 2 (28 min).mp4", 2, "Day 2 (28 min)"),
        ("30 Days of Yoga Day 3 (19 min).mp4", 3, "Day 3 (19 min)"),
    ),
    "week range": flat(
        "Course",
        ("Weeks 1-2 Hips.mp4", 1, "Hips"),
        ("Weeks 3-4 Feet.mp4", 3, "Feet"),
        ("Weeks 5-6 Neck.mp4", 5, "Neck"),
    ),
    "final number higher than 1000": flat(
        "Daily", ("1001 - Hips.mp4", 1001, "Hips"), ("1002 - Feet.mp4", 1002, "Feet"), ("1003 - Neck.mp4", 1003, "Neck")
    ),
    "hash in the end": flat(
        "Daily", ("Hips #1.mp4", 1, "Hips"), ("Feet #2.mp4", 2, "Feet"), ("Neck #10.mp4", 10, "Neck")
    ),
    "posts with long numbers": flat(
        "Daily",
        ("Feet-123456790.mp4", None, "Feet"),
        ("Hips-123456789.mp4", None, "Hips"),
        ("Neck-223456790.mp4", None, "Neck"),
    ),
    "posts with very long numbers": flat(
        "Daily",
        ("Hips and Feet-1234567890123456.mp4", None, "Hips and Feet"),
        ("Morning live-2234567890123456.mp4", None, "Morning live"),
    ),
    "a word glued to its number": flat(
        "Podcast",
        ("Episode01-Hips.mp3", 1, "Hips"),
        ("Episode02-Feet.mp3", 2, "Feet"),
        ("Episode10-Neck.mp3", 10, "Neck"),
    ),
    "chapters in German": flat(
        "Kurs",
        ("Kapitel_01_Ankommen.mp4", 1, "Ankommen"),
        ("Kapitel_02_Atmen.mp4", 2, "Atmen"),
        ("Kapitel_03_Ruhen.mp4", 3, "Ruhen"),
    ),
    "chapters with a colon": flat(
        "Kurs",
        ("Chapter 1： The Breath.mp4", 1, "The Breath"),
        ("Chapter 2： The Ribs.mp4", 2, "The Ribs"),
        ("Chapter 3： The Back.mp4", 3, "The Back"),
    ),
    "the place in a list before the class's own number": flat(
        "C",
        ("05 - Class 1 - Hips.mp4", 1, "Hips"),
        ("06 - Class 2 - Feet.mp4", 2, "Feet"),
        ("07 - Class 3 - Neck.mp4", 3, "Neck"),
    ),
    "a list with the newest first": flat(
        "C",
        ("003 - Day 1 - Hips.mp4", 1, "Hips"),
        ("002 - Day 2 - Feet.mp4", 2, "Feet"),
        ("001 - Day 3 - Neck.mp4", 3, "Neck"),
    ),
    "a short one beside the long one": flat(
        "C",
        ("0. Intro.mp4", 0, "Intro"),
        ("1. Hips.mp4", 1, "Hips"),
        ("1. Hips (short).mp4", 1, "Hips (short)"),
        ("2. Feet.mp4", 2, "Feet"),
    ),
    "teachers before the number": flat(
        "Yoga",
        ("Anna Berg - 01 - Hips.mp4", 1, "Anna Berg – Hips"),
        ("Anna Berg - 02 - Feet.mp4", 2, "Anna Berg – Feet"),
        ("Ben Tal - 03 - Neck.mp4", 3, "Ben Tal – Neck"),
    ),
    "only levels tell them apart": flat(
        "C",
        ("Level 1 Hips.mp4", 1, "Level 1 Hips"),
        ("Level 2 Hips.mp4", 2, "Level 2 Hips"),
        ("Level 3 Hips.mp4", 3, "Level 3 Hips"),
    ),
    "parts of the day in folders of days": parts(
        "Challenge",
        ("Day 1/Morning.mp4", "Day 1", None, "Morning"),
        ("Day 1/Evening.mp4", "Day 1", None, "Evening"),
        ("Day 2/Morning.mp4", "Day 2", None, "Morning"),
        ("Day 2/Evening.mp4", "Day 2", None, "Evening"),
    ),
    "a folder for each day": flat(
        "Challenge",
        ("Day 1/video.mp4", 1, "Day 1"),
        ("Day 2/video.mp4", 2, "Day 2"),
        ("Day 10/video.mp4", 10, "Day 10"),
    ),
    "folders of lessons": flat(
        "Course",
        ("Lesson 1 - Hips/Lesson 1 - Hips.mp4", 1, "Hips"),
        ("Lesson 2 - Feet/Lesson 2 - Feet.mp4", 2, "Feet"),
    ),
    "the words of another maker": parts(
        "[Maker] Yoga for Backs",
        ("1. Intro/1. Hello.mp4", "Intro", 1, "Hello"),
        ("1. Intro/2. Props.mp4", "Intro", 2, "Props"),
        ("2. Work/1. Hips.mp4", "Work", 1, "Hips"),
    ),
    "many words before each title": flat(
        "C",
        ("Anna Berg Power Yoga Vol 1 & 2 Chair.mp4", None, "Chair"),
        ("Anna Berg Power Yoga Vol 1 & 2 Cool Down 2.mp4", None, "Cool Down 2"),
        ("Anna Berg Power Yoga Vol 1 & 2 Upper Body.mp4", None, "Upper Body"),
        ("Anna Berg Power Yoga Vol 1 & 2 Warm Up 1.mp4", None, "Warm Up 1"),
    ),
    "words that go on": flat(
        "C",
        ("Ten Minutes of Yoga for Feet.mp4", None, "Ten Minutes of Yoga for Feet"),
        ("Ten Minutes of Yoga for Hips.mp4", None, "Ten Minutes of Yoga for Hips"),
        ("Ten Minutes of Yoga for Necks.mp4", None, "Ten Minutes of Yoga for Necks"),
        ("Ten Minutes of Yoga in Bed.mp4", None, "Ten Minutes of Yoga in Bed"),
    ),
}
