# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders as people have them, and what a careful person reads in each. Data for test_folders.py."""

from __future__ import annotations

from dataclasses import dataclass

Line = tuple[str | None, int | None, str]
"""(section, number, title)"""


@dataclass(frozen=True)
class Folder:
    """A folder of one series and what a careful person reads in it, in playing order."""

    name: str
    files: list[str]
    expected: list[Line]


def flat(name: str, *lines: tuple[str, int | None, str]) -> Folder:
    """A folder without sections; each line is (file, number, title), in playing order."""
    return Folder(name, [line[0] for line in lines], [(None, line[1], line[2]) for line in lines])


def parts(name: str, *lines: tuple[str, str | None, int | None, str]) -> Folder:
    """A folder with sections; each line is (file, section, number, title), in playing order."""
    return Folder(name, [line[0] for line in lines], [line[1:] for line in lines])


FOLDERS = {
    "plain": flat(
        "Welcome to Your Body",
        ("1. Arrive.mp4", 1, "Arrive"),
        ("2. Feet.mp4", 2, "Feet"),
        ("9. Neck.mp4", 9, "Neck"),
        ("10. Mid Back Release - Free Your Neck.mp4", 10, "Mid Back Release - Free Your Neck"),
    ),
    "introduction and bonus": flat(
        "Course",
        ("Welcome.mp4", None, "Welcome"),
        ("01 - Hips.mp4", 1, "Hips"),
        ("02 - Feet.mp4", 2, "Feet"),
        ("03 - Neck.mp4", 3, "Neck"),
        ("About breathing.mp4", None, "About breathing"),
        ("Bonus - Calm.mp4", None, "Bonus - Calm"),
    ),
    "zero is the introduction": flat(
        "Course",
        ("00 Introduction.mp4", 0, "Introduction"),
        ("01 Hips.mp4", 1, "Hips"),
        ("02 Feet.mp4", 2, "Feet"),
    ),
    "extras that count by themselves": flat(
        "Course",
        ("Class 1 - Hips.mp4", 1, "Hips"),
        ("Class 2 - Feet.mp4", 2, "Feet"),
        ("Class 3 - Neck.mp4", 3, "Neck"),
        ("Bonus 1 - Calm.mp4", None, "Bonus 1 - Calm"),
        ("Bonus 2 - Sleep.mp4", None, "Bonus 2 - Sleep"),
    ),
    "lengths in titles": flat(
        "Course",
        ("1 - 15 min Hips.mp4", 1, "15 min Hips"),
        ("2 - 20 min Feet.mp4", 2, "20 min Feet"),
        ("3 - 15 min Neck.mp4", 3, "15 min Neck"),
        ("4 - 5-10 min Rest.mp4", 4, "5-10 min Rest"),
    ),
    "only lengths": flat(
        "Short practices",
        ("5 Minute Reset.mp4", None, "5 Minute Reset"),
        ("10 Minute Balance.mp4", None, "10 Minute Balance"),
        ("20 Minute Flow.mp4", None, "20 Minute Flow"),
        ("45 min Yin.mp4", None, "45 min Yin"),
    ),
    "a length without its word": flat(
        "Short practices",
        ("Feet 15.mp4", None, "Feet 15"),
        ("Hips 20.mp4", None, "Hips 20"),
        ("Neck 45.mp4", None, "Neck 45"),
    ),
    "a number of the series in all names": flat(
        "Yoga 108",
        ("Yoga 108 - 1 - Hips.mp4", 1, "Hips"),
        ("Yoga 108 - 2 - Feet.mp4", 2, "Feet"),
        ("Yoga 108 - 3 - Neck.mp4", 3, "Neck"),
    ),
    "a number that is only the series'": flat(
        "Flow",
        ("Flow 24 Calm.mp4", None, "Flow 24 Calm"),
        ("Flow 24 Power.mp4", None, "Flow 24 Power"),
        ("Flow 24 Rest.mp4", None, "Flow 24 Rest"),
    ),
    "days of thirty": flat(
        "Breath",
        ("Arrive (Day 1 of 30).mp4", 1, "Arrive"),
        ("Breathe (Day 2 of 30).mp4", 2, "Breathe"),
        ("Let go (Day 10 of 30).mp4", 10, "Let go"),
    ),
    "a programme's length": flat(
        "21-Day Challenge",
        ("21-Day Challenge - Day 1 - Hips.mp4", 1, "Hips"),
        ("21-Day Challenge - Day 2 - Feet.mp4", 2, "Feet"),
        ("21-Day Challenge - Day 21 - All.mp4", 21, "All"),
    ),
    "yt-dlp with playlist index": flat(
        "Playlist",
        ("001 - Hips： how to free them [dQw4w9WgXcQ].mp4", 1, "Hips: how to free them"),
        ("002 - Feet ｜ Studio [a-b_c1D2E3F].mp4", 2, "Feet | Studio"),
        ("010 - ＂Neck＂⧸Throat？ [ABCDEFGHIJK].webm", 10, '"Neck"/Throat?'),
    ),
    "youtube-dl with ids after a hyphen": flat(
        "Playlist",
        ("Class 1 Hips-dQw4w9WgXcQ.mp4", 1, "Hips"),
        ("Class 2 Feet-a1b2C3d4E5f.mp4", 2, "Feet"),
        ("Class 3 Neck-Zz9Yy8Xx7Ww.mp4", 3, "Neck"),
    ),
    "upload dates": flat(
        "Live",
        ("20230105 - Hips.mp4", None, "Hips"),
        ("20230112 - Feet.mp4", None, "Feet"),
        ("20230201 - Neck.mp4", None, "Neck"),
    ),
    "dates of the continent": flat(
        "Live",
        ("Stunde 28.12.2022.mp4", None, "Stunde 28.12.2022"),
        ("Stunde 05.01.2023.mp4", None, "Stunde 05.01.2023"),
        ("Stunde 12.01.2023.mp4", None, "Stunde 12.01.2023"),
    ),
    "a camera": flat(
        "Recordings",
        ("IMG_0998.MOV", None, "IMG 0998"),
        ("IMG_0999.MOV", None, "IMG 0999"),
        ("IMG_1000.MOV", None, "IMG 1000"),
    ),
    "a telephone": flat(
        "Recordings",
        ("VID_20230105_090000.mp4", None, "2023-01-05 09:00"),
        ("20230105_101500.mp4", None, "2023-01-05 10:15"),
        ("PXL_20230106_080000123.mp4", None, "2023-01-06 08:00"),
    ),
    "an action camera": flat(
        "Recordings",
        ("GX010012.MP4", None, "GoPro 0012"),
        ("GX020012.MP4", None, "GoPro 0012 (2)"),
        ("GX010013.MP4", None, "GoPro 0013"),
    ),
    "release names": flat(
        "Yoga.Basics.S01.1080p.WEB-DL.x264-GRP",
        ("Yoga.Basics.S01E01.Arrive.1080p.WEB-DL.x264-GRP.mkv", 1, "Arrive"),
        ("Yoga.Basics.S01E02.Mid.Back.1080p.WEB-DL.x264-GRP.mkv", 2, "Mid Back"),
        ("Yoga.Basics.S01E10.Rest.1080p.WEB-DL.x264-GRP.mkv", 10, "Rest"),
    ),
    "underscores": flat(
        "course",
        ("01_mid_back_release.mp4", 1, "mid back release"),
        ("02_hips_and_feet.mp4", 2, "hips and feet"),
    ),
    "addresses": flat(
        "course",
        ("01-mid-back-release.mp4", 1, "Mid back release"),
        ("02-hips-and-feet.mp4", 2, "Hips and feet"),
    ),
    "Roman figures": flat(
        "Suite",
        ("I. Arrive.mp4", 1, "Arrive"),
        ("II. Feet.mp4", 2, "Feet"),
        ("III. Hips.mp4", 3, "Hips"),
        ("IV. Neck.mp4", 4, "Neck"),
        ("IX. Rest.mp4", 9, "Rest"),
    ),
    "parts in Roman figures": flat(
        "Hips",
        ("Hips Part I.mp4", 1, "Part I"),
        ("Hips Part II.mp4", 2, "Part II"),
        ("Hips Part III.mp4", 3, "Part III"),
    ),
    "numbers as words": flat(
        "Course",
        ("Lesson One - Hips.mp4", 1, "Hips"),
        ("Lesson Two - Feet.mp4", 2, "Feet"),
        ("Lesson Ten - Neck.mp4", 10, "Neck"),
    ),
    "German": flat(
        "Kurs",
        ("Einführung.mp4", None, "Einführung"),
        ("Lektion 1 – Hüfte.mp4", 1, "Hüfte"),
        ("Lektion 2 – Füße.mp4", 2, "Füße"),
        ("Lektion 10 – Nacken.mp4", 10, "Nacken"),
        ("Zugabe – Ruhe.mp4", None, "Zugabe – Ruhe"),
    ),
    "French": flat(
        "Cours",
        ("Bienvenue.mp4", None, "Bienvenue"),
        ("Séance 1 - Hanches.mp4", 1, "Hanches"),
        ("2e séance - Pieds.mp4", 2, "Pieds"),
        ("Séance n°3 - Nuque.mp4", 3, "Nuque"),
    ),
    "Spanish": flat(
        "Curso",
        ("Introducción.mp4", None, "Introducción"),
        ("Clase 1. Caderas.mp4", 1, "Caderas"),
        ("Clase 2. Pies.mp4", 2, "Pies"),
        ("Clase 3. Cuello.mp4", 3, "Cuello"),
    ),
    "Japanese": flat(
        "ヨガ",
        ("第１回　腰.mp4", 1, "腰"),
        ("第２回　足.mp4", 2, "足"),
        ("第十回　首.mp4", 10, "首"),
    ),
    "Hindi": flat(
        "योग",
        ("दिन १ - श्वास.mp4", 1, "श्वास"),
        ("दिन २ - कमर.mp4", 2, "कमर"),
        ("दिन १० - विश्राम.mp4", 10, "विश्राम"),
    ),
    "Arabic digits": flat(
        "يوغا",
        ("الدرس ١ - تنفس.mp4", 1, "تنفس"),
        ("الدرس ٢ - ظهر.mp4", 2, "ظهر"),
        ("الدرس ١٠ - راحة.mp4", 10, "راحة"),
    ),
    "decomposed accents and emoji": flat(
        "Cafe\u0301",
        ("1 - Cafe\u0301 flow ☕️.mp4", 1, "Café flow ☕️"),
        ("2 - U\u0308bung 🧘‍♀️.mp4", 2, "Übung 🧘‍♀️"),
    ),
    "halves": flat(
        "Course",
        ("1a Hips.mp4", 1, "Hips (a)"),
        ("1b Hips.mp4", 1, "Hips (b)"),
        ("2a Feet.mp4", 2, "Feet"),
        ("2b Neck.mp4", 2, "Neck"),
    ),
    "numbers with a point": flat(
        "Course",
        ("1.1 Arrive.mp4", 1, "Arrive"),
        ("1.2 Feet.mp4", 2, "Feet"),
        ("2.1 Hips.mp4", 1, "Hips"),
        ("2.10 Rest.mp4", 10, "Rest"),
    ),
    "a class in two parts among whole ones": flat(
        "Course",
        ("1. Arrive.mp4", 1, "Arrive"),
        ("2.1 Feet.mp4", 2, "Feet"),
        ("2.2 Hips.mp4", 2, "Hips"),
        ("3. Neck.mp4", 3, "Neck"),
        ("4. Rest.mp4", 4, "Rest"),
    ),
    "classes in two parts": flat(
        "Course",
        ("Class 1 Part 1.mp4", 1, "Part 1"),
        ("Class 1 Part 2.mp4", 1, "Part 2"),
        ("Class 2 Part 1.mp4", 2, "Part 1"),
        ("Class 2 Part 2.mp4", 2, "Part 2"),
    ),
    "two numbers in one file": flat(
        "Course",
        ("S01E13-E14 - Hips.mp4", 13, "Hips"),
        ("S01E15 - Feet.mp4", 15, "Feet"),
        ("S01E16-17 - Neck.mp4", 16, "Neck"),
    ),
    "the same class twice": flat(
        "Course",
        ("01 Hips (1080p).mp4", 1, "Hips"),
        ("01 Hips (720p).mp4", 1, "Hips"),
        ("02 Feet (1080p).mp4", 2, "Feet"),
        ("02 Feet (720p).mp4", 2, "Feet"),
    ),
    "a studio in all names": flat(
        "Course",
        ("1 Hips ｜ Studio A.mp4", 1, "Hips"),
        ("2 Feet ｜ Studio A.mp4", 2, "Feet"),
        ("3 Neck ｜ Studio A.mp4", 3, "Neck"),
    ),
    "the series in all names": flat(
        "Welcome to Your Body",
        ("Welcome to Your Body 01 Arrive.mp4", 1, "Arrive"),
        ("Welcome to Your Body 02 Feet.mp4", 2, "Feet"),
        ("Welcome to Your Body 10 Neck.mp4", 10, "Neck"),
    ),
    "several habits": flat(
        "Course",
        ("1. Arrive.mp4", 1, "Arrive"),
        ("02 - Feet.mp4", 2, "Feet"),
        ("(3) Hips.mp4", 3, "Hips"),
        ("4 Neck.mp4", 4, "Neck"),
        ("Class 5 - Rest.mp4", 5, "Rest"),
    ),
    "a count among numbers": flat(
        "Course",
        ("1. Arrive.mp4", 1, "Arrive"),
        ("2. Feet.mp4", 2, "Feet"),
        ("3. Hips.mp4", 3, "Hips"),
        ("108 Sun Salutations.mp4", None, "108 Sun Salutations"),
    ),
    "the first without a number": flat(
        "Course",
        ("Hips.mp4", 1, "Hips"),
        ("Hips 2.mp4", 2, "Hips 2"),
        ("Hips 3.mp4", 3, "Hips 3"),
    ),
    "levels are no numbers": flat(
        "Course",
        ("1 Hips Level 2.mp4", 1, "Hips Level 2"),
        ("2 Feet Level 1.mp4", 2, "Feet Level 1"),
        ("3 Neck Level 2.mp4", 3, "Neck Level 2"),
    ),
    "years and covid are no numbers": flat(
        "Course",
        ("Calm 2020.mp4", None, "Calm 2020"),
        ("Home practice - COVID-19.mp4", None, "Home practice - COVID-19"),
        ("New Year 2021.mp4", None, "New Year 2021"),
    ),
    "weeks": parts(
        "Course",
        ("Welcome.mp4", None, None, "Welcome"),
        ("Week 1/Day 1 - Hips.mp4", "Week 1", 1, "Hips"),
        ("Week 1/Day 2 - Feet.mp4", "Week 1", 2, "Feet"),
        ("Week 1/Day 3 - Feet.mp4", "Week 1", 3, "Feet"),
        ("Week 2/Day 1 - Neck.mp4", "Week 2", 1, "Neck"),
        ("Week 10/Day 1 - Rest.mp4", "Week 10", 1, "Rest"),
        ("Bonus/Calm.mp4", "Bonus", None, "Calm"),
    ),
    "Udemy": parts(
        "Breath Course",
        ("01 - Getting Started/001 Welcome.mp4", "Getting Started", 1, "Welcome"),
        ("01 - Getting Started/002 How to sit.mp4", "Getting Started", 2, "How to sit"),
        ("02 - The Diaphragm/003 Release.mp4", "The Diaphragm", 3, "Release"),
        ("02 - The Diaphragm/004 Strength.mp4", "The Diaphragm", 4, "Strength"),
        ("10 - Farewell/005 Thanks.mp4", "Farewell", 5, "Thanks"),
    ),
    "modules of an export": parts(
        "Academy",
        ("Module 1 - Breath/1 - Lesson 1 Sit.mp4", "Module 1 - Breath", 1, "Sit"),
        ("Module 1 - Breath/2 - Lesson 2 Lie.mp4", "Module 1 - Breath", 2, "Lie"),
        ("Module 1 - Breath/3 - Lesson 3 Stand.mp4", "Module 1 - Breath", 3, "Stand"),
        ("Module 2 - Hips/1 - Lesson 1 Sit.mp4", "Module 2 - Hips", 1, "Sit"),
        ("Module 2 - Hips/2 - Lesson 2 Walk.mp4", "Module 2 - Hips", 2, "Walk"),
        ("Module 2 - Hips/3 - Lesson 3 Roll.mp4", "Module 2 - Hips", 3, "Roll"),
    ),
    "sections as words": parts(
        "Course",
        ("Part One/1.mp4", "Part One", 1, "1"),
        ("Part Two/1.mp4", "Part Two", 1, "1"),
        ("Part Three/1.mp4", "Part Three", 1, "1"),
        ("Part Four/1.mp4", "Part Four", 1, "1"),
    ),
    "sections with the series' name": parts(
        "Welcome to Your Body",
        ("Welcome to Your Body - Woche 1/1 Hüfte.mp4", "Woche 1", 1, "Hüfte"),
        ("Welcome to Your Body - Woche 1/2 Fuß.mp4", "Woche 1", 2, "Fuß"),
        ("Welcome to Your Body - Woche 2/3 Nacken.mp4", "Woche 2", 3, "Nacken"),
    ),
    "weeks in the names": parts(
        "Course",
        ("Week 1 Day 1 - Hips.mp4", "Week 1", 1, "Hips"),
        ("Week 1 Day 2 - Feet.mp4", "Week 1", 2, "Feet"),
        ("Week 2 Day 1 - Neck.mp4", "Week 2", 1, "Neck"),
        ("Week 2 Day 2 - Rest.mp4", "Week 2", 2, "Rest"),
    ),
    "two series in one folder": parts(
        "Downloads",
        ("Power Flow Day 1 - Arms.mp4", "Power Flow", 1, "Arms"),
        ("Power Flow Day 2 - Legs.mp4", "Power Flow", 2, "Legs"),
        ("Yin Yoga Day 1 - Hips.mp4", "Yin Yoga", 1, "Hips"),
        ("Yin Yoga Day 2 - Feet.mp4", "Yin Yoga", 2, "Feet"),
        ("YIN yoga day 3 - Rest.mp4", "Yin Yoga", 3, "Rest"),
    ),
    "seasons in one folder": parts(
        "Course",
        ("Course S01E01 Hips.mp4", "Season 1", 1, "Hips"),
        ("Course S01E02 Feet.mp4", "Season 1", 2, "Feet"),
        ("Course S02E01 Neck.mp4", "Season 2", 1, "Neck"),
        ("Course S02E02 Rest.mp4", "Season 2", 2, "Rest"),
    ),
    "a folder for each class": parts(
        "Course",
        ("1 - Hips/video.mp4", None, 1, "Hips"),
        ("2 - Feet/video.mp4", None, 2, "Feet"),
        ("10 - Neck/8f14e45fceea167a5a36dedd4bea2543.mp4", None, 10, "Neck"),
    ),
    "years": parts(
        "Live classes",
        ("2022/2022-12-28 Rest.mp4", "2022", None, "Rest"),
        ("2023/2023-01-05 Hips.mp4", "2023", None, "Hips"),
        ("2023/2023-02-05 Feet.mp4", "2023", None, "Feet"),
        ("2023/2023-03-05 Neck.mp4", "2023", None, "Neck"),
    ),
    "days of the week": flat(
        "Woche",
        ("Montag - Hüfte.mp4", None, "Montag - Hüfte"),
        ("Dienstag - Fuß.mp4", None, "Dienstag - Fuß"),
        ("Freitag - Ruhe.mp4", None, "Freitag - Ruhe"),
    ),
    "bare numbers": flat(
        "Course",
        ("intro.mp4", None, "intro"),
        ("1.mp4", 1, "1"),
        ("2.mp4", 2, "2"),
        ("10.mp4", 10, "10"),
    ),
    "sessions of days": parts(
        "Retreat",
        ("Opening.mp4", None, None, "Opening"),
        ("Day 1 Session 1.mp4", "Day 1", 1, "Session 1"),
        ("Day 1 Session 2.mp4", "Day 1", 2, "Session 2"),
        ("Day 2 Session 1.mp4", "Day 2", 1, "Session 1"),
        ("Day 2 Session 2.mp4", "Day 2", 2, "Session 2"),
    ),
    "a second series in a folder named for the first": parts(
        "Yin",
        ("Yin 1 - Hips.mp4", None, 1, "Hips"),
        ("Yin 2 - Feet.mp4", None, 2, "Feet"),
        ("Flow 1 - Arms.mp4", "Flow", 1, "Arms"),
        ("Flow 2 - Legs.mp4", "Flow", 2, "Legs"),
    ),
    "a DVD": parts(
        "Yoga DVD",
        ("VIDEO_TS/VTS_01_1.VOB", None, None, "Title 1"),
        ("VIDEO_TS/VTS_01_2.VOB", None, None, "Title 1 (2)"),
        ("VIDEO_TS/VTS_02_1.VOB", None, None, "Title 2"),
    ),
}  # fmt: skip
