"""Sealing and verifying, in events per second."""

from __future__ import annotations

import time

from qms.project.bench.figures import Figure
from qms.trail.models import Checkpoint, TrailEvent
from qms.trail.seal import seal
from qms.trail.verify import verify

ARRIVING = 200  # events a second the product is held to take in; the sealer must keep up


def figures(vendor: str) -> list[Figure]:
    """Everything not yet sealed, then everything verified. Raises RuntimeError if the trail is found broken."""
    sealed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    events = TrailEvent.objects.count()
    before = time.perf_counter()
    seal()
    sealing = (events - sealed) / (time.perf_counter() - before)
    before = time.perf_counter()
    report = verify()
    verifying = report.events / (time.perf_counter() - before)
    if not report.clean:
        raise RuntimeError(f"the trail of the bench is broken: {report.findings[:3]}")
    beside = {"events": events}
    return [
        Figure("sealing", "events sealed per second", vendor, sealing, "/s", ARRIVING, at_least=True, beside=beside),
        Figure("verifying", "events verified per second", vendor, verifying, "/s", beside=beside),
    ]
