"""What the public may read (R3.62)."""

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import SUGGESTION
from ..models import Publicity, State, Suggestion


@operation(SUGGESTION["publish"])
def publish(suggestion: Suggestion, *, actor: Actor, publicity: str, note: str = "") -> None:
    """Set what the public may read: all, the progress alone, or nothing any more; less than all needs its reason."""
    if publicity not in Publicity.values:
        raise Unfit(_("Choose what the public may read."))
    if suggestion.state == State.WITHDRAWN and publicity != Publicity.NONE:
        raise Unfit(_("A withdrawn suggestion can only be taken off the public page."))
    rules = rules_for(suggestion.congress, clock.today())
    if publicity == Publicity.FULL and rules["deputy_consent_needed"] and not suggestion.may_publish:
        raise Unfit(_("The deputy did not agree to publication of the text. Publish the progress only."))
    if publicity != Publicity.FULL and not note.strip():
        raise Unfit(_("Say why not all is published; the public reads this sentence."))
    suggestion.publicity = publicity
    suggestion.publicity_reason = "" if publicity == Publicity.FULL else note
    suggestion.published_at = None if publicity == Publicity.NONE else suggestion.published_at or clock.now()
    notices.published(suggestion, actor)
