"""Reads about signing in: whether a name or an address is locked, and what a person must set up first."""

import datetime as dt
import hmac

from django.conf import settings
from django.db.models import QuerySet

from qiao.kernel import clock
from qiao.kernel.journal import trail_of
from qiao.kernel.models import Entry
from qiao.rulebook.queries import rules_for

from . import codes
from .models import Factor, FailedSignIn, Post, Role, User


def locked_until(login: str, address: str) -> dt.datetime | None:
    """When signing in opens again for a name or from an address after too many failures; None while it is open.

    The account's limit is low, the address's high: whoever guesses one password soon stops, and an office behind one address does not.
    """
    now, lock = clock.now(), dt.timedelta(minutes=settings.LOCK_MINUTES)
    lately = FailedSignIn.objects.filter(at__gt=now - 2 * lock)
    ends = [
        _end(lately.filter(login=login), settings.SIGN_IN_FAILURES, lock),
        _end(lately.filter(address=address), settings.ADDRESS_FAILURES, lock) if address else None,
    ]
    return max((end for end in ends if end and end > now), default=None)


def _end(rows: QuerySet[FailedSignIn], most: int, lock: dt.timedelta) -> dt.datetime | None:
    """The end of a lock that began with the last of so many failures close together."""
    times = list(rows.order_by("-at").values_list("at", flat=True)[:most])
    full = len(times) == most and times[0] - times[-1] < lock
    return times[0] + lock if full else None


def holder_of_slip(login: str, code: str) -> User | None:
    """Whose account a code opens, whether the slip still holds or has ended; None where name and code do not belong together."""
    user = User.objects.unactivated().filter(login=login.strip()).select_related("activation").first()
    slip = getattr(user, "activation", None)
    return user if slip and hmac.compare_digest(slip.mark, codes.fingerprint(code)) else None


def asks_for_factor(user: User) -> bool:
    """Whether a congress asks for a second factor in one of the posts a person holds today."""
    today = clock.today()
    held = Post.objects.filter(user=user).current(today).select_related("role", "congress")
    return any(post.role.code in rules_for(post.congress, today)["second_factor_required"] for post in held)


def has_factor(user: User) -> bool:
    """Whether the person signs in with a second factor: an authenticator or a passkey."""
    return Factor.objects.filter(user=user).exists()


def has_authenticator(user: User) -> bool:
    """Whether the person signs in with the codes of an authenticator."""
    return Factor.objects.filter(user=user).exclude(secret="").exists()


def needs_factor(user: User) -> bool:
    """Whether a person must set up a second factor before anything else."""
    return not has_factor(user) and asks_for_factor(user)


def seeded_grants(role: Role) -> set[str]:
    """The permissions that the product has ever given a role by itself, from the journal; none where people have made the role."""
    lines = Entry.objects.filter(trail=trail_of(role), code="role.seed").values_list("changes", flat=True)
    return {grant for changes in lines for grant in changes.get("grants", [None, []])[1]}
