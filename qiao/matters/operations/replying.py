"""What the unit does: contact with the deputy, the reply and its way through the unit (R3.32, R3.33, R3.41, R3.46)."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.files.operations import store
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.trace import listed

from .. import notices, policy
from ..flow import ASSIGNMENT, REPLY, SUGGESTION
from ..issuers import demand_rank
from ..models import Assignment, AssignmentState, Attachment, ClockKind, Contact, ContactStage, Reply, ReplyState, Suggestion
from .assigning import DONE, dismiss_assistants
from .assisting import assistance
from .clocks import end_clocks, start_clock
from .delivering import deliver
from .extending import lapse_extensions, move_due
from .facing import face_reply_lacking
from .lapsing import lapse_objections
from .parties import void_countersignatures
from .publishing import record_check


@operation(ASSIGNMENT["record_contact"])
def record_contact(assignment: Assignment, *, actor: Actor, mode: str, on: dt.date, who: str, content: str, stage: str = "") -> Contact:
    """Enter a contact with the deputy, who is asked to confirm it; the unit's first meets its time for that on the day it took place."""
    if on > clock.today():
        raise Unfit(_("A contact cannot lie in the future."))
    if on < assignment.assigned_on:
        raise Unfit(_("The contact lies before the suggestion was handed over."))
    if assignment.rules["contact_stages_required"] and not stage:
        raise Unfit(_("Say at which stage you spoke: this congress's rules ask for it."))
    made = Contact(assignment=assignment, mode=mode, stage=stage, on=on, who=who, content=content, recorded_by=actor.user)
    made.full_clean()
    made.save()
    end_clocks(assignment.suggestion, ClockKind.CONTACT, met=True, assignment=assignment, on=on)
    notices.contact_recorded(made, actor)
    return made


@operation(Permit("contact.confirm", policy.contacted_deputy, gettext_lazy("Confirm a contact")))
def confirm_contact(contact: Contact, *, actor: Actor) -> None:
    """The deputy says: yes, that is what was said."""
    contact.confirmed_at = contact.confirmed_at or clock.now()


@operation(ASSIGNMENT["draft_reply"])
def draft_reply(assignment: Assignment, *, actor: Actor, **facts: Any) -> Reply:
    """Begin the reply of this round; there is one. Where several units lead it is all of theirs, and the first one's to number."""
    first = assignment.partners[0]
    rounds = list(first.replies.all())
    if rounds and rounds[-1].state != ReplyState.ISSUED:
        raise Unfit(_("A reply is already being drafted."))
    made = Reply(assignment=first, round=len(rounds) + 1, drafted_by=actor.user, **facts)
    made.full_clean()
    made.save()
    return made


CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else has changed the draft since you opened it. What you wrote is here; compare it and save it again."
)


@operation(REPLY["revise"])
def revise_reply(reply: Reply, *, actor: Actor, edition: str = "", **facts: Any) -> None:
    """Change the draft of the reply; refused where it was changed since the ``edition`` on which somebody went on writing."""
    if edition and edition != reply.edition:
        raise Unfit(str(CHANGED_MEANWHILE))
    for name, value in facts.items():
        setattr(reply, name, value)


def lacking(assignment: Assignment, reply: Reply | None) -> list[str]:
    """What is missing before the reply can go out: its text, a class of the congress's scheme, where the rules ask a contact or a
    meeting, and the assisting units' opinions with a word on them. For an opinion that is overdue nobody has to wait.
    """
    rules = assignment.rules
    classes = {entry["code"] for entry in rules["result_scheme"]}
    asked = [
        (reply is not None and reply.text.strip(), _("The reply has no text yet.")),
        (reply is not None and reply.result in classes, _("Choose the result class.")),
    ]
    missing = [words for there, words in asked if not there]
    waited_for = [one.unit for one in assignment.partners if one.pk != assignment.pk and one.state != AssignmentState.HANDLING]
    missing += [_("%(unit)s leads together with others and is not handling it yet.") % {"unit": unit} for unit in waited_for]
    return [*missing, *_contacts_lacking(assignment), *face_reply_lacking(assignment, reply), *_opinions_lacking(assignment, reply)]


def contact_stages(assignment: Assignment) -> list[tuple[str, bool]]:
    """The stages of contact that the rules ask for before the reply, in their order, each with whether it is recorded (R3.33)."""
    asked = assignment.rules["contact_stages_required"]
    held = {contact.stage for one in assignment.partners for contact in one.contacts.all()} if asked else set()
    return [(str(stage.label), stage in held) for stage in ContactStage if stage in asked]


def _contacts_lacking(assignment: Assignment) -> list[str]:
    """Which contact with the deputy is still to be had, if one is."""
    if open_ones := [label for label, there in contact_stages(assignment) if not there]:
        return [_("Still to be spoken about with the deputy, by this congress's rules: %(stages)s.") % {"stages": listed(open_ones)}]
    if assignment.rules["contact_required"] and not any(one.contacts.exists() for one in assignment.partners):
        return [_("Record a contact with the deputy first: this congress's rules ask for one before the reply.")]
    return []


def _opinions_lacking(assignment: Assignment, reply: Reply | None) -> list[str]:
    helpers = assistance(assignment)
    waited_for = [helper for helper in helpers if helper.opinion is None and not helper.is_overdue]
    said = [
        (
            _("%(unit)s has not given its opinion yet; its time is paused.")
            if helper.is_paused
            else _("%(unit)s has not given its opinion yet; it has until %(day)s.")
        )
        % {"unit": helper.assignment.unit, "day": helper.due}
        for helper in waited_for
    ]
    if any(helper.opinion for helper in helpers) and not (reply and reply.mentions_opinions):
        said.append(_("Say in the reply what the assisting units' opinions are, and tick that it does."))
    return said


def demand_complete(reply: Reply) -> None:
    """Refuse a reply that lacks something, naming it."""
    if missing := lacking(reply.assignment, reply):
        raise Unfit(missing[0])


@operation(REPLY["request_approval"])
def request_approval(reply: Reply, *, actor: Actor) -> None:
    """Lay the reply before the unit's signer."""
    demand_complete(reply)
    notices.approval_requested(reply, actor)


@operation(REPLY["send_back"])
def send_back(reply: Reply, *, actor: Actor, note: str) -> None:
    """Give the reply back to the handler, saying what to change; what other units have signed is void."""
    notices.reply_sent_back(reply, actor, note)
    void_countersignatures(reply)


@operation(SUGGESTION["answer"])
def answer(suggestion: Suggestion, *, actor: Actor) -> None:
    """The last reply that was due is issued; the deputy's time to evaluate begins."""
    suggestion.replied_at = clock.now()
    suggestion.due = None
    dismiss_assistants(suggestion, DONE, actor)
    lapse_objections(suggestion, actor.lend("suggestion.answer"))


@operation(ASSIGNMENT["answer"])
def answer_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """The unit has answered; more time is no longer needed."""
    lapse_extensions(assignment, actor.lend("assignment.answer"))
    end_clocks(assignment.suggestion, ClockKind.REPLY, ClockKind.REHANDLE, met=True, assignment=assignment)
    end_clocks(assignment.suggestion, ClockKind.RETURN, ClockKind.CONTACT, met=False, assignment=assignment)


@operation(REPLY["issue"])
def issue(reply: Reply, *, actor: Actor, document_no: str = "", secrecy_checked: bool = False) -> None:
    """Sign and issue the reply: the formal answer to the deputy and, by the rules, every joint signer (R3.43).

    Signed by a head of the rank that the rules ask for (R3.41). Where several units answer, each for its part, the last reply answers it.
    Time does not wait for the check for secrets: it can be said later, and until then the reply is not published (R3.62).
    """
    demand_rank(reply.assignment, actor)
    demand_complete(reply)
    assignment, lent = reply.assignment, actor.lend("reply.issue")
    reply.document_no = document_no or reply.document_no
    reply.signed_by, reply.issued_at = actor.user, clock.now()
    if secrecy_checked:
        record_check(reply, actor)
    for one in reply.answerers:
        answer_assignment(one, actor=lent)
    deliver(reply, actor)
    if assignment.suggestion.assignments.answering().exclude(state__in=DONE).exists():
        move_due(assignment.suggestion, actor=lent)  # others answer for their parts
        return
    suggestion = answer(assignment.suggestion, actor=lent)
    party, today = suggestion.lead_name, clock.today()
    start_clock(suggestion, ClockKind.EVALUATION, "evaluation_limit", assignment.rules, party=party, start=today, assignment=assignment)


@operation(REPLY["sign"])
def sign_reply(reply: Reply, *, actor: Actor, document_no: str = "", secrecy_checked: bool = False) -> None:
    """Sign a joint reply for one of the units that lead together, in whatever order; the last signature issues it (R3.26).

    The number is that of the unit which hand-over names first. It counts as checked for secrets when each of them has checked it.
    """
    own = next((one for one, signed in reply.signings if one.unit_id in actor.units and signed is None), None)
    if own is None:
        raise Unfit(_("Your unit has signed it already."))
    demand_rank(own, actor)
    demand_complete(reply)
    if own.pk != reply.assignment_id and document_no not in ("", reply.document_no):
        raise Unfit(_("The reply bears the number of %(unit)s: only that unit enters it.") % {"unit": reply.assignment.unit})
    reply.document_no = document_no or reply.document_no
    if own.pk == reply.assignment_id and not reply.document_no:
        raise Unfit(_("The reply bears your unit's document number: enter it."))
    reply.countersignatures.create(assignment=own, signed_by=actor.user, secrecy_checked=secrecy_checked)
    signed = [one for _unit, one in reply.signings]
    if all(signed):
        checked = all(one.secrecy_checked for one in signed)
        issue(reply, actor=actor.lend("reply.sign"), document_no=reply.document_no, secrecy_checked=checked)


@operation(Permit("reply.attach", policy.drafter, gettext_lazy("Attach a file to the reply")))
def attach_to_reply(reply: Reply, *, actor: Actor, upload: "UploadedFile[Any]") -> Attachment:
    """Add a file to a reply that is still being drafted."""
    if reply.state != ReplyState.DRAFT:
        raise Unfit(_("The reply is no longer being drafted."))
    return Attachment.objects.create(suggestion=reply.assignment.suggestion, reply=reply, file=store(None, actor=actor, upload=upload))
