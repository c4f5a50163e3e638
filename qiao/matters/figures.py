"""The rates that reports quote: what each counts, out of what, and the rows behind both (domain 3.17, P5)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor, Words
from qiao.orgs.models import Congress
from qiao.rulebook.models import Provision
from qiao.rulebook.rules import Rules, default_entry

from .models import (
    NO_SUGGESTION,
    PRIVATE,
    Assignment,
    Clock,
    ClockKind,
    Contact,
    Evaluation,
    FaceReply,
    Rating,
    Reply,
    ReplyState,
    State,
    Suggestion,
    UnitRole,
)
from .models.publication import policy_of
from .models.states import PUBLISHED

ANSWERED = Q(replied_at__isnull=False)


SIDES: dict[str, Words] = {
    "answered-part": _("Answered"),
    "answered-whole": _("Handed to a unit"),
    "timely-part": _("Answered in time"),
    "timely-whole": _("Answered, or past the due day"),
    "contacted-part": _("With a confirmed contact"),
    "contacted-whole": _("Answered"),
    "met-part": _("Answered in person, confirmed by the deputy"),
    "met-whole": _("Answered"),
    "satisfied-part": _("Satisfied"),
    "satisfied-whole": _("Evaluated"),
    "content-part": _("Satisfied or basically satisfied"),
    "content-whole": _("Evaluated"),
    "resolved-part": _("Counted as resolved"),
    "resolved-whole": _("Answered"),
    "published-part": _("Reply published"),
    "published-whole": _("May be published"),
}
"""What a list can be narrowed to from a figure, by its key in the address: the rows counted, and those they are counted out of."""


@dataclass(frozen=True)
class Rate:
    """One rate: its name, what it means in words, what is counted, out of what."""

    key: str
    label: Words
    definition: Words
    part: Any
    whole: Any

    @property
    def part_words(self) -> Words:
        """What is counted."""
        return SIDES[f"{self.key}-part"]

    @property
    def whole_words(self) -> Words:
        """Out of what."""
        return SIDES[f"{self.key}-whole"]


@dataclass(frozen=True)
class Figure:
    """A rate with its numbers; no share where there is nothing to count out of."""

    rate: Rate
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """In per cent, to one place."""
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def in_words(self) -> str:
        """As a page and a table write it."""
        return "—" if self.percent is None else f"{self.percent:.1f}%"


def population(rows: QuerySet[Suggestion], actor: Actor, unit: int | None = None) -> QuerySet[Suggestion]:
    """The suggestions submitted among ``rows``, each with the newest rating ``actor`` may know: what is sealed from them is none.

    Where several units answered, each for its part, the worst of the newest counts: it is one suggestion. With a ``unit`` only
    what it answers itself is counted, and of a suggestion answered by several only its part.
    """
    known = Evaluation.objects.visible_to(actor).filter(reply__assignment__suggestion=OuterRef("pk"))
    known = known.filter(_replied_by(unit, "reply__assignment"))
    if unit:
        rows = rows.filter(pk__in=Assignment.objects.filter(unit=unit).standing().answering().order_by().values("suggestion"))
    worst_first = Case(When(rating=Rating.DISSATISFIED, then=0), When(rating=Rating.BASICALLY, then=1), default=2)
    return rows.exclude(state__in=PRIVATE | NO_SUGGESTION | {State.SPLIT}).annotate(
        newest_rating=Subquery(known.order_by("-reply__round", worst_first).values("rating")[:1])
    )


APART = (State.NOT_ACCEPTED, State.AS_LETTER, State.AS_REFERENCE)
"""What was submitted and is not handled as a suggestion: counted by itself, in no rate (R3.11)."""


def apart(rows: QuerySet[Suggestion]) -> list[tuple[State, int]]:
    """How many of ``rows`` ended as each of these, in one query."""
    found = dict(rows.filter(state__in=APART).order_by().values_list("state").annotate(Count("pk")))
    return [(state, found.get(state, 0)) for state in APART]


def by_submitter(rows: QuerySet[Suggestion]) -> list[tuple[str, int]]:
    """How many of a ``population`` deputies put forward, and how many delegations, in one query; the keys are those of the filter."""
    found = rows.order_by().aggregate(all=Count("pk"), delegation=Count("delegation"))
    return [("deputies", found["all"] - found["delegation"]), ("delegation", found["delegation"])]


def _by(unit: int | None, path: str) -> dict[str, int]:
    """Only what is that unit's, where one is named."""
    return {f"{path}__unit": unit} if unit else {}


def _replied_by(unit: int | None, path: str) -> Q:
    """Only replies that are that unit's, where one is named: its own, or one that it gave together with others."""
    return Q(**{f"{path}__unit": unit}) | Q(**{f"{path}__role": UnitRole.JOINT}) if unit else Q()


def _clocks(unit: int | None) -> Any:
    return Clock.objects.filter(suggestion=OuterRef("pk"), kind=ClockKind.REPLY, **_by(unit, "assignment")).order_by()


def _late(unit: int | None) -> Any:
    running = Q(ended_on=None, due__lt=clock.today())
    return Exists(_clocks(unit).filter(Q(met=True, ended_on__gt=F("due")) | running))


def _issued(unit: int | None) -> Any:
    issued = Reply.objects.filter(assignment__suggestion=OuterRef("pk"), state=ReplyState.ISSUED)
    return issued.filter(_replied_by(unit, "assignment")).order_by()


def _answered(unit: int | None) -> Q:
    """Answered as a whole, or by that unit."""
    return Q(Exists(_issued(unit))) if unit else ANSWERED


def _resolving(congress: Congress) -> Q:
    """Replies whose class counts as resolved in the scheme in force when the suggestion was handed over (R3.47)."""

    def codes(scheme: Any) -> list[str]:
        return [entry["code"] for entry in scheme if entry.get("counts_as_resolved")]

    found = Q(result__in=codes(default_entry("result_scheme")["value"]))
    for value, since, until in (
        Provision.objects.standing().filter(congress=congress, key="result_scheme").values_list("value", "valid_from", "valid_to")
    ):
        within = Q(assignment__assigned_on__gte=since) & (Q(assignment__assigned_on__lt=until) if until else Q())
        found = (found & ~within) | (within & Q(result__in=codes(value)))
    return found


def _handling(unit: int | None) -> list[Rate]:
    assigned, done, late = Q(assigned_at__isnull=False), Exists(_clocks(unit).filter(met=True)), Q(_late(unit))
    talked = Contact.objects.filter(assignment__suggestion=OuterRef("pk"), confirmed_at__isnull=False, **_by(unit, "assignment")).order_by()
    met = FaceReply.objects.signed().filter(assignment__suggestion=OuterRef("pk"), **_by(unit, "assignment")).order_by()
    answered = _answered(unit)
    return [
        Rate(
            "answered", _("Reply rate"), _("Suggestions with a first reply, out of those handed to a unit."),
            assigned & answered, assigned,
        ),
        Rate(
            "timely", _("Rate of replies in time"),
            _("Suggestions all of whose first replies came by their due day, out of those answered or past that day."),
            Q(done) & ~late, Q(done) | late,
        ),
        Rate(
            "contacted", _("Contact rate"),
            _("Suggestions with a contact that the deputy has confirmed, out of those answered."),
            answered & Q(Exists(talked)), answered,
        ),
        Rate(
            "met", _("Face-to-face rate"),
            _("Suggestions answered in person, with a record that the deputy has confirmed or signed, out of those answered."),
            answered & Q(Exists(met)), answered,
        ),
    ]  # fmt: skip


def _ratings(rules: Rules, unit: int | None) -> list[Rate]:
    rated = Q(newest_rating__isnull=False)
    silent = Q(pk__in=())
    if rules["silence_policy"] == "satisfied":
        of_it = Evaluation.objects.filter(reply__assignment__suggestion=OuterRef("pk"))
        any_rating = of_it.filter(_replied_by(unit, "reply__assignment"))
        silent = _answered(unit) & Q(state=State.CLOSED) & ~Q(Exists(any_rating))
        words = _("Out of those evaluated; this congress's rules count an answer closed without an evaluation as satisfied.")
    else:
        words = _("Out of those evaluated; what the deputy has not evaluated is left out.")
    satisfied = Q(newest_rating=Rating.SATISFIED) | silent
    return [
        Rate(
            "satisfied", _("Satisfaction rate, without “basically satisfied”"), words,
            satisfied, rated | silent,
        ),
        Rate(
            "content", _("Satisfaction rate, with “basically satisfied”"), words,
            satisfied | Q(newest_rating=Rating.BASICALLY), rated | silent,
        ),
    ]  # fmt: skip


def rates(congress: Congress, rules: Rules, unit: int | None = None) -> list[Rate]:
    """Every rate under the congress's rules, in the order of the specification of reports; with a ``unit`` those of its own work."""
    answered, resolved = _answered(unit), Exists(_issued(unit).filter(_resolving(congress)))
    asked = policy_of(rules, "reply") == "may" and rules.flag("deputy_consent_needed")
    agreed = Q(may_publish=True) if asked else Q()
    checked = _issued(unit).filter(may_publish=True, secrecy_checked_at__isnull=False)
    open_ = answered & agreed & Q(Exists(checked))
    read = Q(publicity__in=PUBLISHED) & Q(Exists(_issued(unit).filter(published_at__isnull=False)))
    return [
        *_handling(unit),
        *_ratings(rules, unit),
        Rate(
            "resolved", _("Resolution rate"),
            _("Suggestions with a reply whose result class counts as resolved, out of those answered."),
            answered & Q(resolved), answered,
        ),
        Rate(
            "published", _("Publication rate"),
            _(
                "Suggestions whose reply the public reads, out of those answered whose reply the unit has checked and allows to publish, "
                "and where the deputy is asked, agrees."
            ),
            open_ & read, open_,
        ),
    ]  # fmt: skip


def figures(rows: QuerySet[Suggestion], counted: list[Rate]) -> list[Figure]:
    """The numbers of all rates over ``rows`` of a ``population``, in one query."""
    sides = {f"{rate.key}_{side}": getattr(rate, side) for rate in counted for side in ("part", "whole")}
    marked = {name: Case(When(side, then=Value(1))) for name, side in sides.items()}
    found = rows.order_by().annotate(**marked).aggregate(**{f"{name}_number": Count(name) for name in marked})
    return [Figure(rate, found[f"{rate.key}_part_number"], found[f"{rate.key}_whole_number"]) for rate in counted]


def behind(side: str, counted: list[Rate]) -> Any:
    """What narrows a ``population`` to the rows that one side of a rate counts; ``side`` is a key of ``SIDES``."""
    key, _dash, which = side.partition("-")
    rate = next(r for r in counted if r.key == key)
    return rate.part if which == "part" else rate.whole
