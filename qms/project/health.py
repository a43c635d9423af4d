"""GET /healthz: whether this installation can work, for a proxy, a monitor or a start script."""

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """JSON of database, migrations and broker, each true or false; 200 if all are true, else 503."""
    answers = {"database": database_answers(), "migrations": False, "broker": broker_answers()}
    answers["migrations"] = answers["database"] and not missing_migrations()
    return JsonResponse({"ok": all(answers.values()), **answers}, status=200 if all(answers.values()) else 503)


def database_answers() -> bool:
    """Whether the database runs a statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def missing_migrations() -> list[str]:
    """Migrations in the code that the database has not seen, as app.name."""
    executor = MigrationExecutor(connection)
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def broker_answers() -> bool:
    """Whether the broker takes a connection within a second; the folder of the embedded one must be writable."""
    if not settings.BROKER_URL:
        return os.access(settings.BROKER_DIR, os.W_OK)
    patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        with Connection(settings.BROKER_URL, connect_timeout=1, transport_options=patience) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    except Exception:  # every broker has errors of its own; each means that it does not answer
        return False
    return True
