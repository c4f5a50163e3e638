"""Files of suggestions and replies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.files.models import StoredFile
from qiao.kernel.models import VisibleQuerySet

from .suggestion import Suggestion


class Attachment(models.Model):
    """A file that belongs to a suggestion or to one of its replies."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="attachments")
    reply = models.ForeignKey("matters.Reply", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    removed = models.BooleanField(default=False, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def neutral_name(self) -> str:
        """A name that tells nothing of whoever uploaded it."""
        return _("File %(number)d.%(kind)s") % {"number": self.pk, "kind": self.file.kind}

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion
