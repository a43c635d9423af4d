"""The text of a paragraph as printed: every kind of box becomes ☐ (☒ when ticked), fields show their result.

Boxes come as characters, symbol fonts, old form fields, content controls, and typed ``[ ]`` or ``|_|``. Fields may run
over several paragraphs, so one RunReader reads a whole part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from procedures.checklists.word.package import attribute, child, children, is_on, local

BOX, TICKED = "☐", "☒"
BOX_SIGNS = dict.fromkeys("☐□◻◽⬜❏❐❑❒○◯⃞⎕🗌", BOX) | dict.fromkeys("☒☑🗹🗷⮽🗵", TICKED)
SYMBOLS = {  # font → codes of its boxes; Word writes them bare or with F0 in front
    "wingdings": {0x6F: BOX, 0x71: BOX, 0x72: BOX, 0xA1: BOX, 0xA8: BOX, 0x78: TICKED, 0xFD: TICKED, 0xFE: TICKED},
    "wingdings 2": {0xA3: BOX, 0x35: BOX, 0x51: TICKED, 0x52: TICKED, 0x53: TICKED, 0x54: TICKED},
    "webdings": {0x63: BOX},
}
TYPED = ((re.compile(r"\[\s{0,3}\]|\(\s{1,3}\)|\|_{1,3}\|"), BOX), (re.compile(r"\[[xXхХ✓]\]"), TICKED))
LITERAL_FIELD = re.compile(
    r"«([A-Za-z_][\w.]{1,60})»|\{\{\s*([A-Za-z_][\w.]{1,60})\s*\}\}|\$\{([A-Za-z_][\w.]{1,60})\}"
)
MERGE_FIELD = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+).*?\\f\s*"?([\w ]+?)"?\s*(?:\\|$)', re.IGNORECASE)
SKIPPED = {"rPr", "pPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "tbl"}
PICTURES = {"drawing", "pict", "object"}


@dataclass
class Read:
    """What a paragraph holds: text, choices of its drop-down lists, and what is no text (code, words)."""

    text: str = ""
    choices: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: bool = True


@dataclass
class _Field:
    code: str = ""
    result: str = ""
    in_result: bool = False
    boxed: bool = False


class RunReader:
    """Reads the paragraphs of one part in order; collects the names of its merge fields."""

    def __init__(self) -> None:
        self.merge_fields: dict[str, None] = {}
        self._open: list[_Field] = []

    def read(self, paragraph: Element, bold: bool = False) -> Read:
        """The paragraph's text; ``bold``: its style is."""
        read = Read()
        self._inside(paragraph, read, bold)
        for pattern, sign in TYPED:
            read.text = pattern.sub(sign, read.text)
        for match in LITERAL_FIELD.finditer(read.text):
            self._name(next(name for name in match.groups() if name))
        read.bold = read.bold and bool(read.text.strip())
        return read

    def _name(self, name: str) -> None:
        self.merge_fields.setdefault(name)

    def _inside(self, element: Element, read: Read, bold: bool) -> None:
        for each in element:
            tag = local(each)
            if tag in SKIPPED:
                continue
            if tag == "r":
                self._run(each, read, bold)
            elif tag == "fldSimple":
                self._simple_field(each, read, bold)
            elif tag == "sdt":
                self._control(each, read, bold)
            elif tag == "AlternateContent":
                best = child(each, "Choice")
                self._inside(best if best is not None else each, read, bold)
            elif tag in ("del", "moveFrom"):
                read.notes.append(("tracked_deletion", "".join(each.itertext()).strip()))
            else:
                if tag in ("ins", "moveTo"):
                    read.notes.append(("tracked_insertion", "".join(each.itertext()).strip()))
                self._inside(each, read, bold)

    def _run(self, run: Element, read: Read, bold: bool) -> None:
        properties = child(run, "rPr")
        fonts = child(properties, "rFonts")
        symbols = SYMBOLS.get((attribute(fonts, "ascii") or attribute(fonts, "hAnsi")).lower(), {})
        if (setting := child(properties, "b")) is not None:
            bold = is_on(setting)
        for each in run:
            text = self._text(each, symbols, read)
            if text.strip() and not bold:
                read.bold = False
            self._say(text, read)

    def _text(self, each: Element, symbols: dict[int, str], read: Read) -> str:
        tag = local(each)
        if tag == "t":
            return "".join(symbols.get(ord(sign) & 0xFF, BOX_SIGNS.get(sign, sign)) if symbols and _is_symbol(sign)
                           else BOX_SIGNS.get(sign, sign) for sign in each.text or "")  # fmt: skip
        if tag == "sym":
            return _symbol(attribute(each, "char"), attribute(each, "font"))
        if tag == "fldChar":
            self._field_mark(each, read)
        elif tag == "instrText" and self._open:
            self._open[-1].code += each.text or ""
        elif tag in ("footnoteReference", "endnoteReference"):
            read.notes.append(("footnote", ""))
        elif tag in PICTURES or tag == "AlternateContent":
            _picture(each, read)
        return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")

    def _say(self, text: str, read: Read) -> None:
        if any(not each.in_result for each in self._open):
            return
        if self._open:
            self._open[-1].result += text
        else:
            read.text += text

    def _field_mark(self, mark: Element, read: Read) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            new = _Field()
            data = child(mark, "ffData")
            if (box := child(data, "checkBox")) is not None:
                ticked = any(is_on(child(box, name)) for name in ("checked", "default"))
                self._say(TICKED if ticked else BOX, read)
                new.boxed = True
            read.choices += [
                attribute(each, "val") for each in child(data, "ddList") or () if local(each) == "listEntry"
            ]
            self._open.append(new)
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            self._close(self._open.pop(), read)

    def _close(self, done: _Field, read: Read) -> None:
        if merge := MERGE_FIELD.match(done.code):
            name = merge[1] or merge[2]
            self._name(name)
            shown = done.result.strip() or f"«{name}»"
            self._say(shown, read)
            if shown.startswith("«") and _plain(shown) != _plain(name):
                read.notes.append(("placeholder_differs", f"{shown} ≠ {name}"))
        elif symbol := SYMBOL_FIELD.match(done.code):
            self._say(_symbol(f"{int(symbol[1], 0):X}", symbol[2]), read)
        elif "FORMCHECKBOX" in done.code.upper():
            self._say("" if done.boxed else BOX, read)
        elif "FORMDROPDOWN" not in done.code.upper():
            self._say(done.result, read)

    def _simple_field(self, simple: Element, read: Read, bold: bool) -> None:
        shown = Read()
        outer, self._open = self._open, []
        self._inside(simple, shown, bold)
        self._open = outer
        read.bold = read.bold and shown.bold
        self._close(_Field(attribute(simple, "instr"), shown.text), read)

    def _control(self, control: Element, read: Read, bold: bool) -> None:
        properties, content = child(control, "sdtPr"), child(control, "sdtContent")
        if (box := child(properties, "checkbox")) is not None:
            self._say(TICKED if is_on(child(box, "checked")) else BOX, read)
            return
        for name in ("dropDownList", "comboBox"):
            listed = child(properties, name)
            read.choices += [_choice(each) for each in children(listed, "listItem") if attribute(each, "value")]
            if listed is not None:
                return
        if is_on(child(properties, "showingPlcHdr")):
            read.notes.append(("content_control", "".join(_texts(content)).strip()))
        elif content is not None:
            self._inside(content, read, bold)


def _choice(item: Element) -> str:
    return attribute(item, "displayText") or attribute(item, "value")


def _texts(element: Element | None) -> Iterator[str]:
    for each in element.iter() if element is not None else ():
        if local(each) == "t":
            yield each.text or ""


def _picture(picture: Element, read: Read) -> None:
    box = next((each for each in picture.iter() if local(each) == "txbxContent"), None)
    words = " ".join("".join(_texts(box)).split())
    if words:
        read.notes.append(("text_box", words))
    else:
        read.notes.append(("picture", ""))


def _is_symbol(sign: str) -> bool:
    return ord(sign) < 0x100 or 0xF000 <= ord(sign) < 0xF100


def _symbol(code: str, font: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    return SYMBOLS.get(font.lower().strip(), {}).get(int(code, 16) & 0xFF, "")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
