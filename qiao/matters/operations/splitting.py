"""Splitting a registered suggestion into several: proposed by the staff, decided by its lead deputy (R3.8)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import SUGGESTION
from ..models import ClockKind, Signature, Split, SplitAnswer, State, Suggestion
from .checking import take_number
from .clocks import end_clocks
from .receiving import begin_hand_over
from .texts import TEXT, demand_length, demand_text, fix_text

MOST_PARTS = 5
KEPT = (
    "congress_id", "term_id", "session_id", "lead_id", "delegation_id", "kind", "source", "wished_unit_id", "may_publish", "topic_id",
    "passed_on_at", "received_on", "confidentiality", "confidentiality_reason", "paper_on", "created_at", "submitted_at",
)  # fmt: skip
"""What a part takes over from what it was split off from."""


@operation(SUGGESTION["propose_split"])
def propose_split(suggestion: Suggestion, *, actor: Actor, note: str, parts: Sequence[dict[str, str]]) -> None:
    """Ask the lead deputy whether it should be split into these parts, and why; until they agree nothing changes."""
    if not 1 < len(parts) <= MOST_PARTS:
        raise Unfit(_("A suggestion is split into two to %(most)d parts.") % {"most": MOST_PARTS})
    for part in parts:
        tried = Suggestion(**{name: part.get(name, "") for name in TEXT})
        demand_text(tried)
        demand_length(tried)
    texts = [{name: part[name] for name in TEXT} for part in parts]
    suggestion.waiting_split = Split.objects.create(suggestion=suggestion, reason=note, parts=texts)
    notices.split_asked(suggestion, note, actor)


def _answer(suggestion: Suggestion, answer: SplitAnswer, objection: str = "") -> Split:
    """Put on record what became of the proposal that waits."""
    split = suggestion.splits.get(answer=SplitAnswer.WAITING)
    split.answer, split.objection, split.answered_at = answer, objection, clock.now()
    split.save(update_fields=["answer", "objection", "answered_at"])
    suggestion.waiting_split = None
    return split


@operation(SUGGESTION["agree_split"])
def agree_split(suggestion: Suggestion, *, actor: Actor) -> State:
    """The lead deputy agrees: each part gets a number of its own; the old number is kept as the congress's rules say."""
    parts = _answer(suggestion, SplitAnswer.AGREED).parts
    keeps = rules_for(suggestion.congress, clock.today())["split_numbering"] == "first_keeps"
    for part in parts[1:] if keeps else parts:
        split_off(suggestion, actor=actor.lend("suggestion.agree_split"), text=part)
    suggestion.split_into = len(parts) - keeps
    notices.split_agreed(suggestion, len(parts), actor)
    if not keeps:
        end_clocks(suggestion, met=False)
        suggestion.closed_at = clock.now()
        return State.SPLIT
    for name in TEXT:
        setattr(suggestion, name, parts[0][name])
    suggestion.version += 1
    fix_text(suggestion)
    return State.REGISTERED


@operation(Permit("suggestion.split_off", is_system, gettext_lazy("Split off from another suggestion")))
def split_off(suggestion: Suggestion, *, actor: Actor, text: dict[str, str]) -> Suggestion:
    """Make one part a suggestion of its own, registered, with its number, its signers and the period for handing over."""
    made = Suggestion(**{name: getattr(suggestion, name) for name in KEPT}, **text, state=State.REGISTERED, split_from=suggestion)
    made.registered_at = clock.now()
    take_number(made)
    made.full_clean(exclude=["split_from"])
    made.save()
    fix_text(made)
    signed = Signature.objects.confirmed().filter(suggestion=suggestion)
    Signature.objects.bulk_create(Signature(suggestion=made, mandate_id=s.mandate_id, state=s.state, version=1, at=s.at) for s in signed)
    waiting = suggestion.clocks.running().filter(kind=ClockKind.HAND_OVER).first()
    if waiting:
        begin_hand_over(made, rules_for(made.congress, clock.today()), waiting.start)
    return made


@operation(SUGGESTION["object_split"])
def object_split(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """The lead deputy does not want it split: it stays whole."""
    _answer(suggestion, SplitAnswer.OBJECTED, note)
    notices.split_objected(suggestion, note, actor)


@operation(SUGGESTION["drop_split"])
def drop_split(suggestion: Suggestion, *, actor: Actor) -> None:
    """The staff do not pursue the split: the suggestion stays whole."""
    _answer(suggestion, SplitAnswer.DROPPED)
    notices.split_dropped(suggestion, actor)
