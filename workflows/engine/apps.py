from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EngineConfig(AppConfig):
    """Reads every `flow.py`, then follows every change of a record."""

    name = "workflows.engine"
    label = "engine"

    def ready(self) -> None:
        from qms.records.registry import followers
        from workflows.engine import checks  # noqa: F401  (registers the system checks)
        from workflows.engine.follow import follow

        autodiscover_modules("flow")
        if follow not in followers:
            followers.append(follow)
