# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptions in the manner of class pages, and what a careful reader finds in each: things to fetch ("block?" is
optional, "none" says that nothing is needed), focus areas that must be found, times, and parts without times."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """One description: `times` are (second, title), `parts` the titles of parts without times."""

    title: str
    text: str
    props: str = ""
    focus: str = ""
    times: list[tuple[int, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


DESCRIPTIONS = {
    "a chair and a pillow": Said(
        "Mid Back Release",
        "Your mid back works all day. In this class we soften the diaphragm, open the ribs and free the mid back.\n\n"
        "What you'll need: a sturdy chair without arms and a pillow.",
        "chair pillow", "mid-back",
    ),
    "chair pose is no chair": Said(
        "Strong Legs",
        "Expect plenty of chair pose, a long bridge, some boat and a little wheel if you like. No props needed.",
        "none", "legs",
    ),
    "nothing, really": Said(
        "Anywhere, Anytime",
        "You don't need any equipment for this one, not even a mat. Do it in the office, on the train, in bed.",
        "none",
    ),
    "a mat at most": Said(
        "Floor Flow", "No special equipment is needed other than a mat.", "mat",
    ),
    "blocks if your hands do not reach": Said(
        "Hamstrings",
        "Bring a mat. If your hands don't reach the floor, have two blocks nearby.",
        "mat block?",
    ),
    "or a cushion": Said(
        "Sit Well", "Sit on a folded blanket or a firm cushion, whichever is at hand.", "blanket cushion?",
    ),
    "a list with stars": Said(
        "Restore",
        "PROPS:\n* 1 bolster\n* 2 blankets\n* 1 strap (or belt)\n* eye pillow (optional)\n\nEnjoy the quiet.",
        "bolster blanket strap eye-pillow?",
    ),
    "a wall to lean on": Said(
        "Legs Up", "You'll want a bit of free wall space and a folded towel to put under your head.", "wall towel",
    ),
    "the wall of the belly": Said(
        "Deep Core",
        "We wake up the deep abdominal wall and the pelvic floor, and find the edges of the rib cage.",
        "", "core",
    ),
    "balls of the feet, ball of the hand": Said(
        "Feet First",
        "Rock between your heels and the balls of your feet. Later roll a tennis ball under each foot.",
        "ball", "feet",
    ),
    "the strap may be a scarf": Said(
        "Open Shoulders", "You need a strap; a scarf or a belt works just as well.", "strap",
    ),
    "not on a chair": Said(
        "On the Floor", "This is the floor version. You do not need a chair. A mat or carpet is fine.", "mat",
    ),
    "a chair instead of a mat": Said(
        "Desk Break", "Use a chair instead of a mat for this short break at your desk.", "chair",
    ),
    "bands": Said(
        "Strong Hips", "Equipment: long resistance band, mat. The IT band is a guest today.", "band mat", "hips",
    ),
    "weights that are yours already": Said(
        "Stand Tall", "Shift your weight from foot to foot. Your own body weight is all you need.", "none",
    ),
    "light weights if wanted": Said(
        "Arms", "Light weights (1-2 kg) are optional. Mat required.", "weights? mat",
    ),
    "a foam roller": Said("Roll It Out", "Grab your foam roller and a tennis ball.", "roller ball"),
    "blocks of time": Said(
        "Plan Your Practice", "Set aside two blocks of time this week. Nothing to bring but curiosity.", "",
    ),
    "building blocks": Said("Basics", "The building blocks of a steady practice, one by one.", ""),
    "times first, with noise": Said(
        "Neck",
        "Follow me on the usual places! Class starts at 7:30 pm every Monday.\n\n"
        "CHAPTERS\n00:00 Welcome\n02:15 – Release the diaphragm\n06:40 – Breathing into the ribs\n"
        "11:05 – Seated rotations\n14:10 – Rest\n\nThe song is 3:45 long.",
        "", "neck",
        [(0, "Welcome"), (135, "Release the diaphragm"), (400, "Breathing into the ribs"), (665, "Seated rotations"),
         (850, "Rest")],
    ),
    "times last, with noise": Said(
        "Hips",
        "A 15 minute class.\nWelcome ... 0:00\nSoften the belly ... 1:30\nHip circles ... 5:00\nRest ... 12:20\n"
        "Comments are open until 20:00.",
        "", "hips",
        [(0, "Welcome"), (90, "Soften the belly"), (300, "Hip circles"), (740, "Rest")],
    ),
    "times in brackets between words": Said(
        "Calm",
        "(0:00) Arrive (1:10) Breathe (4:30) Sway (9:00) Lie down",
        "", "calm",
        [(0, "Arrive"), (70, "Breathe"), (270, "Sway"), (540, "Lie down")],
    ),
    "lengths are no times": Said(
        "Three Short Ones", "Neck 5:00\nShoulders 5:00\nBack 5:00", "", "",
    ),
    "told as a way": Said(
        "Ribs",
        "We begin with a diaphragm release on the back, then breathe into the side ribs, move on to seated rotations, "
        "and finally rest.",
        "", "ribs", [],
        ["Diaphragm release on the back", "Breathe into the side ribs", "Seated rotations", "Rest"],
    ),
    "told with minutes": Said(
        "Back",
        "1. Arriving (2 min)\n2. Diaphragm release (5 min)\n3. Side bends (6 min)\n4. Rest (3 min)",
        "", "", [],
        ["Arriving", "Diaphragm release", "Side bends", "Rest"],
    ),
    "German": Said(
        "Nacken lösen",
        "Du brauchst einen Stuhl ohne Armlehnen und optional ein Kissen. Eine Matte ist nicht nötig.",
        "chair pillow? mat?", "neck",
    ),
    "German, nothing": Said("Pause im Büro", "Für diese Einheit brauchst du keine Hilfsmittel.", "none"),
    "Spanish": Said(
        "Cuello libre", "Necesitas una esterilla y, si quieres, una manta. No hace falta silla.", "mat blanket?",
        "neck",
    ),
    "French": Said(
        "Dos libre", "Prévoyez un tapis et un coussin. La couverture est facultative.", "mat cushion blanket?",
    ),
    "HTML left over": Said(
        "Feet", "<p>You&#39;ll need:</p><ul><li>a chair</li><li>a towel</li></ul>", "chair towel", "feet",
    ),
    "asked and answered": Said(
        "Q&A", "Do I need props? No. Do I need a mat? It helps, but it is optional.", "mat? none",
    ),
    "without a block it works too": Said(
        "Triangle", "Have a block ready. It also works without a block.", "block?",
    ),
    "pillow talk and blanket statements": Said(
        "Sleep", "This is no blanket statement, but most of us sleep too little. After this class: pillow talk.",
        "", "sleep",
    ),
    "a table to hold": Said(
        "Balance", "Stand next to a wall or a table so that you can hold on if you wobble.", "wall", "balance",
    ),
}  # fmt: skip
