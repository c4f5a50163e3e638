"""What an import costs: a table of deputies read and compared, written, exported and undone, beside the bare bulk insert of the same.

    bin/bench --imports [--deputies 20000] [--postgres URL] [--quick]

Works in databases of its own, made for the run and dropped after it. Bare are the persons and mandates alone, and all the rows that
an import leaves: these, their lines of the journal, and the rows of the table with what they made, encrypted.
"""

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
DEPUTIES, QUICK, BATCH = 20_000, 1_000, 500
BARE, ALL = "bare: persons and mandates", "bare: all rows an import leaves"
COMPARED, WRITTEN, AGAIN, UNDONE = "read and compared", "written", "the same again: compared", "undone"
HEADINGS = ["代表证号", "姓名", "选区", "代表团", "性别", "出生日期", "民族", "政治面貌", "学历", "工作单位", "职务", "联系电话"]


@dataclass
class Phase:
    """One thing measured: deputies, seconds by the clock and of the processor, memory at most."""

    rows: int
    seconds: float = 0.0
    processor: float = 0.0
    megabytes: int = field(default_factory=lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def cells(number: int) -> Iterator[list[str]]:
    """A table of invented deputies."""
    yield HEADINGS
    for n in range(number):
        sex = "女" if n % 3 else "男"
        yield [
            f"{n:06}", f"代表{n}", f"第{n % 300}选区", f"第{n % 40}代表团", sex, f"19{60 + n % 40}-0{1 + n % 9}-1{n % 10}", "汉族", "群众",
            "大学本科", f"第{n % 900}中心小学", "教师", f"138{n:08}",
        ]  # fmt: skip


def table_of(number: int) -> bytes:
    """The same as a file."""
    held = io.StringIO()
    csv.writer(held).writerows(cells(number))
    return held.getvalue().encode()


@contextmanager
def measured(phase: Phase) -> Iterator[None]:
    """Note what passes."""
    began, spent = time.perf_counter(), time.process_time()
    yield
    phase.seconds, phase.processor = time.perf_counter() - began, time.process_time() - spent
    phase.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def bare(run: Any, phase: Phase, *, everything: bool) -> None:
    """What the import has written, written again as fast as the database takes it, and taken back."""
    from django.db import transaction  # noqa: PLC0415

    from qiao.accounts.models import Person  # noqa: PLC0415
    from qiao.congress.models import Mandate  # noqa: PLC0415
    from qiao.imports.models import ImportRow, ImportRun  # noqa: PLC0415
    from qiao.kernel.models import Entry  # noqa: PLC0415

    def again(rows: Any, **changes: Any) -> list[Any]:
        made = []
        for row in rows:
            row.pk = None
            for name, value in changes.items():
                setattr(row, name, value(row))
            made.append(row)
        return made

    copy = ImportRun.objects.get(pk=run.pk)
    copy.pk = None
    copy.save(force_insert=True)
    rows = Mandate.objects.filter(congress=run.congress).select_related("person").order_by("pk")
    lines = Entry.objects.filter(code__in=["person.add", "mandate.enter"]).order_by("pk")
    kept = ImportRow.objects.filter(run=run).order_by("pk")
    with transaction.atomic():
        for start in range(0, phase.rows, BATCH):
            mandates = list(rows[start : start + BATCH])
            people = again((one.person for one in mandates), phone=lambda one: str(one.phone.plain))
            fresh = again(mandates, card_no=lambda one: f"b{one.card_no}")
            more = again(lines[2 * start : 2 * (start + BATCH)]) if everything else []
            table = again(kept[start : start + BATCH], run=lambda _one: copy, made=lambda one: one.made) if everything else []
            began, spent = time.perf_counter(), time.process_time()
            for one, person in zip(fresh, Person.objects.bulk_create(people), strict=True):
                one.person = person
            Mandate.objects.bulk_create(fresh)
            Entry.objects.bulk_create(more)
            ImportRow.objects.bulk_create(table)
            phase.seconds, phase.processor = phase.seconds + time.perf_counter() - began, phase.processor + time.process_time() - spent
        transaction.set_rollback(True)
    copy.delete()


def measure(number: int) -> dict[str, Phase]:
    """Every phase, one after the other."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench.load import ACTOR, _account, orgs  # noqa: PLC0415
    from qiao.accounts.actors import actor_in  # noqa: PLC0415
    from qiao.congress import operations as body  # noqa: PLC0415
    from qiao.congress.models import Mandate  # noqa: PLC0415
    from qiao.imports import operations  # noqa: PLC0415
    from qiao.imports.tasks import go_on  # noqa: PLC0415
    from qiao.kernel import clock  # noqa: PLC0415
    from qiao.orgs.models import Level  # noqa: PLC0415

    since = clock.today().replace(month=1, day=1)
    area = orgs.add_area(None, actor=ACTOR, code="979797", name="量县", level=Level.COUNTY, valid_from=since)
    congress = orgs.add_congress(area, actor=ACTOR, name="量县人民代表大会", short_name="量县人大")
    body.open_term(congress, actor=ACTOR, number=9, starts=since, seats=number)
    call_command("seed_roles", verbosity=0)
    clerk = actor_in(_account(congress, "clerk", "deputy_affairs", since).posts.get())
    found, content = {}, table_of(number)

    def brought(phase: Phase) -> Any:
        with measured(phase):
            run = operations.upload(congress, actor=clerk, kind="deputies", filename="bench.csv", content=content)
            go_on.call(run.pk)
        run.refresh_from_db()
        return run

    def worked(run: Any, verb: Any, phase: Phase) -> Any:
        with measured(phase):
            verb(run, actor=clerk)
            go_on.call(run.pk)
        run.refresh_from_db()
        return run

    found[COMPARED] = Phase(number)
    run = brought(found[COMPARED])
    found[WRITTEN] = Phase(number)
    run = worked(run, operations.confirm, found[WRITTEN])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found[AGAIN] = Phase(number)
    operations.cancel(brought(found[AGAIN]), actor=clerk)
    plain = {BARE: Phase(number), ALL: Phase(number)}
    bare(run, plain[BARE], everything=False)
    bare(run, plain[ALL], everything=True)
    found[UNDONE] = Phase(number)
    worked(run, operations.undo, found[UNDONE])
    if left := Mandate.objects.filter(congress=congress).count():
        raise SystemExit(f"{left} mandates are left after undoing")
    return plain | found


def run(number: int) -> dict[str, Phase]:
    """The same in a new database."""
    from django.db import connection  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else "qiao_bench_imports"
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return measure(number)
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0)


def table(found: dict[str, dict[str, Any]]) -> str:
    """The figures as Markdown; how many times the bare insert, by the processor's time, which other work disturbs less."""
    lines = ["| what | deputies | seconds | processor | deputies a second | × bare | × all rows bare | memory MB |", "|---" * 8 + "|"]
    plain, every = found[BARE]["processor"], found[ALL]["processor"]
    for name, one in found.items():
        lines.append(
            f"| {name} | {one['rows']:,} | {one['seconds']:.1f} | {one['processor']:.1f} | {one['rows'] / one['seconds']:,.0f} "
            f"| {one['processor'] / plain:.1f} | {one['processor'] / every:.1f} | {one['megabytes']} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure on every database and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deputies", type=int, default=DEPUTIES, help="Rows of the table.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} deputies: to see that it runs.")
    parser.add_argument("--postgres", default="", help="postgres://user:password@host/name, measured after SQLite.")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    number = QUICK if given.quick else given.deputies
    if given.alone:
        import django  # noqa: PLC0415

        django.setup()
        print(json.dumps({name: asdict(phase) for name, phase in run(number).items()}))
        return
    for kind, address in (("SQLite", ""), ("PostgreSQL", given.postgres)):
        if kind == "SQLite" or address:
            surroundings = {name: value for name, value in os.environ.items() if name != "QIAO_DATABASE"}
            surroundings |= {"QIAO_DATABASE": address} if address else {}
            command = [sys.executable, __file__, "--deputies", str(number), "--alone"]
            said = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
            print(f"\n### {kind}\n\n{table(json.loads(said.stdout.splitlines()[-1]))}", flush=True)


if __name__ == "__main__":
    main()
