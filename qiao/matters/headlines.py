"""Where a suggestion is, in one sentence: who has it, until when, how sure that is (U5.1); and its way in stages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.clock import day_of
from qiao.rulebook.trace import full_date

from .models import Assignment, AssignmentState, Clock, ClockKind, State, Suggestion


@dataclass(frozen=True)
class Headline:
    """A title, a sentence, how pressing it is, and the clock whose date it names."""

    title: str
    text: str = ""
    tone: str = "info"
    clock: Clock | None = None


def _with_date(clock: Clock | None, words: str) -> str:
    if clock is None:
        return ""
    if clock.paused_on:
        return _("The time limit is paused since %(day)s.") % {"day": full_date(clock.paused_on)}
    said = words % {"party": clock.party_name, "day": full_date(clock.due)}
    if clock.reckoning.provisional:
        said += _(" The date may still move: the days off of a year it touches are not published yet.")
    return said


def _registered(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    again = clocks.get(ClockKind.REASSIGN)
    if again is None:
        return Headline(_("Registered"), _("It waits to be assigned to a unit."))
    return Headline(_("To be assigned anew"), _with_date(again, _("%(party)s must assign it anew by %(day)s.")), "warn", again)


def _assigned(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    text = _with_date(clocks.get(ClockKind.SIGN), _("%(party)s must sign for it by %(day)s."))
    return Headline(_("Handed to %(unit)s") % {"unit": s.units_in_short}, text, "info", clocks.get(ClockKind.REPLY))


def _dispatched(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    text = _with_date(clocks.get(ClockKind.SIGN), _("%(party)s must sign for it by %(day)s."))
    return Headline(_("Dispatched to %(unit)s") % {"unit": s.units_in_short}, text, "info", clocks.get(ClockKind.REPLY))


def _handling(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    clock = clocks.get(ClockKind.REHANDLE) or clocks.get(ClockKind.REPLY)
    return Headline(
        _("%(unit)s handles it") % {"unit": s.units_in_short}, _with_date(clock, _("It must be answered by %(day)s.")), "info", clock
    )


def _replied(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    clock = clocks.get(ClockKind.EVALUATION)
    return Headline(
        _("Answered by %(unit)s") % {"unit": s.units_in_short},
        _with_date(clock, _("%(party)s can evaluate the reply until %(day)s.")),
        "good",
        clock,
    )


def _closed(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    if s.replied_at is None or s.unit is None:
        return Headline(_("Closed"), tone="good")
    said = _("%(unit)s answered on %(day)s.") % {"unit": s.units_in_short, "day": full_date(day_of(s.replied_at))}
    return Headline(_("Closed"), said, "good")


def _plain(title: Any, text: Any = "", tone: str = "info") -> Callable[[Suggestion, dict[str, Clock]], Headline]:
    return lambda s, clocks: Headline(str(title), str(text), tone)


def _referred(s: Suggestion, clocks: dict[str, Clock]) -> Headline:
    said = _("Passed to %(unit)s as a reference") % {"unit": s.passed_to}
    return Headline(said, _("It asks for no reply and is not counted as a suggestion."), "warn")


SAYS: dict[str, Callable[[Suggestion, dict[str, Clock]], Headline]] = {
    State.DRAFT: _plain(gettext_lazy("A draft"), gettext_lazy("Only you see it. Invite joint signers, or submit it when it is ready.")),
    State.COSIGNING: _plain(
        gettext_lazy("Signatures are being collected"), gettext_lazy("A change of the text makes given signatures void.")
    ),
    State.DELEGATION_CHECK: _plain(gettext_lazy("With the delegation"), gettext_lazy("The delegation's staff check it and pass it on.")),
    State.SUBMITTED: _plain(gettext_lazy("Submitted"), gettext_lazy("The congress's staff check it and register it.")),
    State.RETURNED: _plain(gettext_lazy("Returned for correction"), gettext_lazy("Mend what is asked for, then submit it again."), "warn"),
    State.NOT_ACCEPTED: _plain(gettext_lazy("Not accepted"), gettext_lazy("It is not handled further."), "warn"),
    State.AS_LETTER: _plain(
        gettext_lazy("Treated as a letter"), gettext_lazy("It goes on as a letter and is not counted as a suggestion."), "warn"
    ),
    State.AS_REFERENCE: _referred,
    State.REGISTERED: _registered,
    State.ASSIGNED: _assigned,
    State.DISPATCHED: _dispatched,
    State.HANDLING: _handling,
    State.REHANDLING: _handling,
    State.REPLIED: _replied,
    State.DISSATISFIED: _plain(
        gettext_lazy("The deputy is not satisfied"), gettext_lazy("The congress's staff decide what follows."), "warn"
    ),
    State.ESCALATED: _plain(
        gettext_lazy("Being deliberated on"),
        gettext_lazy("The deputy is dissatisfied a second time. A meeting or an assessment is convened; its opinion decides what follows."),
        "warn",
    ),
    State.CLOSED: _closed,
    State.SPLIT: _plain(gettext_lazy("Split into several"), gettext_lazy("Each part has its own number and is answered by itself.")),
    State.WITHDRAWN: _plain(gettext_lazy("Withdrawn by the deputy")),
    State.DISCARDED: _plain(gettext_lazy("Draft discarded")),
}


def headline(suggestion: Suggestion, running: dict[str, Clock], assignment: Assignment | None = None) -> Headline:
    """The sentence at the top of a suggestion's page; ``running`` are its running clocks by kind.

    ``assignment`` is the present one, where its reader may know that the unit asks to return it.
    """
    if assignment and assignment.state == AssignmentState.RETURN_REQUESTED:
        return _return_asked(assignment)
    return SAYS[suggestion.state](suggestion, running)


def _return_asked(assignment: Assignment) -> Headline:
    proposed = _(" It proposes %(unit)s.") % {"unit": assignment.wished_unit} if assignment.wished_unit else ""
    late = _(" It asks only now because: %(why)s") % {"why": assignment.late_explanation} if assignment.late_explanation else ""
    return Headline(_("%(unit)s asks to return it") % {"unit": assignment.unit}, assignment.return_reason + proposed + late, "warn")


STAGES = [
    ("submitted_at", gettext_lazy("Submission")),
    ("registered_at", gettext_lazy("Registration")),
    ("assigned_at", gettext_lazy("Assignment")),
    ("replied_at", gettext_lazy("Reply")),
    ("closed_at", gettext_lazy("Conclusion")),
]
ENDED_EARLY = {State.NOT_ACCEPTED, State.AS_LETTER, State.AS_REFERENCE, State.SPLIT, State.WITHDRAWN, State.DISCARDED}


def stages(suggestion: Suggestion) -> list[dict[str, Any]]:
    """Its way in five stages: done with the date, current, to come; only what was reached when it ended early."""
    reached = [(label, at and day_of(at)) for name, label in STAGES for at in [getattr(suggestion, name)]]
    if suggestion.state in ENDED_EARLY:
        reached = [(label, at) for label, at in reached if at]
    first_open = next((n for n, (_label, at) in enumerate(reached) if at is None), len(reached))
    return [
        {"label": label, "state": "done" if at else "current" if n == first_open else "todo", "note": f"{at:%Y-%m-%d}" if at else ""}
        for n, (label, at) in enumerate(reached)
    ]


ICONS = {
    "suggestion.draft": "square-pen",
    "suggestion.invite": "user-plus",
    "signature.confirm": "pen-line",
    "signature.decline": "circle-slash",
    "suggestion.submit": "send",
    "suggestion.pass_on": "forward",
    "suggestion.turn_back": "undo-2",
    "suggestion.give_back": "undo-2",
    "suggestion.refuse": "circle-x",
    "suggestion.withdraw": "circle-x",
    "suggestion.receive": "inbox",
    "suggestion.group": "layers",
    "suggestion.join_group": "layers",
    "suggestion.propose_split": "split",
    "suggestion.agree_split": "split",
    "suggestion.split_off": "split",
    "suggestion.ask_confidentiality": "eye-off",
    "suggestion.keep_confidential": "eye-off",
    "suggestion.disclose": "eye",
    "suggestion.register": "clipboard-check",
    "suggestion.assign": "building-2",
    "suggestion.publish": "globe",
    "assignment.dispatch": "network",
    "clock.pause": "pause",
    "clock.resume": "play",
    "clock.bring_forward": "calendar-arrow-up",
    "assignment.sign_for": "inbox",
    "assignment.request_return": "undo-2",
    "assignment.return_signed": "undo-2",
    "assignment.object": "message-circle-warning",
    "objection.keep": "check",
    "objection.uphold": "undo-2",
    "assignment.record_contact": "messages-square",
    "contact.confirm": "check",
    "assignment.record_face_reply": "handshake",
    "face_reply.confirm": "check",
    "addressee.receive": "mail-check",
    "reply.pass_on": "forward",
    "assignment.draft_reply": "file-pen-line",
    "assignment.give_opinion": "message-square-quote",
    "assignment.ask_opinion_again": "undo-2",
    "reply.request_approval": "stamp",
    "reply.send_back": "undo-2",
    "reply.issue": "mail-open",
    "reply.sign": "pen-line",
    "reply.reopen": "undo-2",
    "assignment.recall": "undo-2",
    "suggestion.evaluate": "star",
    "suggestion.record_evaluation": "star",
    "suggestion.open_evaluation": "mail-open",
    "suggestion.order_rehandling": "rotate-ccw",
    "suggestion.convene": "users",
    "suggestion.conclude": "gavel",
    "suggestion.revise": "square-pen",
    "suggestion.attach": "paperclip",
    "suggestion.withdraw_on_paper": "circle-x",
    "suggestion.discard": "circle-x",
    "suggestion.consent": "check",
    "suggestion.redact": "eraser",
    "suggestion.record_discussion": "users",
    "suggestion.close_unrated": "check",
    "suggestion.close_explained": "check",
    "assignment.grant_return": "undo-2",
    "assignment.refuse_return": "circle-x",
    "assignment.take_away": "undo-2",
    "assignment.ask_extension": "calendar-plus",
    "extension.grant": "calendar-check",
    "extension.refuse": "calendar-x",
    "reply.revise": "file-pen-line",
    "reply.check_secrecy": "shield-check",
    "reply.remind": "bell-ring",
    "signature.void": "circle-slash",
}
"""The sign of a step in the history, beside its words."""
