"""The daily letter: what is unread since the last one, once a day, never empty."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from qiao.accounts.models import User
from qiao.kernel import clock, jobs
from qiao.notices import mail
from qiao.notices.models import Delivery, DeliveryState, Digest
from qiao.notices.queries import language_of, quiet_until, reachable

from .recording import after, log_tries, remember
from .sending import BATCH, BEHIND, LANES, STALE

SEND = "qiao.notices.tasks.send_digests"
HOUR = dt.time(8)
"""What was told before this hour is in the day's letter, what comes later in the next day's."""
OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)


def cut() -> dt.datetime:
    """The end of what the letter of today holds."""
    return dt.datetime.combine(clock.today(), HOUR, tzinfo=timezone.get_current_timezone())


def begin_digests() -> int:
    """Queue the letters of everybody for whom something waits; those in quiet hours are asked about again an hour later. Says how many.

    However many they are, a few jobs wait: each has its share of the people, sends a batch, and leaves the others to the next.
    """
    had = Digest.objects.filter(day=clock.today()).values("user")
    waiting = Delivery.objects.filter(state=DeliveryState.DAILY, digest=None, at__lt=min(cut(), clock.now())).exclude(notice__user__in=had)
    late = Digest.objects.filter(state__in=OPEN, at__lt=clock.now() - STALE)
    people = sorted({*waiting.values_list("notice__user", flat=True).distinct(), *late.values_list("user", flat=True)})
    share = max(BATCH, -(-len(people) // LANES))
    for start in range(0, len(people), share):
        queue_digests(people[start : start + share])
    return len(people)


def queue_digests(user_ids: list[int]) -> None:
    """Let a job send the letters of these people, behind what else waits."""
    jobs.enqueue(import_string(SEND).using(priority=BEHIND), user_ids=user_ids)


def send_digests(user_ids: Iterable[int]) -> None:
    """Write and send the letters of these people; whoever has had today's, or sleeps, gets none."""
    people = list(User.objects.filter(pk__in=list(user_ids)).order_by("pk"))
    quiet = quiet_until([user.pk for user in people], clock.now())
    with mail.Postman() as postman:
        for user in people:
            if user.pk not in quiet:
                for digest in _open_letters(user):
                    _sent(digest, user, postman)


def _open_letters(user: User) -> list[Digest]:
    """Today's letter, if there is something for it, and those whose sending was broken off."""
    with transaction.atomic():
        held = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if not Digest.objects.filter(user=held, day=clock.today()).exists():
            _compose(held)
    stale = Digest.objects.filter(user=user, state=DeliveryState.SENDING, at__lt=clock.now() - STALE)
    stale.update(state=DeliveryState.WAITING, at=clock.now())
    return list(Digest.objects.filter(user=user, state=DeliveryState.WAITING).order_by("day"))


def _compose(user: User) -> None:
    waiting = Delivery.objects.filter(state=DeliveryState.DAILY, digest=None, notice__user=user, at__lt=min(cut(), clock.now()))
    waiting.filter(notice__read_at__isnull=False).update(state=DeliveryState.READ, at=clock.now())
    if not reachable(user):
        waiting.update(state=DeliveryState.SKIPPED, at=clock.now())
    elif waiting.exists():
        waiting.update(digest=Digest.objects.create(user=user, day=clock.today()))


def _sent(digest: Digest, user: User, postman: mail.Postman) -> None:
    """Claim a letter, send it and write down how it ended, for it and for each notice in it."""
    claimed = Digest.objects.filter(pk=digest.pk, state=DeliveryState.WAITING)
    if not claimed.update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now()):
        return
    inside = Delivery.objects.filter(digest=digest, state=DeliveryState.DAILY)
    notices = [delivery.notice for delivery in inside.filter(notice__read_at=None).select_related("notice").order_by("notice")]
    failure = None
    if not reachable(user):
        state = DeliveryState.SKIPPED
    elif not notices:
        state = DeliveryState.READ
    else:
        failure = postman.send(mail.digest(digest, user, notices, language_of(user)))
        state = after(failure, digest.tries + 1)
    error = failure.reason[:300] if failure else ""
    with transaction.atomic():
        log_tries(inside, state, failure, user.person.email)
        if failure or state == DeliveryState.SENT:
            remember(user, failure)
        Digest.objects.filter(pk=digest.pk).update(state=state, error=error, at=clock.now())
        if state != DeliveryState.WAITING:
            inside.filter(notice__read_at__isnull=False).update(state=DeliveryState.READ, at=clock.now())
            inside.update(state=state, error=error, tries=F("tries") + 1, at=clock.now())
