"""Worklists: what waits for whom, by post, and how much of it."""

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.congress.policy import SERVES
from qiao.kernel import clock
from qiao.kernel.policy import Actor, Words
from qiao.kernel.statements import Kept

from .models import (
    OPEN_WITH_UNIT,
    OPINION_KINDS,
    REPLY_KINDS,
    WITHDRAWABLE,
    Addressee,
    Assignment,
    AssignmentState,
    Clock,
    ClockKind,
    Confidentiality,
    Consent,
    Contact,
    Countersignature,
    Evaluation,
    Extension,
    ExtensionState,
    FaceReply,
    Objection,
    ObjectionState,
    Rating,
    Reply,
    ReplyState,
    Signature,
    SignatureState,
    Split,
    SplitAnswer,
    State,
    Suggestion,
    UnitRole,
)
from .scopes import units_below

ANSWERS = (*REPLY_KINDS, *OPINION_KINDS)
"""What a unit owes in words: its reply, its second reply, its opinion."""


@dataclass(frozen=True)
class View:
    """A named part of the worklist: its words, and the rows in it; its count is the length of its list."""

    key: str
    label: Words
    rows: Any
    tone: str = "neutral"


def _clock_due(high: dt.date, *kinds: ClockKind) -> Q:
    running = Clock.objects.ticking().filter(kind__in=kinds, due__lte=high)
    return Q(pk__in=running.values("suggestion"))


def _due(low: dt.date | None, high: dt.date) -> Q:
    return Q(due__lte=high, **({"due__gte": low} if low else {}))


def _sealed(**which: Any) -> Q:
    """Suggestions whose evaluation is under seal."""
    return Q(pk__in=Evaluation.objects.sealed().filter(**which).values("reply__assignment__suggestion"))


def _replied_to(addressees: Any) -> Any:
    """Suggestions whose replies go to these."""
    return addressees.order_by().values("reply__assignment__suggestion")


def _unrated() -> Q:
    """Answered suggestions with a reply that the deputy has not rated: the time to do so ends with the last one's rating."""
    waiting = Clock.objects.running().filter(kind=ClockKind.EVALUATION).order_by()
    return Q(state=State.REPLIED, pk__in=waiting.values("suggestion"))


def _waiting_splits() -> Any:
    """Suggestions whose lead deputy is asked whether to split them."""
    return Split.objects.filter(answer=SplitAnswer.WAITING).order_by().values("suggestion")


def sealed_views(actor: Actor) -> list[View]:
    """For those who may read under seal: what was evaluated, and dissatisfaction that something must be done about."""
    if "evaluation.read_sealed" not in actor.grants or actor.units:
        return []
    return [
        View("sealed_bad", _("Dissatisfied, under seal"), Q(state=State.REPLIED) & _sealed(rating=Rating.DISSATISFIED), "warn"),
        View("sealed", _("Evaluated, under seal"), Q(state=State.REPLIED) & _sealed()),
    ]


def returned_often(times: int) -> Q:
    """Suggestions that so many units in turn have given back."""
    returned = Assignment.objects.given_back().order_by().values("suggestion")
    return Q(pk__in=returned.annotate(n=Count("pk")).filter(n__gte=times).values("suggestion"))


def staff_views() -> list[View]:
    """What congress staff have before them: by what must be done, and by age (U3)."""
    return list(_staff_views(clock.today()))


@functools.lru_cache(maxsize=2)
def _staff_views(today: dt.date) -> tuple[View, ...]:
    """They say what is asked, never what was found, and are the same for all of a day: whoever asks narrows them to their own."""
    yesterday = today - dt.timedelta(days=1)
    returns = Assignment.objects.filter(state="return_requested").values("suggestion")
    objections = Objection.objects.filter(state=ObjectionState.RAISED).order_by().values("assignment__suggestion")
    extensions = Extension.objects.filter(state=ExtensionState.REQUESTED, office=None).order_by().values("assignment__suggestion")
    return (
        View("check", _("To be checked"), Q(state=State.SUBMITTED), "info"),
        View("delegation", _("With the delegations"), Q(state=State.DELEGATION_CHECK)),
        View("assign", _("To be assigned"), Q(state=State.REGISTERED), "info"),
        View("split", _("Splits the deputy has not answered"), Q(pk__in=_waiting_splits(), state=State.REGISTERED)),
        View("late", _("Hand-over overdue"), Q(state__in=[State.SUBMITTED, State.REGISTERED]) & _clock_due(yesterday, ClockKind.HAND_OVER, ClockKind.REASSIGN), "bad"),
        View("paused", _("Paused time limits"), Q(pk__in=Clock.objects.paused().order_by().values("suggestion"))),
        View("returns", _("Returns to decide"), Q(pk__in=returns, state__in=OPEN_WITH_UNIT), "warn"),
        View("passed", _("Returned twice or more"), Q(state__in=[State.REGISTERED, *OPEN_WITH_UNIT]) & returned_often(2), "warn"),
        View("objections", _("Objections to answer"), Q(pk__in=objections), "warn"),
        View("confide", _("Confidentiality to decide"), Q(confidentiality=Confidentiality.ASKED), "warn"),
        View("extensions", _("Extensions to decide"), Q(pk__in=extensions), "warn"),
        View("decide", _("Deputy dissatisfied"), Q(state=State.DISSATISFIED), "warn"),
        View("escalated", _("Being deliberated on"), Q(state=State.ESCALATED), "info"),
        View("overdue", _("Overdue"), _due(None, today - dt.timedelta(days=1)), "bad"),
        View("today", _("Due today"), _due(today, today), "warn"),
        View("soon", _("Due within 7 days"), _due(today + dt.timedelta(days=1), today + dt.timedelta(days=7)), "warn"),
        View("unsigned", _("Not signed for in time"), Q(state__in=OPEN_WITH_UNIT) & _clock_due(yesterday, ClockKind.SIGN), "bad"),
        View("uncontacted", _("Deputy not contacted in time"), Q(state__in=OPEN_WITH_UNIT) & _clock_due(yesterday, ClockKind.CONTACT), "bad"),
        View("handling", _("With the units"), Q(state__in=OPEN_WITH_UNIT)),
        View("evaluation", _("Waiting for evaluation"), _unrated()),
        View("unrated", _("Evaluation overdue"), Q(state=State.REPLIED) & _clock_due(yesterday, ClockKind.EVALUATION), "warn"),
        View("unconfirmed", _("Replies not confirmed as received"), Q(pk__in=_replied_to(Addressee.objects.overdue())), "warn"),
        View("unpublished", _("Closed, not published"), Q(state=State.CLOSED, publicity="none")),
    )  # fmt: skip


def delegation_views() -> list[View]:
    """What the staff of a delegation have before them; which delegation's is the scope's business."""
    return [
        View("delegation", _("To be checked by the delegation"), Q(state=State.DELEGATION_CHECK), "info"),
        View("mend", _("Returned to the deputy"), Q(state=State.RETURNED)),
        View("check", _("With the congress's staff"), Q(state=State.SUBMITTED)),
        View("registered", _("Registered"), Q(number__isnull=False)),
    ]


def _with(given: Any, **which: Any) -> Q:
    """Suggestions with an assignment among ``given`` that is so."""
    return Q(pk__in=given.filter(**which).order_by().values("suggestion"))


def _owed(given: Any, low: dt.date | None, high: dt.date, *kinds: ClockKind) -> Q:
    """Suggestions of which a unit among ``given`` owes something by a day: its reply or its opinion, unless kinds are named."""
    owed = Clock.objects.ticking().filter(assignment__in=given, kind__in=kinds or ANSWERS, due__lte=high).order_by()
    return Q(pk__in=(owed.filter(due__gte=low) if low else owed).values("suggestion"))


def unit_views(actor: Actor) -> list[View]:
    """What a unit has before it (U4)."""
    today, yesterday = clock.today(), clock.today() - dt.timedelta(days=1)
    mine = Assignment.objects.filter(unit__in=actor.units)
    open_ = mine.filter(state=AssignmentState.HANDLING)
    waiting = Clock.objects.running().filter(assignment__in=open_, kind=ClockKind.CONTACT)
    asked = Reply.objects.filter(state=ReplyState.APPROVAL).order_by()
    approval = asked.filter(assignment__in=open_.exclude(role=UnitRole.JOINT)).values("assignment__suggestion")
    signed = Countersignature.objects.filter(void_at=None, assignment=OuterRef("pk"), reply__state=ReplyState.APPROVAL).order_by()
    together = Exists(asked.filter(assignment__suggestion=OuterRef("suggestion"), assignment__role=UnitRole.JOINT))
    joint = open_.filter(~Exists(signed), together, role=UnitRole.JOINT).order_by().values("suggestion")
    return [
        View("unsigned", _("To be signed for"), _with(mine, state=AssignmentState.ASSIGNED), "info"),
        View("approval", _("Replies to sign"), Q(pk__in=approval.union(joint)), "info"),
        View("contact", _("Deputy to be contacted"), Q(pk__in=waiting.values("suggestion"), state=State.HANDLING), "info"),
        View("opinions", _("Opinions to give"), _with(open_, role=UnitRole.ASSIST), "info"),
        View("overdue", _("Overdue"), _owed(mine, None, yesterday), "bad"),
        View("soon", _("Due within 7 days"), _owed(mine, today, today + dt.timedelta(days=7)), "warn"),
        View("handling", _("Being handled"), Q(state__in=[State.HANDLING, State.REHANDLING]) & _with(open_.answering())),
        View("answered", _("Answered, being evaluated"), Q(state=State.REPLIED) & _with(mine.standing().answering())),
        View("escalated", _("Being deliberated on"), Q(state=State.ESCALATED) & _with(mine.standing().answering())),
        View("reference", _("For reference"), Q(passed_to__in=actor.units, state=State.AS_REFERENCE)),
    ]


def office_views(actor: Actor) -> list[View]:
    """What a coordinating office has before it: what to dispatch, and how the units below it get on (R3.24, chapter 15)."""
    today, yesterday = clock.today(), clock.today() - dt.timedelta(days=1)
    mine, below = Assignment.objects.filter(unit__in=actor.units), Assignment.objects.filter(unit__in=units_below(actor))
    open_ = mine.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.HANDLING]).answering()
    asked = below.filter(state=AssignmentState.RETURN_REQUESTED, dispatched_from__unit__in=actor.units)
    longer = Extension.objects.filter(state=ExtensionState.REQUESTED, office__in=actor.units).order_by()
    return [
        View("dispatch", _("To be dispatched"), _with(open_), "info"),
        View("returns", _("Returns to decide"), _with(asked), "warn"),
        View("extensions", _("Extensions to decide"), Q(pk__in=longer.values("assignment__suggestion")), "warn"),
        View("unsigned", _("Not signed for in time"), _owed(below, None, yesterday, ClockKind.SIGN), "bad"),
        View("overdue", _("Overdue with the departments"), _owed(below, None, yesterday), "bad"),
        View("soon", _("Due within 7 days"), _owed(below, today, today + dt.timedelta(days=7)), "warn"),
        View("handling", _("With the departments"), Q(state__in=OPEN_WITH_UNIT) & _with(below.standing())),
        View("answered", _("Answered, being evaluated"), Q(state=State.REPLIED) & _with(below.standing())),
        View("decide", _("Deputy dissatisfied"), Q(state__in=[State.DISSATISFIED, State.ESCALATED]) & _with(below.standing()), "warn"),
        View("reference", _("For reference"), Q(passed_to__in=actor.units, state=State.AS_REFERENCE)),
    ]


def deputy_views(actor: Actor) -> list[View]:
    """What a deputy has before them (U2)."""
    mine = Q(lead__person__in=actor.people)
    asked = Signature.objects.filter(mandate__person__in=actor.people, state=SignatureState.INVITED).values("suggestion")
    signed = Signature.objects.confirmed().filter(mandate__person__in=actor.people).values("suggestion")
    withdrawals = Signature.objects.filter(mandate__person__in=actor.people, withdrawal=Consent.ASKED).values("suggestion")
    unread = Addressee.objects.waiting().filter(mandate__person__in=actor.people)
    unconfirmed = Contact.objects.filter(assignment__suggestion__lead__person__in=actor.people, confirmed_at=None)
    unsigned = FaceReply.objects.filter(assignment__suggestion__lead__person__in=actor.people, confirmed_at=None, signed_copy=None)
    return [
        View("evaluate", _("To be evaluated by you"), mine & _unrated(), "info"),
        View("replies", _("Replies to confirm as received"), Q(pk__in=_replied_to(unread)), "info"),
        View("sign", _("To be signed by you"), Q(pk__in=asked, state__in=[State.DRAFT, State.COSIGNING, State.RETURNED]), "info"),
        View("withdrawals", _("Withdrawals to answer"), Q(pk__in=withdrawals, state__in=WITHDRAWABLE), "info"),
        View("split", _("Splits to answer"), mine & Q(pk__in=_waiting_splits(), state=State.REGISTERED), "info"),
        View("disclosure", _("Whether you may be named"), mine & Q(confidentiality=Confidentiality.DISCLOSURE_ASKED), "info"),
        View("mend", _("To be mended"), mine & Q(state=State.RETURNED), "warn"),
        View("contacts", _("Contacts to confirm"), mine & Q(pk__in=unconfirmed.values("assignment__suggestion")), "info"),
        View("meetings", _("Face-to-face replies to confirm"), mine & Q(pk__in=unsigned.values("assignment__suggestion")), "info"),
        View("drafts", _("Your drafts"), mine & Q(state__in=[State.DRAFT, State.COSIGNING])),
        View("underway", _("Under way"), mine & Q(state__in=[State.DELEGATION_CHECK, State.SUBMITTED, State.REGISTERED, *OPEN_WITH_UNIT, State.DISSATISFIED, State.ESCALATED])),
        View("closed", _("Closed"), mine & Q(state=State.CLOSED)),
        View("signed", _("Signed jointly"), Q(pk__in=signed)),
    ]  # fmt: skip


def views_for(actor: Actor) -> list[View]:
    """The worklist of the post acted in."""
    if actor.units:
        return office_views(actor) if "suggestion.dispatch" in actor.grants else unit_views(actor)
    if "suggestion.oversee" in actor.grants:
        return [*staff_views(), *sealed_views(actor)]
    return delegation_views() if SERVES in actor.grants else deputy_views(actor)


def next_due(actor: Actor) -> Any:
    """What the post acted in has before it by its last day, the nearest first: of a unit its own."""
    due = Suggestion.objects.visible_to(actor).filter(due__isnull=False).order_by("due", "pk")
    own = actor.units and "suggestion.dispatch" not in actor.grants
    return due.filter(_with(Assignment.objects.filter(unit__in=actor.units).exclude(state__in=OVER).answering())) if own else due


OVER = [AssignmentState.RETURNED, AssignmentState.ANSWERED, AssignmentState.CLOSED]
"""Where a unit owes nothing more."""

MOST_COUNTED = 1_000
"""A home page says "more than" beyond this, as the lists do: a count must not cost more the longer a congress has been at work."""


class _Number(Subquery):
    """How many rows a query set has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


@Kept
def counts(actor: Actor) -> Any:
    """How many rows each view has, counted to one past the most: one query, a sub-select a view, over the rows that the lists show."""
    rows = Suggestion.objects.visible_to(actor).exclude(state=State.DISCARDED).order_by()
    number = {view.key: _Number(rows.filter(view.rows).values("pk")[: MOST_COUNTED + 1]) for view in views_for(actor)}
    return User.objects.order_by().filter(pk=actor.user.pk).values(**number)
