from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EngineConfig(AppConfig):
    """Reads every `flow.py`, then follows every change of a record."""

    name = "workflows.engine"
    label = "engine"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from qms.face.roof import counters
        from qms.people.leaving import Source, sources
        from qms.records.registry import followers, rail_boxes
        from workflows.engine import checks  # noqa: F401  (registers the system checks)
        from workflows.engine.boxes import asked_now, waiting_for
        from workflows.engine.follow import follow
        from workflows.engine.handover import give, obligations
        from workflows.engine.inbox import keep_words_of_tasks

        autodiscover_modules("flow")
        post_migrate.connect(keep_words_of_tasks, dispatch_uid="engine.search_index")
        followers.append(follow)
        rail_boxes.append(asked_now)
        counters.append(waiting_for)
        sources.append(Source("tasks", obligations, give))
