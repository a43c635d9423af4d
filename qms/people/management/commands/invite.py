"""`manage.py invite EMAIL --body CODE --name "…" --role administrator`: prints the link to hand over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from qms.people.claim import INSTALLATION
from qms.people.invitations import invite, link_of, roles_given
from qms.people.management.commands.create_body import body_of
from qms.people.models import Language
from qms.people.roles import Role
from qms.trail import clock


class Command(BaseCommand):
    help = "Invites somebody into a body and prints the link by which he opens his account, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--body", required=True, metavar="CODE")
        parser.add_argument("--name", required=True)
        parser.add_argument("--office", default="", help="as it is printed beside the name")
        parser.add_argument("--language", choices=Language.values, help="the body's, unless said otherwise")
        parser.add_argument(
            "--role", action="append", choices=Role.values, metavar="ROLE", help=f"may be repeated: {Role.values}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        body = body_of(options["body"])
        assert body is not None
        roles = roles_given(options["role"] or [Role.STAFF], None, clock.today(body.time_zone))
        try:
            validate_email(options["email"])
            made = invite(
                body,
                INSTALLATION,
                email=options["email"],
                name=options["name"],
                job_title=options["office"],
                language=options["language"] or body.language,
                roles=roles,
            )
        except ValidationError as mistake:
            raise CommandError(" ".join(mistake.messages)) from None
        self.stdout.write(link_of(made))
