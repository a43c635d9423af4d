"""rebuild_tasks gives the rows that following gave, from the records alone."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from qms.lifecycle.perform import perform
from tests.engine.conftest import Cast
from workflows.engine.models import OPEN, Process, Task, Timer
from workflows.engine.rebuild import rebuild

SHOWN = (
    *("key", "status", "owner_id", "asked_by_id", "asked_as", "bucket", "unit_id", "reference", "title", "verb"),
    *("verbs", "sentence", "due_on", "due_why", "sort_on", "scheduled", "search_text", "record_uid", "flow_task"),
)


def shown() -> list[Any]:
    """The open rows as an inbox would show them."""
    rows = Task.objects.filter(status__in=OPEN).order_by("record_id", "key")
    return [[str(getattr(task, name)) for name in SHOWN] for task in rows]


def stories(cast: Cast) -> None:
    """Notes in every state, one with an answer already given, one returned."""
    cast.note()
    half = perform(cast.note(), "submit", cast.ann)
    perform(half, "agree", cast.rob)
    back = perform(cast.note(), "submit", cast.ann)
    perform(back, "return", cast.rita, reason="unclear")
    cast.in_approval()
    cast.approved()


def test_rows_rebuilt_from_nothing_are_the_same(cast: Cast) -> None:
    stories(cast)
    before, timers = shown(), list(Timer.objects.order_by("pk").values_list("name", "occurrence", "due_at"))
    Task.objects.all().delete()
    Process.objects.all().delete()
    Timer.objects.all().delete()
    call_command("rebuild_tasks", stdout=StringIO())
    assert len(before) == 5
    assert shown() == before
    assert list(Timer.objects.order_by("pk").values_list("name", "occurrence", "due_at")) == timers


def test_a_second_rebuild_changes_nothing(cast: Cast) -> None:
    stories(cast)
    call_command("rebuild_tasks", "--check", stdout=StringIO())
    before = list(Task.objects.order_by("pk").values_list("pk", "status"))
    call_command("rebuild_tasks", stdout=StringIO())
    assert list(Task.objects.order_by("pk").values_list("pk", "status")) == before


def test_check_says_what_differs_exits_1_and_changes_nothing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    note = cast.note()
    Task.objects.filter(key=f"write:p{cast.ann.pk}").update(title="Something else")
    with pytest.raises(SystemExit) as refused:
        call_command("rebuild_tasks", "--check")
    assert refused.value.code == 1
    said = capsys.readouterr().out
    assert f"{note.reference}: write:p{cast.ann.pk} showed something else than the record" in said
    assert Task.objects.get(key=f"write:p{cast.ann.pk}").title == "Something else"
    assert rebuild(note) and not rebuild(note)


def test_a_task_that_should_not_be_open_is_closed(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    Task.objects.filter(key=f"write:p{cast.ann.pk}").update(status="ASSIGNED")
    rebuild(note)
    assert Task.objects.get(key=f"write:p{cast.ann.pk}").status == "DONE"
