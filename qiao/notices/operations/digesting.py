"""The daily letter: what is unread since the last one, once a day, never empty."""

import datetime as dt
import time
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from qiao.accounts.models import User
from qiao.kernel import clock, jobs
from qiao.notices import mail
from qiao.notices.models import Delivery, DeliveryState, Digest
from qiao.notices.queries import language_of, quiet_until, reachable

from .recording import after, log_tries, refused_of, remember
from .sending import BATCH, BEHIND, LANES, STALE, TURN

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


def send_digests(user_ids: Collection[int]) -> list[int]:
    """Write and send the letters of these people; whoever has had today's, or sleeps, gets none. Returns for whom there was no time.

    As with single notices: claimed together, recorded one by one.
    """
    quiet = quiet_until(user_ids, clock.now())
    people = {user.pk: user for user in User.objects.filter(pk__in=user_ids).exclude(pk__in=quiet)}
    _compose(people)
    letters = _claimed(people)
    until, inside, refused = time.monotonic() + TURN, _inside(letters), refused_of(people)
    with mail.Postman() as postman:
        for number, letter in enumerate(letters):
            if time.monotonic() > until:
                rest = Digest.objects.filter(pk__in=[one.pk for one in letters[number:]])
                rest.update(state=DeliveryState.WAITING, tries=F("tries") - 1, at=clock.now())
                return [one.user_id for one in letters[number:]]
            _sent(letter, people[letter.user_id], inside[letter.pk], postman, refused)
    return []


def _compose(people: Mapping[int, User]) -> None:
    """Today's letter for each who has had none, if there is something for it; what was read meanwhile is not in it."""
    with transaction.atomic():
        held = list(User.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk").values_list("pk", flat=True))
        had = Digest.objects.filter(user__in=held, day=clock.today()).values("user")
        due = Delivery.objects.filter(state=DeliveryState.DAILY, digest=None, notice__user__in=held, at__lt=min(cut(), clock.now()))
        waiting = list(due.exclude(notice__user__in=had).select_related("notice").order_by("pk"))
        away = {pk for pk in held if not reachable(people[pk])}
        read = [one.pk for one in waiting if one.notice.read_at]
        skipped = [one.pk for one in waiting if not one.notice.read_at and one.notice.user_id in away]
        for rows, state in ((read, DeliveryState.READ), (skipped, DeliveryState.SKIPPED)):
            if rows:
                Delivery.objects.filter(pk__in=rows).update(state=state, at=clock.now())
        told = [one for one in waiting if not one.notice.read_at and one.notice.user_id not in away]
        users = sorted({one.notice.user_id for one in told})
        made = Digest.objects.bulk_create(Digest(user_id=user, day=clock.today()) for user in users)
        letters = {letter.user_id: letter for letter in made}
        for one in told:
            one.digest = letters[one.notice.user_id]
        Delivery.objects.bulk_update(told, ["digest"], batch_size=500)


def _claimed(people: Mapping[int, User]) -> list[Digest]:
    """The letters of these people that wait, or whose sending was broken off long ago; now ours, each knowing which try this is."""
    broken_off = Q(state=DeliveryState.SENDING, at__lt=clock.now() - STALE)
    with transaction.atomic():
        rows = Digest.objects.select_for_update(of=("self",)).filter(Q(state=DeliveryState.WAITING) | broken_off, user__in=people)
        letters = list(rows.order_by("user", "day"))
        Digest.objects.filter(pk__in=[one.pk for one in letters]).update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now())
    for one in letters:
        one.tries += 1
    return letters


def _inside(letters: list[Digest]) -> dict[int, list[Delivery]]:
    """What each letter holds."""
    inside: dict[int, list[Delivery]] = {letter.pk: [] for letter in letters}
    rows = Delivery.objects.filter(digest__in=letters, state=DeliveryState.DAILY).select_related("notice").order_by("notice")
    for one in rows:
        inside[one.digest_id].append(one)
    return inside


def _sent(letter: Digest, user: User, inside: list[Delivery], postman: mail.Postman, refused: set[int]) -> None:
    """Send a claimed letter and write down how it ended, for it and for each notice in it; what was read by now is left out."""
    unread = [one for one in inside if one.notice.read_at is None]
    failure = None
    if not reachable(user):
        state = DeliveryState.SKIPPED
    elif not unread:
        state = DeliveryState.READ
    else:
        failure = postman.send(mail.digest(letter, user, [one.notice for one in unread], language_of(user)))
        state = after(failure, letter.tries)
    said: dict[str, Any] = {"state": state, "error": failure.reason[:300] if failure else "", "at": clock.now()}
    with transaction.atomic():
        log_tries(inside, state, failure, user.person.email)
        Digest.objects.filter(pk=letter.pk).update(**said)
        if failure or state == DeliveryState.SENT:
            remember(user, failure, refused)
        if state != DeliveryState.WAITING:
            Delivery.objects.filter(pk__in=[one.pk for one in unread]).update(tries=F("tries") + 1, **said)
            if read := [one.pk for one in inside if one.notice.read_at]:
                Delivery.objects.filter(pk__in=read).update(state=DeliveryState.READ, at=clock.now())
