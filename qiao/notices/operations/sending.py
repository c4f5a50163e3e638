"""Sending what was told, and writing down what became of it."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from qiao.accounts.models import User
from qiao.kernel import clock, jobs
from qiao.kernel.anonymity import hidden
from qiao.notices import mail
from qiao.notices.carrier import Carrier
from qiao.notices.channels import address_of, own_addresses
from qiao.notices.gateway import Messenger
from qiao.notices.groups import group_of
from qiao.notices.models import Channel, Delivery, DeliveryState
from qiao.notices.queries import language_of, manners, quiet_until

from .recording import after, log_tries, refused_of, remember

BATCH = 100
"""Notices one background job sends: a message to ten thousand people does not hold up the next one."""
TURN = 30.0
"""Seconds after which a job leaves the rest of its batch to another, so that a slow server does not hold a worker."""
MOST = 5000
"""Deliveries taken up at once; the rest a quarter of an hour later."""
STALE = dt.timedelta(minutes=15)
"""After this long a delivery still waiting, or begun and never finished, is taken up again."""
BEHIND = -50
"""The priority of what goes to very many: whatever else waits goes first."""
LANES = 8
"""Jobs for very many that wait at one time; each, when it ends, lets the next one wait."""
SEND = "qiao.notices.tasks.send_out"
"""By its name: tasks are a door and call operations, never the other way."""


def send(going: Iterable[tuple[str, int]], *, priority: int = 0) -> None:
    """Queue what is to go out, given as channel and notice: a batch of one channel a job."""
    by_channel = defaultdict(list)
    for channel, notice in going:
        by_channel[channel].append(notice)
    job = import_string(SEND).using(priority=priority)
    for channel, notices in sorted(by_channel.items()):
        for start in range(0, len(notices), BATCH):
            jobs.enqueue(job, channel=channel, notice_ids=notices[start : start + BATCH], priority=priority)


def refill() -> None:
    """Let the next of what stands behind wait to be sent, so many jobs at a time: however many are told, the queue stays short."""
    while not jobs.later() or jobs.waiting(SEND, priority=BEHIND) < LANES:
        if not _next_lane():
            return


def _next_lane() -> bool:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True).filter(state=DeliveryState.BEHIND)
        lane = list(rows.order_by("at", "pk").values_list("pk", "channel", "notice")[:BATCH])
        Delivery.objects.filter(pk__in=[pk for pk, _channel, _notice in lane]).update(state=DeliveryState.WAITING, at=clock.now())
        send([(channel, notice) for _pk, channel, notice in lane], priority=BEHIND)
    return bool(lane)


@dataclass
class Left:
    """What a job has not sent: the notices to be tried again later, and those for which there was no time."""

    again: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)


def deliver(notice_ids: Iterable[int], channel: str = Channel.MAIL) -> Left:
    """Send notices by one channel and record what became of each; returns what is left.

    They are claimed together, so that of two jobs with the same notices only one sends, and each is recorded by itself at once: a worker
    that is killed leaves at most one that went out and is not known to have. A failure is written down, never raised: the people who
    acted have nothing to do with the server.
    """
    waiting = Delivery.objects.filter(notice__in=list(notice_ids), channel=channel, state=DeliveryState.WAITING)
    found = _claimed(_awake(list(waiting.select_related("notice__user__person").order_by("id"))))
    people = {delivery.notice.user_id for delivery in found}
    own, refused = own_addresses(people, channel), refused_of(people)
    until, left = time.monotonic() + TURN, Left()
    with _carrier(channel, found) as carrier:
        for number, delivery in enumerate(found):
            if time.monotonic() > until:
                left.rest = _given_back(found[number:])
                break
            state = _delivered(delivery, carrier, address_of(delivery.notice.user, channel, own), refused)
            left.again += [delivery.notice_id] if state == DeliveryState.WAITING else []
    return left


def _carrier(channel: str, found: Collection[Delivery]) -> Carrier:
    if channel == Channel.MAIL:
        return mail.Postman()
    return Messenger(channel, manners({one.notice.user_id for one in found}), hidden(one.notice.trail for one in found))


def _awake(found: list[Delivery]) -> list[Delivery]:
    """Those whose recipients may be reached now; the others wait for the end of the quiet hours."""
    now = clock.now()
    calm = [delivery for delivery in found if not group_of(delivery.notice.code).urgent]
    quiet = quiet_until({delivery.notice.user_id for delivery in calm}, now) if calm else {}
    held = [delivery for delivery in calm if delivery.notice.user_id in quiet]
    for delivery in held:
        delivery.not_before = quiet[delivery.notice.user_id]
    Delivery.objects.bulk_update(held, ["not_before"])
    asleep = {delivery.pk for delivery in held}
    return [delivery for delivery in found if delivery.pk not in asleep]


def _claimed(found: list[Delivery]) -> list[Delivery]:
    """Those that nobody else has claimed meanwhile, now ours; each knows which try this is."""
    with transaction.atomic():
        held = Delivery.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in found], state=DeliveryState.WAITING)
        tries = dict(held.values_list("pk", "tries"))
        Delivery.objects.filter(pk__in=tries).update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now())
    ours = [one for one in found if one.pk in tries]
    for one in ours:
        one.tries = tries[one.pk] + 1
    return ours


def _given_back(claimed: list[Delivery]) -> list[int]:
    """Let those for which there was no time wait again, as if they had not been claimed; their notices."""
    rows = Delivery.objects.filter(pk__in=[one.pk for one in claimed], state=DeliveryState.SENDING)
    rows.update(state=DeliveryState.WAITING, tries=F("tries") - 1, at=clock.now())
    return [one.notice_id for one in claimed]


def _delivered(delivery: Delivery, carrier: Carrier, address: str, refused: set[int]) -> DeliveryState:
    """Send a claimed delivery and write down how it ended."""
    user: User = delivery.notice.user
    failure = carrier.carry(delivery.notice, address, language_of(user)) if address else None
    state = after(failure, delivery.tries) if address else DeliveryState.SKIPPED
    error = failure.reason[:300] if failure else ""
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=state, error=error, at=clock.now())
        log_tries([delivery], state, failure, address)
        if address and delivery.channel == Channel.MAIL:
            remember(user, failure, refused)
    return state


def send_waiting() -> int:
    """Take up every delivery that has waited too long, was begun and never finished, or slept until now; returns how many."""
    now = clock.now()
    Delivery.objects.filter(state=DeliveryState.SENDING, at__lt=now - STALE).update(state=DeliveryState.WAITING)
    waiting = Delivery.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state=DeliveryState.WAITING, at__lt=now - STALE)
    late = list(waiting.order_by("at").values_list("pk", "channel", "notice_id")[:MOST])
    Delivery.objects.filter(pk__in=[pk for pk, _channel, _notice in late]).update(at=now)  # not queued again a quarter of an hour later
    send((channel, notice) for _pk, channel, notice in late)
    refill()
    return len(late)
