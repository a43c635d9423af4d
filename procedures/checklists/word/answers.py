"""Printed answers: what counts as one in Bulgarian, Romanian and English, and how they stand around their boxes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from procedures.checklists.structure import CHOICE, YES_NO, Answer
from procedures.checklists.word.runs import BOX, TICKED

# Longer words first: "не съответства" is found before "не". Written without diacritics, see ``_folded``.
WORDS = {
    "na": (
        r"не\s+е\s+приложимо|не\s+се\s+прилага|неприложим[оаи]?|н\s*/\s*п|н\.\s?п\.?|нп"
        r"|not\s+applicable|n\s*/\s*a|n\.\s?a\.?|na|nu\s+se\s+aplica|nu\s+e(?:ste)?\s+cazul|neaplicabila?"
    ),
    "partly": (
        r"частично(?:\s+(?:съответства|отговаря|изпълнено|налично))?|отчасти|partly|in\s+parte"
        r"|partial(?:ly)?(?:\s+(?:conform[aei]?|compliant|met|indeplinit[aei]?|respectat[aei]?))?"
    ),
    "no": (
        r"не\s+съответства|несъответствие|не\s+отговаря|не\s+е\s+изпълнено|неизпълнено|не\s+е\s+налично|липсва|няма|не"
        r"|does\s+not\s+(?:comply|conform)|non-?complian(?:t|ce)|non-?conform(?:ity)?|not\s+met|absent|no"
        r"|nu\s+corespunde|nu\s+exista|neconform[aei]?|neindeplinit[aei]?|nerespectat[aei]?|nu"
    ),
    "yes": (
        r"съответства|съответствие|отговаря|изпълнено|налично|има|да|complies|compliant|conforms|met|present|yes"
        r"|corespunde|exista|conform[aei]?|indeplinit[aei]?|respectat[aei]?|da"
    ),
}
ANY = re.compile("|".join(f"(?P<{code}>{words})" for code, words in WORDS.items()))
AT_END = re.compile(rf"(?:^|[\s:;,.?!/–-])(?P<word>{'|'.join(WORDS.values())})[\s.:/–-]*$")
BETWEEN = re.compile(r"[\s/|,;\\_.…·–-]+|\b(?:или|or|sau)\b")
FOLD = str.maketrans("ăâîșşțţ", "aaisstt")
EDGES = " \t\n,;:/–-_…"


@dataclass(frozen=True)
class Boxed:
    """What stands around boxes: ``labels`` may hold empty ones, ``before`` and ``after`` are no part of an answer."""

    before: str
    labels: tuple[str, ...]
    after: str


def code_of(label: str) -> str:
    """yes, no, partly, na, or nothing for a word of the form's own."""
    match = ANY.fullmatch(_folded(label).strip(" .:;"))
    return (match.lastgroup or "") if match else ""


def printed_words(text: str) -> list[str]:
    """The answers, as printed, when the text consists of nothing else ("Да/ Не", "Da / Nu / N.A."); else none."""
    folded = _folded(text)
    if len(folded) != len(text):
        return []
    found, place = [], 0
    while place < len(text):
        if gap := BETWEEN.match(folded, place):
            place = gap.end()
        elif (word := ANY.match(folded, place)) and not folded[word.end() : word.end() + 1].isalnum():
            found.append(text[place : word.end()].strip())
            place = word.end()
        else:
            return []
    return found


def around_boxes(text: str) -> Boxed:
    """Answers before their boxes ("Да ☐ Не ☐") or after them ("☐ Да ☐ Не"), with what else stands there."""
    parts = text.replace(TICKED, BOX).split(BOX)
    known_tail = AT_END.search(_folded(parts[0]))
    if not parts[0].strip(EDGES) or (parts[-1].strip(EDGES) and not known_tail):
        return _labels_follow(parts)
    return _labels_lead(parts)


def as_answers(labels: Iterable[str], language: str) -> tuple[Answer, ...]:
    """Answers with codes; a known word keeps its code only while it is the only one with it."""
    printed = list(labels)
    codes = [code_of(label) for label in printed]
    return tuple(
        Answer(code if code and codes.count(code) == 1 else f"a{n}", {language: label})
        for n, (code, label) in enumerate(zip(codes, printed, strict=True), 1)
    )


def kind_of(answers: tuple[Answer, ...]) -> str:
    """yes_no when both are among only known words, else a choice."""
    codes = {answer.code for answer in answers}
    return YES_NO if {"yes", "no"} <= codes <= set(WORDS) else CHOICE


def _labels_follow(parts: list[str]) -> Boxed:
    labels, after = [], []
    for part in parts[1:]:
        first, _line, rest = part.strip(" \t\n").partition("\n")
        labels.append(_trimmed(first))
        after.append(rest)
    return Boxed(_tidy(parts[0]), tuple(labels), _tidy("\n".join(after)))


def _labels_lead(parts: list[str]) -> Boxed:
    before, labels = "", []
    for n, part in enumerate(parts[:-1]):
        word = AT_END.search(_folded(part)) if n == 0 else None
        line = part.rstrip(EDGES).rfind("\n") + 1 if n == 0 else 0
        cut = word.start("word") if word else line
        before = part[:cut] if n == 0 else before
        labels.append(_trimmed(part[cut:]))
    return Boxed(_tidy(before), tuple(labels), _tidy(parts[-1]))


def _trimmed(label: str) -> str:
    label = " ".join(label.split()).strip(EDGES)
    return label if "." in label[:-1] else label.rstrip(".")


def _tidy(text: str) -> str:
    return text.strip(EDGES + ".")


def _folded(text: str) -> str:
    return text.lower().translate(FOLD)
