"""An installation with much to do, and two workers that do it slowly enough to be killed in the middle."""

import os
import time

from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from qiao.accounts.models import Person, Post, Role, User
from qiao.announcements import operations as announcements
from qiao.imports import operations as imports
from qiao.imports.operations import batches
from qiao.imports.tasks import go_on
from qiao.kernel import clock, schedule, worker
from tests.accounts import factories as people
from tests.orgs import factories as places

TOLD, UNITS = 800, 500
REST = 0.005
"""Seconds before each transaction, in which the other worker gets its turn: SQLite gives its one lock to whoever asks next."""


def begin() -> None:
    """Enter the people and the table, then be two workers: one writes the table, one tells the people."""
    congress = places.congress()
    actor = people.actor(congress)
    crowd = Person.objects.bulk_create(Person(name=f"代表{n}") for n in range(TOLD))
    users = User.objects.bulk_create(User(login=f"p{n}", person=one, password="!") for n, one in enumerate(crowd))
    role = Role.objects.get(code="leader")
    Post.objects.bulk_create(Post(user=user, role=role, congress=congress, starts=clock.today()) for user in users)
    table = "单位名称\n" + "".join(f"第{n}承办单位\n" for n in range(UNITS))
    run = imports.upload(congress, actor=actor, kind="units", filename="units.csv", content=table.encode())
    go_on.call(run.pk)
    DBTaskResult.objects.all().delete()
    run.refresh_from_db()
    imports.confirm(run, actor=actor)
    draft = announcements.write(congress, actor=actor, title="通知", text="开会。", audience="roles", picks=[role.pk])
    announcements.release(draft, actor=actor)
    connections.close_all()
    announcements.PART, batches.BATCH = 10, 1
    schedule.LINES.clear()
    name = "second" if os.fork() else "first"
    with connection.execute_wrapper(_rested):
        worker.run(["*"], name=name)


def _rested(execute, sql, params, many, context):
    if sql.startswith("BEGIN"):
        time.sleep(REST)
    return execute(sql, params, many, context)
