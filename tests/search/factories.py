"""Documents to be found, and the real texts that tests may read where they lie beside the repository."""

import datetime as dt
import json
from pathlib import Path

import pytest

from qiao.search.operations import Row, index

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
WHEN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def indexed(object_id, title, text="", audience=("open",), kind="suggestion"):
    """One document in the index."""
    index(kind, object_id, text=text, title=title, audience=audience, at=WHEN)


def row(object_id, title, text="", audience=("open",)):
    """What a source says of one document."""
    return Row(object_id=object_id, title=title, text=text, audience=audience, at=WHEN)


def real(name):
    """The rows of a file of real texts; the test is skipped where it is absent."""
    if not (DATA / name).exists():
        pytest.skip(f"needs the real texts {name}, which are not part of the repository")
    text = (DATA / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
