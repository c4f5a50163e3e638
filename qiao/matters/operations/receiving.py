"""What the congress owes a suggestion before it is handed over: receipt, the paper original, a decision (R3.20, R3.22, R3.23)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules

from .. import notices
from ..flow import SUGGESTION
from ..models import ClockKind, Decider, Suggestion
from .clocks import end_clocks, start_clock

DECIDED_ELSEWHERE = {Decider.CHAIRPERSONS, Decider.JOINT}
"""Those whose decision staff must have before they hand over; the others are the staff themselves."""


def begin_submitted(suggestion: Suggestion) -> None:
    """The congress's own periods begin: to hand over, and between sessions to confirm receipt."""
    rules, today = rules_for(suggestion.congress, clock.today()), clock.today()
    if suggestion.session:
        begin_hand_over(suggestion, rules, suggestion.session.closes)
        return
    start_clock(suggestion, ClockKind.RECEIPT, "receipt_notice_limit", rules, party=_own(suggestion), start=today)
    begin_hand_over(suggestion, rules, today)


def begin_hand_over(suggestion: Suggestion, rules: Rules, start: dt.date) -> None:
    """The congress's time to hand over: from the submission, or of what was made in session from the day it closes (R3.23)."""
    rule = "session_assign_limit" if suggestion.session_id else "intersession_assign_limit"
    start_clock(suggestion, ClockKind.HAND_OVER, rule, rules, party=_own(suggestion), start=start)


def _own(suggestion: Suggestion) -> str:
    return suggestion.congress.short_name or suggestion.congress.name


def end_receipt(suggestion: Suggestion) -> None:
    """The deputy has heard that it arrived: by the notice of receipt, or by what was decided at once."""
    suggestion.received_on = suggestion.received_on or clock.today()
    end_clocks(suggestion, ClockKind.RECEIPT, met=True)


@operation(SUGGESTION["receive"])
def receive(suggestion: Suggestion, *, actor: Actor, paper_on: dt.date | None = None) -> None:
    """Tell the deputy that it has arrived; ``paper_on``: the day the original signed by hand came, if it did."""
    if paper_on and paper_on > clock.today():
        raise Unfit(_("The paper cannot have come on a day that is still to come."))
    if suggestion.received_on is None:
        notices.received(suggestion, actor)
    end_receipt(suggestion)
    suggestion.paper_on = paper_on or suggestion.paper_on


def demand_paper(suggestion: Suggestion, rules: Rules) -> None:
    """Refuse to register without the signed original where the rules ask for it (R3.20)."""
    if rules.flag("require_signed_paper") and suggestion.paper_on is None:
        raise Unfit(_("Under this congress's rules the paper original signed by hand must be here first. Confirm its receipt."))


@operation(SUGGESTION["decide_hand_over"])
def decide_hand_over(suggestion: Suggestion, *, actor: Actor, decider: str, decision: str, decided_on: dt.date) -> None:
    """Put on record who decided to which unit it goes, by what decision, on which day (R3.23)."""
    if decided_on > clock.today():
        raise Unfit(_("The decision cannot be of a day that is still to come."))
    suggestion.assign_decider, suggestion.assign_decision, suggestion.assign_decided_on = Decider(decider), decision, decided_on


def demand_decision(suggestion: Suggestion, rules: Rules) -> None:
    """Refuse to hand over between sessions what others than the staff must decide on, until their decision is on record."""
    if suggestion.session_id is None and rules["assign_decider"] in DECIDED_ELSEWHERE and suggestion.assign_decided_on is None:
        raise Unfit(
            _("Under this congress's rules this is decided by: %(decider)s. Record the decision first.")
            % {"decider": Decider(rules["assign_decider"]).label}
        )
