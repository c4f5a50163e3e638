"""Saved views."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Role
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress, Unit


class SavedView(models.Model):
    """A list by the filters and the order somebody keeps it by; what it shows is asked anew, as whoever opens it may see it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=40)
    path = models.CharField(_("list"), max_length=200)
    query = models.CharField(_("filters and order"), max_length=1000, blank=True)
    congress = models.ForeignKey(Congress, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("shared in"))
    """Set where it is shared: with all who act in ``unit``, or in ``role`` for this congress."""
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("role"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("handling unit"))
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"query"})  # somebody may have searched for a person

    class Meta:
        verbose_name = _("saved view")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "path", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You have a view of this list by this name. Choose another, or remove it first."),
            ),
            models.CheckConstraint(
                name="saved_view_shared_with_one_body",
                condition=Q(congress=None, role=None, unit=None)
                | Q(congress__isnull=False, role__isnull=False, unit=None)
                | Q(congress__isnull=False, role=None, unit__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["congress", "unit", "role"], name="saved_view_shared")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where it leads."""
        return f"{self.path}?{self.query}" if self.query else self.path
