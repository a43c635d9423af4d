"""Lists and the inbox are searched alike on SQLite and on PostgreSQL, each with its own index."""

from qms.lifecycle.perform import amend
from qms.people.actors import Actor
from qms.people.models import Person
from qms.records.searching import found
from tests.fixtures.databases import RealDatabase
from tests.nonconformities.make import reported
from tests.people import make_body
from workflows.engine.inbox import counts, pigeonholes, shelf
from workflows.nonconformities.models import Nonconformity


def test_records_and_tasks_are_found_by_the_beginnings_of_their_words(real_db: RealDatabase) -> None:
    body = make_body("HOME", "RO", "ro")
    nc = reported(body, title="Lipsește ședința de analiză")
    reported(body, title="Altceva")
    holes = pigeonholes(Actor(Person.objects.select_related("organisation").get(pk=body.bob.pk)))

    def hits(words: str) -> tuple[list[str], list[str], int]:
        rows = found(Nonconformity.objects.of(body.organisation.pk), words)
        tasks = [task.reference for task in shelf(holes, words=words).tasks]
        return [row.reference for row in rows], tasks, counts(holes, words).total

    assert hits("ședin anal") == ([nc.reference], [nc.reference], 1)
    assert hits("edința") == hits("sedinta altceva") == ([], [], 0)
    amend(nc, body.stan, title="Проверките закъсняват")
    assert hits("провер") == ([nc.reference], [nc.reference], 1)
    assert hits("sedinta") == ([], [], 0)
