"""Telling people, sending what was told, and marking it as read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock, jobs
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from . import mail, policy
from .models import TITLE_LIMIT, Delivery, DeliveryState, Notice

BATCH = 100
"""Notices one background job sends: a message to ten thousand people does not hold up the next one."""
TRIES = 3
STALE = dt.timedelta(minutes=15)
"""After this long a delivery still waiting, or begun and never finished, is taken up again."""
SEND = "qiao.notices.tasks.send_mail"
"""By its name: tasks are a door and call operations, never the other way."""


def tell(
    users: Iterable[User],
    *,
    code: str,
    template: str,
    context: Mapping[str, Any],
    url: str,
    trail: str,
    actor: Actor,
    also_actor: bool = False,
) -> list[Notice]:
    """Say to people what was done; for the bodies of other operations, in whose transaction it stands or falls.

    ``code`` is the operation's, ``url`` the path of the page to look at, ``trail`` the ``noun:pk`` it belongs to. The
    ``template`` (``<app>/notices/<name>.txt``) is rendered once in each language needed: its first line is the title,
    the rest the text. Everybody is told once, however often they are named; whoever acted knows already and is told
    only with ``also_actor``. It moves no object and has no line in the journal: the operation that caused it has.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"a notice leads to a page of ours, not to {url!r}")
    acted = actor.user.pk if actor.user and not also_actor else None
    people = {user.pk: user for user in users if user.pk != acted}
    said = {language: _said(template, context, language) for language in {_language(user) for user in people.values()}}
    at = clock.now()
    made = Notice.objects.bulk_create(
        [Notice(user=user, code=code, title=title, body=body, url=url, trail=trail, at=at)
         for user in people.values() for title, body in (said[_language(user)],)],
        batch_size=500,
    )  # fmt: skip
    Delivery.objects.bulk_create(
        [Delivery(notice=n, at=at, state=DeliveryState.WAITING if _reachable(n.user) else DeliveryState.SKIPPED) for n in made],
        batch_size=500,
    )
    _send([notice.pk for notice in made if _reachable(notice.user)])
    return made


def _reachable(user: User) -> bool:
    return user.is_active and bool(user.person.email)


def _language(user: User) -> str:
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _said(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        text = get_template(template).template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]
    title, _line, body = text.strip().partition("\n")
    title = " ".join(title.split())
    if not title:
        raise ValueError(f"{template} says nothing")
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…", body.strip()


def _send(notice_ids: list[int]) -> None:
    for start in range(0, len(notice_ids), BATCH):
        jobs.enqueue(import_string(SEND), notice_ids=notice_ids[start : start + BATCH])


@operation(Permit("notice.read", policy.is_recipient, _("Mark as read")))
def mark_read(notice: Notice, *, actor: Actor) -> None:
    """The person has seen it; the first time counts."""
    notice.read_at = notice.read_at or clock.now()


@operation(Permit("notice.read_all", policy.is_oneself, _("Mark all as read")))
def mark_all_read(user: User, *, actor: Actor) -> None:
    """The person has seen everything sent until now."""
    Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())


def deliver(notice_ids: Iterable[int]) -> list[int]:
    """Send notices by e-mail and record what became of each; returns those to be tried again later.

    Each delivery is claimed by itself before it is sent, so that of two jobs with the same notices only one sends.
    A failure is written down, never raised: the people who acted have nothing to do with the mail server.
    """
    waiting = Delivery.objects.filter(notice__in=list(notice_ids), state=DeliveryState.WAITING)
    again = []
    with mail.Postman() as postman:
        for delivery in waiting.select_related("notice__user__person").order_by("id"):
            if _claimed(delivery):
                again += [delivery.notice_id] if _delivered(delivery, postman) == DeliveryState.WAITING else []
    return again


def _claimed(delivery: Delivery) -> bool:
    open_ = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    return bool(open_.update(state=DeliveryState.SENDING, tries=F("tries") + 1, at=clock.now()))


def _delivered(delivery: Delivery, postman: mail.Postman) -> DeliveryState:
    """Send a claimed delivery and write down how it ended."""
    person = delivery.notice.user
    if not _reachable(person):
        state, error = DeliveryState.SKIPPED, ""
    elif error := postman.send(delivery.notice, _language(person)):
        state = DeliveryState.FAILED if delivery.tries + 1 >= TRIES else DeliveryState.WAITING
    else:
        state = DeliveryState.SENT
    Delivery.objects.filter(pk=delivery.pk).update(state=state, error=error[:300], at=clock.now())
    return state


def send_waiting() -> int:
    """Take up every delivery that has waited too long or was begun and never finished; returns how many."""
    old = Delivery.objects.filter(at__lt=clock.now() - STALE)
    old.filter(state=DeliveryState.SENDING).update(state=DeliveryState.WAITING)
    late = list(old.filter(Q(state=DeliveryState.WAITING)).order_by("notice_id").values_list("notice_id", flat=True))
    _send(late)
    return len(late)
