"""Forms of evidence: a file with what it shows and covers, and why it is void."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.evidence.attaching import MOST_BYTES
from qms.evidence.kinds import ENDINGS
from qms.evidence.refusals import TAKEN

ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)


def _help() -> str:
    return _("%(taken)s; at most %(megabytes)d MB.") % {"taken": TAKEN, "megabytes": MOST_BYTES // 1024**2}


class EvidenceForm(forms.Form):
    """A file and what it is evidence for. What the file holds is judged by `attach`."""

    file = forms.FileField(
        label=_("file"), allow_empty_file=True, max_length=None, widget=forms.ClearableFileInput({"accept": ACCEPTED})
    )
    caption = forms.CharField(label=_("what it shows"), max_length=250, required=False)
    requirement = forms.CharField(
        label=_("requirement it is evidence for"),
        max_length=250,
        required=False,
        help_text=_("For instance ISO 9001, 7.5.3."),
    )
    covers_from = forms.DateField(label=_("covers, from"), required=False, widget=forms.DateInput)
    covers_to = forms.DateField(label=_("covers, until"), required=False, widget=forms.DateInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].help_text = _help()


class VoidForm(forms.Form):
    """Why evidence is void."""

    reason = forms.CharField(
        label=_("reason"), max_length=500, strip=True, widget=forms.Textarea({"rows": 3}), required=True
    )
