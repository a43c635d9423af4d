"""One line of the doctor's report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Grade = Literal["ok", "note", "fail"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was seen, and the cure where something is wrong or worth knowing."""

    subject: str
    grade: Grade
    seen: str
    cure: str = ""

    def line(self) -> str:
        cure = f" Cure: {self.cure}" if self.cure else ""
        return f"{self.grade:4}  {self.subject:12}  {self.seen}{cure}"


def ok(subject: str, seen: str) -> Finding:
    return Finding(subject, "ok", seen)


def note(subject: str, seen: str, cure: str) -> Finding:
    return Finding(subject, "note", seen, cure)


def fail(subject: str, seen: str, cure: str) -> Finding:
    return Finding(subject, "fail", seen, cure)


Check = Callable[[], Iterable[Finding]]


def examine(subject: str, check: Check) -> list[Finding]:
    """Runs one check; an error in it is a finding too, never the end of the report."""
    try:
        return list(check())
    except Exception as error:  # an ill installation may fail anywhere
        return [fail(subject, f"the check itself failed: {error}", "put right what stands above, then run it again.")]
