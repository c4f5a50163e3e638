"""Keeping and discarding files."""

import functools
import weakref
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from . import policy
from .checks import ATTACHMENTS, examine
from .models import Kind, StoredFile


class _Written:
    """A file just written, which goes again unless its transaction commits.

    The transaction holds this object through the ``keep`` it would call after the commit. A rollback, also of
    a savepoint only, drops that call and with it the object, and then the file is deleted.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._undo = weakref.finalize(self, storage.delete, name)

    def keep(self) -> None:
        """Let the file stay."""
        self._undo.detach()


@operation(Permit("file.store", policy.has_post, gettext_lazy("Upload a file")))
def store(subject: None, *, actor: Actor, upload: "UploadedFile[Any]", accepted: frozenset[Kind] = ATTACHMENTS) -> StoredFile:
    """Check an uploaded file and keep it; whoever calls links it to what it belongs to in the same transaction."""
    fit = examine(upload, accepted)
    stored = StoredFile(name=fit.name, kind=fit.kind, size=len(fit.data), sha256=fit.sha256, uploaded_by=actor.user)
    stored.blob.save("", ContentFile(fit.data, name="content"), save=False)
    transaction.on_commit(_Written(stored.blob.storage, str(stored.blob.name)).keep)
    stored.full_clean()
    stored.save()
    return stored


@operation(Permit("file.discard", policy.is_uploader, gettext_lazy("Discard a file")))
def discard(stored: StoredFile, *, actor: Actor) -> None:
    """Delete a file that nothing refers to any more; its bytes go once the transaction has committed."""
    try:
        StoredFile.objects.filter(pk=stored.pk).delete()
    except ProtectedError as error:
        raise Unfit(_("This file is attached to something. Remove it there first.")) from error
    transaction.on_commit(functools.partial(stored.blob.storage.delete, str(stored.blob.name)))
