"""The suggestion."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.congress.models import Delegation, Mandate, Session, Term
from qiao.congress.numerals import chinese
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress, Unit
from qiao.rulebook.queries import calendar, rules_for

from .confidentiality import Confidential
from .register import Topic
from .states import OPEN_WITH_UNIT, PUBLIC_STATE, PUBLISHED, Decider, Kind, Publicity, Source, State

SHOWN_IN_ROWS = (
    "title", "state", "number_label", "due", "created_at", "submitted_at", "closed_at", "confidentiality",
    "lead__person__name", "delegation__name", "topic__name", "unit__name",
)  # fmt: skip
SHOWN_TO_PUBLIC = (
    "title", "state", "number_label", "due", "created_at", "submitted_at", "closed_at",
    "congress__short_name", "term__number", "session__number", "topic__name", "unit__name",
)  # fmt: skip
SHOWN_OF_UNITS = ("suggestion", "role", "state", "unit__name")
"""What a row of a table shows of a suggestion, to the public, and of each unit that handles it."""


class SuggestionQuerySet(VisibleQuerySet):
    """Suggestions."""

    def for_list(self) -> Self:
        """With all that a list row shows."""
        return self.select_related("lead__person", "lead__delegation", "delegation", "session", "term", "topic", "unit", "congress")

    def with_units(self) -> Self:
        """With all the units that handle it, for ``handlers``."""
        given = apps.get_model("matters.Assignment")._default_manager.select_related("unit").defer("rule_snapshot")
        return self.prefetch_related(models.Prefetch("assignments", given))

    def without_texts(self) -> Self:
        """For lists: the long texts stay in the database."""
        return self.defer("matter", "proposal")

    def for_rows(self, shown: tuple[str, ...] = SHOWN_IN_ROWS) -> Self:
        """With what a row shows and no more, of people their names alone: the fewer columns, the less is asked, read and made into
        objects; and PostgreSQL reorders at most eight joins, the scope's among them.
        """
        given = apps.get_model("matters.Assignment")._default_manager.select_related("unit").only(*SHOWN_OF_UNITS)
        beside = {path.rpartition("__")[0] for path in shown if "__" in path}
        return self.select_related(*sorted(beside)).only(*shown).prefetch_related(models.Prefetch("assignments", given))

    def published(self) -> Self:
        """What the public may know of."""
        return self.filter(publicity__in=PUBLISHED, state__in=list(PUBLIC_STATE))


class Suggestion(Confidential):
    """A deputy's written suggestion, criticism or opinion, which must be handled and answered (代表法 2025 §51)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("congress"))
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("term"))
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("session")
    )
    """Set at submission when a session sits; empty for one submitted between sessions."""
    lead = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("lead deputy"))
    delegation = models.ForeignKey(
        Delegation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
        verbose_name=_("delegation"),
        editable=False,
    )
    """Set where a delegation puts it forward as a whole; its head leads it then (R3.17)."""
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SUGGESTION)
    title = models.CharField(_("title"), max_length=100, blank=True)
    matter = models.TextField(_("situation and problem"), max_length=6000, blank=True)
    proposal = models.TextField(_("what should be done"), max_length=6000, blank=True)
    source = models.CharField(_("where the idea comes from"), max_length=12, choices=Source, blank=True)
    wished_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit wished for")
    )
    may_publish = models.BooleanField(_("the text may be published"), default=True)
    version = models.PositiveSmallIntegerField(_("text version"), default=1, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("topic"))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    series = models.CharField(_("number series"), max_length=40, blank=True, editable=False)
    number_label = models.CharField(_("number"), max_length=40, blank=True, editable=False)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("handling unit"), editable=False
    )
    due = models.DateField(_("reply due"), null=True, blank=True, editable=False)
    """Of the reply clock that runs, for lists; the clock itself explains it."""
    passed_to = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("passed on as a reference to"),
        editable=False,
    )
    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="split_parts",
        verbose_name=_("split off from"),
        editable=False,
    )
    handled_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("handled together with"), editable=False
    )
    """The first of those that are handled together, itself for the first (R3.44)."""
    split_into = models.PositiveSmallIntegerField(_("split off from it"), default=0, editable=False)
    """How many suggestions were split off from it, so that a page need not ask where there are none."""
    passed_on_at = models.DateTimeField(_("passed on by the delegation"), null=True, blank=True, editable=False)
    """When the delegation's staff, or the congress's, let it go on; it is not checked by the delegation a second time."""
    received_on = models.DateField(_("received on"), null=True, blank=True, editable=False)
    """The day the deputy was told that it has arrived (R3.22)."""
    paper_on = models.DateField(_("paper original received on"), null=True, blank=True, editable=False)
    assign_decider = models.CharField(_("who decided on handing over"), max_length=16, choices=Decider, blank=True, editable=False)
    assign_decision = models.CharField(_("decision on handing over"), max_length=200, blank=True, editable=False)
    assign_decided_on = models.DateField(_("day of the decision"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("why it is to be withdrawn"), max_length=1000, blank=True, editable=False)
    """Not empty while, or after, the joint signers are asked to agree to a withdrawal (R3.16)."""
    withdrawal_letter_on = models.DateField(_("letter of withdrawal received on"), null=True, blank=True, editable=False)
    publicity = models.CharField(_("publication"), max_length=10, choices=Publicity, default=Publicity.NONE, editable=False)
    publicity_reason = models.CharField(_("why not all is public"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), null=True, editable=False)
    assigned_at = models.DateTimeField(_("assigned"), null=True, editable=False)
    replied_at = models.DateTimeField(_("answered"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by"), editable=False
    )
    """Who approved the publication for the office, last."""
    consented_at = models.DateTimeField(_("consent given or refused"), null=True, editable=False)
    """When the lead deputy last said whether the text may be published; empty while it is what the draft says."""

    objects = SuggestionQuerySet.as_manager()
    asked_with = ("lead__person",)
    journal_masked = frozenset({"matter", "proposal", "confidentiality_reason"})  # each fixed text is kept whole in its TextVersion

    class Meta:
        verbose_name = _("suggestion")
        constraints = [
            models.CheckConstraint(name="suggestion_known_state", condition=Q(state__in=State.values)),
            models.UniqueConstraint(fields=["congress", "series", "number"], name="suggestion_number_once"),
            models.CheckConstraint(
                name="suggestion_due_when_with_unit",
                condition=~Q(state__in=sorted(OPEN_WITH_UNIT)) | Q(due__isnull=False, unit__isnull=False),
                violation_error_message=_("A suggestion with a unit needs the day by which it must be answered."),
            ),
            models.CheckConstraint(
                name="suggestion_numbered_when_registered",
                condition=Q(
                    state__in=[
                        "draft",
                        "cosigning",
                        "delegation_check",
                        "submitted",
                        "returned",
                        "not_accepted",
                        "as_letter",
                        "as_reference",
                        "withdrawn",
                        "discarded",
                    ]  # fmt: skip
                )
                | Q(number__isnull=False),
                violation_error_message=_("A registered suggestion needs its number."),
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "-id"], name="suggestion_newest"),
            models.Index(fields=["congress", "state", "due"], name="suggestion_worklist"),
            models.Index(fields=["lead", "state"], name="suggestion_of_deputy"),
            models.Index(fields=["unit", "state", "due"], name="suggestion_of_unit"),
            models.Index(fields=["congress", "publicity", "-id"], name="suggestion_published"),
            models.Index(fields=["congress", "-id"], condition=Q(delegation__isnull=False), name="suggestion_of_delegation"),
            models.Index(fields=["congress", "due", "id", "state"], condition=Q(due__isnull=False), name="suggestion_due"),
            models.Index(fields=["congress", "id"], condition=Q(state="closed", publicity="none"), name="suggestion_unpublished"),
            models.Index(fields=["congress", "submitted_at"], name="suggestion_submitted"),
            models.Index(fields=["congress", "-id"], condition=Q(publicity="progress"), name="suggestion_progress"),
            models.Index(fields=["confidentiality", "congress", "state"], name="suggestion_confidential"),
            models.Index(fields=["-id"], condition=Q(publicity__in=PUBLISHED), name="suggestion_open"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled suggestion"))

    @property
    def public_state(self) -> str:
        """The state in the public's words."""
        return str(PUBLIC_STATE.get(State(self.state), ""))

    @property
    def put_forward_by(self) -> str:
        """The delegation, or the lead deputy, named where a list may."""
        return str(self.delegation) if self.delegation and not self.is_confidential else self.lead_name

    @property
    def occasion(self) -> str:
        """The session it was submitted in, or that it was submitted between sessions."""
        return f"{self.term}第{chinese(self.session.number)}次会议" if self.session else str(_("Between sessions"))

    @property
    def cited_as(self) -> str:
        """Its number as documents cite it: with the session, or alone between sessions, where the number says so itself."""
        return f"{self.occasion}{self.number_label}" if self.session_id or not self.number_label else self.number_label

    @property
    def due_may_move(self) -> bool:
        """Whether its last day depends on a table of days off that is not published yet."""
        return self.due is not None and bool(calendar().unknown([self.due]))

    @cached_property
    def is_signed_jointly(self) -> bool:
        """Whether others signed it too."""
        return self.signatures.confirmed().exists()

    @cached_property
    def withdrawal_rule(self) -> str:
        """Whose agreement the congress's rules ask for today before it is withdrawn."""
        return str(rules_for(self.congress, clock.today())["withdrawal_rule"])

    @cached_property
    def sealed_evaluation(self) -> Any:
        """The evaluation that the unit may not read yet, if there is one, of several that of dissatisfaction first: for rules and for
        those who may know it, never for a page.
        """
        if self.state != State.REPLIED:
            return None
        sealed = apps.get_model("matters.Evaluation")._default_manager.filter(opened_at=None, reply__assignment__suggestion=self.pk)
        return min(sealed, key=lambda one: (one.rating != "dissatisfied", one.pk), default=None)

    @property
    def mates(self) -> list["Suggestion"]:
        """The others that are handled together with it."""
        if self.handled_with_id is None:
            return []
        return list(Suggestion.objects.filter(handled_with=self.handled_with_id).exclude(pk=self.pk).order_by("pk"))

    @cached_property
    def waiting_split(self) -> Any:
        """The proposal to split it that waits for its lead deputy, if any."""
        return self.splits.filter(answer="waiting").first() if self.state == State.REGISTERED else None

    @cached_property
    def dissatisfied_rounds(self) -> int:
        """How many replies in turn have not satisfied the deputy, while something must follow from it; else none."""
        if self.state != State.DISSATISFIED:
            return 0
        newest = (
            apps.get_model("matters.Reply")
            ._default_manager.filter(assignment__suggestion=self.pk, state="issued")
            .latest("issued_at", "id")
        )
        return int(newest.round)

    @cached_property
    def handlers(self) -> list[Any]:
        """The assignments of the units that handle it, or did to the end, the one that answers first; a coordinating office is not one."""
        return self.handlers_among(self.assignments.all()) if self.unit_id else []

    def handlers_among(self, given: Iterable[Any]) -> list[Any]:
        """The same of its assignments, where they are at hand."""
        over = {"returned"} if self.closed_at or self.state == State.WITHDRAWN else {"returned", "closed"}
        found = [one for one in given if one.state not in over and one.role != "coordinate"]
        return sorted(found, key=lambda one: (one.unit_id != self.unit_id, one.pk))

    @property
    def unit_names(self) -> str:
        """All of them by name."""
        return "、".join(str(one.unit) for one in self.handlers)

    @property
    def more_units(self) -> int:
        """How many units handle it beside the first."""
        return max(len(self.handlers) - 1, 0)

    @property
    def units_in_short(self) -> str:
        """The first by name, and how many more."""
        return f"{self.unit} +{self.more_units}" if self.more_units else str(self.unit or "")

    @cached_property
    def current_assignment(self) -> Any:
        """The assignment of the unit that answers it now, if any."""
        return self.assignments.standing().answering().select_related("unit").order_by("-id").first()
