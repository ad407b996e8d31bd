# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that stand beside numbers in names, in the languages people teach in: classes, days, parts, weeks and
modules; introductions and extras. Pure."""

from __future__ import annotations

import re

from player.domain.vocabulary import fold

ITEM_WORDS = {
    "class": "class|classes|lessons|episodes|"
    "clase|klasse|aula|cours|classe|lektion|lesson|lección|leccion|leçon|lecon|lezione|lição|licao|les|"
    "lekcja|lekce|oppitunti|leksjon|урок|занятие|session|sesión|sesion|sessão|sessao|sitzung|séance|seance|sessione|"
    "sessie|practice|práctica|practica|pratica|prática|pratique|übung|uebung|oefening|workout|einheit|stunde|"
    "unterrichtsstunde|pass|track|titel|piste|pista|traccia|faixa|unit|unidad|unité|lecture|tutorial|exercise|exercice|ejercicio|esercizio|folge|episode|episodio|"
    "épisode|episódio|aflevering|avsnitt|jakso|puntata|odcinek|capitulo|capítulo|chapitre|chapter|kapitel|capitolo|hoofdstuk|ep|eps|"
    "epi|step|schritt|paso|passo|étape|etape|stap|video|vídeo|clip|film|talk|no|nr|núm|num|nº|n°|№|उपदेश|पाठ|कक्षा|"
    "अध्याय|एपिसोड|الحلقة|حلقة|الدرس|درس|bölüm|ders|שיעור|פרק|μάθημα|レッスン|エピソード|에피소드|레슨",
    "day": "day|days|tag|tage|día|dia|jour|giorno|dag|dzień|dzien|den|päivä|день|दिन|اليوم|يوم|gün|デイ",
    "part": "part|parts|pt|teil|parte|partie|deel|del|část|cast|część|czesc|osa|часть|"
    "भाग|الجزء|جزء|パート|파트|cd|disc|disk",
}
CONTAINER_WORDS = (
    "week|weeks|wk|woche|wochen|semana|semaine|settimana|uke|vecka|tydzień|tyden|týden|viikko|неделя|सप्ताह|الأسبوع|"
    "module|modul|módulo|modulo|moduł|модуль|मॉड्यूल|section|abschnitt|sección|seccion|sezione|sectie|secção|secao|seção|"
    "season|staffel|saison|temporada|stagione|seizoen|sæson|säsong|seasong|sezon|sezona|sezóna|sezonul|kausi|сезон|"
    "series|volume|vol|band|tome|tomo|book|buch|livre|libro|livro|boek|block|blok|bloque|bloc|blocco|bloco|phase|fase|"
    "month|monat|mes|mois|mese|mês|maand|theme|thema|tema|thème|chakra|시즌|シーズン|term|semester|quarter|round|retreat"
)
LEVEL_WORDS = "level|stufe|niveau|nivel|livello|nível|grade|grad|lvl"
INTRODUCTIONS = (
    "introduction|intro|welcome|start here|read me first|getting started|einführung|einfuehrung|einleitung|willkommen|"
    "begrüßung|vorstellung|introducción|introduccion|bienvenida|bienvenido|bienvenidos|presentación|bienvenue|"
    "présentation|introduzione|benvenuto|benvenuti|benvenuta|presentazione|introdução|introducao|bem vindo|bem vinda|"
    "bem-vindo|bem-vindos|boas vindas|inleiding|introductie|welkom|before you begin|before you start|before we begin|"
    "prologue|prolog|trailer|preview|orientation|overview|about this course|how to use|erste schritte|los geht s|"
    "wprowadzenie|úvod|введение"
)
SPECIALS = (
    "bonus|bonuses|bonusmaterial|bonus material|extra|extras|special|specials|spezial|outtakes?|"
    "bloopers|appendix|anhang|"
    "zugabe|outro|conclusion|closing|closing words|abschluss|schluss|schlusswort|despedida|farewell|goodbye|epilogue|"
    "epilog|épilogue|"
    "final thoughts|closing thoughts|wrap up|recap|zusammenfassung|fazit|"
    "q a|q and a|questions and answers|faq|fragen und antworten|conclusión|conclusione|conclusioni|"
    "conclusão|afsluiting|slot|nachwort|final words|thank you|what next|what s next|next steps|"
    "supplement|supplementary|"
    "suplemento|supplément|bonusclass|miscellaneous|misc|sonstiges|divers"
)
_LEVELS = (
    ("beginner", "beginners", "basic", "basics", "foundation", "foundations", "easy", "gentle", "anfänger",
     "einsteiger", "principiantes", "principianti", "débutant", "débutants", "iniciante", "iniciantes"),
    ("all levels", "alle stufen"),
    ("improver", "improvers", "intermediate", "medium", "mittelstufe", "intermedio", "intermediario", "intermédiaire",
     "intermediário", "gevorderd"),
    ("advanced", "expert", "hard", "fortgeschritten", "fortgeschrittene", "avanzado", "avanzati", "avanzato", "avancé",
     "avançado", "vergevorderd"),
)  # fmt: skip
_COURSE = (
    "course|class|classes|series|program|programme|challenge|journey|training|retreat|lessons?|workshop|kurs|kurses|kurse|"
    "reihe|serie|programm|curso|cours|corso|série|percorso|parcours|programa|programma|cursus|opleiding|training"
)
_INTRO_TAILS = (
    rf"(?:video|message|talk|session|{_COURSE}|(?:to|zu[mr]?|in|in den|in die|in das|al|a la|au|à la|aux|dans le|"
    rf"alla?|ao|à|tot de|tot het|bij de|bij het|del|de la|du|des|von|van de|van het|to the|to this|"
    rf"to your|to my|to our|a este|"
    rf"in this|al nostro|a nuestro)(?: \w+){{0,2}} (?:{_COURSE})|"
    rf"to you|to you all|everyone|everybody|all|\d{{1,2}}|"
    r"by .*|with .*|mit .*|avec .*|con .*|met .*|and .*|und .*|et .*|y .*|e .*|en .*)"
)


def _folded(words: str) -> str:
    return "|".join(
        sorted({fold(word) if "?" not in word else word for word in words.split("|")}, key=len, reverse=True)
    )


_INTRO = re.compile(rf"(?:(?:the |{_COURSE} )?)(?:{_folded(INTRODUCTIONS)})(?: (?:{_INTRO_TAILS}))?")
_INTRO_START = re.compile(rf"(?:{_folded(INTRODUCTIONS)})\b|(?:{_COURSE}) (?:introduction|intro|overview)$")
_SPECIAL = re.compile(rf"(?:the )?(?:{_folded(SPECIALS)})\b")
_PART_END = re.compile(r"\s+[-–—|~]\s*|\s*[:|(\[]\s*|[-–—|~]\s+")


def is_introduction(title: str, *, loosely: bool) -> bool:
    """Whether a title announces what follows. `loosely`: any title that begins so ("Intro to breathing")."""
    if loosely:
        return _INTRO_START.match(fold(title)) is not None
    return _INTRO.fullmatch(fold(_PART_END.split(title, maxsplit=1)[0])) is not None


def level_of(title: str) -> int | None:
    """How hard "Beginner", "Intermediate" or "Advanced" says it is (0 is the easiest); None for any other name."""
    name = fold(title)
    return next((rank for rank, words in enumerate(_LEVELS) if name in {fold(word) for word in words}), None)


def is_special(title: str) -> bool:
    """Whether a title says that this does not belong to the row: a bonus, an appendix, farewell words."""
    return _SPECIAL.match(fold(title)) is not None


def special_end(text: str) -> int | None:
    """Where the word that makes `text` a special ends, if it begins with one."""
    match = re.match(rf"(?:{SPECIALS})(?![^\W_])", text, re.IGNORECASE)
    return match.end() if match else None
