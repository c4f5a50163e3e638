"""Everything that can be done to the rulebook and the tables of days off."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.operations import install

from . import policy, presets, queries
from .catalogue import CATALOGUE, Parameter
from .clocks import SATURDAY
from .models import CalendarDay, CalendarDraft, CalendarYear, Provision
from .trace import full_date


@operation(Permit("provision.set", policy.keep_rulebook, gettext_lazy("Set a rule of the congress")))
def set_provision(
    congress: Congress, *, actor: Actor, key: str, value: Any, source: str, valid_from: dt.date, reason: str = ""
) -> Provision:
    """Give a parameter a value from a day on. It holds for what is handed over from then on; what is under way keeps its snapshot."""
    parameter = _parameter(key)
    parameter.check(value)
    _demand_reason(actor, reason)
    _not_backwards(actor, valid_from)
    own = Provision.objects.standing().filter(congress=congress, key=key)
    if own.filter(valid_from=valid_from).exists():
        raise Unfit(_("“%(label)s” changes on that day already. Correct or withdraw that change first.") % {"label": parameter.label})
    later = own.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    until = later.valid_from if later else None
    if earlier := own.on(valid_from).first():
        until = earlier.valid_to
        end_provision(earlier, actor=actor.lend("provision.set"), on=valid_from, note=reason)
    provision = Provision(
        congress=congress, key=key, value=value, source=source, reason=reason,
        valid_from=valid_from, valid_to=until, ended_earlier=bool(earlier),
    )  # fmt: skip
    provision.full_clean()
    provision.save()
    return provision


@operation(Permit("provision.correct", policy.keep_open_change, gettext_lazy("Correct a rule of the congress")))
def correct_provision(provision: Provision, *, actor: Actor, value: Any, source: str, reason: str) -> None:
    """Mend what was entered wrongly; the days on which it holds stay, and so do the snapshots taken of it."""
    _parameter(provision.key).check(value)
    _demand_reason(actor, reason)
    provision.value, provision.source, provision.reason = value, source, reason


@operation(Permit("provision.withdraw", policy.keep_open_change, gettext_lazy("Withdraw a change of the rulebook")))
def withdraw_provision(provision: Provision, *, actor: Actor, note: str) -> None:
    """Take back a change before its first day is over: what it would have ended goes on as if nothing had been entered."""
    before = Provision.objects.standing().filter(congress=provision.congress_id, key=provision.key, valid_to=provision.valid_from).first()
    provision.withdrawn_at = clock.now()
    provision.save(update_fields=["withdrawn_at"])  # before the other goes on: only one may be open at the end
    if provision.ended_earlier and before:
        resume_provision(before, actor=actor.lend("provision.withdraw"), until=provision.valid_to, note=note)


@operation(Permit("provision.resume", policy.keep_ending, gettext_lazy("Let a rule of the congress go on")))
def resume_provision(provision: Provision, *, actor: Actor, until: dt.date | None = None, note: str) -> None:
    """Let a provision hold beyond the day on which it was to end: until another begins, or without an end."""
    if until is None:
        own = Provision.objects.standing().filter(congress=provision.congress_id, key=provision.key)
        later = own.filter(valid_from__gt=provision.valid_from).order_by("valid_from").first()
        until = later.valid_from if later else None
    provision.valid_to = until


@operation(Permit("provision.end", policy.keep_lasting, gettext_lazy("End a rule of the congress")))
def end_provision(provision: Provision, *, actor: Actor, on: dt.date, note: str = "") -> None:
    """Let a provision hold no longer from a day on; without a new one the national default holds again."""
    _demand_reason(actor, note)
    _not_backwards(actor, on)
    if on <= provision.valid_from:
        raise Unfit(_("It begins on %(day)s only. Withdraw it, or choose a later day.") % {"day": full_date(provision.valid_from)})
    if provision.valid_to and on >= provision.valid_to:
        raise Unfit(_("It ends on %(day)s already. Choose an earlier day.") % {"day": full_date(provision.valid_to)})
    provision.valid_to = on


@operation(Permit("rulebook.adopt", policy.keep_rulebook, gettext_lazy("Adopt the rules of another place")))
def apply_preset(congress: Congress, *, actor: Actor, preset: str, on: dt.date, keys: Iterable[str] | None = None, note: str = "") -> None:
    """Set the rules a preset names, or those of ``keys``, from a day on: all or none. Those that hold already with this source stay."""
    if preset not in presets.names():
        raise Unfit(_("There are no rules of a place “%(preset)s”.") % {"preset": preset})
    _demand_reason(actor, note)
    wanted = presets.missing(preset, queries.own_rules(congress, on))
    wanted = wanted if keys is None else [entry for entry in wanted if entry.key in set(keys)]
    if not wanted and not actor.is_system:
        raise Unfit(_("Choose at least one rule that differs."))
    lent = actor.lend("rulebook.adopt")
    _not_backwards(actor, on)
    for entry in wanted:
        set_provision(congress, actor=lent, key=entry.key, value=entry.value, source=entry.source, valid_from=on, reason=note)


def _demand_table(year: int, rows: list[tuple[dt.date, bool, str]]) -> None:
    """Refuse what cannot be the table of a year."""
    for day, off, _name in rows:
        if not dt.date(year - 1, 12, 29) <= day <= dt.date(year, 12, 31):
            raise Unfit(_("%(day)s does not belong to the table of %(year)d.") % {"day": day.isoformat(), "year": year})
        if not off and day.weekday() < SATURDAY:
            raise Unfit(
                _("%(day)s is a working day already: only Saturdays and Sundays can be made working days.") % {"day": day.isoformat()}
            )
    if not rows or len({day for day, _off, _name in rows}) < len(rows):
        raise Unfit(_("A table of days off names at least one day, and no day twice."))


@operation(Permit("calendar.load", install, gettext_lazy("Load a table of days off")))
def load_calendar_year(
    subject: None, *, actor: Actor, year: int, source: str, published_on: dt.date, days: Iterable[tuple[dt.date, bool, str]]
) -> CalendarYear:
    """Make the State Council's table of a year known, or replace it: each day with whether it is off, and the holiday."""
    rows = list(days)
    _demand_table(year, rows)
    table, _made = CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "published_on": published_on})
    table.days.all().delete()
    CalendarDay.objects.bulk_create([CalendarDay(year=table, day=day, off=off, name=name) for day, off, name in rows])
    queries.forget_calendar()
    transaction.on_commit(queries.forget_calendar)
    return table


@operation(Permit("calendar.draft", policy.keep_tables, gettext_lazy("Upload a table of days off")))
def draft_calendar_year(
    subject: None, *, actor: Actor, year: int, source: str, published_on: dt.date, days: Iterable[tuple[dt.date, bool, str]]
) -> CalendarDraft:
    """Keep a table as it was uploaded, to be looked at; nothing is reckoned by it yet."""
    rows = sorted(days)
    _demand_table(year, rows)
    kept = [[day.isoformat(), off, name] for day, off, name in rows]
    made = CalendarDraft(year=year, source=source, published_on=published_on, days=kept)
    made.full_clean()
    made.save()
    return made


def _parameter(key: str) -> Parameter:
    """The parameter of a key; an unknown key is refused."""
    if key not in CATALOGUE:
        raise Unfit(_("The rulebook has no parameter “%(key)s”.") % {"key": key})
    return CATALOGUE[key]


def _demand_reason(actor: Actor, reason: str) -> None:
    """A person says why; what the system does on behalf of somebody has its reason elsewhere."""
    if not actor.is_system and not reason.strip():
        raise Unfit(_("Give the reason in a sentence."))


def _not_backwards(actor: Actor, day: dt.date) -> None:
    """A person changes no rule for days that are over; a rulebook that is set up holds from the days its regulations name."""
    if not actor.is_system and day < clock.today():
        raise Unfit(_("A rule changes today or later. What was handed over before keeps the rules it was handed over under."))
