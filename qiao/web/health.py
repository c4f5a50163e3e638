"""Whether the installation works: alive (the process answers), ready (it can do its work), and why not."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qiao.kernel import jobs

from .checks import LEAST_FREE

LONGEST_WAIT = 900
"""Seconds after which a job that could run and does not means that no worker is at work."""


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; for whoever restarts it if it does not."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether requests should be sent here: each part with “ok” or what is wrong; 503 if one is. Names nothing but the parts."""
    parts = {name: asked(ask) for name, ask in PARTS.items()}
    fine = all(said == "ok" for said in parts.values())
    return JsonResponse({"status": "ok" if fine else "unready", "parts": parts}, status=200 if fine else 503)


def asked(ask: Callable[[], str]) -> str:
    """What a part says of itself, or that it is out of reach."""
    try:
        return ask()
    except (DatabaseError, OSError):
        return "unreachable"


def database() -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    """The tables are those this version needs."""
    executor = MigrationExecutor(connection)
    return "behind" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def disk() -> str:
    """There is room for uploaded files, and on SQLite for the database."""
    return "ok" if shutil.disk_usage(settings.DATA).free >= LEAST_FREE else "nearly full"


def work() -> str:
    """Background work is taken up."""
    oldest = jobs.DBTaskResult.objects.ready().order_by("enqueued_at").first() if jobs.later() else None
    waited = (timezone.now() - max(oldest.enqueued_at, oldest.run_after or oldest.enqueued_at)).total_seconds() if oldest else 0
    return "ok" if waited < LONGEST_WAIT else "not taken up"


PARTS: dict[str, Callable[[], str]] = {"database": database, "migrations": migrations, "disk": disk, "work": work}
