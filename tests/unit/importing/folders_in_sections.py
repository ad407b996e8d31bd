# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders with sections, or with several rows of classes, and what a careful person reads in each."""

from __future__ import annotations

from tests.unit.importing.folders import flat, parts

IN_SECTIONS = {
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
