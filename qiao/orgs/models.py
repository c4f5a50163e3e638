"""Areas with dates, congresses and their chain of tiers, organs, handling units."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet

from .codes import check_credit_code, next_code


class Level(models.TextChoices):
    """The five levels of people's congresses (R2.1)."""

    NATION = "nation", _("National")
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")


class AreaQuerySet(VisibleQuerySet):
    """Areas, by place and date."""

    def within(self, area: "Area") -> Self:
        """An area and all below it, as a range of codes that an index can answer."""
        if area.level == Level.NATION:
            return self
        after = next_code(area.code)
        return self.filter(code__gte=area.code, **({"code__lt": after} if after else {}))

    def on(self, day: object) -> Self:
        """Areas as they stood on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Area(models.Model):
    """An administrative division as it stood between two days (R13.10).

    ``code`` is the statistical code without padding: 2 digits for a province, 4, 6, and 9 for a township, so that
    a place's code begins with the code of every place it lies in.
    """

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of"))
    has_congress = models.BooleanField(_("has a congress"), default=True)
    """A sub-district (街道) and the purely statistical 市辖区 have none (R2.5, R2.2)."""
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("followed by")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="area_code_once_a_day"),
            models.CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                violation_error_message=_("An area must end after it begins."),
            ),
        ]
        indexes = [models.Index(fields=["parent", "code"], name="area_children")]

    def __str__(self) -> str:
        return self.name

    @property
    def gb_code(self) -> str:
        """The code as GB/T 2260 writes it: six digits to the county, nine for a township."""
        return self.code.ljust(6, "0") if self.level != Level.NATION else "100000"


class Congress(models.Model):
    """One people's congress: a level and an area, and the congress above it in the chain of tiers."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="congress", verbose_name=_("area"))
    level = models.CharField(_("level"), max_length=12, choices=Level)
    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    superior = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inferiors", verbose_name=_("congress above")
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("congress")
        ordering = ["area__code"]
        indexes = [models.Index(fields=["level"], name="congress_level")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_congress(self) -> int:
        """What happens to a congress stands in its own journal."""
        return self.pk

    @property
    def has_standing_committee(self) -> bool:
        """Townships have only a presidium and a chair; their duties fall to these (R2.4)."""
        return self.level != Level.TOWNSHIP

    @property
    def elected_directly(self) -> bool:
        """Whether voters elect its deputies (county, township), or the congresses below it do (R2.2)."""
        return self.level in {Level.COUNTY, Level.TOWNSHIP}

    def clean(self) -> None:
        order = list(Level)
        if self.superior and order.index(Level(self.superior.level)) >= order.index(Level(self.level)):
            raise ValidationError({"superior": _("The congress above must be of a higher level.")})


class OrganKind(models.TextChoices):
    """What an organ is in the law's words."""

    STANDING_COMMITTEE = "standing_committee", _("Standing committee")
    PRESIDIUM = "presidium", _("Presidium")
    DEPUTY_AFFAIRS = "deputy_affairs", _("Deputy-affairs committee")
    SPECIAL_COMMITTEE = "special_committee", _("Special committee")
    SECRETARIAT = "session_secretariat", _("Session secretariat")
    GOVERNMENT = "government", _("People's government")
    SUPERVISION = "supervisory_commission", _("Supervisory commission")
    COURT = "court", _("People's court")
    PROCURATORATE = "procuratorate", _("People's procuratorate")
    OTHER = "other", _("Other organ")


class Organ(models.Model):
    """A body of a congress or answerable to it: standing committee, government, court …"""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="organs", verbose_name=_("congress"))
    kind = models.CharField(_("kind"), max_length=24, choices=OrganKind)
    name = models.CharField(_("name"), max_length=80)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("organ")
        ordering = ["congress", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="organ_name_once")]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(VisibleQuerySet):
    """Handling units."""

    def active_on(self, day: object) -> Self:
        """Units that may be given something to handle on a day."""
        return self.filter(Q(active_to=None) | Q(active_to__gt=day), active_from__lte=day)

    def below(self, units: Iterable[int]) -> Self:
        """Units to which one of these dispatches."""
        return self.filter(coordinator__in=units)


class Unit(models.Model):
    """A handling unit (承办单位): any body that may have to handle and answer a matter of this congress (R3.25)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="units", verbose_name=_("congress"))
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="units", verbose_name=_("belongs to"))
    coordinator = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="departments", verbose_name=_("coordinating office")
    )
    """The office that dispatches to it what the congress hands to the whole organ, such as a government's general office (R3.24)."""
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    field = models.CharField(_("field of work"), max_length=200, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True, validators=[check_credit_code])
    """Optional: internal bodies and task forces have none (R13.12)."""
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    active_from = models.DateField(_("active from"))
    active_to = models.DateField(_("active to"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling unit")
        ordering = ["congress", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "name"],
                name="unit_name_once",
                violation_error_message=_("This congress already has a unit of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above = self.coordinator
        if above is None:
            return
        if above.congress_id != self.congress_id:
            raise ValidationError({"coordinator": _("The coordinating office belongs to another congress.")})
        if above.pk == self.pk or above.coordinator_id is not None:
            raise ValidationError({"coordinator": _("There are two hops and no more: a coordinating office has none above it.")})
        if self.pk and self.departments.exists():
            raise ValidationError({"coordinator": _("It coordinates other units itself.")})
