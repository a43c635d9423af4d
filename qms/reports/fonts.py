"""The type faces of every report: DejaVu Sans Condensed, which has ș ț, Bulgarian and the signs of the checklist.

They are not in the repository: the npm package `dejavu-fonts-ttf` brings them, a system's own DejaVu is the fallback.
"""

from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = (
    PROJECT / "node_modules" / "dejavu-fonts-ttf" / "ttf",
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/dejavu-sans-fonts"),
)
REGULAR, BOLD, ITALIC, BOLD_ITALIC, MONO = "At", "At-Bold", "At-Italic", "At-BoldItalic", "At-Mono"
FILES = {
    REGULAR: "DejaVuSansCondensed.ttf",
    BOLD: "DejaVuSansCondensed-Bold.ttf",
    ITALIC: "DejaVuSansCondensed-Oblique.ttf",
    BOLD_ITALIC: "DejaVuSansCondensed-BoldOblique.ttf",
    MONO: "DejaVuSansMono.ttf",
}
_registering = Lock()


class FontsMissing(Exception):
    """No folder has all the faces; the message says how to get them."""


def font_folder(folders: tuple[Path, ...] = FOLDERS) -> Path:
    """The first folder with every face. Raises FontsMissing."""
    for folder in folders:
        if all((folder / name).is_file() for name in FILES.values()):
            return folder
    raise FontsMissing(
        "The DejaVu fonts are missing, so no report can be printed. Run `python3 manage.py up` (it installs the npm "
        "package dejavu-fonts-ttf), or install the system's packages fonts-dejavu-core and fonts-dejavu-extra."
    )


def fonts_present() -> bool:
    """Whether reports can be printed here: one line of `manage.py doctor`."""
    try:
        return font_folder().is_dir()
    except FontsMissing:
        return False


@cache
def face(name: str) -> TTFont:
    """The face, registered with reportlab at its first use. Raises FontsMissing."""
    with _registering:
        font = TTFont(name, str(font_folder() / FILES[name]))
        pdfmetrics.registerFont(font)
    return font


def ready() -> None:
    """Register every face. Raises FontsMissing."""
    for name in FILES:
        face(name)
