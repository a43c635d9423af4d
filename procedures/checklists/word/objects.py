"""The list of objects of the check: a choice, with the sections it names where it names them."""

import re

from procedures.checklists.word.blocks import Paragraph, Row
from procedures.checklists.word.draft import Draft, DraftObject
from procedures.checklists.word.headings import LEGAL, heading_of, is_fill_in, typed_number
from procedures.checklists.word.runs import BOX, TICKED

HEADING = re.compile(
    r"(?:обект|предмет)\w*\s+на\s+(?:\w+\s+)?(?:проверк|контрол|инспекц|одит)\w*"
    r"|obiect\w*\s+(?:de\s+|al\s+)?(?:verific|control|inspec)\w*"
    r"|(?:object|subject)s?\s+of\s+(?:the\s+)?(?:check|inspection|control|verification)",
    re.IGNORECASE,
)
NUMBER = r"(?:\d+(?:\.\d+)*|[IVX]+)"
AND = r"\s*(?:,|;|и|și|si|and|&)\s*"
TO = r"\s*(?:-|–|—|до|la|to|până la)\s*"
SECTIONS = re.compile(
    r"\b(?:раздел\w*|секци\w*|част(?:и|та|ите)?|точк\w*|т|secțiun\w*|secţiun\w*|sectiun\w*|capitol\w*|punct\w*|pct|"
    rf"sections?|parts?|items?)\b\.?\s*№?\s*(?P<numbers>{NUMBER}(?:(?:{AND}|{TO})(?:т\.\s*|раздел\s*)?{NUMBER})*)",
    re.IGNORECASE,
)
LIST_SIGN = re.compile(r"^\s*(?:[-–—•*]|\w{1,2}[.)])\s+")


def is_objects_heading(text: str) -> bool:
    """ "Object of the check:" as a heading: nothing but a number before it, a colon, boxes or nothing behind."""
    typed = typed_number(text)
    words = typed.title if typed else text
    match = HEADING.match(words)
    if not match:
        return False
    behind = words[match.end() :].strip()
    return not behind or behind[0] == ":" or BOX in behind or TICKED in behind


class ObjectList:
    """Takes the paragraphs after such a heading as long as they belong to the list."""

    def __init__(self, draft: Draft, heading: str) -> None:
        self._draft = draft
        self._by_box = False
        self._list_id = ""
        self._any = False
        self.open = True
        inline = heading.replace(TICKED, BOX)
        if BOX in inline:
            self._boxed(inline.partition(BOX)[1] + inline.partition(BOX)[2])

    def take(self, paragraph: Paragraph) -> bool:
        """The paragraph is an object of the check, or a blank line between two."""
        text = paragraph.text
        if not text:
            return True
        if BOX in text or TICKED in text:
            if TICKED in text:
                self._draft.note("box_already_ticked", text)
            self._boxed(text)
            return True
        self.open = not self._by_box and self._in_list(paragraph)
        if self.open:
            self._add(LIST_SIGN.sub("", text))
        return self.open

    def _in_list(self, paragraph: Paragraph) -> bool:
        if is_fill_in(paragraph.text) or is_objects_heading(paragraph.text):
            return False
        place = paragraph.place.list_id or ("typed" if LIST_SIGN.match(paragraph.text) else "")
        if not place or (self._any and place != self._list_id):
            return False
        self._list_id = place
        return not (paragraph.bold and heading_of(paragraph).number.isalpha())

    def _boxed(self, text: str) -> None:
        self._by_box = True
        before, *labels = text.replace(TICKED, BOX).split(BOX)
        if not any(label.strip() for label in labels):  # the boxes stand behind the words
            labels = [before]
        for label in labels:
            self._add(label)

    def _add(self, label: str) -> None:
        label = _label(label)
        if label:
            self._any = True
            self._draft.objects.append(DraftObject(label, section_numbers(label)))


def take_named_row(draft: Draft, row: Row) -> bool:
    """A row that begins with the words "object of the check" and holds the list of them in its other cells."""
    words, *others = [cell.text for cell in row.cells if cell.text] or [""]
    boxed = [text for text in others if BOX in text or TICKED in text]
    if not boxed or not is_objects_heading(words):
        return False
    for text in boxed:
        ObjectList(draft, text)
    return True


def take_row(draft: Draft, row: Row) -> bool:
    """A row of a table that lists objects: one box, the object, perhaps the sections in a cell of their own."""
    words = [cell.text.replace(TICKED, BOX).replace(BOX, " ").strip() for cell in row.cells]
    words = [each for each in words if each]
    words = words[1:] if words and re.fullmatch(rf"{NUMBER}[.)]?", words[0]) else words
    if not words or sum(sign in (BOX, TICKED) for cell in row.cells for sign in cell.text) != 1:
        return False
    label, *rest = words
    numbers = section_numbers(label) or [one for each in rest for one in section_numbers(each) or _counted(each)]
    draft.objects.append(DraftObject(_label(label), numbers))
    return True


def _label(text: str) -> str:
    return re.sub(r"[;,]$|(?<!\b[^\W\d])(?<!\b[^\W\d]{2})\.$", "", " ".join(text.split())).strip()


def section_numbers(text: str) -> list[str]:
    """The numbers of the sections a text names ("раздели 1 и 3–5"); articles of law are none."""
    found: list[str] = []
    for match in SECTIONS.finditer(LEGAL.sub(" ", text)):
        found += _counted(match["numbers"])
    return list(dict.fromkeys(found))


def _counted(text: str) -> list[str]:
    if not re.fullmatch(rf"\s*{NUMBER}(?:(?:{AND}|{TO})(?:т\.\s*|раздел\s*)?{NUMBER})*\s*", text, re.IGNORECASE):
        return []
    found: list[str] = []
    for part in re.split(AND, text):
        ends = re.findall(NUMBER, part)
        if len(ends) == 2 and all(end.isdecimal() for end in ends) and 0 <= int(ends[1]) - int(ends[0]) < 100:
            found += [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            found += ends
    return found
