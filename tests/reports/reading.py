"""Reading a PDF back, as a reader of it would."""

import io
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All its text, pages apart by form feeds."""
    return "\f".join(page.extract_text() for page in opened(pdf).pages)


def squeezed(text: str) -> str:
    """The text with every kind of white space as one space: where lines broke does not matter."""
    return " ".join(text.split())


def fonts_of(pdf: bytes) -> list[Any]:
    """Every font object any page or form of it names."""
    found: dict[str, Any] = {}

    def look(resources: Any) -> None:
        for name, font in (resources.get("/Font") or DictionaryObject()).items():
            found[f"{name}{font.get_object().get('/BaseFont')}"] = font.get_object()
        for form in (resources.get("/XObject") or DictionaryObject()).values():
            look(form.get_object().get("/Resources", DictionaryObject()).get_object())

    for page in opened(pdf).pages:
        look(page["/Resources"])
    return list(found.values())


def links_of(pdf: bytes) -> list[str]:
    """Every address a click may open."""
    notes = [note.get_object() for page in opened(pdf).pages for note in page.get("/Annots") or ()]
    return [note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]]


def images_of(pdf: bytes) -> int:
    """How many pictures are on its pages."""
    return sum(len(page.images) for page in opened(pdf).pages)
