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
}  # fmt: skip
