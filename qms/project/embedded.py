"""Worker and scheduler in one process, for a trial installation: python -m qms.project.embedded."""

import sys

from celery.beat import EmbeddedService

from qms.project.celery import app


def main() -> int:
    """Runs until SIGTERM or SIGINT, then lets running tasks end; returns Celery's exit code."""
    app.set_default()
    app.finalize()
    worker = app.Worker(
        pool="threads",
        concurrency=2,
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    EmbeddedService(app, thread=True, max_interval=5, scheduler_cls=app.conf.beat_scheduler).start()
    worker.start()
    return worker.exitcode or 0


if __name__ == "__main__":
    sys.exit(main())
