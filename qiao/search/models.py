"""What can be found, and how common its terms are. Derived from other apps' data; the terms themselves are the engine's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet


class Document(models.Model):
    """One findable object of another app. Its id ascends with its making, so that newest first is the index's own order."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    title = models.CharField(_("title"), max_length=500)
    at = models.DateTimeField(_("made at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("findable document")
        verbose_name_plural = _("findable documents")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title


class Census(models.Model):
    """The last count of a kind's terms: how many documents there were, and how many of the newest were read."""

    kind = models.CharField(_("kind"), max_length=40, unique=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    read = models.PositiveIntegerField(_("documents read"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of terms")
        verbose_name_plural = _("counts of terms")

    def __str__(self) -> str:
        return self.kind


class Frequency(models.Model):
    """In how many of the documents read a common term stood; a term without a row is rare."""

    census = models.ForeignKey(Census, on_delete=models.CASCADE, related_name="frequencies", verbose_name=_("count of terms"))
    term = models.CharField(_("search term"), max_length=50)
    documents = models.PositiveIntegerField(_("documents"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("frequency of a term")
        verbose_name_plural = _("frequencies of terms")
        constraints = [models.UniqueConstraint(fields=["census", "term"], name="search_frequency_once")]

    def __str__(self) -> str:
        return f"{self.term} {self.documents}"
