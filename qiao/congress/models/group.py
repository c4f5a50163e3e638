"""Groups in which deputies work between sessions, and who belongs to each from when to when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Organ

from .body import Term
from .mandate import Mandate
from .tenure import Tenure


class GroupKind(models.TextChoices):
    """What brings the deputies of a group together (代表法 2025 §27; R5.7)."""

    AREA = "area", _("Deputy group")
    PROFESSIONAL = "professional", _("Professional group")
    JOINT = "joint", _("Joint group")


class GroupRank(models.TextChoices):
    """What a deputy is in a group."""

    CONVENER = "convener", _("Convener")
    DEPUTY_CONVENER = "deputy_convener", _("Deputy convener")
    MEMBER = "member", _("Member")


class DeputyGroupQuerySet(VisibleQuerySet):
    """Groups."""

    def on(self, day: dt.date) -> "DeputyGroupQuerySet":
        """Groups that exist on a day."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day), formed_on__lte=day)


class DeputyGroup(models.Model):
    """A group of deputies: by area (代表小组), by profession (专业代表小组), or several joined (联组; R5.7, R5.9)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="groups", verbose_name=_("term"))
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind)
    name = models.CharField(_("name"), max_length=60)
    field = models.CharField(_("field"), max_length=60, blank=True)
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("attached to"))
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = DeputyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy group")
        ordering = ["term", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "name"], name="group_name_once", violation_error_message=_("The term has a group of this name already.")
            ),
            models.CheckConstraint(
                name="group_by_profession_has_a_field",
                condition=~Q(kind=GroupKind.PROFESSIONAL) | ~Q(field=""),
                violation_error_message=_("A professional group needs its field."),
            ),
            models.CheckConstraint(
                name="group_is_dissolved_after_it_is_formed",
                condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("formed_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_congress(self) -> int:
        """Its lines stand in the journal of the term's congress."""
        return self.term.congress_id


class GroupMember(Tenure):
    """A deputy in a group, from when to when."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.PROTECT, related_name="members", verbose_name=_("group"))
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="groups", verbose_name=_("deputy"))
    rank = models.CharField(_("rank"), max_length=16, choices=GroupRank, default=GroupRank.MEMBER)

    asked_with = ("group__term",)

    class Meta:
        verbose_name = _("group member")
        ordering = ["group", "rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "mandate"],
                condition=Q(ends=None),
                name="group_member_once",
                violation_error_message=_("This deputy belongs to the group already."),
            ),
            models.CheckConstraint(
                name="group_member_ends_after_start",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    @property
    def term(self) -> Term:
        """The term of the group, whose congress keeps it."""
        return self.group.term

    @property
    def journal_root(self) -> DeputyGroup:
        """Its lines stand in the history of the group."""
        return self.group
