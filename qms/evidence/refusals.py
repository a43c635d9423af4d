"""Why a file is not taken, as one sentence in the reader's language."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qms.evidence.sandbox import SENTENCES

TAKEN = "PDF, PNG, JPG, WEBP, DOCX, XLSX, ODT, ODS, TXT, CSV"
OURS = SENTENCES | {
    "bad_name": _("The name of the file is refused: it is empty, too long, or holds a path or hidden signs."),
    "two_endings": _("The name of the file is refused: it hides the ending of a program or a web page."),
    "not_taken": _("Files of this kind are not taken. Taken are %(taken)s."),
    "other_content": _("The file is refused: its content is not what the ending “%(ending)s” promises."),
    "two_contents": _("The file is refused: it can be read as another kind of file as well."),
    "not_a_package": _("The file is damaged and cannot be opened."),
    "old_format": _("The file has a password or an old format. Save it in the present format, without a password."),
    "macros": _("The file is refused: it holds macros. Save it without them."),
    "too_many_pixels": _("The picture is refused: it has more than %(millions)s million pixels."),
    "broken_picture": _("The picture is damaged and cannot be opened."),
    "no_room": _("The file could not be stored: the disk of the server is full. Nothing was saved."),
    "not_stored": _("The file could not be stored. Nothing was saved; the administrator finds the cause in the log."),
}


def refused(code: str, **params: str | int) -> ValidationError:
    """The complaint about the field `file`; its code names the sentence."""
    text = OURS[code] % {"taken": TAKEN, **params}
    return ValidationError({"file": ValidationError(text, code=code)})
