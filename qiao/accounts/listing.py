"""The lists of people with accounts and of posts: columns, what narrows them, exports."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.ui.listing import Column, Listing, Shown

from .forms import PeopleFilter, PostFilter, SlipFilter
from .models import Post, User

IDLE = dt.timedelta(days=90)
"""An account not used for so long is looked at: stale rights are to be removed (GB/T 22239-2019, 8.1.4.2)."""
REVIEW = dt.timedelta(days=182)


def _named(to_user: str) -> Any:
    def narrow(rows: Any, words: str) -> Any:
        text = words.strip()
        name = Q(**{f"{to_user}person__name__contains": text}) | Q(**{f"{to_user}person__pinyin__startswith": text.lower()})
        return rows.filter(name | Q(**{f"{to_user}login__startswith": text}))

    return narrow


def _holding(field: str) -> Any:
    return lambda rows, value: rows.filter(pk__in=Post.objects.filter(**{field: value}).current(clock.today()).values("user"))


def _account_state(rows: Any, state: str) -> Any:
    if state == "never":
        return rows.filter(last_login=None)
    if state == "new":
        return rows.unactivated()
    if state == "idle":
        return rows.filter(last_login__lt=clock.now() - IDLE)
    if state == "none":
        return rows.exclude(pk__in=Post.objects.current(clock.today()).values("user"))
    return rows.filter(is_active=False)


def account_in_words(user: User) -> str:
    """Whether a person can sign in, and why not."""
    if not user.is_active:
        return _("Closed")
    return _("Open") if user.has_usable_password() else _("No password yet")


def moment(at: dt.datetime | None) -> str:
    """A time to the minute, for files."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


@dataclasses.dataclass(frozen=True)
class PeopleListing(Listing):
    """Shows the people of one's own congress unless another is asked for."""

    def show(self, request: HttpRequest, rows: QuerySet[Any], **form_args: Any) -> Shown:
        """Narrow to one congress first: one's own, or a chosen one directly below."""
        asked = request.GET.get("congress", "")
        where = [int(asked)] if asked.isdecimal() and len(asked) < 19 else list(form_args["actor"].congresses)  # noqa: PLR2004
        near = Q(congress__in=where) | Q(pk__in=Post.objects.filter(congress__in=where).values("user"))
        return super().show(request, rows.filter(near), **form_args)


PEOPLE = PeopleListing(
    name="accounts",
    columns=[
        Column("name", gettext_lazy("Name"), lambda u: u.person.name, ("person__pinyin", "person__name")),
        Column("login", gettext_lazy("Sign-in name"), lambda u: u.login, ("login",)),
        Column("posts", gettext_lazy("Posts"), lambda u: "; ".join(str(post) for post in u.posts.all() if not post.is_over)),
        Column("seen", gettext_lazy("Last sign-in"), lambda u: moment(u.last_login), ("last_login",), blanks_last=True),
        Column("state", gettext_lazy("Account"), account_in_words),
    ],
    filters=PeopleFilter,
    narrow={
        "q": _named(""),
        "role": _holding("role"),
        "unit": _holding("unit"),
        "state": _account_state,
        "congress": lambda rows, _one: rows,
    },
    order="name",
)


def _slip_state(rows: Any, state: str) -> Any:
    if state == "none":
        return rows.filter(activation=None)
    now = clock.now()
    return rows.filter(activation__ends_at__gt=now) if state == "holds" else rows.filter(activation__ends_at__lte=now)


def slip_in_words(user: User) -> str:
    """Whether there is a slip for an account, and until when it holds."""
    slip = getattr(user, "activation", None)
    if slip is None:
        return _("None yet")
    return _("Ended") if slip.is_over else _("Holds until %(day)s") % {"day": timezone.localdate(slip.ends_at).isoformat()}


SLIPS = PeopleListing(
    name="slips",
    columns=[
        *PEOPLE.columns[:3],
        Column("slip", gettext_lazy("Slip"), slip_in_words, ("activation__ends_at",), blanks_last=True),
    ],
    filters=SlipFilter,
    narrow={**PEOPLE.narrow, "state": _slip_state},
    order="name",
)


def _post_state(rows: Any, state: str) -> Any:
    today = clock.today()
    if state == "due":
        old = today - REVIEW
        return rows.current(today).filter(Q(reviewed_on=None, starts__lt=old) | Q(reviewed_on__lt=old))
    if state == "ended":
        return rows.filter(Q(ends__lte=today) | Q(expires_at__lte=clock.now()))
    return rows


@dataclasses.dataclass(frozen=True)
class PostListing(Listing):
    """Shows what is held today unless a state is asked for."""

    def show(self, request: HttpRequest, rows: QuerySet[Any], **form_args: Any) -> Shown:
        """Without a choice, the posts held today."""
        held: Any = rows
        return super().show(request, rows if request.GET.get("state") else held.current(clock.today()), **form_args)


POSTS = PostListing(
    name="posts",
    columns=[
        Column("name", gettext_lazy("Name"), lambda p: p.user.person.name, ("user__person__pinyin", "user__person__name")),
        Column("login", gettext_lazy("Sign-in name"), lambda p: p.user.login),
        Column("role", gettext_lazy("Role"), lambda p: p.role, ("role__id",)),
        Column("unit", gettext_lazy("Handling unit"), lambda p: p.unit, ("unit__name",)),
        Column("rank", gettext_lazy("Rank in the unit"), lambda p: p.get_rank_display() if p.rank else ""),
        Column("starts", gettext_lazy("From"), lambda p: p.starts, ("starts",)),
        Column("ends", gettext_lazy("Until"), lambda p: moment(p.expires_at) or p.ends, ("ends",), blanks_last=True),
        Column("seen", gettext_lazy("Last sign-in"), lambda p: moment(p.user.last_login), ("user__last_login",), blanks_last=True),
        Column("reviewed_on", gettext_lazy("Last confirmed"), lambda p: p.reviewed_on, ("reviewed_on",)),
    ],
    filters=PostFilter,
    narrow={
        "q": _named("user__"),
        "role": lambda rows, role: rows.filter(role=role),
        "unit": lambda rows, unit: rows.filter(unit=unit),
        "state": _post_state,
    },
    order="name",
)
