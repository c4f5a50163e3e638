"""What the public may read (R3.62): the unit's check for secrets, the deputy's consent, the office's approval, and what is left out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules

from .. import notices, policy
from ..flow import REPLY, SUGGESTION
from ..models import Evaluation, Ground, Place, Publicity, Redaction, Reply, ReplyState, State, Suggestion
from ..models.publication import one_way_of_lines, policy_of
from ..queries import forget_publishing

WITHOUT_CONSENT = gettext_lazy("The deputy does not agree to publication of the text.")


def agreed(suggestion: Suggestion, rules: Rules, part: str) -> bool:
    """Whether the deputy agrees, or by the rules is not asked: about what must be published nobody is."""
    return policy_of(rules, part) == "must" or not rules.flag("deputy_consent_needed") or suggestion.may_publish


def _issued(suggestion: Suggestion) -> list[Reply]:
    return list(Reply.objects.filter(assignment__suggestion=suggestion, state=ReplyState.ISSUED).order_by("id"))


def _opened(suggestion: Suggestion) -> list[Evaluation]:
    return list(Evaluation.objects.filter(reply__assignment__suggestion=suggestion, opened_at__isnull=False))


@operation(SUGGESTION["publish"])
def publish(
    suggestion: Suggestion, *, actor: Actor, publicity: str, reply: bool | None = None, evaluation: bool | None = None,
    ground: str = "", note: str = "",
) -> None:  # fmt: skip
    """Approve what the public may read: the text or the progress alone, the replies that the unit has checked, the evaluation.

    Where nothing is said of replies they go with the text, and of the evaluation it is as the rules say. Less than all needs its
    sentence, and what must be published is held back on a ground in law alone.
    """
    rules = rules_for(suggestion.congress, clock.today())
    _demand_fit(suggestion, rules, publicity, note)
    full, anything = publicity == Publicity.FULL, publicity != Publicity.NONE
    goes_along = full and policy_of(rules, "reply") != "no" and agreed(suggestion, rules, "reply")
    with_reply = goes_along if reply is None else anything and reply
    rated = anything and (policy_of(rules, "evaluation") == "must" if evaluation is None else evaluation)
    given = {"suggestion": full, "reply": with_reply, "evaluation": rated}
    _demand_allowed(suggestion, rules, given)
    replies, opened = _issued(suggestion), _opened(suggestion)
    _demand_checked(replies, asked=bool(reply))
    there = {"suggestion": True, "reply": any(one.may_publish and one.secrecy_checked_at for one in replies), "evaluation": bool(opened)}
    _demand_ground(rules, {part for part in given if there[part] and not given[part]}, ground)
    _approve(suggestion, replies if with_reply else [], opened if rated else [])
    suggestion.publicity = publicity
    forget_publishing()
    suggestion.publicity_reason = note
    suggestion.published_at = None if publicity == Publicity.NONE else suggestion.published_at or clock.now()
    suggestion.published_by = actor.user
    notices.published(suggestion, actor)


def take_off(suggestion: Suggestion, reason: str) -> None:
    """Nothing of it is public any more."""
    suggestion.publicity, suggestion.publicity_reason, suggestion.published_at = Publicity.NONE, reason, None
    _approve(suggestion, [], [])


def _demand_fit(suggestion: Suggestion, rules: Rules, publicity: str, note: str) -> None:
    if publicity not in Publicity.values:
        raise Unfit(_("Choose what the public may read."))
    if publicity != Publicity.NONE and suggestion.is_confidential and rules["confidential_publication"] == "no":
        raise Unfit(_("It is confidential, and by this congress's rules what is confidential is not published."))
    if suggestion.state == State.WITHDRAWN and publicity != Publicity.NONE:
        raise Unfit(_("A withdrawn suggestion can only be taken off the public page."))
    if publicity != Publicity.FULL and not note.strip():
        raise Unfit(_("Say why not all is published; the public reads this sentence."))


def _demand_allowed(suggestion: Suggestion, rules: Rules, given: dict[str, bool]) -> None:
    """Each part that is to be published may be, by the rules and with the deputy's consent."""
    refused = {
        "suggestion": _("By this congress's rules the text of a suggestion is not published."),
        "reply": _("By this congress's rules replies are not published."),
        "evaluation": _("By this congress's rules evaluations are not published."),
    }
    for part in (part for part, wanted in given.items() if wanted):
        if policy_of(rules, part) == "no":
            raise Unfit(refused[part])
        if not agreed(suggestion, rules, part):
            raise Unfit(_("The deputy did not agree to publication of the text. Publish the progress only."))


def _demand_checked(replies: list[Reply], *, asked: bool) -> None:
    """Who asks for the replies expressly hears that the unit has still to check one."""
    if asked and not replies:
        raise Unfit(_("No reply has been issued yet."))
    if asked and any(one.may_publish and one.secrecy_checked_at is None for one in replies):
        raise Unfit(_("The unit has not checked the reply for secrets yet; ask it to, or publish without the reply."))


def _demand_ground(rules: Rules, left_out: set[str], ground: str) -> None:
    if any(policy_of(rules, part) == "must" for part in left_out) and ground not in Ground.values:
        raise Unfit(_("By this congress's rules it is published unless the law forbids it. Choose the ground in law."))


def _approve(suggestion: Suggestion, replies: list[Reply], evaluations: list[Evaluation]) -> None:
    """Note on each reply and evaluation whether the public reads it; the first day is kept."""
    shown = [one for one in replies if one.may_publish and one.secrecy_checked_at]
    for model, mine, ids in [
        (Reply, {"assignment__suggestion": suggestion}, [one.pk for one in shown]),
        (Evaluation, {"reply__assignment__suggestion": suggestion}, [one.pk for one in evaluations]),
    ]:
        rows = model._default_manager.filter(**mine)
        rows.filter(pk__in=ids, published_at=None).update(published_at=clock.now())
        rows.exclude(pk__in=ids).filter(published_at__isnull=False).update(published_at=None)


@operation(SUGGESTION["consent"])
def consent(suggestion: Suggestion, *, actor: Actor, agrees: bool) -> None:
    """The lead deputy says whether the texts may be published; a refusal takes off at once what is published by consent alone."""
    suggestion.may_publish, suggestion.consented_at = agrees, clock.now()
    rules = rules_for(suggestion.congress, clock.today())
    if not agreed(suggestion, rules, "suggestion") and suggestion.publicity == Publicity.FULL:
        with override("zh-hans"):  # what is kept for the public is in the public's language, whatever the deputy reads
            suggestion.publicity, suggestion.publicity_reason = Publicity.PROGRESS, str(WITHOUT_CONSENT)
    kept_replies = _issued(suggestion) if agreed(suggestion, rules, "reply") else []
    kept_ratings = _opened(suggestion) if agreed(suggestion, rules, "evaluation") else []
    _approve(suggestion, [r for r in kept_replies if r.published_at], [e for e in kept_ratings if e.published_at])
    notices.consent_said(suggestion, actor, agrees=agrees)


@operation(REPLY["check_secrecy"])
def check_secrecy(reply: Reply, *, actor: Actor, may_publish: bool, withheld_reason: str = "") -> None:
    """The unit has checked a reply that went out for state, work and trade secrets and personal data; what may not be public goes off."""
    record_check(reply, actor)
    reply.may_publish = may_publish
    reply.withheld_reason = "" if may_publish else withheld_reason
    if not may_publish:
        reply.published_at = None
    notices.secrecy_checked(reply, actor)


def record_check(reply: Reply, actor: Actor) -> None:
    """Note who says for the unit that it was checked, and when."""
    reply.secrecy_checked_by, reply.secrecy_checked_at = actor.user, clock.now()


@operation(SUGGESTION["redact"])
def redact(suggestion: Suggestion, *, actor: Actor, place: str, passage: str, ground: str, reply: Reply | None = None) -> Redaction:
    """Mark a passage that the public copy leaves out; the original stays as it was written."""
    if place == Place.REPLY and (reply is None or reply.assignment.suggestion_id != suggestion.pk or reply.state != ReplyState.ISSUED):
        raise Unfit(_("Say in which reply the passage stands."))
    text = reply.text if reply else str(getattr(suggestion, place, ""))
    if one_way_of_lines(passage) not in one_way_of_lines(text):
        raise Unfit(_("This passage does not stand in the text. Copy it exactly as it is written there."))
    made = Redaction(suggestion=suggestion, reply=reply, place=place, passage=passage, ground=ground, by=actor.user)
    made.full_clean()
    made.save()
    return made


@operation(Permit("redaction.undo", policy.mark_remover, gettext_lazy("Put the passage back")))
def undo_redaction(redaction: Redaction, *, actor: Actor) -> None:
    """The public copy has the passage again."""
    redaction.undone_at = redaction.undone_at or clock.now()
