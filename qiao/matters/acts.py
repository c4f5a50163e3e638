"""Every verb that a page offers as a form: one table from code to form and operation, so that no verb needs a view of its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor
from qiao.ui.acts import Act, open_acts

from . import forms, operations
from .models import Addressee, Assignment, Clock, Contact, Extension, FaceReply, Objection, Redaction, Reply, Signature, Suggestion

MODELS: dict[str, Any] = {
    "suggestion": Suggestion,
    "signature": Signature,
    "assignment": Assignment,
    "reply": Reply,
    "addressee": Addressee,
    "contact": Contact,
    "face_reply": FaceReply,
    "extension": Extension,
    "objection": Objection,
    "redaction": Redaction,
    "clock": Clock,
}


ACTS: dict[str, Act] = {
    act.code: act
    for act in [
        Act(operations.submit, forms.ActForm, _("Submitted. You will hear when it is registered."), _("It goes to the congress's staff; after that the text is fixed.")),
        Act(operations.record_discussion, forms.DiscussionForm, _("The discussion is recorded."), _("The count holds for the text as it stands now; if it is changed, the delegation discusses it again."), "plain"),
        Act(operations.discard, forms.ActForm, _("The draft is discarded."), _("The draft and its invitations end here."), "danger"),
        Act(operations.withdraw, forms.NoteForm, _("The suggestion is withdrawn."), _("Handling stops at once, and it stays in the record as withdrawn."), "danger"),
        Act(operations.ask_withdrawal, forms.NoteForm, _("The joint signers are asked."), _("Each of them answers here. It is withdrawn when as many agree as the congress's rules ask for; until then it goes on."), "danger"),
        Act(operations.drop_withdrawal, forms.ActForm, _("The suggestion goes on."), _("The joint signers are told that it stays."), "plain"),
        Act(operations.withdraw_on_paper, forms.LetterForm, _("The suggestion is withdrawn."), _("For a letter signed by all whose agreement the rules ask for. Handling stops at once."), "danger"),
        Act(operations.agree_withdrawal, forms.ActForm, _("You have agreed to the withdrawal.")),
        Act(operations.object_withdrawal, forms.NoteForm, _("Your objection is recorded; the lead deputy reads it."), tone="plain"),
        Act(operations.confirm, forms.ConfirmForm, _("You have signed.")),
        Act(operations.decline, forms.ActForm, _("You have declined."), tone="plain"),
        Act(operations.revoke, forms.ActForm, _("The invitation is taken back."), tone="plain"),
        Act(operations.ask_again, forms.ActForm, _("The deputy is asked again."), tone="plain"),
        Act(operations.pass_on, forms.OptionalNoteForm, _("Passed on; the congress's staff have it now."), _("The congress's staff check it and register it; the deputy is told.")),
        Act(operations.turn_back, forms.NoteForm, _("Returned to the deputy."), _("The deputy reads your reason, mends the text and submits it again."), "plain"),
        Act(operations.receive, forms.ReceiveForm, _("The deputy is told that it has arrived."), _("The deputy gets a notice of receipt. Where the paper original is needed, enter the day it came."), "plain"),
        Act(operations.register, forms.RegisterForm, _("Registered."), _("It gets its number and waits to be assigned.")),
        Act(operations.give_back, forms.NoteForm, _("Returned to the deputy."), _("The deputy reads your reason, mends the text and submits it again."), "plain"),
        Act(operations.refuse, forms.RefuseForm, _("Done; the deputy was told why."), _("It is not handled as a suggestion. The deputy always gets the reason."), "danger"),
        Act(operations.agree_split, forms.ActForm, _("The suggestion is split; each part has its own number."), _("Each part becomes a suggestion of its own and is answered by itself. This cannot be undone.")),
        Act(operations.object_split, forms.NoteForm, _("Your objection is recorded; the suggestion stays whole."), _("It stays whole; the staff read your reason."), "plain"),
        Act(operations.propose_split, forms.SplitForm, _("The deputy is asked; until they agree nothing changes."), _("One suggestion, one matter. Cut the whole into its parts; the lead deputy reads them and agrees or objects."), "plain"),
        Act(operations.drop_split, forms.ActForm, _("The suggestion stays whole."), _("The deputy is told that it is not split."), "plain"),
        Act(operations.group, forms.GroupForm, _("They are handled together."), _("They go to one lead unit, which may use one text. Each keeps its own number, time limits, reply and evaluation."), "plain"),
        Act(operations.leave_group, forms.ActForm, _("It is handled by itself again."), _("Possible until they are handed over. The others stay together."), "plain"),
        Act(operations.decide_hand_over, forms.DecisionForm, _("The decision is on record."), _("Who decided to which unit it goes, and by what decision."), "plain"),
        Act(operations.assign, forms.AssignForm, _("Assigned. The clocks run from today."), _("The unit must sign for it, or ask for its return. The deputy and the joint signers are told.")),
        Act(operations.dispatch, forms.DispatchForm, _("Dispatched. The departments were told, and so was the deputy."), _("Your office hands it on to the units below it and goes on seeing to it. The departments must sign for it, or ask your office for its return.")),
        Act(operations.recall, forms.NoteForm, _("It is with your office again. The departments and the deputy were told."), _("To correct what was dispatched. Possible until a department has answered; the time of the first hop goes on, and the departments read your reason."), "plain"),
        Act(operations.sign_for, forms.ActForm, _("Signed for."), _("Your unit takes it on and answers within the time shown.")),
        Act(operations.request_return, forms.RequestReturnForm, _("The return is asked for."), _("Whoever handed it over decides. The reply clock goes on running meanwhile."), "plain"),
        Act(operations.return_signed, forms.RequestReturnForm, _("The return is asked for."), _("Whoever handed it over decides. The reply clock goes on running meanwhile."), "plain"),
        Act(operations.object_to_unit, forms.ObjectForm, _("Your objection is with the congress's staff, who must answer it."), _("Say why another unit should handle it. The unit goes on until the congress's staff have answered; you can object once."), "plain"),
        Act(operations.keep_unit, forms.NoteForm, _("The unit stays; the deputy reads why."), _("The deputy reads your explanation; the unit goes on."), "plain"),
        Act(operations.uphold_objection, forms.UpholdForm, _("It is taken from the unit."), _("Another unit takes its place, or it comes back to be assigned anew. The deputy and the unit read your reason.")),
        Act(operations.grant_return, forms.GrantReturnForm, _("The return is granted."), _("Another unit takes its place, or it comes back to be assigned anew.")),
        Act(operations.refuse_return, forms.NoteForm, _("The return is refused."), _("The unit must handle it; its clocks went on running."), "plain"),
        Act(operations.grant_extension, forms.GrantExtensionForm, _("More time is granted; the new date holds."), _("The unit and the deputies hear the new date and the unit's reason.")),
        Act(operations.refuse_extension, forms.NoteForm, _("More time is refused; the date stays."), _("The unit reads your reason; its last day stays."), "plain"),
        Act(operations.record_contact, forms.ContactForm, _("The contact is recorded; the deputy is asked to confirm it.")),
        Act(operations.record_face_reply, forms.FaceReplyForm, _("The record is kept; the deputy is asked to confirm it."), _("For the meeting at which your unit answers the deputy in person. The form can be printed beforehand and filled in by hand."), "plain"),
        Act(operations.confirm_face_reply, forms.ConfirmFaceReplyForm, _("Thank you, the record is confirmed."), _("You confirm that the meeting took place and what the record says. It is no evaluation.")),
        Act(operations.keep_signed_copy, forms.SignedCopyForm, _("The signed record is kept."), _("A scan or photograph of the record that the deputy has signed."), "plain"),
        Act(operations.give_opinion, forms.OpinionForm, _("The opinion is given; the lead unit was told."), _("It goes to the lead unit, which answers the deputy.")),
        Act(operations.ask_opinion_again, forms.NoteForm, _("The unit is asked once more."), _("A short period begins today. Say what is missing in the opinion."), "plain"),
        Act(operations.ask_extension, forms.ExtensionForm, _("More time is asked for."), _("Once only, and before the last day. Until it is decided the clock goes on running. The deputy hears the new date and your reason."), "plain"),
        Act(operations.share_reply, forms.ActForm, _("The text is taken over; each reply goes out by itself."), _("The drafts to the others get this text and this result. Each is signed and issued as a letter of its own."), "plain"),
        Act(operations.request_approval, forms.ApprovalForm, _("The reply is with the signer."), _("Your unit's signer reads it and issues it or sends it back.")),
        Act(operations.send_back, forms.NoteForm, _("Sent back to the handler."), tone="plain"),
        Act(operations.issue, forms.IssueForm, _("The reply is issued."), _("It is the unit's formal answer; the deputy gets it at once, and so do the joint signers unless the rulebook says otherwise.")),
        Act(operations.sign_reply, forms.SignForm, _("Signed for your unit."), _("Your unit answers together with others. The reply goes out when the last of you has signed.")),
        Act(operations.pass_reply_on, forms.ActForm, _("The joint signers have the reply."), _("You agree to pass the reply on. Each joint signer reads it here and confirms it."), "plain"),
        Act(operations.send_to_each, forms.ActForm, _("Each joint signer has the reply."), _("The reply goes to each joint signer directly, in the unit's name."), "plain"),
        Act(operations.remind_addressees, forms.ActForm, _("They are reminded."), _("Those who have not confirmed it are asked to read the reply."), "plain"),
        Act(operations.receive_reply, forms.ActForm, _("Thank you. Your receipt is recorded."), tone="plain"),
        Act(operations.record_receipt, forms.PaperReceiptForm, _("The receipt is recorded."), _("For a receipt that the deputy signed on paper."), "plain"),
        Act(operations.confirm_contact, forms.ActForm, _("Thank you, the contact is confirmed.")),
        Act(operations.order_rehandling, forms.NoteForm, _("The unit must handle it again."), _("A new period begins today; the unit and the deputy are told.")),
        Act(operations.convene, forms.ConveneForm, _("Convened; the unit and everybody who signed were told."), _("The deputy is dissatisfied a second time: experts, a joint meeting or the committee look at it."), "plain"),
        Act(operations.conclude, forms.ConcludeForm, _("The opinion is recorded."), _("The unit handles it again by the opinion, or it is closed and the opinion explains why.")),
        Act(operations.close_explained, forms.NoteForm, _("Closed with an explanation."), _("The deputy reads the explanation; nothing more is asked of the unit."), "plain"),
        Act(operations.record_evaluation, forms.RecordEvaluationForm, _("The evaluation is recorded; the deputy is told."), _("For a form that the deputy filled in on paper. It counts like an evaluation here and is sealed like it; the deputy can correct it."), "plain"),
        Act(operations.open_evaluation, forms.ActForm, _("The evaluation is open."), _("The unit reads it from now on, and what the rating means comes about. It cannot be sealed again.")),
        Act(operations.close_unrated, forms.ActForm, _("Closed without an evaluation."), _("It counts as not evaluated, never as satisfied."), "plain"),
        Act(operations.ask_confidentiality, forms.ConfidentialityForm, _("Nobody who signed it is named from now on."), _("Names of the signers are hidden from everybody but themselves; the congress's staff read them only for a reason that is written down."), "plain"),
        Act(operations.keep_confidential, forms.KeepConfidentialForm, _("Nobody who signed it is named from now on."), _("Where the deputy or the people concerned could suffer for it. The signers are told."), "plain"),
        Act(operations.grant_confidentiality, forms.OptionalNoteForm, _("It stays confidential."), _("Nobody who signed it is named; only the deputy can lift it."), "plain"),
        Act(operations.refuse_confidentiality, forms.NoteForm, _("Refused; the signers were told."), _("The signers are named again at once. They read your reason."), "danger"),
        Act(operations.ask_disclosure, forms.NoteForm, _("The deputy is asked."), _("Unless the deputy agrees nothing changes."), "plain"),
        Act(operations.disclose, forms.ActForm, _("The signers are named from now on."), _("You and all who signed with you are named again."), "danger"),
        Act(operations.stay_confidential, forms.ActForm, _("It stays confidential."), _("The congress's staff are told that you do not agree."), "plain"),
        Act(operations.entrust, forms.EntrustForm, _("This person may read the names."), _("One person of the unit may read who has signed, each time for a reason that is written down. The signers are told whom you named."), "plain"),
        Act(operations.publish, forms.PublishForm, _("Publication is set."), _("Your approval is the last of three checks, after the unit's for secrets and the deputy's consent. Look at the public copy first."), "plain"),
        Act(operations.consent, forms.ConsentForm, _("Thank you. The congress's staff were told."), _("You can change your mind. What is published by your consent alone then comes off the public page at once."), "plain"),
        Act(operations.check_secrecy, forms.SecrecyForm, _("The check is recorded."), _("For state secrets, work secrets, trade secrets and personal data. Without this check the reply is not published."), "plain"),
        Act(operations.redact, forms.RedactForm, _("The passage is left out of the public copy."), _("The public reads ■■ and the ground in its place. The title cannot be left out: where it says too much, publish nothing."), "plain"),
        Act(operations.undo_redaction, forms.ActForm, _("The passage is back in the public copy."), tone="plain"),
        Act(operations.pause_clock, forms.PauseForm, _("Paused. Those concerned were told."), _("From today on no day is counted, and nobody is reminded, until you let it go on. The last day then comes later by as much."), "plain"),
        Act(operations.resume_clock, forms.OptionalNoteForm, _("It goes on; the new last day holds."), _("Today counts again. The days of the pause come after the end of the period.")),
        Act(operations.bring_forward, forms.BringForwardForm, _("The earlier day is set; the unit and the deputies were told."), _("A calendar day by which the reply is due. It can only come earlier than the law's."), "plain"),
    ]
}  # fmt: skip


def page_of(code: str) -> str:
    """The address name of the page on which an act is offered."""
    if code.startswith("clock."):
        return "matters:clocks"
    return "matters:public_copy" if code in ON_THE_COPY else "matters:detail"


ON_THE_COPY = frozenset({"suggestion.redact", "redaction.undo"})
"""Acts offered on the page of the public copy, not among the buttons of the suggestion."""

ON_THE_CARD = frozenset({
    "suggestion.ask_confidentiality", "suggestion.keep_confidential", "suggestion.grant_confidentiality", "suggestion.refuse_confidentiality",
    "suggestion.ask_disclosure", "suggestion.disclose", "suggestion.stay_confidential", "assignment.entrust",
})  # fmt: skip
"""Acts offered on the card that says whether it is confidential."""


def offered(noun: str, actor: Actor, subject: Any) -> list[Act]:
    """The acts on this object that this actor may take now, in the order of the table."""
    return open_acts((act for act in ACTS.values() if act.noun == noun), actor, subject)
