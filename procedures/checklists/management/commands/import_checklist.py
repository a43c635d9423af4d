"""``manage.py import_checklist FILE.docx --organisation CODE --code LV-01 --language bg --by EMAIL [--json]``."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.checklists.commands import import_checklist
from procedures.checklists.importing import as_printed, read_form
from procedures.checklists.sentences import NO_ITEMS, not_understood_sentence, place
from procedures.checklists.structure import Checklist, Item, NotUnderstood, text_in
from procedures.documents.models import Revision
from qms.evidence.sandbox import ForeignFileRefused, read_file
from qms.lifecycle.refused import NotDone
from qms.people.models import Language, Organisation, Person


class Command(BaseCommand):
    """Prints what was read and makes a draft revision; what is refused is one line on standard error and status 2."""

    help = "Reads a Word form as a checklist and makes a draft revision of it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.docx", type=Path, help="the form")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="the body it belongs to")
        parser.add_argument("--code", required=True, help="the code of the document, as LV-01")
        parser.add_argument("--language", required=True, help="the language the form is written in: en, ro or bg")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who imports it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation, person = _body(options["organisation"]), _person(options["by"])
        if options["language"] not in Language.values:
            raise _refusal(_("The language %(code)s is unknown: en, ro or bg.") % {"code": options["language"]})
        file: Path = options["file"]
        try:
            checklist = read_form(read_file(file), file.name, options["language"])
        except ForeignFileRefused as refused:
            raise _refusal(f"{file.name}: {refused}") from refused
        draft = self._draft(organisation, options["code"], checklist, file.name, person) if checklist.items else None
        if options["json"]:
            self.stdout.write(json.dumps(as_printed(checklist), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(checklist)))
        if draft is None:
            self.stderr.write(f"{file.name}: {_(NO_ITEMS)}")
        elif not options["json"]:
            self.stdout.write(_("draft: %(reference)s") % {"reference": draft.reference})

    def _draft(self, body: Organisation, code: str, checklist: Checklist, name: str, person: Person) -> Revision:
        if not code.strip():
            raise _refusal(_("The code is missing."))
        try:
            return import_checklist(body, code, checklist, name, person)
        except ValidationError as invalid:
            raise _refusal(" ".join(invalid.messages)) from invalid
        except NotDone as refused:
            raise _refusal(str(refused)) from refused


def _refusal(sentence: str) -> CommandError:
    return CommandError(" ".join(sentence.split()), returncode=2)


def _body(code: str) -> Organisation:
    organisation: Organisation | None = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise _refusal(_("There is no organisation with the code %(code)s.") % {"code": code})
    return organisation


def _person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise _refusal(_("There is no active person with the address %(email)s.") % {"email": email})
    return person


def _lines(checklist: Checklist) -> list[str]:
    language = checklist.language
    lines: list[str] = []
    for section in checklist.sections:
        lines.append(f"{section.number} {text_in(section.title, language)}".strip())
        lines += [_item_line(item, language) for item in section.items]
    lines += [_("object: %(label)s") % {"label": text_in(each.label, language)} for each in checklist.objects]
    lines += [f"«{field.name}» → {field.bound_to or _('not bound')}" for field in checklist.merge_fields]
    lines += [_found_line(found) for found in checklist.not_understood]
    count = len(checklist.items)
    lines.append(ngettext("%(count)s item", "%(count)s items", count) % {"count": count} if count else _(NO_ITEMS))
    return lines


def _item_line(item: Item, language: str) -> str:
    answers = " / ".join(text_in(answer.label, language) for answer in item.answers)
    return f"  - {' '.join(text_in(item.label, language).split())} [{answers}]"


def _found_line(found: NotUnderstood) -> str:
    where = place(found)
    return f"{where}: {not_understood_sentence(found)} {found.text}".removeprefix(": ").strip()
