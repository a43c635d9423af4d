"""What a heading, a comment row, a header or a fill-in line looks like in a form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from procedures.checklists.structure import Answer
from procedures.checklists.word.blocks import Paragraph

PART = r"(?:раздел|част|глава|секция|secțiunea|secţiunea|sectiunea|capitolul|partea|section|part|chapter)"
COUNT = r"(?:\d+(?:\.\d+)*|[IVXLCІХ]+(?:\.\d+)*|[A-ZА-Я])"
TYPED_NUMBER = re.compile(
    rf"(?:{PART}\s+№?\s*(?P<part>{COUNT})\s*[.):–—-]*|(?P<number>{COUNT})\s*[.)](?!\d)|(?P<deep>\d+(?:\.\d+)+)(?=\s))\s*",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
COMMENT = re.compile(
    r"(?:коментари?|забележк[аи]|констатаци[яи]|constatări|constatari|findings?|бележк[аи]|обосновка|мотиви|пояснени[ея]|уточнени[ея]|comentari[iu]?|observați[ei]i?|"
    r"observaţi[ei]i?|observatii|mențiuni|remarci|justificare|explicații|comments?|remarks?|notes?|explanations?)\b",
    re.IGNORECASE,
)
HEADER_WORD = re.compile(
    r"№|nr\b|no\b|показател|критери|изискван|въпрос|проверяван|вид\b|обект|indicator|criteri|cerinț|cerinţ|întreb|intreb|"
    r"aspect|question|requirement|item|check",
    re.IGNORECASE,
)
BASIS_WORD = re.compile(r"основание|нормативн|temei|bază legală|legal|clause|клауза|член", re.IGNORECASE)
ON_CONDITION = re.compile(
    r"(?:при|ако|когато|в случай|dacă|daca|când|în caz|in caz|pentru|if|when|for)\b([^.:;]*)", re.IGNORECASE
)
ON_ALL = re.compile(
    r"винаги|всеки отговор|всички отговори|задължител|întotdeauna|obligatori|fiecare|always|required|every",
    re.IGNORECASE,
)
FILL_IN = re.compile(r"(?:…|\.\.\.\.|_{4,}|\.{3,}\s*\.{3,})")
LEGAL = re.compile(
    r"\b(?:чл|art|член)\.?\s*\d+[a-zа-я]?\b(?:,?\s+(?:ал|т|буква|изр|alin|lit|pct)\.?\s*\(?\w+\)?)*"
    r"(?:\s+(?:от|din|of)\s+[A-ZА-Я]{2,}\w*)?"
)
ROMAN = re.compile(r"[IVXLCІХ]{2,}|[IVXІХ]")
LONGEST_HEADING = 600


@dataclass(frozen=True)
class Heading:
    """A section heading: its number without the dot, and its words."""

    number: str
    title: str


def heading_of(paragraph: Paragraph) -> Heading:
    """The number (counted by Word or typed) and the title of a paragraph."""
    typed = typed_number(paragraph.text)
    if paragraph.place.number:
        counted = typed_number(f"{paragraph.place.number} ")
        return Heading(counted.number if counted else paragraph.place.number.strip(" .)("), _one_line(paragraph.text))
    return typed or Heading("", _one_line(paragraph.text))


def typed_number(text: str) -> Heading | None:
    """The number in front of the text, if one is typed there; a date is none."""
    match = TYPED_NUMBER.match(text)
    if not match or DATE.match(text):
        return None
    return Heading(match["part"] or match["number"] or match["deep"], _one_line(text[match.end() :]))


def choose_heading(since: Sequence[Paragraph]) -> Paragraph | None:
    """Of the paragraphs since the table before, the one this table stands under.

    The nearest numbered one or styled heading; plain numbered lines under a bold numbered heading are instructions
    unless they go deeper in its own number. Without any number: the nearest line in bold or capitals.
    """
    chosen: Paragraph | None = None
    for paragraph in (each for each in since if each.text and not is_fill_in(each.text)):
        if is_numbered(paragraph) and not _is_instruction(paragraph, chosen):
            chosen = paragraph
    if chosen:
        return chosen
    return next((each for each in reversed(since) if _is_loud(each)), None)


def next_line(since: Sequence[Paragraph], chosen: Paragraph) -> str:
    """The title that stands in the line after a number alone ("Раздел 1", then "Документи")."""
    after = [each for each in since[[each is chosen for each in since].index(True) + 1 :] if each.text]
    return _one_line(after[0].text) if after and _is_loud(after[0]) else ""


def form_title(paragraphs: Sequence[Paragraph]) -> str:
    """The title of the form: the first loud line of more than a word, or of letters set apart ("П Р О Т О К О Л")."""
    for paragraph in paragraphs:
        text = _one_line(paragraph.text)
        if (_is_loud(paragraph) or paragraph.is_heading) and " " in text and not paragraph.place.number:
            apart = re.sub(r"(?<=\b\w) (?=\w\b)", "", text)
            if sum(sign.isalpha() for sign in apart) > 5:
                return apart
    return ""


def is_numbered(paragraph: Paragraph) -> bool:
    """A styled heading, or a numbered line that can head a table."""
    if not paragraph.text or len(paragraph.text) > LONGEST_HEADING or COMMENT.match(paragraph.text):
        return False
    number = heading_of(paragraph).number
    counts = number and (not number.isalpha() or ROMAN.fullmatch(number) or (number.isupper() and paragraph.bold))
    return paragraph.is_heading or bool(counts)


def _is_instruction(paragraph: Paragraph, above: Paragraph | None) -> bool:
    if above is None or paragraph.bold or paragraph.is_heading or not (above.bold or above.is_heading):
        return False
    number = heading_of(above).number
    return not number or not heading_of(paragraph).number.startswith(f"{number}.")


def _is_loud(paragraph: Paragraph) -> bool:
    text = paragraph.text
    words = any(sign.isalpha() for sign in text)
    loud = paragraph.bold or text == text.upper()
    return words and loud and len(text) <= LONGEST_HEADING // 2 and not COMMENT.match(text) and not is_fill_in(text)


def is_comment(text: str, alone: bool) -> bool:
    """The words of a comment row: nothing else stands in the row (``alone``), or a colon, dots or the end follows."""
    match = COMMENT.match(text)
    return match is not None and (alone or not text[match.end() :].strip() or text[match.end()] in ":.…(-–")


def comment_prompts(text: str) -> str:
    """What a comment row asks to be commented on, without the word itself and the lines to write on."""
    text = re.sub(r"^\s*(?:относно|privind|about|on)?\s*:?\s*", "", COMMENT.sub("", text, count=1), flags=re.IGNORECASE)
    lines = (line.strip(" …._") for line in text.splitlines())
    return "\n".join(line for line in lines if line and not is_comment(line, alone=False))


def comment_asked_on(text: str, answers: Sequence[Answer]) -> tuple[str, ...]:
    """The answers on which a comment is asked: those the words name, all when they say so, else the negative one."""
    labels = {next(iter(answer.label.values())).lower(): answer.code for answer in answers}
    named = set()
    for clause in ON_CONDITION.findall(text.lower()):
        left = clause
        for label in sorted(labels, key=len, reverse=True):
            if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", left):
                named.add(labels[label])
                left = left.replace(label, " ")
    if not named and ON_ALL.search(text):
        named = set(labels.values())
    return tuple(answer.code for answer in answers if answer.code in (named or {"no"}))


def is_fill_in(text: str) -> bool:
    """A line to write on: dots or underscores, with hardly a word."""
    return bool(FILL_IN.search(text)) and sum(sign.isalpha() for sign in text) <= 3


def legal_basis(text: str) -> str:
    """The articles a text refers to, as written."""
    return "; ".join(dict.fromkeys(" ".join(each.split()) for each in LEGAL.findall(text)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
