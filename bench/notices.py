"""What it costs to tell very many people: an announcement, its mail, and the daily letter, each by a real worker.

    bin/bench --notices [--people 83000] [--postgres URL] [--quick]

Works in databases of its own, made for the run and dropped after it. In the same run the bare bulk insert of the same rows, without
rules, choices and jobs, says what the database alone takes. Mail goes to a back end that takes it and does nothing.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
os.environ["QIAO_EMAIL_BACKEND"] = "django.core.mail.backends.dummy.EmailBackend"
PEOPLE, QUICK = 83_000, 2_000
BARE, TELLING, MAIL, DAILY = "bare bulk insert", "announcement told", "its mail", "daily letters"
TEXT = "定于下周三上午九时在会议中心召开座谈会，请准时参加；不能到会的，请于本周五以前告知联络机构。" * 4


@dataclass
class Phase:
    """One thing measured: rows written or letters sent, seconds, jobs that waited at most, the longest job, memory at most."""

    rows: int
    seconds: float
    waiting: int = 0
    longest: float = 0.0
    megabytes: int = field(default_factory=lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def crowd(number: int) -> Any:
    """A congress with so many deputies, each with an account and an address; its draft of an announcement to all of them."""
    from django.urls import reverse  # noqa: PLC0415

    from bench.load import LOCKED, build_stage  # noqa: PLC0415
    from qiao.accounts.models import Person, User  # noqa: PLC0415
    from qiao.announcements.models import Announcement  # noqa: PLC0415
    from qiao.congress.models import Mandate  # noqa: PLC0415
    from qiao.kernel.policy import Actor  # noqa: PLC0415
    from qiao.rulebook.operations import set_provision  # noqa: PLC0415

    reverse("web:home")  # the addresses of all pages are read once a process
    stage = build_stage()
    User.objects.exclude(pk=stage.staff.pk).update(is_active=False)
    like = stage.mandates[0]
    given = {
        name: getattr(like, name)
        for name in ("congress_id", "term_id", "electing_unit_id", "district_id", "state", "elected_on", "qualified_on")
    }
    for start in range(0, number, 1000):
        part = range(start, min(start + 1000, number))
        people = Person.objects.bulk_create(Person(name=f"代表{n}", email=f"p{n}@example.org") for n in part)
        both = list(zip(part, people, strict=True))
        User.objects.bulk_create(User(login=f"p{n}", person=one, password=LOCKED) for n, one in both)
        Mandate.objects.bulk_create(Mandate(person=one, card_no=f"c{n}", **given) for n, one in both)
    since = like.elected_on
    set_provision(stage.congress, actor=Actor.system("bench"), key="quiet_hours", value="none", source="bench", valid_from=since)
    return lambda: Announcement.objects.create(congress=stage.congress, title="关于召开座谈会的通知", text=TEXT, by=stage.staff)


def bare(number: int) -> Phase:
    """The rows of an announcement, a thousand people at a time, written as fast as the database takes them, and taken back."""
    from django.db import transaction  # noqa: PLC0415

    from qiao.accounts.models import User  # noqa: PLC0415
    from qiao.notices.models import Delivery, Notice  # noqa: PLC0415

    users = list(User.objects.filter(login__startswith="p").values_list("pk", flat=True)[:number])
    said = {
        "code": "announcement.release",
        "title": "关于召开座谈会的通知",
        "body": TEXT,
        "url": "/announcements/0/",
        "trail": "announcement:0",
    }
    began = time.perf_counter()
    with transaction.atomic():
        for start in range(0, number, 1000):
            made = Notice.objects.bulk_create((Notice(user_id=user, **said) for user in users[start : start + 1000]), batch_size=500)
            Delivery.objects.bulk_create((Delivery(notice=one) for one in made), batch_size=500)
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return Phase(2 * number, taken)


@contextmanager
def watched(phase: Phase) -> Any:
    """Note how many jobs wait when one ends, and how long the longest took."""
    from qiao.kernel.jobs import DBTaskResult  # noqa: PLC0415
    from qiao.kernel.worker import Worker  # noqa: PLC0415

    run = Worker.run_task

    def noted(self: Worker, row: Any) -> None:
        began = time.perf_counter()
        run(self, row)
        phase.longest = max(phase.longest, time.perf_counter() - began)
        phase.waiting = max(phase.waiting, DBTaskResult.objects.ready().count())

    Worker.run_task = noted  # type: ignore[method-assign]
    began = time.perf_counter()
    yield
    phase.seconds = time.perf_counter() - began
    phase.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    Worker.run_task = run  # type: ignore[method-assign]


def worked(rows: int, begin: Callable[[], object], *, queues: str = "*") -> Phase:
    """Let a worker of some queues do what ``begin`` has asked for, until nothing waits."""
    from qiao.kernel import schedule  # noqa: PLC0415
    from qiao.kernel.worker import Worker  # noqa: PLC0415

    schedule.LINES.clear()
    phase = Phase(rows, 0.0)
    with watched(phase):
        begin()
        Worker([queues], name="bench", batch=True).run()
    return phase


def measure(number: int) -> dict[str, Phase]:
    """Every phase, one after the other."""
    from qiao.accounts.models import User  # noqa: PLC0415
    from qiao.announcements.operations import release  # noqa: PLC0415
    from qiao.kernel import clock  # noqa: PLC0415
    from qiao.kernel.policy import Actor  # noqa: PLC0415
    from qiao.notices import operations  # noqa: PLC0415
    from qiao.notices.models import Delivery, Notice, Preference  # noqa: PLC0415

    draft, actor = crowd(number), Actor.system("bench")
    found = {BARE: bare(number)}
    found[TELLING] = worked(2 * number, lambda: release(draft(), actor=actor), queues="default")
    found[MAIL] = worked(number, lambda: None)
    users = User.objects.filter(login__startswith="p").values_list("pk", flat=True)
    wish = {"mail": {"announcement": "daily"}}
    Preference.objects.bulk_create((Preference(user_id=user, choices=wish) for user in users), batch_size=2000)
    with clock.pretend(clock.now() - clock.dt.timedelta(days=1)):
        worked(2 * number, lambda: release(draft(), actor=actor))
    found[DAILY] = worked(number, operations.begin_digests)
    told = Notice.objects.values("user").distinct().count()
    sent = Delivery.objects.filter(state="sent").count()
    if (told, sent) != (number, 2 * number):
        raise SystemExit(f"{told} told and {sent} sent instead of {number} and {2 * number}")
    return found


def run(number: int) -> dict[str, Phase]:
    """The same in a new database."""
    from django.db import connection  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else "qiao_bench_told"
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return measure(number)
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0)


def table(found: dict[str, dict[str, Any]]) -> str:
    """The figures as Markdown."""
    lines = ["| what | rows | seconds | rows a second | of bare | jobs waiting | longest job s | memory MB |", "|---" * 8 + "|"]
    plain = found[BARE]["rows"] / found[BARE]["seconds"]
    for name, one in found.items():
        speed = one["rows"] / one["seconds"]
        lines.append(
            f"| {name} | {one['rows']:,} | {one['seconds']:.1f} | {speed:,.0f} | {speed / plain:.2f} "
            f"| {one['waiting']} | {one['longest']:.2f} | {one['megabytes']} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure on every database and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE, help="How many are told.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} people: to see that it runs.")
    parser.add_argument("--postgres", default="", help="postgres://user:password@host/name, measured after SQLite.")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    number = QUICK if given.quick else given.people
    if given.alone:
        import django  # noqa: PLC0415

        django.setup()
        print(json.dumps({name: asdict(phase) for name, phase in run(number).items()}))
        return
    for kind, address in (("SQLite", ""), ("PostgreSQL", given.postgres)):
        if kind == "SQLite" or address:
            surroundings = {name: value for name, value in os.environ.items() if name != "QIAO_DATABASE"}
            surroundings |= {"QIAO_DATABASE": address} if address else {}
            command = [sys.executable, __file__, "--people", str(number), "--alone"]
            said = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
            print(f"\n### {kind}\n\n{table(json.loads(said.stdout.splitlines()[-1]))}", flush=True)


if __name__ == "__main__":
    main()
