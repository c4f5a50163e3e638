"""Writing an announcement, sending it, and telling its recipients a part at a time."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock, jobs
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.notices.operations import announce
from qiao.orgs.models import Congress

from . import policy
from .models import Announcement, Audience
from .policy import CODE, TRAIL
from .queries import recipients

PART = 1000
"""Recipients told in one transaction."""
TELL = "qiao.announcements.tasks.tell"
"""By its name: tasks are a door and call operations, never the other way."""


@operation(Permit("announcement.write", policy.keep, gettext_lazy("Write an announcement")))
def write(congress: Congress, *, actor: Actor, **given: Any) -> Announcement:
    """Keep a draft; nobody is told yet."""
    made = Announcement(congress=congress, by=actor.user)
    _fill(made, **given)
    made.full_clean()
    made.save()
    return made


@operation(Permit("announcement.revise", policy.keep, gettext_lazy("Change an announcement")))
def revise(announcement: Announcement, *, actor: Actor, **given: Any) -> None:
    """Change a draft; what was sent stays as people have read it."""
    _demand_draft(announcement)
    _fill(announcement, **given)


def _fill(made: Announcement, *, title: str, text: str, audience: str, picks: list[int]) -> None:
    everybody = audience in (Audience.DEPUTIES, Audience.BELOW)
    if not everybody and not picks:
        raise Unfit(_("Choose at least one of those it is for."))
    made.title, made.text, made.audience, made.picks = title, text, audience, [] if everybody else sorted(picks)


def _demand_draft(announcement: Announcement) -> None:
    if announcement.released_at:
        raise Unfit(_("This announcement has been sent already."))


@operation(Permit(CODE, policy.keep, gettext_lazy("Send an announcement")))
def release(announcement: Announcement, *, actor: Actor) -> None:
    """Send it: from now on it stays as it is, and a job tells everybody it is for, behind the other work."""
    _demand_draft(announcement)
    announcement.total = recipients(announcement).count()
    if not announcement.total:
        raise Unfit(_("It would reach nobody: none of those it is for has an account."))
    announcement.released_at = clock.now()
    queue(announcement.pk)


def queue(pk: int) -> None:
    """Let a job go on with the telling, after whatever else waits."""
    jobs.enqueue(import_string(TELL), announcement_id=pk)


def tell_part(pk: int) -> bool:
    """Tell the next recipients; says whether there are more. Their notices and how far it has come are one transaction.

    A job killed in the middle has told all of a part or nobody of it; two at the same time wait for each other at the row.
    """
    with transaction.atomic():
        held = Announcement.objects.select_for_update().get(pk=pk)
        if held.released_at is None or held.finished_at is not None:
            return False
        people = list(recipients(held).filter(pk__gt=held.reached)[:PART])
        url = reverse("announcements:show", args=[pk])
        announce(people, code=CODE, title=held.title, body=held.text, url=url, trail=f"{TRAIL}{pk}")
        told = {"told": held.told + len(people), "reached": people[-1].pk if people else held.reached}
        over = len(people) < PART
        Announcement.objects.filter(pk=pk).update(**told, finished_at=clock.now() if over else None)
    return not over
