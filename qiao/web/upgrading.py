"""From the version before to this one: what must be right before anything is touched, and whether the installation works afterwards."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.db.models import Field
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.urls import reverse

from qiao.kernel import keys, protected, worker
from qiao.kernel.models import Beat

from . import backup, health

COLLECTED = "qiao.E002"
"""The check of styles and scripts, which the upgrade itself collects."""
SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def obstacles(folder: Path | None) -> list[str]:
    """Why the installation cannot be upgraded with a backup in ``folder``, or without one begun; nothing is changed by asking."""
    if folder is None:
        return ["There is an installation here already: bin/upgrade brings it up to date."] if backup.holds_data() else [*_settings()]
    held = backup.applied()
    if not held:
        return ["There is no installation here yet, so nothing to upgrade. Is QIAO_DATABASE right? bin/install makes a new one."]
    if later := backup.unknown(held):
        return [f"The database is of a later version, which has {later[-1]}. Put that version in place again."]
    return [*_settings(), *_keys(), *_workers(), *_room(folder)]


def _settings() -> Iterator[str]:
    """What an installation may not start with."""
    for said in run_checks(include_deployment_checks=True):
        if said.is_serious(ERROR) and said.id != COLLECTED:
            yield f"{said.msg} {said.hint or ''}".strip()


def _keys() -> Iterator[str]:
    """Protected values under a key that is not given would show as dots for good once the backups with it are gone."""
    given = {key.prefix for key in keys.ring()}
    for field in protected.columns(iter(apps.get_models())):
        if _is_there(field) and (missing := protected.prefixes(field) - given):
            yield f"{field.context} holds values of the key {sorted(missing)[0][len(keys.MARK) : -1]}, which is not in QIAO_FIELD_KEYS."


def _is_there(field: Field[Any, Any]) -> bool:
    """Whether the database has the column; one of an earlier version may not."""
    table = field.model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        return field.column in {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _workers() -> Iterator[str]:
    """What is written between the backup and the new tables would be lost to whoever goes back."""
    if Beat._meta.db_table in connection.introspection.table_names() and worker.living():
        yield f"A worker is at work, or was within {settings.JOB_LEASE} seconds. Stop qiao-web and qiao-worker first."


def _room(folder: Path) -> Iterator[str]:
    """A backup needs the database twice for a moment, and the uploaded files once."""
    root = Path(settings.MEDIA_ROOT)
    if folder.resolve().is_relative_to(root.resolve()):
        yield f"{folder} lies among the uploaded files: a backup there would hold itself. Choose another place."
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        yield f"There is no place for a backup at {folder}: {error.strerror}."
        return
    need = 2 * _database_size() + sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    if shutil.disk_usage(folder).free < need + health.LEAST_FREE:
        yield f"The backup needs about {filesizeformat(need)} at {folder}, and there is less room. Choose another place."


def _database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SIZE[connection.vendor])
        return int(cursor.fetchone()[0])


def begun(path: Path) -> Path:
    """Remember the backup with which an upgrade begins; the one of the first try, if that has not come to its end."""
    mark = _mark()
    if mark.exists() and (first := Path(mark.read_text().strip())).exists():
        return first
    mark.write_text(f"{path}\n")
    return path


def ended() -> None:
    """The upgrade has succeeded, or one has gone back: the next begins anew."""
    _mark().unlink(missing_ok=True)


def _mark() -> Path:
    return Path(settings.DATA) / "upgrading"


def faults() -> list[str]:
    """What does not work now, each in a sentence: the parts of ``/readyz``, and whether the sign-in page comes; the workers stand still."""
    said = [f"{name}: {state}" for name, ask in health.PARTS.items() if ask is not health.work and (state := health.asked(ask)) != "ok"]
    logging.disable(logging.INFO)  # the line of this request belongs in no log
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    answer = Client(raise_request_exception=False).get(reverse("accounts:sign_in"), headers={"Host": host}, secure=settings.HTTPS)
    logging.disable(logging.NOTSET)
    return said + ([] if answer.status_code == 200 else [f"the sign-in page answers {answer.status_code}"])  # noqa: PLR2004
