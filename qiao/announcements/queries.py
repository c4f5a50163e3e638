"""Whom an announcement reaches."""

import functools
import operator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from qiao.accounts.models import Post, User
from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.orgs.models import Congress

from .models import Announcement, Audience

LINES = ("pk", "superior", "superior__superior", "superior__superior__superior", "superior__superior__superior__superior")
"""From a congress up the five tiers."""


def recipients(of: Announcement) -> QuerySet[User]:
    """The accounts it is for, by rising number; who has no account hears it otherwise."""
    people = User.objects.filter(is_active=True)
    mandates = _mandates(of)
    if mandates is not None:
        found: QuerySet[User] = people.filter(person__in=mandates.order_by().values("person"))
    else:
        found = people.filter(pk__in=_posts(of).order_by().values("user"))
    return found.order_by("pk")


def _mandates(of: Announcement) -> QuerySet[Mandate] | None:
    """The mandates whose holders are meant; None where posts are."""
    office: QuerySet[Mandate] = Mandate.objects.in_office()
    if of.audience == Audience.DEPUTIES:
        return office.filter(congress=of.congress_id)
    if of.audience == Audience.BELOW:
        tiers = functools.reduce(operator.or_, (Q(**{line: of.congress_id}) for line in LINES))
        return office.filter(congress__in=Congress.objects.filter(tiers).order_by().values("pk"))
    if of.audience == Audience.DELEGATIONS:
        return office.filter(congress=of.congress_id, delegation__in=of.picks)
    return None


def _posts(of: Announcement) -> QuerySet[Post]:
    held: QuerySet[Post] = Post.objects.current(clock.today()).filter(congress=of.congress_id)
    return held.filter(unit__in=of.picks) if of.audience == Audience.UNITS else held.filter(role__in=of.picks)


@dataclass(frozen=True)
class Preview:
    """How many it reaches: in the product, of them by e-mail, and how many deputies have no account."""

    people: int
    with_mail: int
    without_account: int


def preview(of: Announcement) -> Preview:
    """What sending it would come to, counted now."""
    found, mandates = recipients(of), _mandates(of)
    missing = 0
    if mandates is not None:
        persons = mandates.order_by().values("person").distinct()
        missing = persons.exclude(person__in=User.objects.filter(is_active=True).order_by().values("person")).count()
    return Preview(found.count(), found.exclude(person__email="").count(), missing)
