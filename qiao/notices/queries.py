"""Reads that pages need."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from qiao.accounts.models import Post, User
from qiao.kernel import clock
from qiao.kernel.anonymity import hidden
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.queries import values_of

from .channels import others
from .models import Channel, Delivery, Notice, Preference, Quiet
from .quiet import Hours

COUNT_LIMIT = 100
"""Nobody reads a larger number; counting stops there."""


def unread_count(user: Any) -> int:
    """How many unread notices a person has, at most 100."""
    return Notice.objects.filter(user=user, read_at=None).order_by()[:COUNT_LIMIT].count()


def named(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Deliveries that know whether their recipient may be named with the matter."""
    found = list(deliveries)
    known = hidden(one.notice.trail for one in found)
    for one in found:
        one.is_unnamed = one.notice.user_id in known.get(one.notice.trail, ())
    return found


def mine(actor: Actor) -> QuerySet[Notice]:
    """An actor's notices, each knowing whether it ``is_read``, to order by."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    rows: QuerySet[Notice] = Notice.objects.visible_to(actor).annotate(is_read=is_read)
    return rows


def wishes(users: Iterable[int]) -> dict[int, Preference]:
    """What people have chosen about notices; only those who have chosen something. One query."""
    return {chosen.user_id: chosen for chosen in Preference.objects.filter(user__in=list(users))}


def congress_acted_for(users: Collection[int]) -> dict[int, int]:
    """The congress of each person's oldest post of today. One query."""
    posts = Post.objects.filter(user__in=users).current(clock.today()).order_by("-pk").values_list("user", "congress")
    return dict(posts)  # the oldest post is the last written


def quiet_hours(users: Collection[int]) -> dict[int, Hours]:
    """The quiet hours that hold for each of these people, of those who have any: their own, else those of the congress they act for."""
    chosen, acting = wishes(users), congress_acted_for(users)
    codes = values_of("quiet_hours", acting.values(), clock.today())
    found: dict[int, Hours | None] = {}
    for user in users:
        wish = chosen.get(user)
        if wish and wish.quiet == Quiet.OWN and wish.quiet_from and wish.quiet_to:
            found[user] = Hours(wish.quiet_from, wish.quiet_to)
        elif user in acting and not (wish and wish.quiet == Quiet.NONE):
            found[user] = Hours.of(codes[acting[user]])
    return {user: hours for user, hours in found.items() if hours}


def hours_of_congress(actor: Actor) -> str:
    """The quiet hours of the congress acted for, in words."""
    codes = values_of("quiet_hours", actor.congresses, clock.today())
    return next((CATALOGUE["quiet_hours"].words(code)[0] for code in codes.values()), "")


def quiet_until(users: Collection[int], moment: dt.datetime) -> dict[int, dt.datetime]:
    """Until when each of these people is not to be reached, of those for whom it is quiet now."""
    return {user: end for user, hours in quiet_hours(users).items() if (end := hours.end_after(moment))}


def allowed_channels(users: Collection[int]) -> dict[int, set[str]]:
    """By which ways besides mail the congress of each of these people lets them be reached."""
    acting = congress_acted_for(users) if users else {}
    codes = values_of("outside_channels", acting.values(), clock.today())
    usual: list[str] = CATALOGUE["outside_channels"].default
    return {user: set(codes[acting[user]] if user in acting else usual) for user in users}


def ways_of(user: int) -> list[Channel]:
    """By which ways besides mail a person may let themselves be reached."""
    ways = others()
    allowed = allowed_channels([user])[user] if ways else set()
    return [way for way in ways if way in allowed]


@dataclass(frozen=True)
class Manner:
    """In whose name a message goes to a person, and how much of the notice it says: its ``kind`` or its ``title``."""

    congress: str = ""
    says: str = "kind"


def manners(users: Collection[int]) -> dict[int, Manner]:
    """How each of these people is spoken to outside the product, of those who act for a congress."""
    acting = congress_acted_for(users)
    says = values_of("outside_words", acting.values(), clock.today())
    names = dict(Congress.objects.filter(pk__in=set(acting.values())).values_list("pk", "name"))
    return {user: Manner(names[congress], says[congress]) for user, congress in acting.items()}


def reachable(user: User) -> bool:
    """Whether mail can reach a person."""
    return user.is_active and bool(user.person.email)


def language_of(user: User) -> str:
    """The language a person is written to in."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
