"""Two questions a watcher may ask: is the process up, and can it serve?"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

_checks: dict[str, Callable[[], bool]] = {}


def register(name: str, check: Callable[[], bool]) -> None:
    """Add a condition for being ready; rooms call this in their AppConfig.ready()."""
    _checks[name] = check


def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything a page needs is there, else 503 with the name of what is not."""
    conditions = {"database": _database_answers, "migrations": _migrations_applied, **_checks}
    verdicts = {name: _holds(check) for name, check in conditions.items()}
    return JsonResponse(verdicts, status=200 if all(verdicts.values()) else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
