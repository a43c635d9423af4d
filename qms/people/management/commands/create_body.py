"""`manage.py create_body CODE --country RO --language ro --name "…"`: a body made at the console."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser

from qms.people.claim import INSTALLATION
from qms.people.keeping import found_body
from qms.people.models import Country, Language, Organisation


class Command(BaseCommand):
    help = "Makes a body. Its first administrator is invited with: manage.py invite EMAIL --body CODE"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="short and unique, as in file numbers: AJPIS-CONSTANTA")
        parser.add_argument("--name", required=True, help="its name in its own language")
        parser.add_argument("--country", required=True, choices=Country.values)
        parser.add_argument("--language", choices=Language.values, help="ro for RO, bg for BG unless said otherwise")
        parser.add_argument("--parent", metavar="CODE", help="the body that oversees it")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or options["country"].lower()
        fields = {"code": options["code"], "country": options["country"], "language": language}
        fields[f"name_{language}"] = options["name"]
        try:
            body = found_body(INSTALLATION, parent=body_of(options["parent"]), **fields)
        except ValidationError as mistake:
            raise CommandError(" ".join(mistake.messages)) from None
        self.stdout.write(f"{body.code}: {body.name}")


def body_of(code: str | None) -> Organisation | None:
    """The body of that code; None for none asked. Raises CommandError."""
    if code is None:
        return None
    body: Organisation | None = Organisation.unscoped.filter(code=code).first()
    if body is None:
        raise CommandError(f"There is no body with the code {code}.")
    return body
