"""Who may see people, accounts, posts and roles, and who may manage them: three separated administrators.

The system administrator keeps accounts, the security administrator posts and roles, the audit administrator reads the journal
(GB/T 22239-2019, 8.1.4.2 and 8.1.5). None of the three has a part in matters, and nobody holds two.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import NOTHING, Actor, permission, rule, scope
from qiao.orgs.models import Congress
from qiao.orgs.policy import is_of_own_congress
from qiao.orgs.queries import congresses_above

from .models import Duty, Post, Role, User

manage_accounts = permission("account.manage", _("Open and close accounts"))
manage = permission("post.manage", _("Give, end and review posts"))
define = permission("role.define", _("Change what roles may do"))
help_others = permission("help.open", _("Open help sessions"))
renew_factors = permission("factor.reset", _("Take away a lost second factor"))

RESERVED = frozenset(
    {"account.manage", "post.manage", "role.define", "help.open", "factor.reset", "installation.manage", "journal.read", "job.manage"}
)
"""What only the administrators' own roles may have."""


@rule(_("This belongs to another congress."))
def is_of_own_or_next_congress(actor: Actor, congress: Congress) -> bool:
    """The congress acted for, or one directly below it, whose administrators it appoints."""
    return congress.pk in actor.congresses or congress.superior_id in actor.congresses


@rule(_("Administrators are appointed by the congress above, or by whoever runs the installation."))
def may_decide_on(actor: Actor, post: Post) -> bool:
    """Ordinary posts are the congress's own affair; an administrator's post is decided one congress higher."""
    if post.role.duty:
        return post.congress.superior_id in actor.congresses
    return post.congress_id in actor.congresses


@rule(_("This account is kept elsewhere."))
def is_kept_here(actor: Actor, user: User) -> bool:
    """The account was opened by the congress acted for, acts for it, or is an administrator's of a congress directly below."""
    near = Q(congress__in=actor.congresses) | (Q(congress__superior__in=actor.congresses) & ~Q(role__duty=""))
    return user.congress_id in actor.congresses or Post.objects.filter(near, user=user).exists()


@rule(_("The accounts of administrators are kept by the congress above, or by whoever runs the installation."))
def is_no_administrator(actor: Actor, user: User) -> bool:
    """Nobody comes by an administrator's post through the administrator's password."""
    held = Post.objects.filter(user=user).current(clock.today()).exclude(role__duty="")
    return not held.exclude(congress__superior__in=actor.congresses).exists()


@rule(_("Roles hold for the whole installation: they are changed by its highest security administrator."))
def is_highest(actor: Actor, subject: Any) -> bool:
    """No congress above the one acted for has a security administrator."""
    if actor.post is None:
        return False
    above = [congress.pk for congress in congresses_above(actor.post.congress)]
    return not Post.objects.filter(congress__in=above, role__duty=Duty.SECURITY).current(clock.today()).exists()


@rule(_("What the administrators may do is fixed, so that their duties stay separated."))
def is_ordinary(actor: Actor, role: Role) -> bool:
    """The role is none of the administrators'."""
    return not role.duty


@rule(_("The congress above appoints the administrators of this one."))
def is_topmost(actor: Actor, congress: Congress) -> bool:
    """No congress stands above it here, so nobody but itself can begin."""
    return congress.superior_id is None


keep_account = manage_accounts & is_kept_here & is_no_administrator
unlock_account = manage_accounts & is_kept_here
renew_factor = renew_factors & is_kept_here & is_no_administrator
give_posts = manage & is_of_own_or_next_congress
keep_posts = manage & may_decide_on
appoint_first = manage_accounts & is_of_own_congress & is_topmost
"""The security and the audit administrator with whom a new installation begins."""
open_help = help_others & is_of_own_congress
define_roles = define & is_highest
change_roles = define_roles & is_ordinary


def vacant_duties(congress: Congress) -> list[Duty]:
    """The duties beside the system administrator's that nobody has ever held in a congress."""
    held = set(Post.objects.filter(congress=congress).exclude(role__duty="").order_by().values_list("role__duty", flat=True))
    return [duty for duty in (Duty.SECURITY, Duty.AUDIT) if duty not in held]


@scope("accounts.Post")
def posts(actor: Actor) -> Q:
    """One's own, one's unit's, and for those who manage posts or accounts the congress's and the administrators' of those below."""
    mine = Q(user=actor.user) | Q(unit__in=actor.units)
    if not actor.grants & {"post.manage", "account.manage"}:
        return mine
    return mine | Q(congress__in=actor.congresses) | (Q(congress__superior__in=actor.congresses) & ~Q(role__duty=""))


@scope("accounts.User")
def users(actor: Actor) -> Q:
    """Oneself; for those who manage accounts or posts, whoever acts for the congress or has an account there, or in one just below."""
    mine = Q(pk__in=[actor.user.pk] if actor.user else [])
    if not actor.grants & {"post.manage", "account.manage"}:
        return mine
    near = Q(congress__in=actor.congresses) | Q(congress__superior__in=actor.congresses)
    return mine | near | Q(pk__in=Post.objects.filter(near).values("user"))


@scope("accounts.Passkey")
def passkeys(actor: Actor) -> Q:
    """One's own."""
    return Q(user=actor.user) if actor.user else NOTHING


@scope("accounts.Role")
def roles(actor: Actor) -> Q:
    """For those who give posts: which roles there are, and what each may do."""
    return Q() if "post.manage" in actor.grants else NOTHING
