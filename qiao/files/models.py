"""Files that have been checked and kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

NAME_LIMIT = 120


class Kind(models.TextChoices):
    """What a file is, by its content."""

    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")
    OFD = "ofd", _("OFD document")
    JPEG = "jpeg", _("JPEG picture")
    PNG = "png", _("PNG picture")
    WEBP = "webp", _("WebP picture")
    CSV = "csv", _("CSV table")


def place(_stored: "StoredFile", _name: str) -> str:
    """Where a file lies: by month, under a random name that says nothing about it."""
    return f"{clock.today():%Y/%m}/{uuid.uuid4().hex}"


class StoredFile(models.Model):
    """One accepted file. It belongs to nothing by itself: link tables of higher apps say what it is attached to."""

    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    """Of what is kept: a picture is kept re-encoded, without the data its camera wrote into it."""
    blob = models.FileField(_("content"), upload_to=place, max_length=60)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    at = models.DateTimeField(_("uploaded at"), default=clock.now)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"blob"})

    class Meta:
        verbose_name = _("stored file")
        indexes = [models.Index(fields=["uploaded_by", "-id"], name="file_of_uploader")]
        constraints = [
            models.CheckConstraint(
                name="file_is_not_empty", condition=Q(size__gt=0), violation_error_message=_("An empty file is not kept.")
            )
        ]

    def __str__(self) -> str:
        return self.name
