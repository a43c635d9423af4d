"""A Word form of somebody else's, read as a checklist in the sandbox, and what was read as plain data to print."""

from typing import Any

from procedures.checklists.reading import InvalidChecklist, checklist_from_json
from procedures.checklists.sentences import not_understood_sentence
from procedures.checklists.structure import Checklist, Item, NotUnderstood, text_in
from qms.evidence.sandbox import ForeignFileRefused, parse_foreign

PARSER = "procedures.checklists.word.form:parse"


def read_form(data: bytes, name: str, language: str) -> Checklist:
    """The checklist in a DOCX; ``name`` is the file's, ``language`` the one it is written in.

    Raises ForeignFileRefused (one sentence). A document without questions gives a checklist without items.
    """
    if not name.lower().endswith(".docx"):
        raise ForeignFileRefused("not_word")
    try:
        return checklist_from_json(parse_foreign(PARSER, data, language=language))
    except InvalidChecklist:  # more questions, or longer ones, than a checklist has
        raise ForeignFileRefused("too_complex") from None


def title_of(checklist: Checklist, name: str) -> str:
    """The title the form prints, else the name of the file."""
    title = text_in(checklist.title, checklist.language) or name.rpartition("/")[2].removesuffix(".docx")
    return title if len(title) <= 250 else f"{title[:249]}…"


def as_printed(checklist: Checklist) -> dict[str, Any]:
    """What ``import_checklist --json`` prints: the words of the form and what was not understood, in sentences."""
    language = checklist.language
    numbers = {section.key: section.number or text_in(section.title, language) for section in checklist.sections}
    return {
        "sections": [
            {
                "number": section.number,
                "title": text_in(section.title, language),
                "items": [_item(item, language) for item in section.items],
            }
            for section in checklist.sections
        ],
        "objects": [
            {"label": text_in(each.label, language), "sections": [numbers[key] for key in each.sections]}
            for each in checklist.objects
        ],
        "merge_fields": [{"name": each.name, "bound_to": each.bound_to} for each in checklist.merge_fields],
        "not_understood": [_found(each) for each in checklist.not_understood],
    }


def _item(item: Item, language: str) -> dict[str, Any]:
    labels = {answer.code: text_in(answer.label, language) for answer in item.answers}
    return {
        "label": text_in(item.label, language),
        "answers": list(labels.values()),
        "comment_required_on": [labels[code] for code in item.comment_required_on],
    }


def _found(found: NotUnderstood) -> dict[str, Any]:
    return {"table": found.table, "row": found.row, "text": found.text, "why": not_understood_sentence(found)}
