"""What verification found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_KEPT = 1000


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `kind` is a word for programs, `text` a sentence for people."""

    kind: str
    text: str
    stream: str = ""
    seq: int = 0

    def __str__(self) -> str:
        where = f" ({self.stream} #{self.seq})" if self.stream else ""
        return f"{self.kind}: {self.text}{where}"


@dataclass
class Report:
    """Counts and findings; of many findings the first thousand are kept and all are counted."""

    events: int = 0
    streams: int = 0
    sealed: int = 0
    checkpoints: int = 0
    guards: str = ""
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return self.count == 0

    @property
    def unsealed(self) -> int:
        """Events the tree does not hold yet: protected by their record's chain only."""
        return self.events - self.sealed

    def add(self, kind: str, text: str, stream: object = "", seq: int = 0) -> None:
        """Note a finding."""
        self.count += 1
        if len(self.findings) < MOST_KEPT:
            self.findings.append(Finding(kind, text, str(stream), seq))

    def as_data(self) -> dict[str, Any]:
        """For `--json`."""
        return {"clean": self.clean, **asdict(self), "unsealed": self.unsealed}
