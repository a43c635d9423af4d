from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EngineConfig(AppConfig):
    """Reads every `flow.py`, then follows every change of a record."""

    name = "workflows.engine"
    label = "engine"

    def ready(self) -> None:
        from qms.face.roof import counters
        from qms.people.leaving import Source, sources
        from qms.records.registry import followers, rail_boxes
        from workflows.engine import checks  # noqa: F401  (registers the system checks)
        from workflows.engine.boxes import asked_now, waiting_for
        from workflows.engine.follow import follow
        from workflows.engine.handover import give, obligations

        autodiscover_modules("flow")
        followers.append(follow)
        rail_boxes.append(asked_now)
        counters.append(waiting_for)
        sources.append(Source("tasks", obligations, give))
