"""Who may see a suggestion and what belongs to it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from qiao.congress.models import Mandate
from qiao.congress.policy import SERVES, delegations_served
from qiao.kernel.policy import Actor, scope
from qiao.orgs.models import Unit

from .models import PRIVATE, Assignment, Reply, Signature, Suggestion, UnitRole


def of_served_delegations(actor: Actor) -> Any:
    """What the deputies of the delegations the actor works for have submitted in session, as far as they may be named."""
    leads = Mandate.objects.filter(delegation__in=delegations_served(actor)).order_by().values("pk")
    filed = Suggestion.objects.filter(lead__in=leads, session__isnull=False, congress__in=actor.congresses, confidentiality="")
    return filed.exclude(state__in=PRIVATE).order_by()


def units_below(actor: Actor) -> Any:
    """The units to which the actor's office dispatches (R3.24)."""
    return Unit.objects.below(actor.units if "suggestion.dispatch" in actor.grants else ()).order_by()


def _given(actor: Actor) -> Q:
    """What the actor's units were given, or passed on as a reference; for an office also what is with the units below it.

    An office may be concerned in nearly all there is: each row is asked, rather than all of them collected first.
    """
    if "suggestion.dispatch" in actor.grants:
        with_them = Q(unit__in=actor.units) | Q(unit__in=units_below(actor))
        concerned = Exists(Assignment.objects.filter(with_them, suggestion=OuterRef("pk")).order_by())
        return Q(congress__in=actor.congresses) & (Q(concerned) | Q(passed_to__in=actor.units))
    given = Assignment.objects.filter(unit__in=actor.units).order_by().values("suggestion")
    referred = Suggestion.objects.filter(passed_to__in=actor.units).order_by().values("pk")
    return Q(pk__in=given.union(referred))


@scope("matters.Suggestion")
def suggestions(actor: Actor) -> Q:
    """One's own, those one is asked to sign and one's delegation's; what one's units were given; for overseers all that was
    submitted, for a delegation's staff what its deputies submitted in session."""
    if actor.is_system:
        return Q()
    signed = Signature.objects.filter(mandate__person__in=actor.people).exclude(state="revoked").order_by()
    led = Suggestion.objects.filter(lead__in=Mandate.objects.filter(person__in=actor.people).order_by().values("pk"))
    sat = Mandate.objects.filter(person__in=actor.people, delegation__isnull=False).order_by().values("delegation")
    theirs = Suggestion.objects.filter(delegation__in=sat).exclude(state__in=PRIVATE).order_by().values("pk")
    mine = Q(pk__in=led.values("pk").union(signed.values("suggestion"), theirs))  # an OR of the two would look at every suggestion
    seen = Q(pk__in=())
    if actor.grants & {"suggestion.write", "suggestion.cosign"}:
        seen |= mine & Q(congress__in=actor.congresses)
    if actor.units:
        seen |= _given(actor)
    if SERVES in actor.grants:
        seen |= Q(pk__in=of_served_delegations(actor).values("pk"))
    if "suggestion.oversee" in actor.grants:
        seen |= Q(congress__in=actor.congresses) & ~Q(state__in=PRIVATE)
    return seen


def _seen(path: str, actor: Actor) -> Q:
    """Whether the suggestion at the end of ``path`` may be seen: asked of the few rows wanted, not of all suggestions first."""
    return Q(Exists(Suggestion.objects.visible_to(actor).filter(pk=OuterRef(path)).order_by()))


def _through(path: str) -> Callable[[Actor], Q]:
    def rows(actor: Actor) -> Q:
        return _seen(path, actor)

    return rows


scope("matters.TextVersion")(_through("suggestion"))
scope("matters.Discussion")(_through("suggestion"))
scope("matters.Split")(_through("suggestion"))
scope("matters.Signature")(_through("suggestion"))
scope("matters.Assignment")(_through("suggestion"))
scope("matters.Clock")(_through("suggestion"))
scope("matters.Pause")(_through("clock__suggestion"))
scope("matters.Objection")(_through("assignment__suggestion"))
scope("matters.Extension")(_through("assignment__suggestion"))
scope("matters.FaceReply")(_through("assignment__suggestion"))
scope("matters.Contact")(_through("assignment__suggestion"))
scope("matters.Addressee")(_through("reply__assignment__suggestion"))
scope("matters.Deliberation")(_through("reply__assignment__suggestion"))


@scope("matters.Reminder")
def reminders(actor: Actor) -> Q:
    """Whoever sees the suggestion; but a unit not when the deputy was reminded, which would say whether a sealed evaluation is there."""
    seen = _seen("clock__suggestion", actor)
    return seen & ~Q(clock__kind="evaluation") if actor.units else seen


@scope("matters.Opinion")
def opinions(actor: Actor) -> Q:
    """The units' and the congress's own: what is said to the lead unit reaches the deputy in the reply (R3.34)."""
    inside = bool(actor.units) or "suggestion.oversee" in actor.grants
    return _seen("assignment__suggestion", actor) if inside else Q(pk__in=())


@scope("matters.Reply")
def replies(actor: Actor) -> Q:
    """Issued ones with the suggestion; unissued ones inside their unit alone, or the units that answer together."""
    seen = _seen("assignment__suggestion", actor)
    led = Assignment.objects.filter(suggestion=OuterRef("assignment__suggestion"), role=UnitRole.JOINT, unit__in=actor.units)
    jointly = Q(assignment__role=UnitRole.JOINT) & Q(Exists(led.standing().order_by()))
    return seen & (Q(state="issued") | Q(assignment__unit__in=actor.units) | jointly)


@scope("matters.Countersignature")
def countersignatures(actor: Actor) -> Q:
    """With the reply: before it is issued those of the units that give it together."""
    return Q(Exists(Reply.objects.visible_to(actor).filter(pk=OuterRef("reply")).order_by()))


@scope("matters.Attachment")
def attachments(actor: Actor) -> Q:
    """With the suggestion, or with the reply they belong to."""
    seen = _seen("suggestion", actor)
    return seen & (Q(reply=None) | Q(reply__in=Reply.objects.visible_to(actor).values("pk")))


@scope("matters.Evaluation")
def evaluations(actor: Actor) -> Q:
    """Opened ones with the suggestion; sealed ones for their signers, and in their congress for those who may read under seal.

    Who acts for a unit sees no sealed one, whatever else the post grants (R3.52).
    """
    if actor.is_system:
        return Q()
    seen = _seen("reply__assignment__suggestion", actor)
    mine = Q(pk__in=())
    if actor.grants & {"suggestion.write", "suggestion.cosign"}:
        signed = Signature.objects.confirmed().filter(mandate__person__in=actor.people).order_by()
        mine |= Q(reply__assignment__suggestion__lead__person__in=actor.people)
        mine |= Q(reply__assignment__suggestion__in=signed.values("suggestion"))
    if "evaluation.read_sealed" in actor.grants:
        mine |= Q(reply__assignment__suggestion__congress__in=actor.congresses)
    return seen & (Q(opened_at__isnull=False) | (Q(pk__in=()) if actor.units else mine))


@scope("matters.Redaction")
def redactions(actor: Actor) -> Q:
    """Those who oversee the congress's suggestions: what is left out is nobody else's to look for."""
    return _seen("suggestion", actor) if "suggestion.oversee" in actor.grants and not actor.units else Q(pk__in=())


@scope("matters.Topic")
def topics(actor: Actor) -> Q:
    """The topics of one's congress."""
    return Q() if actor.is_system else Q(congress__in=actor.congresses)


@scope("matters.NumberSeries")
def number_series(actor: Actor) -> Q:
    """The system's own."""
    return Q() if actor.is_system else Q(pk__in=())
