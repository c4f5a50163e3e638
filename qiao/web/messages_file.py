"""Messages of citizens with the answers they got, as they lie in a file: JSON Lines or CSV, one message a line."""

import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

MOMENT = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(?:\D+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
LONGEST = {"title": 100, "body": 6000, "reply": 10000}
WISH = re.compile(r"希望|建议|恳请|恳求|要求|请求|能否|请|盼|望")
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
ASKED_AT_LEAST = "请有关单位研究办理，并告知结果。"
LONGEST_KEY = 60


@dataclass(frozen=True)
class Message:
    """One message: who it is in the file, what was asked, what was answered, and when, as far as the file says."""

    key: str
    title: str
    body: str
    reply: str
    sent: dt.datetime | None
    answered: dt.datetime | None

    @property
    def asks(self) -> str:
        """The sentences that ask for something; a suggestion needs a part that says what should be done."""
        asking = [one.strip() for one in SENTENCE.findall(self.body) if WISH.search(one)]
        return "".join(asking) or ASKED_AT_LEAST


@dataclass(frozen=True)
class Bad:
    """A line that is no message, and why."""

    reason: str


def read(path: Path) -> Iterator[tuple[int, Message | Bad]]:
    """Every line of a file with its number; CSV by its name's ending, with a line of headings, else JSON Lines."""
    rows = _csv(path) if path.suffix.lower() == ".csv" else _json(path)
    for number, row in rows:
        yield number, row if isinstance(row, Bad) else _message(row)


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as held:
        lines = csv.DictReader(held)
        for row in lines:
            yield lines.line_num, row


def _json(path: Path) -> Iterator[tuple[int, dict[str, Any] | Bad]]:
    with path.open(encoding="utf-8-sig") as held:
        for number, line in enumerate(held, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                yield number, Bad(f"not JSON: {error}")
            else:
                yield number, row if isinstance(row, dict) else Bad("not an object")


def _message(row: dict[str, Any]) -> Message | Bad:
    texts = {name: str(row.get(name) or "").strip() for name in LONGEST}
    for name, text in texts.items():
        if not text:
            return Bad(f"no {name}")
        if len(text) > LONGEST[name]:
            return Bad(f"{name} is longer than {LONGEST[name]} characters")
    key = str(row.get("sid") or "").strip() or hashlib.sha256("\n".join([texts["title"], texts["body"]]).encode()).hexdigest()[:16]
    if len(key) > LONGEST_KEY:
        return Bad(f"sid is longer than {LONGEST_KEY} characters")
    return Message(key, sent=moment(row.get("time")), answered=moment(row.get("reply_time")), **texts)


def moment(words: Any) -> dt.datetime | None:
    """A point in time as people write it: 2019/4/25 9:32:09, 2019-04-25; nothing if it is none."""
    found = MOMENT.match(str(words or "").strip())
    try:
        return timezone.make_aware(dt.datetime(*(int(part or 0) for part in found.groups()))) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None
