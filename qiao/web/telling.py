"""Notices about accounts: accounts lie below notices, so the composition root joins them, after the commit."""

from django.urls import reverse

from qiao.accounts.models import Post, Role, User
from qiao.kernel import clock, journal
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.notices.operations import tell


def tell_of_help(entry: Entry) -> None:
    """The staff of a congress hear that somebody acts there for some hours, in which role and why (R13.2)."""
    if entry.code != "help.open" or not isinstance(entry.subject, Post):
        return
    post = Post.objects.select_related("user__person", "role", "congress", "unit").get(pk=entry.pk_of)
    tell(
        [user for user in staff_of(post.congress_id) if user.pk != post.user_id],
        code=entry.code,
        template="accounts/notices/help.txt",
        context={"post": post, "name": post.user.person.name, "until": post.expires_at, "reason": entry.note},
        url=reverse("web:home"),
        trail=journal.trail_of(post),
        actor=Actor(user=entry.user),
    )


def staff_of(congress: int) -> list[User]:
    """Who oversees the matters of a congress today."""
    overseeing = [role.pk for role in Role.objects.all() if "suggestion.oversee" in role.grants]
    held = Post.objects.filter(congress=congress, role__in=overseeing).current(clock.today())
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))
