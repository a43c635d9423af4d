"""When a figure is held, and what a run tells."""

import pytest

from qms.project.bench import run as runs
from qms.project.bench.figures import Figure, in_turns, table
from qms.project.bench.ground import NotHere, Room


@pytest.mark.parametrize(
    ("value", "more", "held"),
    [
        (8.0, {"bound": 8}, "yes"),
        (8.1, {"bound": 8}, "no"),
        (29.0, {"bound": 29, "below": True}, "no"),
        (28.9, {"bound": 29, "below": True}, "yes"),
        (0.8, {"bound": 0.8, "at_least": True}, "yes"),
        (0.79, {"bound": 0.8, "at_least": True}, "no"),
        (99.0, {"bound": 8, "reported": True}, "reported"),
        (99.0, {}, "reported"),
    ],
)
def test_a_figure_is_held_by_its_bound_or_only_told(value: float, more: dict[str, object], held: str) -> None:
    assert Figure("x", "what", "sqlite", value, **more).held == held  # type: ignore[arg-type]


def test_a_figure_comes_back_from_a_child_as_it_was() -> None:
    figure = Figure("x", "what", "sqlite", 1.5, "ms", 2, at_least=True, beside={"which": ["SELECT a"]})
    assert Figure.from_data(figure.as_data()) == figure


def test_the_table_says_bound_and_verdict() -> None:
    head, line = table([Figure("x", "a step", "postgresql", 8.25, bound=8, beside={"ms": 3, "which": ["SELECT a"]})])
    assert head.split() == ["what", "on", "measured", "bound", "held", "beside"]
    assert line.split() == ["a", "step", "postgresql", "8.25", "×", "≤", "8", "no", "ms", "3"]


def test_acts_take_turns_and_the_first_rounds_are_not_counted() -> None:
    done: list[str] = []
    times = in_turns([lambda: done.append("a"), lambda: done.append("b")], rounds=2, warm=1)
    assert done == ["a", "b"] * 3
    assert [len(each) for each in times] == [2, 2]


def test_one_broken_bound_breaks_the_run_and_what_is_missing_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_place: object, _vendor: str) -> Room:
        raise NotHere("no PostgreSQL")

    monkeypatch.setattr(runs, "_room", nowhere)
    run = runs.measure(["step"], True, lambda _line: None)
    assert run.missing == {"postgresql": "no PostgreSQL", "sqlite": "no PostgreSQL"}
    assert run.held
    run.figures.append(Figure("x", "what", "sqlite", 9, bound=8))
    assert not run.held


def test_children_know_nothing_of_the_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    for name in ("DATABASE_URL", "SIGNING_KEY_FILE", "CHECKPOINT_FILE", "STORAGE_DIR", "BROKER_URL", "EMAIL_HOST"):
        monkeypatch.setenv(name, "the installation's")
    told = Room(tmp_path).environment()  # type: ignore[arg-type]
    assert "the installation's" not in told.values()
    assert told["VAR_DIR"] == str(tmp_path)
