"""Passkeys: making one, signing in with it, naming it, taking it away."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import passkeys
from qiao.accounts.models import Passkey, User
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .accounts import is_own_account
from .factors import drop_bare_factor, factor_of, is_own_factor

MOST = 20
"""Passkeys of one person: more are none of a person's devices."""


@operation(Permit("passkey.add", is_own_account, gettext_lazy("Add a passkey")))
def add_passkey(user: User, *, actor: Actor, name: str, state: passkeys.State | None, answer: str, recovery: list[str]) -> Passkey:
    """Take a passkey that the browser has just made; with a person's first second factor come the ``recovery`` codes."""
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise Unfit(_("You have %(most)s passkeys. Remove one that you no longer use.") % {"most": MOST})
    credential_id, credential, counter = passkeys.made(state, answer)
    passkey = Passkey(user=user, name=name.strip(), credential_id=credential_id, credential=credential, counter=counter)
    passkey.full_clean()
    passkey.save()
    factor_of(user, recovery)
    return passkey


@operation(Permit("passkey.use", is_own_factor, gettext_lazy("Use a passkey")))
def use_passkey(passkey: Passkey, *, actor: Actor, state: passkeys.State | None, answer: str) -> None:
    """Accept what a passkey has signed; one whose counter has not moved on is a copy, and refused (Web Authentication, 6.1.1)."""
    counter = passkeys.shown(passkey, state, answer)
    if (counter or passkey.counter) and counter <= passkey.counter:
        raise Unfit(_("This passkey seems to be a copy. Sign in another way, and remove it from your account."))
    passkey.counter, passkey.used_at = counter, clock.now()


@operation(Permit("passkey.rename", is_own_factor, gettext_lazy("Rename a passkey")))
def rename_passkey(passkey: Passkey, *, actor: Actor, name: str) -> None:
    """Call a passkey by another name."""
    passkey.name = name.strip()


@operation(Permit("passkey.remove", is_own_account, gettext_lazy("Remove a passkey")))
def remove_passkey(user: User, *, actor: Actor, passkey: Passkey) -> None:
    """Let a passkey of one's own sign in no longer; the last second factor stays where a congress asks for one."""
    Passkey.objects.filter(user=user, pk=passkey.pk).delete()
    drop_bare_factor(user)
