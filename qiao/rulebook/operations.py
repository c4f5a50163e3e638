"""Everything that can be done to the rulebook and the tables of days off."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.operations import install

from . import policy, presets, queries
from .catalogue import CATALOGUE, Parameter
from .clocks import SATURDAY
from .models import CalendarDay, CalendarYear, Provision


@operation(Permit("provision.set", policy.keep_rulebook, gettext_lazy("Set a rule of the congress")))
def set_provision(
    congress: Congress, *, actor: Actor, key: str, value: Any, source: str, valid_from: dt.date, reason: str = ""
) -> Provision:
    """Give a parameter a value from a day on. It holds for what is handed over from then on; what is under way keeps its snapshot."""
    _parameter(key).check(value)
    own = Provision.objects.filter(congress=congress, key=key)
    if own.filter(valid_from=valid_from).exists():
        raise Unfit(_("There is already a provision on this from that day. Correct that one."))
    if earlier := own.on(valid_from).first():
        end_provision(earlier, actor=actor.lend("provision.set"), on=valid_from)
    later = own.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    provision = Provision(
        congress=congress, key=key, value=value, source=source, reason=reason,
        valid_from=valid_from, valid_to=later.valid_from if later else None,
    )  # fmt: skip
    provision.full_clean()
    provision.save()
    return provision


@operation(Permit("provision.correct", policy.keep_rulebook, gettext_lazy("Correct a rule of the congress")))
def correct_provision(provision: Provision, *, actor: Actor, value: Any, source: str, reason: str) -> None:
    """Mend what was entered wrongly; the days on which it holds stay, and so do the snapshots taken of it."""
    _parameter(provision.key).check(value)
    provision.value, provision.source, provision.reason = value, source, reason


@operation(Permit("provision.end", policy.keep_rulebook, gettext_lazy("End a rule of the congress")))
def end_provision(provision: Provision, *, actor: Actor, on: dt.date) -> None:
    """Let a provision hold no longer from a day on; without a new one the national default holds again."""
    provision.valid_to = on


def apply_preset(congress: Congress, preset: str, *, actor: Actor, on: dt.date) -> int:
    """Set all rules a preset names from a day on, all or none; says how many. Those already in force with this value stay."""
    in_force = {p.key: (p.value, p.source) for p in Provision.objects.filter(congress=congress).on(on)}
    wanted = [entry for entry in presets.load(preset) if in_force.get(entry.key) != (entry.value, entry.source)]
    with transaction.atomic():
        for entry in wanted:
            set_provision(congress, actor=actor, key=entry.key, value=entry.value, source=entry.source, valid_from=on)
    return len(wanted)


@operation(Permit("calendar.load", install, gettext_lazy("Load a table of days off")))
def load_calendar_year(
    subject: None, *, actor: Actor, year: int, source: str, published_on: dt.date, days: Iterable[tuple[dt.date, bool, str]]
) -> CalendarYear:
    """Make the State Council's table of a year known, or replace it: each day with whether it is off, and the holiday."""
    rows = list(days)
    for day, off, _name in rows:
        if not dt.date(year - 1, 12, 29) <= day <= dt.date(year, 12, 31):
            raise Unfit(_("%(day)s does not belong to the table of %(year)d.") % {"day": day.isoformat(), "year": year})
        if not off and day.weekday() < SATURDAY:
            raise Unfit(
                _("%(day)s is a working day already: only Saturdays and Sundays can be made working days.") % {"day": day.isoformat()}
            )
    if not rows or len({day for day, _off, _name in rows}) < len(rows):
        raise Unfit(_("A table of days off names at least one day, and no day twice."))
    table, _made = CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "published_on": published_on})
    table.days.all().delete()
    CalendarDay.objects.bulk_create([CalendarDay(year=table, day=day, off=off, name=name) for day, off, name in rows])
    queries.forget_calendar()
    transaction.on_commit(queries.forget_calendar)
    return table


def _parameter(key: str) -> Parameter:
    """The parameter of a key; an unknown key is refused."""
    if key not in CATALOGUE:
        raise Unfit(_("The rulebook has no parameter “%(key)s”.") % {"key": key})
    return CATALOGUE[key]
