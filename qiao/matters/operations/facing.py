"""Answering the deputy face to face: the record, the deputy's confirmation, the signed copy (R3.45)."""

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

from .. import notices, policy
from ..flow import ASSIGNMENT
from ..models import Assignment, AssignmentState, FaceReply, Reply, ReplyState


def round_of(assignment: Assignment) -> int:
    """The round that a meeting held now belongs to: that of the reply under way, else of the one that went out last."""
    issued = [reply for one in assignment.partners for reply in one.replies.all() if reply.state == ReplyState.ISSUED]
    return len(issued) + int(assignment.state == AssignmentState.HANDLING)


def face_reply_of(assignment: Assignment) -> FaceReply | None:
    """The record of the meeting of this round, if there is one."""
    asked = round_of(assignment)
    return next((one for one in assignment.face_replies.all() if one.round == asked), None)


def face_reply_lacking(assignment: Assignment, reply: Reply | None) -> list[str]:
    """That the rules ask for a meeting before the reply goes out, and neither its record nor a reason is there."""
    rule = assignment.rules["face_reply_required"]
    excused = rule == "or_reason" and reply is not None and reply.no_face_reply
    if rule == "none" or excused or any(face_reply_of(one) for one in assignment.partners):
        return []
    if rule == "or_reason":
        return [_("Record the face-to-face reply, or say in the reply's form why there was none: this congress's rules ask for it.")]
    return [_("Record the face-to-face reply first: this congress's rules ask for one before the reply.")]


@operation(ASSIGNMENT["record_face_reply"])
def record_face_reply(assignment: Assignment, *, actor: Actor, on: dt.date, **facts: Any) -> FaceReply:
    """Enter the meeting of this round, or put its record right while the deputy has not confirmed it; the deputy is asked to."""
    if not assignment.assigned_on <= on <= clock.today():
        raise Unfit(_("The meeting lies between the hand-over and today."))
    made = face_reply_of(assignment) or FaceReply(assignment=assignment, round=round_of(assignment))
    if made.is_signed:
        raise Unfit(_("The deputy has confirmed the record already; it is not changed any more."))
    for name, value in {"on": on, "recorded_by": actor.user, "recorded_at": clock.now(), **facts}.items():
        setattr(made, name, value)
    made.full_clean()
    made.save()
    notices.face_reply_recorded(made, actor)
    return made


@operation(Permit("face_reply.confirm", policy.met_deputy, gettext_lazy("Confirm the record")))
def confirm_face_reply(face_reply: FaceReply, *, actor: Actor, remark: str = "") -> None:
    """The deputy confirms what the record says, and may add a remark in their own words."""
    if face_reply.confirmed_at:
        raise Unfit(_("You have confirmed it already."))
    face_reply.confirmed_at, face_reply.remark = clock.now(), remark


@operation(Permit("face_reply.keep_copy", policy.record_keeper, gettext_lazy("Upload the signed record")))
def keep_signed_copy(face_reply: FaceReply, *, actor: Actor, upload: "UploadedFile[Any]") -> None:
    """Keep the record that the deputy signed on paper; a later copy takes the place of an earlier one."""
    face_reply.signed_copy = store(None, actor=actor, upload=upload)
