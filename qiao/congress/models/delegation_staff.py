"""Who works for a delegation during the sessions of a term."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Post
from qiao.kernel.models import VisibleQuerySet

from .body import Delegation, Term


class DelegationStaff(models.Model):
    """A post that works for one delegation (代表团工作人员): it checks what the delegation's deputies submit in session (R3.19)."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="staff", verbose_name=_("delegation"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("post"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("delegation__term",)

    class Meta:
        verbose_name = _("delegation staff")
        ordering = ["delegation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(ends=None),
                name="delegation_staff_one_delegation",
                violation_error_message=_("This person works for a delegation already. Release them there first."),
            )
        ]

    def __str__(self) -> str:
        return self.post.user.person.name

    @property
    def term(self) -> Term:
        """The term of the delegation, whose congress keeps it."""
        return self.delegation.term

    @property
    def journal_congress(self) -> int:
        """Its lines stand in the delegation's congress."""
        return self.delegation.term.congress_id
