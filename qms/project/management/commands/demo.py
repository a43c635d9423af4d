"""The demo: `--load` plays it once into an empty database, `--accounts` prints its people and their password."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from qms.people.models import Organisation, Person
from qms.people.roles import Role
from qms.project.story import constanta, ruse
from qms.project.story.scene import body
from workflows.engine.timers import fire_due

ACCOUNTS = Path(settings.VAR_DIR) / "demo-accounts.json"
WORDS = ("Dunare", "Farul", "Balcan", "Piatra", "Salcie", "Vapor", "Most", "Cheie", "Lipa", "Grau")


class Command(BaseCommand):
    help = "Plays the demo into an empty database (--load), or prints its people and their password (--accounts)."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--load", action="store_true")
        what.add_argument("--accounts", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["load"]:
            self.load()
        else:
            self.stdout.write(accounts())

    def load(self) -> None:
        if Organisation.objects.exists():
            raise CommandError("There is content already; the demo is played into an empty database only.")
        password = made_password()
        with translation.override("en"):
            play(password)
        keep(password)
        self.stdout.write("The demo content is loaded.")


def made_password() -> str:
    """Three words and a number: random, and possible to type on a phone."""
    return "-".join((*(secrets.choice(WORDS) for _n in range(3)), str(secrets.randbelow(9000) + 1000)))


def keep(password: str) -> None:
    """Write the password into a local file that only this user reads."""
    handle = os.open(ACCOUNTS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"password": password}, file)


def play(password: str) -> None:
    """The four bodies: two authorities that oversee, two that work."""
    more = {"password": password, "secret": make_password(password)}
    anpis_names = (
        "National Agency for Payments and Social Inspection",
        "Agenția Națională pentru Plăți și Inspecție Socială",
        "Национална агенция за плащания и социална инспекция",
    )
    asa_names = ("Agency for Social Assistance", "Agenția pentru Asistență Socială", "Агенция за социално подпомагане")
    anpis = body("ANPIS", anpis_names, "RO", "ro", None, more)
    asa = body("ASA", asa_names, "BG", "bg", None, more)
    for scene, name, office in (
        (anpis, "Victor Manea", "inspector general"),
        (asa, "Елена Димова", "главен инспектор"),
    ):
        short = "victor.manea" if scene is anpis else "elena.dimova"
        with scene.at(69):
            email = f"{short}@{scene.organisation.code.lower()}.example"
            scene.person("chief", name, email, office, Role.OVERSEER, Role.QUALITY_MANAGER, Role.ADMINISTRATOR)
    constanta_names = ("AJPIS Constanța", "AJPIS Constanța", "ОАПСИ Констанца")
    ruse_names = ("RDSA Ruse", "DRAS Ruse", "РДСП Русе")
    constanta.play(body("AJPIS-CONSTANTA", constanta_names, "RO", "ro", anpis.organisation, more))
    ruse.play(body("RDSA-RUSE", ruse_names, "BG", "bg", asa.organisation, more))
    fire_due()


def accounts() -> str:
    """Who can sign in: name, office, e-mail, by body; and the one password of them all."""
    if not ACCOUNTS.exists():
        raise CommandError("There is no demo here. It is loaded by: manage.py up")
    password = json.loads(ACCOUNTS.read_text(encoding="utf-8"))["password"]
    lines = [f"Demo people, all with the password  {password}"]
    rows = Person.objects.filter(organisation__is_demo=True, is_active=True).select_related("organisation")
    for code in ("AJPIS-CONSTANTA", "RDSA-RUSE", "ANPIS", "ASA"):
        lines.append(f"  {code}")
        people = rows.filter(organisation__code=code).order_by("pk")
        lines += [f"    {person.email:<42} {person.name}, {person.job_title}" for person in people]
    return "\n".join(lines)
