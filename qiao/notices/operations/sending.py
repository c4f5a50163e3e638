"""Sending what was told, and writing down what became of it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.module_loading import import_string

from qiao.kernel import clock, jobs
from qiao.notices import mail
from qiao.notices.groups import group_of
from qiao.notices.models import Delivery, DeliveryState
from qiao.notices.queries import language_of, quiet_until, reachable

from .recording import log_tries

BATCH = 100
"""Notices one background job sends: a message to ten thousand people does not hold up the next one."""
MOST = 5000
"""Deliveries taken up at once; the rest a quarter of an hour later."""
TRIES = 3
STALE = dt.timedelta(minutes=15)
"""After this long a delivery still waiting, or begun and never finished, is taken up again."""
SEND = "qiao.notices.tasks.send_mail"
"""By its name: tasks are a door and call operations, never the other way."""


def send(notice_ids: list[int]) -> None:
    """Queue what is to go out, a batch a job."""
    for start in range(0, len(notice_ids), BATCH):
        jobs.enqueue(import_string(SEND), notice_ids=notice_ids[start : start + BATCH])


def deliver(notice_ids: Iterable[int]) -> list[int]:
    """Send notices by e-mail and record what became of each; returns those to be tried again later.

    Each delivery is claimed by itself before it is sent, so that of two jobs with the same notices only one sends.
    A failure is written down, never raised: the people who acted have nothing to do with the mail server.
    """
    waiting = Delivery.objects.filter(notice__in=list(notice_ids), state=DeliveryState.WAITING)
    found = _awake(list(waiting.select_related("notice__user__person").order_by("id")))
    again = []
    with mail.Postman() as postman:
        for delivery in found:
            if _claimed(delivery):
                again += [delivery.notice_id] if _delivered(delivery, postman) == DeliveryState.WAITING else []
    return again


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


def _claimed(delivery: Delivery) -> bool:
    open_ = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    return bool(open_.update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now()))


def _delivered(delivery: Delivery, postman: mail.Postman) -> DeliveryState:
    """Send a claimed delivery and write down how it ended."""
    person = delivery.notice.user
    if not reachable(person):
        state, error = DeliveryState.SKIPPED, ""
    elif error := postman.send(mail.letter(delivery.notice, language_of(person))):
        state = DeliveryState.FAILED if delivery.tries + 1 >= TRIES else DeliveryState.WAITING
    else:
        state = DeliveryState.SENT
    Delivery.objects.filter(pk=delivery.pk).update(state=state, error=error[:300], at=clock.now())
    log_tries([delivery], state, error, person.person.email)
    return state


def send_waiting() -> int:
    """Take up every delivery that has waited too long, was begun and never finished, or slept until now; returns how many."""
    now = clock.now()
    Delivery.objects.filter(state=DeliveryState.SENDING, at__lt=now - STALE).update(state=DeliveryState.WAITING)
    waiting = Delivery.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state=DeliveryState.WAITING, at__lt=now - STALE)
    late = dict(waiting.order_by("at").values_list("pk", "notice_id")[:MOST])
    Delivery.objects.filter(pk__in=list(late)).update(at=now)  # what is queued is not queued again a quarter of an hour later
    send(sorted(set(late.values())))
    return len(late)
