"""How finding and comparing hold up as the index grows: the same questions to a small and a large one.

    python bench/search.py --documents 1000,100000

Works in a database of its own beside the configured one, made for the run and dropped after it; the texts are invented.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")

import django  # noqa: E402

KIND = "suggestion"
CHARACTERS = (
    "城乡道路交通教育医疗养老环境水电气热物业停车公园河湖农田企业就业住房社区"
    "安全管理服务设施规划建设改造提升加强完善推进保障监督标准资金政策"
)
PLANTED = {"建议": 1.0, "停车难": 0.2, "电动自行车": 0.02, "古井": 0.001}
"""Words at known shares; each is asked for, as is a pair of them and one character alone."""
QUESTIONS = [*PLANTED, "停车难 电动自行车", "井"]
ASKED = 15


def texts(number: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Invented titles and texts of about 300 characters, with words as unevenly frequent as real ones."""
    words = ["".join(dice.choices(CHARACTERS, k=2)) + "".join(dice.choices(CHARACTERS, k=dice.randint(0, 2))) for _ in range(20_000)]
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))
    for _ in range(number):
        body = dice.choices(words, cum_weights=weights, k=100)
        for word, share in PLANTED.items():
            if dice.random() < share:
                body.insert(dice.randrange(len(body)), word)
        marked = [word + ("，" if dice.random() < 0.15 else "") for word in body]
        yield "关于" + "".join(dice.choices(words, cum_weights=weights, k=4)) + "的建议", "".join(marked)


def fill(number: int) -> float:
    """Index so many documents, one in fifty for a unit and all for the congress; the seconds it took."""
    from qiao.kernel import clock  # noqa: PLC0415
    from qiao.search.operations import SOURCES, rebuild  # noqa: PLC0415

    dice = random.Random(number)
    SOURCES[KIND] = lambda: (
        {"object_id": pk, "title": title, "text": text, "audience": ["c1", "u7"] if pk % 50 == 0 else ["c1"], "at": clock.now()}
        for pk, (title, text) in enumerate(texts(number, dice), 1)
    )
    began = time.perf_counter()
    rebuild(KIND, lambda _done: None)
    return time.perf_counter() - began


def milliseconds(ask: Callable[[], object]) -> float:
    """The median of several askings."""
    ask()
    taken = []
    for _ in range(ASKED):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def measure() -> dict[str, float]:
    """Every question to the index as it stands."""
    from qiao.search.queries import find, similar  # noqa: PLC0415

    found = {f"newest 20: {q}": milliseconds(lambda q=q: find(KIND, q, ["c1"], limit=20)) for q in QUESTIONS}
    found |= {f"newest 20 of a unit: {q}": milliseconds(lambda q=q: find(KIND, q, ["u7"], limit=20)) for q in QUESTIONS}
    found |= {f"newest 1000: {q}": milliseconds(lambda q=q: find(KIND, q, ["c1"])) for q in QUESTIONS}
    title, text = next(texts(1, random.Random(7)))
    found["similar"] = milliseconds(lambda: similar(KIND, text[:200], ["c1"], title=title))
    return found


def main() -> None:
    """Measure at each size and print the figures with their ratio to the first size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", default="1000,100000", help="Sizes, separated by commas.")
    sizes = [int(size) for size in parser.parse_args().documents.split(",")]
    django.setup()
    from django.db import connection  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            compare(sizes)
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0)


def compare(sizes: list[int]) -> None:
    """Fill and measure one size after the other."""
    from django.db import connection  # noqa: PLC0415

    first: dict[str, float] = {}
    for size in sizes:
        print(f"{connection.vendor}, {size:,} documents: indexed in {fill(size):.1f} s")
        figures = measure()
        first = first or figures
        for name, taken in figures.items():
            print(f"  {name:36} {taken:8.2f} ms   × {taken / first[name]:.2f}")


if __name__ == "__main__":
    main()
