"""Giving posts, ending them, confirming them in the periodic review, and help sessions."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import policy
from qiao.accounts.models import Post, Role, User
from qiao.kernel import clock, journal
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system
from qiao.orgs.models import Congress, Unit

MOST_HELP_HOURS = 24
"""A help session is for a working day; what needs longer is a post."""


@operation(Permit("post.grant", policy.give_posts, gettext_lazy("Give a post")))
def grant_post(
    congress: Congress,
    *,
    actor: Actor,
    user: User,
    role: str,
    unit: Unit | None = None,
    rank: str = "",
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Post:
    """Let a person act in a role for the congress, or for one of its units, from a day on (default: today) until a day."""
    if unit and unit.congress_id != congress.pk:
        raise Unfit(_("The unit belongs to another congress."))
    post = Post(
        user=user, role=Role.objects.get(code=role), congress=congress, unit=unit, rank=rank, starts=starts or clock.today(), ends=ends
    )
    check_giving(actor, post)
    post.full_clean()
    post.save()
    return post


@operation(Permit("post.appoint_first", policy.appoint_first, gettext_lazy("Appoint the first administrators")))
def appoint_first(congress: Congress, *, actor: Actor, user: User, duty: str) -> Post:
    """Give the post of security or audit administrator to somebody, if nobody has ever held it here."""
    if duty not in policy.vacant_duties(congress):
        raise Unfit(_("This duty has been given already; whoever keeps the posts decides on it."))
    if actor.user is not None and actor.user.pk == user.pk:
        raise NotAllowed(_("Nobody gives a post to themselves."))
    role = Role.objects.get(duty=duty)
    given: Post = grant_post(congress, actor=actor.lend("post.appoint_first"), user=user, role=role.code)
    return given


def check_giving(actor: Actor, post: Post) -> None:
    """Nobody gives what they could not be given, nor anything to themselves; nobody holds two administrators' duties.

    Nor does a post reach an account that is kept elsewhere: who keeps the posts of a congress would come by its password.
    """
    if actor.user is not None and actor.user.pk == post.user_id:
        raise NotAllowed(_("Nobody gives a post to themselves."))
    if not (said := policy.may_decide_on(actor, post)):
        raise NotAllowed(said.reason)
    if not actor.is_system and not User.objects.visible_to(actor).filter(pk=post.user_id).exists():
        raise NotAllowed(_("This account is kept elsewhere."))
    if post.ends and post.ends <= post.starts:
        raise Unfit(_("A post must end after it begins."))
    others = Post.objects.filter(Q(ends=None) | Q(ends__gt=post.starts), user=post.user).exclude(role__duty__in=["", post.role.duty])
    if post.role.duty and others.exists():
        raise Unfit(_("One person may not hold two of the three administrators' duties."))


@operation(Permit("post.end", policy.keep_posts, gettext_lazy("End a post")))
def end_post(post: Post, *, actor: Actor, on: dt.date | None = None) -> None:
    """Let a post end on a day (default: today)."""
    post.ends = on or clock.today()


@operation(Permit("post.rank", policy.keep_posts, gettext_lazy("Set the rank of a post")))
def set_rank(post: Post, *, actor: Actor, rank: str) -> None:
    """Say which head of the unit its holder is; what they have signed stays signed."""
    if actor.user is not None and actor.user.pk == post.user_id:
        raise NotAllowed(_("Nobody sets their own rank."))
    post.rank = rank


@operation(Permit("post.strike", is_system, gettext_lazy("Strike out a post given by mistake")))
def strike_post(post: Post, *, actor: Actor) -> None:
    """Remove a post whose holder has done nothing, by the journal, since it was given; others are ended instead.

    Raises ProtectedError where something belongs to it.
    """
    given = journal.history(post).last()
    if given and Entry.objects.filter(user=post.user_id, pk__gt=given.pk).exists():
        raise Unfit(_("Not undone: its holder has been at work since. End the post instead."))
    Post.objects.filter(pk=post.pk).delete()


@operation(Permit("post.correct", is_system, gettext_lazy("Correct a post")))
def correct_post(post: Post, *, actor: Actor, **facts: Any) -> None:
    """Set back facts about a post that an import has changed; only those given."""
    for name, value in facts.items():
        setattr(post, name, value)


@operation(Permit("post.confirm", policy.keep_posts, gettext_lazy("Confirm a post")))
def confirm_post(post: Post, *, actor: Actor) -> None:
    """Say in the periodic review that a person still needs a post (GB/T 22239-2019, 8.1.4.2: no stale rights)."""
    if post.ends and post.ends <= clock.today():
        raise Unfit(_("This post has ended already."))
    post.reviewed_on = clock.today()


@operation(Permit("help.open", policy.open_help, gettext_lazy("Open a help session")))
def open_help(congress: Congress, *, actor: Actor, user: User, role: str, hours: int, note: str) -> Post:
    """Let a named person act in a role for a few hours, with a reason; it ends by itself. Never a role of an administrator."""
    if not 1 <= hours <= MOST_HELP_HOURS:
        raise Unfit(_("A help session lasts from 1 to %(most)s hours.") % {"most": MOST_HELP_HOURS})
    until = clock.now() + dt.timedelta(hours=hours)
    post = Post(user=user, role=Role.objects.get(code=role), congress=congress, starts=clock.today(), expires_at=until)
    if post.role.duty:
        raise Unfit(_("A help session is never an administrator's."))
    check_giving(actor, post)
    post.full_clean()
    post.save()
    return post
