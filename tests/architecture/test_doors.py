"""What the doors keep cannot be got round: no writing on records beside them, no unscoped reading without a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.code import Module, module, modules

WRITES = {"update", "bulk_update", "bulk_create", "save", "create", "get_or_create", "update_or_create", "delete"}
MANAGERS = {"objects", "unscoped"}

# Where rows are written without a door, and why that is right there. Everything else goes through create and amend.
WRITERS = {
    "qms/lifecycle/perform.py": "the doors",
    "qms/trail/seal.py": "leaves, nodes and checkpoints of the tree",
    "qms/records/numbering.py": "counters, inside the doors",
    "qms/records/streamed.py": "the save every door ends in",
    "qms/standards/load.py": "catalogues: rows of no body, kept current after migrate",
    "qms/notices/outbox.py": "jobs",
    "qms/notices/mailing.py": "the ledger of what was told",
    "qms/notices/ledger.py": "when a line was first opened",
    "qms/reports/jobs.py": "papers made, found again by version and language",
    "qms/evidence/attaching.py": "stored files, found again by hash; the link goes through the door",
    "qms/evidence/fixity.py": "what the last look at stored bytes found",
    "qms/people/claim.py": "claim links: rows of no body",
    "qms/project/login.py": "the password alone, which never enters the trail",
    "qms/people/welcome_views.py": "the welcome put away by its reader",
    "qms/people/keeping.py": "addresses of allauth, kept equal to the person's",
    "qms/people/leaving.py": "the password of a closed account is made unusable, and never enters the trail",
    "procedures/documents/consequences.py": "decisions, inside the door",
    "workflows/engine/desk.py": "tasks follow the state",
    "workflows/engine/timers.py": "timers claimed by compare-and-set",
    "qms/project/bench/loading.py": "a hundred thousand rows in a throwaway database",
}
# Where rows are read without saying whose, and why that is right there.
READERS = {
    "qms/api/auth.py": "the token says who asks",
    "qms/api/views.py": "the record at hand, read again after its door",
    "qms/calendar/models.py": "scoped by its own body in the same line",
    "qms/evidence/models.py": "the record a link hangs on",
    "qms/evidence/reading.py": "the files of a record at hand",
    "qms/evidence/attaching.py": "found again by body and hash",
    "qms/lifecycle/locks.py": "the row to lock, by number",
    "qms/lifecycle/perform.py": "the row to lock, by number",
    "qms/notices/mailing.py": "the ledger, for the worker",
    "qms/notices/ledger.py": "counted for the person who is signed in",
    "qms/people/actors.py": "scoped by the person",
    "qms/people/management/commands/create_body.py": "whoever runs commands on the machine sees every body",
    "qms/people/claim.py": "whether there is anybody at all",
    "qms/people/door_page.py": "the row at hand",
    "qms/people/my_views.py": "the reader himself",
    "qms/face/views.py": "the reader himself",
    "qms/people/invitation_views.py": "scoped by its own body in the same line",
    "qms/people/invitations.py": "an e-mail address is one in the installation; a token opens one invitation",
    "qms/people/leaving.py": "the person at hand",
    "qms/people/models.py": "scoped by its own body, or unique in the installation",
    "qms/people/place_views.py": "own body and those below it, in the same line",
    "qms/people/views.py": "scoped by its own body in the same line",
    "qms/people/welcome.py": "scoped by its own body in the same line",
    "qms/people/welcome_views.py": "the reader himself",
    "qms/records/streamed.py": "where it is made",
    "qms/reports/jobs.py": "the worker, for the record a paper is of",
    "qms/reports/standing.py": "the record a paper is of",
    "qms/reports/views.py": "a printed code is checked by whoever holds the paper",
    "qms/signatures/checks.py": "verify_trail reads everything",
    "qms/signatures/models.py": "where it is made",
    "qms/signatures/shown.py": "the signatures of a record at hand",
    "qms/evidence/fixity.py": "the clock's own work over the whole store",
    "qms/project/doctor/stores.py": "the doctor looks at the whole installation",
    "qms/notices/models.py": "where it is made",
    "qms/reports/models.py": "where it is made",
    "qms/trail/sentences.py": "names of people in a trail that was opened",
    "qms/trail/verify/tree.py": "verify_trail reads everything",
    "procedures/documents/consequences.py": "decisions of the revision at hand",
    "procedures/documents/models.py": "scoped by its own body in the same line",
    "workflows/engine/handover.py": "the record of a task at hand",
    "workflows/engine/rebuild.py": "system command over everything",
    "workflows/engine/timers.py": "the clock's own work",
}


def names_in(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            yield each.attr


def writes(found: Module) -> list[int]:
    """Lines on which rows are written through a manager or a queryset, or saved one by one."""
    lines = []
    for node in ast.walk(found.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        through_manager = MANAGERS & set(names_in(node.func.value))
        saved = node.func.attr in ("save", "delete") and _is_row(node)
        narrowed = node.func.attr in ("update", "bulk_update") and "filter" in set(names_in(node.func.value))
        if through_manager or saved or narrowed:
            lines.append(node.lineno)
    return lines


def _is_row(call: ast.Call) -> bool:
    """`row.save()` and `row.save(update_fields=…)`; pictures, workbooks and canvases take a place to write to."""
    known = {"update_fields", "force_insert", "force_update", "using"}
    assert isinstance(call.func, ast.Attribute)
    plain = not call.args and {keyword.arg for keyword in call.keywords} <= known
    return plain and ast.unparse(call.func.value) not in ("canvas", "self.canvas")


def unscoped(found: Module) -> list[int]:
    return [node.lineno for node in ast.walk(found.tree) if isinstance(node, ast.Attribute) and node.attr == "unscoped"]


@pytest.mark.parametrize(("check", "reasons"), [(writes, WRITERS), (unscoped, READERS)], ids=["writes", "reads"])
def test_only_places_with_a_reason_go_beside_the_doors(check: object, reasons: dict[str, str]) -> None:
    assert callable(check)
    found = {module.path: lines for module in modules() if (lines := check(module))}
    assert {path: lines for path, lines in found.items() if path not in reasons} == {}


@pytest.mark.parametrize(("check", "reasons"), [(writes, WRITERS), (unscoped, READERS)], ids=["writes", "reads"])
def test_no_reason_outlives_its_place(check: object, reasons: dict[str, str]) -> None:
    assert callable(check)
    made_here = {path for path, why in reasons.items() if why in ("where it is made", "the save every door ends in")}
    used = {module.path for module in modules() if check(module)}
    assert set(reasons) - used - made_here == set()


@pytest.mark.parametrize(
    "text",
    [
        "Audit.objects.of(1).update(state='closed')",
        "Audit.unscoped.filter(pk=1).update(state='closed')",
        "audit.findings.filter(pk=1).update(state='closed')",
        "Audit.objects.bulk_update(audits, ['state'])",
        "Audit.objects.create(title='x')",
        "audit.save()",
        "audit.save(update_fields=['state'])",
        "audit.delete()",
    ],
)
def test_the_check_sees_every_way_of_writing(text: str) -> None:
    assert writes(module("workflows/audits/commands.py", text))


def test_the_check_leaves_dictionaries_and_pictures_alone() -> None:
    text = "found.update(names)\nimage.save(out, 'JPEG')\nbook.save(out)\nhash.update(b'x')\n"
    assert writes(module("workflows/audits/commands.py", text)) == []
