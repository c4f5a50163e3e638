"""What the deputy does with the text: draft, edit, attach, submit, discard."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.congress.models import Mandate, Session
from qiao.files.operations import store
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .. import notices, policy
from ..flow import SUGGESTION
from ..models import Attachment, SignatureState, State, Suggestion, TextVersion
from .confiding import demand_nameless
from .delegating import demand_discussed, demand_spoken_for
from .delegation import goes_to_delegation
from .receiving import begin_submitted
from .signing import void
from .texts import TEXT, demand_length, demand_text, fix_text

MOST_FILES = 10


@operation(Permit("suggestion.draft", policy.write & policy.holds_office, gettext_lazy("Write a suggestion")))
def draft(congress: Congress, *, actor: Actor, for_delegation: bool = False, **text: Any) -> Suggestion:
    """Begin a suggestion to the congress in which the actor holds a mandate, or in the name of the delegation that the actor heads."""
    lead = Mandate.objects.in_office().select_related("term").filter(congress=congress, person__in=actor.people).latest("elected_on")
    delegation = demand_spoken_for(actor, congress) if for_delegation else None
    made = Suggestion(congress=congress, term=lead.term, lead=lead, delegation=delegation, **text)
    demand_length(made)
    made.full_clean()
    made.save()
    return made


@operation(SUGGESTION["revise"])
def revise(suggestion: Suggestion, *, actor: Actor, **text: Any) -> None:
    """Change the draft. A change of the text makes given consents void: they were given to another text (R3.15)."""
    changed = any(name in text and text[name] != getattr(suggestion, name) for name in TEXT)
    for name, value in text.items():
        setattr(suggestion, name, value)
    demand_length(suggestion)
    if changed and TextVersion.objects.filter(suggestion=suggestion, number=suggestion.version).exists():
        suggestion.version += 1
        for signature in suggestion.signatures.confirmed():
            void(signature, actor=actor.lend("suggestion.revise"))


@operation(SUGGESTION["attach"])
def attach(suggestion: Suggestion, *, actor: Actor, upload: "UploadedFile[Any]") -> Attachment:
    """Add a file to the suggestion; its content is checked, not its name."""
    if suggestion.attachments.filter(removed=False).count() >= MOST_FILES:
        raise Unfit(_("A suggestion can have at most %(most)d files.") % {"most": MOST_FILES})
    return Attachment.objects.create(suggestion=suggestion, file=store(None, actor=actor, upload=upload))


@operation(Permit("attachment.remove", policy.file_remover, gettext_lazy("Remove a file")))
def remove_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take a file off the draft of the suggestion, or off the draft of a reply."""
    attachment.removed = True


@operation(SUGGESTION["submit"])
def submit(suggestion: Suggestion, *, actor: Actor) -> State:
    """Hand the suggestion to the congress: in session if one sits and takes suggestions still, else between sessions.

    In session the delegation checks it first where the congress's rules say so.
    """
    demand_text(suggestion)
    demand_nameless(suggestion)
    other_text = Q(state=SignatureState.CONFIRMED) & ~Q(version=suggestion.version)
    if suggestion.signatures.filter(Q(state__in=[SignatureState.INVITED, SignatureState.VOID]) | other_text).exists():
        raise Unfit(_("Some joint signers have not answered yet. Wait for them, or take back their invitations first."))
    fix_text(suggestion)
    suggestion.submitted_at = clock.now()
    sitting = Session.objects.filter(congress=suggestion.congress_id).sitting(clock.today()).first()
    late = sitting and sitting.suggestion_deadline and sitting.suggestion_deadline < clock.now()
    suggestion.session = None if late else sitting
    suggestion.term = sitting.term if sitting else suggestion.term
    if suggestion.delegation_id:
        demand_discussed(suggestion)
    begin_submitted(suggestion)
    if goes_to_delegation(suggestion):
        notices.delegation_check(suggestion, actor)
        return State.DELEGATION_CHECK
    notices.submitted(suggestion, actor)
    return State.SUBMITTED


@operation(SUGGESTION["discard"])
def discard(suggestion: Suggestion, *, actor: Actor) -> None:
    """Throw the draft away; nothing was filed yet."""
