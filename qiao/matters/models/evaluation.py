"""What the deputy says of a reply, and the seal on it (R3.50–R3.52)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.files.models import StoredFile
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.rulebook.kinds import label_of

from .handling import Reply
from .suggestion import Suggestion


class Rating(models.TextChoices):
    """What a deputy may say of the handling (R3.50), best first."""

    SATISFIED = "satisfied", _("Satisfied")
    BASICALLY = "basically_satisfied", _("Basically satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")


class EvaluationQuerySet(VisibleQuerySet):
    """Evaluations."""

    def sealed(self) -> Self:
        """Those that the unit may not read yet."""
        return self.filter(opened_at=None)

    def past_their_seal(self) -> Self:
        """Sealed ones whose last day is over: whoever keeps the time opens them."""
        return self.sealed().filter(sealed_until__lt=clock.today())


class Evaluation(models.Model):
    """What the lead deputy says of a reply: one rating for each of the congress's dimensions; the worst counts.

    Under seal the suggestion itself stays where it was, “answered”: nothing that follows from the rating happens before the seal
    opens, so that no list, date, clock or state can tell the unit what was said (R3.52).
    """

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="evaluation")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="evaluations")
    ratings: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("ratings"))
    rating = models.CharField(_("rating"), max_length=20, choices=Rating)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    sealed_until = models.DateField(_("sealed until"), null=True, editable=False)
    """The last day of the seal; empty when the congress's staff open it, or when there was no seal."""
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    """When the unit could first read it; empty while it is sealed (R3.52)."""
    earlier: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list, editable=False)
    """What the deputy had said before correcting it under the seal, oldest first."""
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    """When the office approved its publication; a sealed one never is."""
    paper_on = models.DateField(_("on paper, of"), null=True, editable=False)
    """The day that a form on paper bears, where that is what counts; empty where the deputy has said it here."""
    scan = models.OneToOneField(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("scan of the form"), editable=False
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        indexes = [models.Index(fields=["sealed_until"], condition=Q(opened_at=None), name="evaluation_sealed")]

    def __str__(self) -> str:
        return self.get_rating_display()

    @property
    def in_words(self) -> list[tuple[str, str, str]]:
        """Each dimension in the reader's language, its rating as the congress words it, and the rating's code."""
        rules = self.reply.assignment.rules
        said = {entry["code"]: label_of(entry) for entry in rules["evaluation_scale"]}
        given = [(entry, self.ratings[entry["code"]]) for entry in rules["evaluation_dimensions"] if entry["code"] in self.ratings]
        each = [(label_of(entry), said[rating], rating) for entry, rating in given]
        return each or [(gettext("Overall"), said.get(self.rating, self.get_rating_display()), self.rating)]

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.reply.assignment.suggestion
