"""What units do: assignments, contacts with the deputy, replies."""

import json
from collections.abc import Iterable
from hashlib import blake2s
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.kinds import label_of
from qiao.rulebook.rules import Rules

from .suggestion import Suggestion


class UnitRole(models.TextChoices):
    """In which role a unit handles (R3.26)."""

    SOLE = "sole", _("Sole handling")
    LEAD = "lead", _("Lead unit")
    JOINT = "joint", _("Joint lead unit")
    SEPARATE = "separate", _("Answers for its part")
    ASSIST = "assist", _("Assisting unit")
    COORDINATE = "coordinate", _("Coordinating office")


ANSWERING = frozenset({UnitRole.SOLE, UnitRole.LEAD, UnitRole.JOINT, UnitRole.SEPARATE})
"""Roles in which a unit replies to the deputy itself."""
LEADING = frozenset({UnitRole.LEAD, UnitRole.JOINT})
"""Roles in which others may assist a unit."""


class AssignmentState(models.TextChoices):
    """Where one unit's assignment stands."""

    ASSIGNED = "assigned", _("To be signed for")
    RETURN_REQUESTED = "return_requested", _("Return requested")
    RETURNED = "returned", _("Returned")
    DISPATCHED = "dispatched", _("Dispatched")
    HANDLING = "handling", _("Being handled")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class AssignmentQuerySet(VisibleQuerySet):
    """Assignments."""

    def answering(self) -> Self:
        """Those of units that answer the deputy themselves."""
        return self.filter(role__in=ANSWERING)

    def standing(self) -> Self:
        """Those that were not given back or taken away."""
        return self.exclude(state=AssignmentState.RETURNED)

    def given_back(self) -> Self:
        """Those that answering units gave back themselves."""
        return self.answering().filter(state=AssignmentState.RETURNED, taken_away=False)


class Assignment(models.Model):
    """A suggestion handed to a unit (交办); the clocks start here, under the rules of that day."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("handling unit"), db_index=False
    )  # the index "assignment_of_unit" begins with it
    role = models.CharField(_("role"), max_length=10, choices=UnitRole, default=UnitRole.SOLE)
    dispatched_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="dispatched", verbose_name=_("dispatched by"), editable=False
    )
    """The coordinating office's own assignment, where this is the second hop (R3.24)."""
    opinion = models.TextField(_("assignment opinion"), max_length=2000, blank=True)
    part = models.CharField(_("part"), max_length=200, blank=True)
    """What the unit answers for, or an assisting one is asked about, if that was said at hand-over."""
    state = models.CharField(_("state"), max_length=16, choices=AssignmentState, default=AssignmentState.ASSIGNED, editable=False)
    assigned_on = models.DateField(_("handed over on"), editable=False)
    signed_on = models.DateField(_("signed for on"), null=True, editable=False)
    return_reason = models.TextField(_("reason for return"), max_length=1000, blank=True, editable=False)
    wished_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit proposed instead"), editable=False
    )
    return_asked_on = models.DateField(_("return asked for on"), null=True, editable=False)
    late_explanation = models.TextField(_("why it asks only now"), max_length=1000, blank=True, editable=False)
    """Where the time for asking had passed and the rules hear an explanation (R3.29)."""
    returned_on = models.DateField(_("returned on"), null=True, editable=False)
    taken_away = models.BooleanField(_("taken away"), default=False, editable=False)
    """Not given back by the unit but taken from it, because the deputy objected (R3.27)."""
    decision = models.TextField(_("decision on the return"), max_length=1000, blank=True, editable=False)
    entrusted_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who may read the names"), editable=False
    )
    """Of a confidential suggestion: the one person of the unit who may read the names for a reason (R3.63)."""
    rule_snapshot: models.JSONField[Any, Any] = models.JSONField(default=dict, editable=False)

    objects = AssignmentQuerySet.as_manager()
    asked_with = ("suggestion__lead__person", "unit", "dispatched_from")

    class Meta:
        verbose_name = _("assignment")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="assignment_return_has_reason",
                condition=~Q(state__in=["return_requested", "returned"]) | ~Q(return_reason=""),
                violation_error_message=_("A return needs its reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "role", "suggestion"], name="assignment_of_unit"),
            models.Index(fields=["suggestion"], condition=Q(state="returned"), name="assignment_returned"),
            models.Index(fields=["suggestion"], condition=Q(state="return_requested"), name="assignment_return_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} → {self.unit}"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion

    @property
    def answers_deputy(self) -> bool:
        """Whether the unit replies to the deputy itself; an assisting one speaks to the lead unit (R3.34)."""
        return self.role in ANSWERING

    def handed_over_by(self, actor: Actor) -> bool:
        """Whether the actor's office dispatched it, or on the first hop whether the actor belongs to no unit, as the congress's staff."""
        return self.dispatched_from.unit_id in actor.units if self.dispatched_from else not actor.units

    @property
    def is_replaced(self) -> bool:
        """Whether another unit takes its place at once when it drops out, the rest going on: one of several, and what was dispatched."""
        in_turn = self.role in {UnitRole.SEPARATE, UnitRole.JOINT} or self.dispatched_from_id is not None
        return self.answers_deputy and in_turn

    @cached_property
    def partners(self) -> list["Assignment"]:
        """The units that answer together with it (会同办理), itself among them, the one that hand-over names first before the others."""
        if self.role != UnitRole.JOINT:
            return [self]
        found = Assignment.objects.filter(suggestion=self.suggestion_id, role=UnitRole.JOINT).standing().select_related("unit")
        return in_order(found)

    @property
    def unit_names(self) -> str:
        """The names of all that answer together."""
        return "、".join(str(one.unit) for one in self.partners)

    @property
    def state_label(self) -> str:
        """The state in the reader's language; an assisting unit has not answered but given its opinion."""
        if self.taken_away:
            return str(_("Taken away"))
        given = self.state == AssignmentState.ANSWERED and self.role == UnitRole.ASSIST
        return str(_("Opinion given")) if given else self.get_state_display()

    @cached_property
    def rules(self) -> Rules:
        """The congress's rules as they were on the day of hand-over."""
        return Rules.from_json(self.rule_snapshot)


def in_order(given: Iterable[Assignment]) -> list[Assignment]:
    """Assignments in the order in which hand-over names them; a department stands in its office's place."""
    return sorted(given, key=lambda one: (one.dispatched_from_id or one.pk, one.pk))


class Opinion(models.Model):
    """What an assisting unit tells the lead unit (会办意见); the lead may ask once more, and the newest counts (R3.34)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField(_("opinion"), max_length=6000)
    document_no = models.CharField(_("document number"), max_length=60, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    given_at = models.DateTimeField(_("given"), default=clock.now, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion


class ContactMode(models.TextChoices):
    """How unit and deputy were in contact (R3.33)."""

    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    PHONE = "phone", _("Telephone")
    MAIL = "mail", _("Mail or message")
    SITE = "site", _("On-site inspection")
    STAFF = "staff", _("Through the congress's staff")


class ContactStage(models.TextChoices):
    """At which stage of the handling they spoke (办前、办中、办后, R3.33); the rulebook's ``contact_stages_required``."""

    BEFORE = "before", _("Before handling")
    DURING = "during", _("During handling")
    AFTER = "after", _("When handling is done")


class Contact(models.Model):
    """One contact between the unit and the deputy, which the deputy may confirm."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="contacts")
    mode = models.CharField(_("how"), max_length=10, choices=ContactMode)
    stage = models.CharField(_("stage"), max_length=6, choices=ContactStage, blank=True)
    on = models.DateField(_("when"))
    who = models.CharField(_("who took part"), max_length=100)
    content = models.TextField(_("what was said"), max_length=2000)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    confirmed_at = models.DateTimeField(_("confirmed by the deputy"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("assignment__suggestion__lead",)

    class Meta:
        verbose_name = _("contact")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.get_mode_display()}"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion


class ReplyState(models.TextChoices):
    """Where a reply is inside its unit."""

    DRAFT = "draft", _("Being drafted")
    APPROVAL = "approval", _("Waiting for signature")
    ISSUED = "issued", _("Issued")


DRAFTED = (
    "text", "result", "document_no", "contact_person", "contact_phone", "mentions_opinions", "no_face_reply", "may_publish",
    "withheld_reason",
)  # fmt: skip
"""What is written in the draft of a reply."""


class Reply(models.Model):
    """The unit's formal written answer, one a round (R3.41)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    text = models.TextField(_("reply"), max_length=10000, blank=True)
    result = models.CharField(_("result class"), max_length=10, blank=True)
    document_no = models.CharField(_("document number"), max_length=60, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    mentions_opinions = models.BooleanField(_("the reply says what the assisting units' opinions are"), default=False)
    no_face_reply = models.CharField(_("why there was no face-to-face reply"), max_length=300, blank=True)
    """Where the rules ask for one, or for the reason why there was none (R3.45)."""
    may_publish = models.BooleanField(_("the reply may be published"), default=True)
    withheld_reason = models.CharField(_("why it may not"), max_length=200, blank=True)
    secrecy_checked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    secrecy_checked_at = models.DateTimeField(_("checked for secrets"), null=True, editable=False)
    """When the unit said that it has checked what may be published; before that it is not (R3.62)."""
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    """When the office approved its publication; empty while the public does not read it."""
    state = models.CharField(_("state"), max_length=10, choices=ReplyState, default=ReplyState.DRAFT, editable=False)
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("assignment__suggestion__lead__person", "assignment__unit")

    class Meta:
        verbose_name = _("reply")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "round"], name="reply_round_once"),
            models.CheckConstraint(
                name="reply_issued_is_complete",
                condition=~Q(state="issued") | (~Q(text="") & ~Q(result="") & Q(issued_at__isnull=False)),
                violation_error_message=_("An issued reply needs its text and its result class."),
            ),
            models.CheckConstraint(
                name="reply_withheld_has_reason",
                condition=Q(may_publish=True) | ~Q(withheld_reason=""),
                violation_error_message=_("Say why the reply may not be published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} ({self.round})"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion

    @property
    def edition(self) -> str:
        """A mark of what stands in the draft: whoever goes on writing says on which edition."""
        held = [getattr(self, name) for name in DRAFTED]
        return blake2s(json.dumps(held, ensure_ascii=False).encode(), digest_size=8).hexdigest()

    @property
    def answerers(self) -> list[Assignment]:
        """The assignments under which it is given: one, or of several units that answer together all."""
        return self.assignment.partners

    @property
    def unit_names(self) -> str:
        """Whose reply it is."""
        return self.assignment.unit_names

    @property
    def is_joint(self) -> bool:
        """Whether several units answer together, each of which signs it."""
        return bool(self.assignment.role == UnitRole.JOINT)

    @property
    def signings(self) -> list[tuple[Assignment, Any]]:
        """Each unit that answers with its signature under a joint reply, or None while it is that unit's turn."""
        standing = self.countersignatures.filter(void_at=None).select_related("signed_by__person")
        signed = {one.assignment_id: one for one in standing}
        return [(one, signed.get(one.pk)) for one in self.answerers]

    @property
    def result_class(self) -> dict[str, Any]:
        """The result class in the scheme under which the suggestion was assigned; its letter means nothing without it (R3.47)."""
        return self.assignment.rules.entry("result_scheme", self.result) or {}

    @property
    def result_label(self) -> str:
        """The result class in the reader's language."""
        return label_of(self.result_class) if self.result_class else ""
