"""What the journal keeps of the doors: signing in and out, failures, locks lifted, sessions ended."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from qiao.accounts import policy
from qiao.accounts.models import FailedSignIn, SignedIn, User
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system

from .accounts import is_own_account

LOGIN_LENGTH = 60


@operation(Permit("user.sign_in", is_own_account, _("Sign in")))
def sign_in(user: User, *, actor: Actor, note: str = "") -> None:
    """A person has come in, by what the note says; earlier failures with their name are forgotten."""
    FailedSignIn.objects.filter(login=user.login).delete()


@operation(Permit("user.sign_out", is_own_account, _("Sign out")))
def sign_out(user: User, *, actor: Actor, note: str = "") -> None:
    """A person has left, or their session ended because nothing was done."""


@operation(Permit("user.fail_sign_in", is_system, _("Failed sign-in")))
def fail_sign_in(subject: None, *, actor: Actor, login: str, address: str, note: str = "") -> FailedSignIn:
    """Somebody gave a wrong password or code for a name, which there may be or not."""
    known = User.objects.filter(login=login).first()
    return FailedSignIn.objects.create(login=login[:LOGIN_LENGTH], address=address, user=known)


@operation(Permit("user.unlock", policy.unlock_account, _("Lift the lock")))
def unlock(user: User, *, actor: Actor) -> None:
    """Let a person try again at once."""
    FailedSignIn.objects.filter(login=user.login).delete()


@operation(Permit("user.end_sessions", is_own_account, _("End sessions")))
def end_sessions(user: User, *, actor: Actor, keys: Iterable[str]) -> None:
    """End some of one's own sessions, wherever they are open."""
    SignedIn.objects.filter(user=user, session_key__in=list(keys)).delete()
