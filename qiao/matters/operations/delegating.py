"""A delegation puts a suggestion forward: its head drafts and submits it, after it was discussed there (R3.17)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.congress.models import Delegation, DelegationHead, DelegationRank, Mandate
from qiao.congress.queries import head_of
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.rulebook.queries import rules_for

from ..flow import SUGGESTION
from ..models import Discussion, Suggestion
from .texts import demand_text, fix_text


def spoken_for(actor: Actor, congress: Congress) -> Delegation | None:
    """The delegation that the actor heads today, where the congress's rules let delegations put suggestions forward."""
    if not rules_for(congress, clock.today()).flag("allow_delegation_suggestion"):
        return None
    heads = DelegationHead.objects.on(clock.today()).filter(rank=DelegationRank.HEAD, mandate__person__in=actor.people)
    found = heads.filter(delegation__term__congress=congress).select_related("delegation").first()
    return found.delegation if found else None


def demand_spoken_for(actor: Actor, congress: Congress) -> Delegation:
    """The delegation in whose name the actor drafts; refuses who heads none."""
    found = spoken_for(actor, congress)
    if found is None:
        raise Unfit(_("Only the head of a delegation can do this, where the congress's rules let delegations put suggestions forward."))
    return found


def members(suggestion: Suggestion) -> int:
    """How many deputies in office the delegation has that puts it forward."""
    return Mandate.objects.in_office().filter(delegation=suggestion.delegation_id).count()


@operation(SUGGESTION["record_discussion"])
def record_discussion(
    suggestion: Suggestion, *, actor: Actor, on: dt.date, present: int, in_favour: int, against: int = 0, summary: str = ""
) -> Discussion:
    """Enter how the delegation discussed the text as it stands now, or put the entry right; the text is kept as it was discussed."""
    demand_text(suggestion)
    if on > clock.today():
        raise Unfit(_("The discussion cannot lie in the future."))
    if present > (all_ := members(suggestion)):
        raise Unfit(_("The delegation has only %(all)d deputies.") % {"all": all_})
    fix_text(suggestion)
    made = Discussion.objects.filter(suggestion=suggestion).first() or Discussion(suggestion=suggestion)
    said = {"on": on, "present": present, "in_favour": in_favour, "against": against, "summary": summary}
    for name, value in {**said, "version": suggestion.version, "recorded_by": actor.user, "recorded_at": clock.now()}.items():
        setattr(made, name, value)
    made.full_clean()
    made.save()
    return made


def demand_discussed(suggestion: Suggestion) -> None:
    """Refuse what a delegation submits outside a session, without its head, or without the discussion that the rules ask for."""
    head = head_of(suggestion.delegation, clock.today()) if suggestion.delegation else None
    if head is None or head.pk != suggestion.lead_id:
        raise Unfit(_("Only the head of the delegation signs for it. Whoever heads it today begins anew."))
    if suggestion.session is None:
        raise Unfit(_("A delegation puts suggestions forward only while a session sits."))
    found = Discussion.objects.filter(suggestion=suggestion).first()
    if found is None:
        raise Unfit(_("Record first how the delegation discussed it."))
    if found.version != suggestion.version:
        raise Unfit(_("The text was changed after the delegation discussed it. Record the discussion of the new text."))
    if found.in_favour <= found.against:
        raise Unfit(_("The delegation did not agree to it."))
    rule, all_ = rules_for(suggestion.congress, clock.today())["delegation_rule"], members(suggestion)
    if rule == "majority" and 2 * found.in_favour <= all_:
        raise Unfit(_("By this congress's rules more than half of the delegation's %(all)d deputies must be in favour.") % {"all": all_})
