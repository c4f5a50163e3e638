"""What is left out of the public copy: passages that staff mark, each with its ground (R3.62). The original is never changed."""

from collections.abc import Iterable, Iterator
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.rulebook.rules import Rules

from .handling import Reply
from .suggestion import Suggestion

LEFT_OUT = "■■"


class Ground(models.TextChoices):
    """Why something is not published: secrets in the words of the law, and what is nobody's business (政府信息公开条例 §§14–15)."""

    STATE_SECRET = "state_secret", _("State secret")
    WORK_SECRET = "work_secret", _("Work secret")
    TRADE_SECRET = "trade_secret", _("Trade secret")
    PRIVACY = "privacy", _("Personal privacy")
    OTHER_LAW = "other_law", _("Another ground in law")


class Place(models.TextChoices):
    """In which text a passage stands."""

    MATTER = "matter", _("Situation and problem")
    PROPOSAL = "proposal", _("What should be done")
    REPLY = "reply", _("Reply")


class RedactionQuerySet(VisibleQuerySet):
    """Marks."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Redaction(models.Model):
    """One passage that the public copy leaves out, wherever it stands in that text; staff can take the mark back."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="redactions")
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="redactions")
    place = models.CharField(_("text"), max_length=10, choices=Place)
    passage = models.TextField(_("passage to leave out"), max_length=1000)
    ground = models.CharField(_("ground"), max_length=16, choices=Ground)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("marked"), default=clock.now, editable=False)
    undone_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    objects = RedactionQuerySet.as_manager()
    journal_masked = frozenset({"passage"})
    asked_with = ("suggestion__congress",)

    class Meta:
        verbose_name = _("passage left out")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="redaction_of_a_reply_names_it",
                condition=Q(place="reply", reply__isnull=False) | (~Q(place="reply") & Q(reply=None)),
                violation_error_message=_("Say in which reply the passage stands."),
            ),
        ]

    def __str__(self) -> str:
        return f"{LEFT_OUT}（{self.get_ground_display()}）"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion


POLICIES = {"suggestion": "publish_policy_suggestion", "reply": "publish_policy_reply", "evaluation": "publish_policy_evaluation"}
"""The rule for each part."""


def policy_of(rules: Rules, part: str) -> str:
    """Whether a part, the suggestion's text, the reply or the evaluation, must be published, may be, or is not (R3.62)."""
    return str(rules[POLICIES[part]])


def one_way_of_lines(text: str) -> str:
    """A text with line ends as browsers and databases may write them made alike, so that a passage is found."""
    return text.replace("\r\n", "\n")


def _found(text: str, mark: Redaction) -> Iterator[tuple[int, int, str]]:
    passage = one_way_of_lines(mark.passage)
    start = text.find(passage) if passage else -1
    while start >= 0:
        yield start, start + len(passage), str(mark)
        start = text.find(passage, start + 1)


def public_copy(text: str, marks: Iterable[Redaction]) -> str:
    """The text as the public reads it: every marked passage gone, in its place ■■ and the ground; marks that touch become one."""
    text = one_way_of_lines(text)
    copy, reached = [], 0
    for start, end, shown in sorted(found for mark in marks for found in _found(text, mark)):
        if start >= reached:
            copy += [text[reached:start], shown]
        reached = max(reached, end)
    return "".join([*copy, text[reached:]])
