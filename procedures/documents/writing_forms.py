"""Forms in which the text of a draft is written: sections, items of a checklist, a file, a Word form to import."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from procedures.checklists.structure import CHOICE, KINDS, YES_NO, Answer, Item, Section, text_in
from procedures.documents import rich, writing
from procedures.documents.boxes import kind_label
from procedures.documents.content import LONGEST_SECTION, Body, TextSection
from qms.people.models import Language

MOST_BYTES = 20 * 1024 * 1024
FILE_KINDS = ("pdf", "docx", "xlsx", "odt", "ods", "pptx", "png", "jpg", "jpeg", "txt")


class SectionForm(forms.Form):
    """One section: its title and its text, as it is typed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(label=_("Title of the section"), max_length=250)
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 9}), required=False, max_length=LONGEST_SECTION
    )

    @staticmethod
    def initial_of(section: TextSection) -> dict[str, str]:
        return {"key": section.key, "title": section.title, "text": rich.to_typed(section.html)}

    def section(self) -> TextSection:
        said = self.cleaned_data
        return TextSection(said["key"], said["title"], rich.from_typed(said["text"]))


SectionFormSet = forms.formset_factory(SectionForm, extra=0, max_num=200, absolute_max=200)


class BodyForm(forms.Form):
    """Another kind of text for the draft."""

    body = forms.ChoiceField(label=_("Kind of text"), choices=Body.choices)


class FileForm(forms.Form):
    """A file that is the text of the draft."""

    file = forms.FileField(label=_("File"), help_text=_("At most 20 MB."))

    def clean_file(self) -> UploadedFile[Any]:
        return checked_file(self.cleaned_data["file"], FILE_KINDS)


class ImportForm(forms.Form):
    """A Word form, and the document its checklist becomes a draft of."""

    code = forms.CharField(
        label=_("Code of the document"), max_length=40, help_text=_("A code that exists gets a new draft revision.")
    )
    language = forms.ChoiceField(label=_("Language of the form"), choices=Language.choices)
    file = forms.FileField(label=_("Word document (.docx)"), help_text=_("At most 20 MB."))

    def clean_file(self) -> UploadedFile[Any]:
        return checked_file(self.cleaned_data["file"], ("docx",))


def checked_file(file: UploadedFile[Any], kinds: tuple[str, ...]) -> UploadedFile[Any]:
    """The file, of an allowed kind and size; raises ValidationError."""
    kind = PurePath(file.name or "").suffix.lower().lstrip(".")
    if kind not in kinds:
        raise forms.ValidationError(_("Files of this kind are not taken; take one of: %(kinds)s.") % {
            "kinds": ", ".join(kinds)
        })  # fmt: skip
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than %(megabytes)s MB.") % {
            "megabytes": MOST_BYTES // 1024**2
        })  # fmt: skip
    return file


class ChecklistSectionForm(forms.Form):
    """The heading of a section of a checklist."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("Title of the section"), max_length=500)

    @staticmethod
    def initial_of(section: Section, language: str) -> dict[str, str]:
        return {"number": section.number, "title": text_in(section.title, language)}

    def section(self, before: Section, language: str) -> Section:
        title = {**before.title, language: self.cleaned_data["title"]}
        return Section(before.key, title, self.cleaned_data["number"], before.items)


class ItemForm(forms.Form):
    """One question of a checklist, in the language of the draft; its words in other languages stay as they are."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    label = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
    kind = forms.ChoiceField(label=_("Kind of answer"))
    offers_na = forms.BooleanField(label=_("“Not applicable” is offered, for yes or no"), required=False)
    choices = forms.CharField(
        label=_("Choices"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000,
        help_text=_("One per line, for the kind “choice”."),
    )  # fmt: skip
    comment_on = forms.MultipleChoiceField(
        label=_("A comment is needed with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guidance = forms.CharField(
        label=_("Guidance"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )
    clause = forms.CharField(label=_("Clause"), max_length=200, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500, required=False)
    required = forms.BooleanField(label=_("An answer is required"), required=False)

    def __init__(self, *args: Any, item: Item, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial_of(item, language)})
        self.item, self.language = item, language
        kind, comment_on = self.fields["kind"], self.fields["comment_on"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(comment_on, forms.MultipleChoiceField)
        kind.choices = [(code, kind_label(code)) for code in KINDS]
        comment_on.choices = [(each.code, text_in(each.label, language)) for each in _offered(item, language)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == CHOICE and not said.get("choices", "").strip():
            self.add_error("choices", _("Give at least one choice."))
        return said

    def made(self) -> Item:
        """The item as it was written."""
        said, language, before = self.cleaned_data, self.language, self.item
        answers = writing.answers_for(said["kind"], self._labels(), language, before.answers)
        codes = {answer.code for answer in answers}
        guidance = {**before.guidance, language: said["guidance"]} if said["guidance"] else {
            code: text for code, text in before.guidance.items() if code != language
        }  # fmt: skip
        return Item(
            key=before.key,
            label={**before.label, language: said["label"]},
            kind=said["kind"],
            answers=answers,
            number=said["number"],
            guidance=guidance,
            clause=said["clause"],
            legal_basis=said["legal_basis"],
            comment_required_on=tuple(code for code in said["comment_on"] if code in codes),
            required=said["required"],
        )

    def _labels(self) -> dict[str, str]:
        if self.cleaned_data["kind"] == CHOICE:
            words = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
            return writing.coded(list(dict.fromkeys(words)), self.item.answers, self.language)
        printed = {each.code: text_in(each.label, self.language) for each in _offered(self.item, self.language)}
        return {code: word for code, word in printed.items() if code != "na" or self.cleaned_data["offers_na"]}


def _offered(item: Item, language: str) -> tuple[Answer, ...]:
    """The printed answers; those of yes or no with all three, in the form's own words where it has them."""
    if item.kind != YES_NO:
        return item.answers
    with override(language):
        words = {"yes": _g("Yes"), "no": _g("No"), "na": _g("Not applicable")}
    printed = {answer.code: answer for answer in item.answers}
    more = tuple(Answer(code, {language: word}) for code, word in words.items() if code not in printed)
    return (*item.answers, *more)


def _initial_of(item: Item, language: str) -> dict[str, Any]:
    return {
        "number": item.number,
        "label": text_in(item.label, language),
        "kind": item.kind,
        "offers_na": any(answer.code == "na" for answer in item.answers),
        "choices": "\n".join(text_in(answer.label, language) for answer in item.answers) if item.kind == CHOICE else "",
        "comment_on": list(item.comment_required_on),
        "guidance": text_in(item.guidance, language),
        "clause": item.clause,
        "legal_basis": item.legal_basis,
        "required": item.required,
    }
