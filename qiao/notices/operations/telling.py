"""Telling people: the notice, and how it goes out to each."""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.policy import Actor, Words
from qiao.notices.channels import others
from qiao.notices.groups import Group, group_of
from qiao.notices.models import TITLE_LIMIT, Channel, Delivery, DeliveryState, Notice, Preference, When
from qiao.notices.queries import allowed_channels, language_of, reachable, wishes

from .sending import refill, send


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
    said = {language: _said(template, context, language) for language in {language_of(user) for user in people.values()}}
    at = clock.now()
    return _keep(
        [Notice(user=user, code=code, title=title, body=body, url=url, trail=trail, at=at)
         for user in people.values() for title, body in (said[language_of(user)],)]
    )  # fmt: skip


def reword(trail: str, names: Iterable[str], instead: Words, *, but: Collection[int]) -> None:
    """Put other words in the place of names, in what was told about a matter to anybody but these persons; for the bodies of operations.

    What has gone out by mail cannot be called back.
    """
    for notice in Notice.objects.filter(trail=trail).exclude(user__person__in=but).select_related("user"):
        with translation.override(language_of(notice.user)):
            said = [reduce(lambda text, name: text.replace(name, str(instead)), names, text) for text in (notice.title, notice.body)]
        if said != [notice.title, notice.body]:
            Notice.objects.filter(pk=notice.pk).update(title=said[0][:TITLE_LIMIT], body=said[1])


def announce(users: Iterable[User], *, code: str, title: str, body: str, url: str, trail: str) -> list[Notice]:
    """Say a text to very many people as it was written; their mail goes out behind what else waits."""
    at = clock.now()
    notices = [Notice(user=user, code=code, title=title, body=body, url=url, trail=trail, at=at) for user in users]
    return _keep(notices, behind=True)


def _keep(notices: list[Notice], *, behind: bool = False) -> list[Notice]:
    """Write notices of one code and how each goes out; ``behind`` what else waits, or at once."""
    made = Notice.objects.bulk_create(notices, batch_size=500)
    at_once = DeliveryState.BEHIND if behind else DeliveryState.WAITING
    going = deliveries(made, group_of(made[0].code), at_once) if made else []
    Delivery.objects.bulk_create(going, batch_size=500)
    if behind:
        refill()
    else:
        send((delivery.channel, delivery.notice_id) for delivery in going if delivery.state == at_once)
    return made


def deliveries(made: Collection[Notice], group: Group, at_once: DeliveryState) -> list[Delivery]:
    """How each notice goes out: as its recipient has chosen for this kind, if there is an address."""
    ways = others()
    asked = [notice.user_id for notice in made if ways or reachable(notice.user)]
    chosen = wishes(asked) if asked else {}
    by_mail = [
        Delivery(notice=notice, at=notice.at, state=_way(group, chosen.get(notice.user_id), at_once, reached=reachable(notice.user)))
        for notice in made
    ]
    return by_mail + [
        Delivery(notice=notice, at=notice.at, channel=way, state=at_once) for notice, way in _besides(made, group, chosen, ways)
    ]


def _way(group: Group, wish: Preference | None, at_once: DeliveryState, *, reached: bool) -> DeliveryState:
    if not reached:
        return DeliveryState.SKIPPED
    when = wish.when(Channel.MAIL, group.key) if wish else When.NOW
    if when == When.NEVER and not group.because:
        return DeliveryState.UNWANTED
    return DeliveryState.DAILY if when == When.DAILY else at_once


def _besides(
    made: Collection[Notice], group: Group, chosen: Mapping[int, Preference], ways: list[Channel]
) -> Iterable[tuple[Notice, Channel]]:
    """The notices that go by other ways than mail too: to those who have asked for it, where their congress allows it."""
    asked = [(notice, way) for notice in made if notice.user_id in chosen for way in ways
             if chosen[notice.user_id].when(way, group.key) == When.NOW]  # fmt: skip
    allowed = allowed_channels({notice.user_id for notice, _way in asked})
    return ((notice, way) for notice, way in asked if way in allowed[notice.user_id])


def _said(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        text = get_template(template).template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]
    title, _line, body = text.strip().partition("\n")
    title = " ".join(title.split())
    if not title:
        raise ValueError(f"{template} says nothing")
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…", body.strip()
