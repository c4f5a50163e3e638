"""Who may hand in files and take them back; who else may read one is said by the app that attached it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule, scope

from .models import StoredFile


@rule(_("Only people with a post may upload files."))
def has_post(actor: Actor, subject: Any) -> bool:
    """A signed-in person who acts in a post."""
    return actor.user is not None and actor.post is not None


@rule(_("This file was uploaded by somebody else."))
def is_uploader(actor: Actor, stored: StoredFile) -> bool:
    """The person who uploaded the file."""
    return actor.user is not None and stored.uploaded_by_id == actor.user.pk


@scope("files.StoredFile")
def stored_files(actor: Actor) -> Q:
    """One's own uploads, and all for the system; the apps above ask about the matter and then hand out its files."""
    if actor.is_system:
        return Q()
    return Q(uploaded_by__in={actor.user.pk} if actor.user else ())
