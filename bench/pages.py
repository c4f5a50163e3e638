"""How the pages hold up as a congress grows: each in the same run against the least that Django can do.

    bin/bench [--postgres URL] [--rows 1000,100000] [--quick] [--search]

Works in databases of its own, made for the run and dropped after it: on SQLite in a temporary file, on PostgreSQL beside the
database of URL. The rounds ask every page once, of each size in turn, so that whatever else the machine does meets all alike.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

ROUNDS, QUICK, WARM = 50, 10, 4
CONGRESS = "量市人民代表大会"
MINIMAL = "Django's minimal page"
READY = "ready"
FOUND, RARE = "停车难", "古井"


@dataclass
class Page:
    """One page: how it is asked for, and what was measured."""

    ask: Callable[[], Any]
    status: int = 200
    queries: int = 0
    taken: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        return sorted(self.taken)[int(0.95 * len(self.taken))]


def pages(stage: Any) -> dict[str, Page]:
    """What is asked, by whom; everything that changes data has fresh objects to change."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from qiao.matters.models import Suggestion  # noqa: PLC0415

    staff, deputy, liaison, reader = Client(), Client(), Client(), Client()
    staff.force_login(stage.staff)
    deputy.force_login(stage.users[stage.mandates[0].pk])
    liaison.force_login(stage.liaisons[0])
    chance = random.Random(5)
    closed = Suggestion.objects.filter(state="closed").order_by("pk").values_list("pk", flat=True)
    spare = list(closed[: ROUNDS + WARM + 1])  # to be assigned anew, one a request
    Suggestion.objects.filter(pk__in=spare).update(state="registered", unit=None, due=None, publicity="none")
    waiting, filed = iter(spare), list(closed)
    index, mine = reverse("matters:index"), stage.units[0].pk
    draft = {
        "kind": "suggestion",
        "title": "关于修好路灯的建议",
        "matter": "路灯不亮。" * 20,
        "proposal": "逐盏检修。" * 20,
        "source": "visit",
    }

    def assign() -> Any:
        return staff.post(reverse("matters:suggestion_act", args=[next(waiting), "assign"]), {"unit": mine, "note": "请办理。"})

    return {
        MINIMAL: Page(lambda: staff.get("/bench/minimal/")),
        "staff home": Page(lambda: staff.get(reverse("web:home"))),
        "list": Page(lambda: staff.get(index)),
        "list, overdue": Page(lambda: staff.get(index, {"view": "overdue"})),
        "list by due date, one state": Page(lambda: staff.get(index, {"state": "handling", "order": "due"})),
        "list, page 20": Page(lambda: staff.get(index, {"page": "20"})),
        "list of a unit": Page(lambda: liaison.get(index)),
        "list of a deputy": Page(lambda: deputy.get(index)),
        "detail": Page(lambda: staff.get(reverse("matters:detail", args=[chance.choice(filed)]))),
        "search, common word": Page(lambda: staff.get(index, {"q": FOUND})),
        "search, rare word": Page(lambda: staff.get(index, {"q": RARE})),
        "search by number": Page(lambda: staff.get(index, {"q": "77"})),
        "public list": Page(lambda: reader.get(reverse("matters:public"))),
        "public search": Page(lambda: reader.get(reverse("matters:public"), {"q": FOUND})),
        "create a draft": Page(lambda: deputy.post(reverse("matters:new"), draft), 302),
        "assign": Page(assign, 302),
    }


def measure(wanted: dict[str, Page], rounds: Iterable[object]) -> None:
    """Ask every page once a round; how long the answer took and, before that, how many statements it needs."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for name, page in wanted.items():
        for _ in range(WARM):
            page.ask()
        with CaptureQueriesContext(connection) as seen:
            got = page.ask()
        page.queries = sum(1 for one in seen.captured_queries if not re.match(r"SAVEPOINT|RELEASE|BEGIN|COMMIT", one["sql"]))
        if got.status_code != page.status:
            raise SystemExit(f"{name}: {got.status_code} instead of {page.status}")
    for _ in rounds:
        for page in wanted.values():
            began = time.perf_counter()
            page.ask()
            page.taken.append(1000 * (time.perf_counter() - began))


def led() -> Iterator[None]:
    """A round for each line that the leading process writes, and a line back when it is done."""
    print(READY, flush=True)
    for _line in sys.stdin:
        yield
        print(READY, flush=True)


def run(rows: int, kept: str) -> dict[str, Page]:
    """Fill a new database with so many suggestions and measure when told; it is dropped afterwards unless it is to be kept."""
    from django.db import connection  # noqa: PLC0415

    from bench.load import load, stage_of  # noqa: PLC0415
    from qiao.orgs.models import Congress  # noqa: PLC0415

    def say(said: str) -> None:
        print(f"· {connection.vendor}: {said}", file=sys.stderr, flush=True)

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(kept or folder) / f"bench-{rows}.sqlite3")
        else:
            connection.settings_dict["TEST"]["NAME"] = f"qiao_bench_{rows}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=bool(kept))
        try:
            congress = Congress.objects.filter(name=CONGRESS).first()
            wanted = pages(stage_of(congress) if congress else load(rows, say))
            measure(wanted, led())
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0, keepdb=bool(kept))
    return wanted


Figures = dict[str, dict[str, float]]
"""For each page its median and 95th percentile in milliseconds, and its statements."""


def figures(wanted: dict[str, Page]) -> Figures:
    """What was measured, as plain numbers."""
    return {name: {"median": page.median, "p95": page.p95, "queries": page.queries} for name, page in wanted.items()}


def table(found: dict[int, Figures]) -> str:
    """The figures as Markdown, with each page's ratio to the minimal page; growth is the largest size against the smallest."""
    sizes = list(found)
    heads = " | ".join(f"{size:,}: median, p95 ms | ratio" for size in sizes)
    lines = [f"| page | queries | {heads} | growth |", "|---" * (3 + 2 * len(sizes)) + "|"]
    for name in found[sizes[0]]:
        held = [found[size][name] for size in sizes]
        ratios = [found[size][name]["median"] / found[size][MINIMAL]["median"] for size in sizes]
        cells = [f"{one['median']:.1f}, {one['p95']:.1f} | {ratio:.1f}" for one, ratio in zip(held, ratios, strict=True)]
        growth = held[-1]["median"] / held[0]["median"]
        lines.append(f"| {name} | {held[-1]['queries']} | {' | '.join(cells)} | {growth:.2f} |")
    return "\n".join(lines)


def begun(address: str, size: int, given: argparse.Namespace) -> subprocess.Popen[str]:
    """A process that has filled its database and waits to be told to measure."""
    command = [sys.executable, __file__, "--size", str(size), "--keep", given.keep]
    surroundings = {name: value for name, value in os.environ.items() if name != "QIAO_DATABASE"}
    surroundings |= {"QIAO_DATABASE": address} if address else {}
    process = subprocess.Popen(command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    heard(process)
    return process


def heard(process: subprocess.Popen[str]) -> None:
    """Wait until the process is ready for the next round."""
    for line in process.stdout or ():
        if line.strip() == READY:
            return
    raise SystemExit("A measuring process ended early.")


def compare(address: str, given: argparse.Namespace) -> dict[int, Figures]:
    """The figures of every size on one database: a process each, a round each in turn, so that the machine treats them alike."""
    measuring = {int(size): begun(address, int(size), given) for size in given.rows.split(",")}
    for _ in range(QUICK if given.quick else ROUNDS):
        for process in measuring.values():
            print(file=process.stdin, flush=True)
            heard(process)
    return {size: json.loads(process.communicate()[0].splitlines()[-1]) for size, process in measuring.items()}


def main() -> None:
    """Measure every size on every database and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="1000,100000", help="Sizes, separated by commas.")
    parser.add_argument("--quick", action="store_true", help="Ten rounds instead of fifty: to see that it runs.")
    parser.add_argument("--postgres", default="", help="postgres://user:password@host/name, measured after SQLite.")
    parser.add_argument("--keep", default="", help="A folder: keep the databases and use them again instead of filling new ones.")
    parser.add_argument("--size", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.size:
        import django  # noqa: PLC0415

        django.setup()
        print(json.dumps(figures(run(given.size, given.keep))))
        return
    for kind, address in (("SQLite", ""), ("PostgreSQL", given.postgres)):
        if kind == "SQLite" or address:
            print(f"\n### {kind}\n\n{table(compare(address, given))}", flush=True)


if __name__ == "__main__":
    main()
