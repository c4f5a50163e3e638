"""The lines of a reckoning: kept as data, written out in the reader's language."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .periods import Period, words_of
from .sources import cited

HOLIDAYS = {
    "元旦": gettext_lazy("New Year's Day"),
    "春节": gettext_lazy("Spring Festival"),
    "清明节": gettext_lazy("Tomb-Sweeping Day"),
    "劳动节": gettext_lazy("Labour Day"),
    "端午节": gettext_lazy("Dragon Boat Festival"),
    "中秋节": gettext_lazy("Mid-Autumn Festival"),
    "国庆节": gettext_lazy("National Day"),
}
"""The names the State Council's tables use; others are shown as they are."""

PAUSE = "pause"
"""Stands for a holiday's name where days are not counted because of a pause."""

STARTS = {
    "": gettext_lazy("The period starts on %(day)s; the day itself is not counted."),
    "submitted": gettext_lazy("Submitted on %(day)s; the day itself is not counted."),
    "session_closes": gettext_lazy("The session closes on %(day)s; the day itself is not counted."),
    "assigned": gettext_lazy("Handed over on %(day)s; the day itself is not counted."),
    "received": gettext_lazy("Signed for on %(day)s; the day itself is not counted."),
    "sign_due": gettext_lazy("Taken as received on %(day)s, the last day for signing for; the day itself is not counted."),
    "objected": gettext_lazy("The deputy objected on %(day)s; the day itself is not counted."),
    "objection_upheld": gettext_lazy("The objection was accepted on %(day)s; the day itself is not counted."),
    "return_granted": gettext_lazy("The return was granted on %(day)s; the day itself is not counted."),
    "replied": gettext_lazy("Answered on %(day)s; the day itself is not counted."),
    "dissatisfied": gettext_lazy("The deputy was dissatisfied on %(day)s; the day itself is not counted."),
    "ordered": gettext_lazy("Handling again was ordered on %(day)s; the day itself is not counted."),
    "sent_back": gettext_lazy("Sent back on %(day)s; the day itself is not counted."),
    "returned": gettext_lazy("Return requested on %(day)s; the day itself is not counted."),
}
"""The events clocks start with, and the first line of the trace of each."""

SENTENCES = {
    "ends": gettext_lazy("A period of %(period)s ends on %(day)s."),
    "month_end": gettext_lazy(
        "A period of %(period)s ends on %(day)s, the last day of the month, because the month has no corresponding day."
    ),
    "working_ends": gettext_lazy("Not counting Saturdays, Sundays and holidays, %(period)s end on %(day)s."),
    "skipped_day": gettext_lazy("%(span)s is a day off (%(names)s) and is not counted."),
    "skipped": gettext_lazy("%(span)s are days off (%(names)s) and are not counted."),
    "worked": gettext_lazy("%(day)s is a working day by the table of days off (%(names)s) and is counted."),
    "last_worked": gettext_lazy("%(day)s is a working day by the table of days off (%(names)s), so the last day does not move."),
    "moved_day": gettext_lazy("%(span)s is a day off (%(names)s), so the last day moves to %(day)s."),
    "moved": gettext_lazy("%(span)s are days off (%(names)s), so the last day moves to %(day)s."),
    "stays": gettext_lazy("%(day)s is a day off (%(names)s); by the rulebook the last day does not move."),
    "unknown_year": gettext_lazy(
        "The table of days off for %(year)s is not known yet: only Saturdays and Sundays are taken as days off, "
        "and the date may still change."
    ),
    "extended": gettext_lazy(
        "More time was granted on %(on)s, until %(day)s; by %(source)s, %(period)s counted from the same start end on %(most)s."
    ),
    "extended_due": gettext_lazy("The last day is now %(day)s; it ends at 24:00."),
    "recounted": gettext_lazy("By the table of days off for %(year)s (%(source)s) reckoned anew on %(on)s: %(day)s instead of %(old)s."),
    "extended_due_provisional": gettext_lazy("For the time being the last day is now %(day)s; it ends at 24:00."),
    "fixed": gettext_lazy("By %(source)s it must be done by %(day)s, which is earlier."),
    "fixed_later": gettext_lazy("By %(source)s the day set is %(day)s. A day that is set can only come earlier: it stays %(due)s."),
    "paused": gettext_lazy("Paused by %(source)s; not counted: %(span)s."),
    "resumed": gettext_lazy("The pause took %(length)s from the period, which now ends on %(day)s."),
    "resumed_at_once": gettext_lazy("The pause took no day from the period, which still ends on %(day)s."),
    "due": gettext_lazy("The last day is %(day)s; it ends at 24:00."),
    "due_provisional": gettext_lazy("For the time being the last day is %(day)s; it ends at 24:00."),
}


@dataclass(frozen=True)
class Line:
    """One reason in a trace: which sentence, and what it speaks of (dates as ISO text)."""

    code: str
    params: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Line":
        """A line as it is stored."""
        return cls(data["code"], dict(data["params"]))


def explain(lines: Iterable[Line]) -> list[str]:
    """The lines as sentences in the present language."""
    return [_explained(line) for line in lines]


def _explained(line: Line) -> str:
    params = line.params
    if line.code == "start":
        sentence = str(STARTS[params["event"]])
    elif line.code == "resumed" and not params["n"]:
        sentence = str(SENTENCES["resumed_at_once"])
    elif line.code in {"skipped", "moved"} and params["first"] == params["last"]:
        sentence = str(SENTENCES[f"{line.code}_day"])
    else:
        sentence = str(SENTENCES[line.code])
    said: dict[str, Any] = {"year": params.get("year"), "source": cited(params.get("source", ""))}
    for name in ("day", "on", "most", "old", "due"):
        if name in params:
            said[name] = full_date(dt.date.fromisoformat(params[name]))
    if "period" in params:
        said["period"] = str(Period.from_json(params["period"]))
    if params.get("n"):
        said["length"] = words_of(params["n"], params["unit"])
    if "first" in params:
        said["span"] = span(dt.date.fromisoformat(params["first"]), dt.date.fromisoformat(params["last"]))
    if "names" in params:
        said["names"] = names_of(params["names"])
    return sentence % said


def full_date(day: dt.date) -> str:
    """A day with its weekday: 2 March 2026 (Monday)."""
    return date_format(day, _("j F Y (l)"))


def span(first: dt.date, last: dt.date) -> str:
    """One day, or from one day to another, as briefly as is clear."""
    if first == last:
        return full_date(first)
    if first.year != last.year:
        return _("%(first)s to %(last)s") % {"first": full_date(first), "last": full_date(last)}
    said = {"first": date_format(first, _("j F")), "last": date_format(last, _("j F")), "year": first.year}
    return _("%(first)s to %(last)s %(year)s") % said


def names_of(names: list[str]) -> str:
    """The holidays' names, or that it is the weekend."""
    return listed([_("paused") if name == PAUSE else str(HOLIDAYS.get(name, name)) for name in names]) or _("weekend")


def listed(words: list[str]) -> str:
    """Several words one after the other, with the comma of the language."""
    return reduce(lambda one, other: _("%(one)s, %(other)s") % {"one": one, "other": other}, words) if words else ""
