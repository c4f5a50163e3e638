"""The journal as a file that proves itself: JSON lines with the seals, signed at the end; ``docs/verify_journal.py`` checks it anywhere.

A period's entries come with every seal of the chain, so that whoever holds the file can follow the chain from its beginning and
find each entry in its seal, without the entries that are not theirs to read.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from qiao.kernel import clock, seals
from qiao.kernel.models import Seal

from . import queries


def _seal(seal: Seal) -> dict[str, Any]:
    return {
        "number": seal.number, "first": seal.first_id, "last": seal.last_id, "previous": seal.previous, "digest": seal.digest,
        "signature": seal.signature, "key": seal.key, "at": seal.at.astimezone(dt.UTC).isoformat(), "leaves": seal.leaves.split("\n"),
    }  # fmt: skip


def _lines(congress: int, name: str, since: dt.date | None, until: dt.date | None) -> Iterator[dict[str, Any]]:
    period = {"since": since and since.isoformat(), "until": until and until.isoformat()}
    yield {"journal": name, "congress": congress, **period, "made_at": clock.now().isoformat(), "key": seals.public_key()}
    for seal, entries in queries.stretches(congress, since, until):
        if seal:
            yield {"seal": _seal(seal)}
        for entry in entries:
            yield {"entry": seals.content(entry)}


def written(congress: int, name: str, since: dt.date | None, until: dt.date | None) -> Iterator[str]:
    """The file, line by line; the last line signs the hash of all before it."""
    whole = hashlib.sha256()
    for line in _lines(congress, name, since, until):
        text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        whole.update(text.encode())
        yield text
    digest = whole.hexdigest()
    yield json.dumps({"sha256": digest, "signature": seals.sign(digest)}) + "\n"
