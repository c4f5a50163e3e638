"""What the congress's staff do with a submitted suggestion: register, return, refuse (R3.10, R3.11, R3.13)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress, Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import SUGGESTION
from ..models import ClockKind, NumberSeries, State, Suggestion, Topic
from .clocks import end_clocks
from .receiving import demand_paper, end_receipt


@operation(Permit("topic.add", orgs_policy.keep_directory, gettext_lazy("Add a topic")))
def add_topic(congress: Congress, *, actor: Actor, name: str) -> Topic:
    """Add a content class by which the congress sorts its suggestions."""
    made = Topic(congress=congress, name=name)
    made.full_clean()
    made.save()
    return made


@operation(Permit("topic.correct", orgs_policy.keep_directory, gettext_lazy("Rename the topic")))
def correct_topic(topic: Topic, *, actor: Actor, name: str) -> None:
    """Put the name of a topic right; the suggestions under it carry the new one."""
    topic.name = name


@operation(Permit("topic.strike", orgs_policy.keep_directory, gettext_lazy("Strike out the topic")))
def strike_topic(topic: Topic, *, actor: Actor) -> None:
    """Take a topic away under which nothing is registered."""
    if topic.suggestions.exists():
        raise Unfit(_("Suggestions are registered under this topic; rename it instead."))
    Topic.objects.filter(pk=topic.pk).delete()


def take_number(suggestion: Suggestion) -> None:
    """Give the next number of the session's series, or of the term's series between sessions."""
    suggestion.series = f"session-{suggestion.session_id}" if suggestion.session_id else f"term-{suggestion.term_id}"
    series, _made = NumberSeries.objects.select_for_update().get_or_create(congress_id=suggestion.congress_id, series=suggestion.series)
    suggestion.number = series.next
    series.next += 1
    series.save(update_fields=["next"])
    pattern = rules_for(suggestion.congress, clock.today())["number_pattern"]
    suggestion.number_label = pattern["session" if suggestion.session_id else "intersession"] % suggestion.number


@operation(SUGGESTION["register"])
def register(suggestion: Suggestion, *, actor: Actor, topic: Topic | None = None) -> None:
    """Accept the suggestion: it gets its number and its topic and waits to be assigned."""
    if topic and topic.congress_id != suggestion.congress_id:
        raise Unfit(_("The topic belongs to another congress."))
    demand_paper(suggestion, rules_for(suggestion.congress, clock.today()))
    take_number(suggestion)
    end_receipt(suggestion)
    suggestion.topic = topic
    suggestion.registered_at = clock.now()
    notices.registered(suggestion, actor)


@operation(SUGGESTION["give_back"])
def give_back(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Return the suggestion to the deputy, saying what to mend; it can be submitted again."""
    end_receipt(suggestion)
    end_clocks(suggestion, ClockKind.HAND_OVER, met=False)
    notices.given_back(suggestion, actor, note)


@operation(SUGGESTION["refuse"])
def refuse(
    suggestion: Suggestion, *, actor: Actor, note: str, ground: str, outcome: str = State.NOT_ACCEPTED, passed_to: Unit | None = None
) -> State:
    """Do not accept it as a suggestion, on a ground of the congress's list, always with a reason for the deputy (R3.11).

    ``outcome``: it ends, or goes on as a letter or as a reference for a unit, as far as the congress's rules know these.
    """
    rules = rules_for(suggestion.congress, clock.today())
    if ground not in {entry["code"] for entry in rules["rejection_reasons"]}:
        raise Unfit(_("Choose a ground from the congress's list."))
    if outcome not in rules["unsuitable_action"]:
        raise Unfit(_("The congress's rules do not know this way of dealing with what is no suggestion."))
    suggestion.passed_to = passed_to if outcome == State.AS_REFERENCE else None
    if outcome == State.AS_REFERENCE and (passed_to is None or passed_to.congress_id != suggestion.congress_id):
        raise Unfit(_("Choose the unit of this congress that gets it as a reference."))
    end_receipt(suggestion)
    end_clocks(suggestion, ClockKind.HAND_OVER, met=False)
    suggestion.closed_at = clock.now()
    notices.refused(suggestion, actor, note, State(outcome))
    return State(outcome)
