"""The daily letter: what is unread since the last one, once a day, never empty."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
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
PART = 500
"""People whose letters are written in one transaction."""


def cut() -> dt.datetime:
    """The end of what the letter of today holds."""
    return dt.datetime.combine(clock.today(), HOUR, tzinfo=timezone.get_current_timezone())


def begin_digests() -> int:
    """Write the letters that are due and queue all that wait; those of people in quiet hours are looked at again an hour later.

    Says how many wait. However many they are, a few jobs wait: each has its share of the people, sends a batch, and leaves the others
    to the next.
    """
    _compose_due()
    people = sorted(set(_open_letters().values_list("user", flat=True)))
    share = max(BATCH, -(-len(people) // LANES))
    for start in range(0, len(people), share):
        queue_digests(people[start : start + share])
    return len(people)


def _open_letters() -> QuerySet[Digest]:
    """The letters that wait, and those whose sending was broken off."""
    return Digest.objects.filter(Q(state=DeliveryState.WAITING) | Q(state=DeliveryState.SENDING, at__lt=clock.now() - STALE))


def _compose_due() -> None:
    """Today's letter for each who has had none, if there is something for it: what waits is read once, written a part at a time."""
    had = Digest.objects.filter(day=clock.today()).values("user")
    due = Delivery.objects.filter(state=DeliveryState.DAILY, digest=None, at__lt=min(cut(), clock.now())).exclude(notice__user__in=had)
    waiting: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for user, pk, read_at in due.values_list("notice__user", "pk", "notice__read_at"):
        waiting[user].append((pk, read_at is not None))
    users = sorted(waiting)
    for start in range(0, len(users), PART):
        _compose({user: waiting[user] for user in users[start : start + PART]})


def _compose(waiting: Mapping[int, list[tuple[int, bool]]]) -> None:
    """The letters of these people, from their deliveries; what they have read by now is not in them."""
    today, now = clock.today(), clock.now()
    with transaction.atomic():
        held = User.objects.select_for_update(of=("self",)).filter(pk__in=waiting).order_by("pk")
        had = set(Digest.objects.filter(user__in=waiting, day=today).values_list("user", flat=True))
        people = {user.pk: user for user in held if user.pk not in had}
        read = [pk for user in people for pk, is_read in waiting[user] if is_read]
        told = {user: unread for user in people if (unread := [pk for pk, is_read in waiting[user] if not is_read])}
        away = [pk for user in told if not reachable(people[user]) for pk in told[user]]
        Delivery.objects.filter(pk__in=read).update(state=DeliveryState.READ, at=now)
        Delivery.objects.filter(pk__in=away).update(state=DeliveryState.SKIPPED, at=now)
        reached = [user for user in told if reachable(people[user])]
        Digest.objects.bulk_create(Digest(user_id=user, day=today, at=now) for user in reached)
        of_today = Digest.objects.filter(day=today, user__notices=OuterRef("notice")).values("pk")
        Delivery.objects.filter(pk__in=[pk for user in reached for pk in told[user]]).update(digest=Subquery(of_today))


def queue_digests(user_ids: list[int]) -> None:
    """Let a job send the letters of these people, behind what else waits."""
    jobs.enqueue(import_string(SEND).using(priority=BEHIND), user_ids=user_ids)


def send_digests(user_ids: Collection[int]) -> list[int]:
    """Send the letters of these people that wait; who sleeps gets none now. Returns for whom there was no time.

    As with single notices: claimed together, recorded one by one.
    """
    quiet = quiet_until(user_ids, clock.now())
    people = {user.pk: user for user in User.objects.filter(pk__in=user_ids).exclude(pk__in=quiet)}
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


def _claimed(people: Mapping[int, User]) -> list[Digest]:
    """The open letters of these people, now ours; each knows which try this is."""
    with transaction.atomic():
        letters = list(_open_letters().select_for_update(of=("self",)).filter(user__in=people).order_by("user", "day"))
        claimed = Digest.objects.filter(pk__in=[one.pk for one in letters])
        claimed.update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now())
    for one in letters:
        one.tries += 1
    return letters


def _inside(letters: list[Digest]) -> dict[int, list[Delivery]]:
    """What each letter holds."""
    inside: dict[int, list[Delivery]] = {letter.pk: [] for letter in letters}
    rows = Delivery.objects.filter(digest__in=letters).select_related("notice").order_by("notice")
    for one in rows:  # the state is asked here: in the statement its index would lead the database past all that waits
        if one.state == DeliveryState.DAILY:
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
