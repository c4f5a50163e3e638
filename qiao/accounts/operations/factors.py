"""The second factor: setting it up, using it, taking it away."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import codes, policy
from qiao.accounts.models import Factor, Passkey, User
from qiao.accounts.queries import asks_for_factor, has_authenticator
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, rule

from .accounts import is_own_account


@rule(gettext_lazy("This is another person's second factor."))
def is_own_factor(actor: Actor, factor: Any) -> bool:
    """The factor protects the account signed in with."""
    return actor.user is not None and actor.user.pk == factor.user_id


@operation(Permit("factor.add", is_own_account, gettext_lazy("Set up the second factor")))
def add_factor(user: User, *, actor: Actor, secret: str, code: str, recovery: list[str]) -> Factor:
    """Protect one's account by an authenticator that has just shown it has the secret; ``recovery`` are the codes shown once."""
    step = codes.step_of(secret, code.strip(), 0)
    if step is None:
        raise Unfit(_("The code is not right. Check the clock of your telephone, and type the code it shows now."))
    if has_authenticator(user):
        raise Unfit(_("You have a second factor already."))
    factor = factor_of(user, recovery)
    factor.secret, factor.last_step = codes.seal(secret), step
    factor.save()
    return factor


def factor_of(user: User, recovery: list[str]) -> Factor:
    """The factor to which an authenticator or a passkey comes; a first one brings the recovery codes, which replace those there were."""
    marks = [codes.fingerprint(one) for one in recovery]
    return Factor.objects.update_or_create(user=user, defaults={"recovery": marks} if marks else {})[0]


@operation(Permit("factor.use", is_own_factor, gettext_lazy("Use the second factor")))
def use_code(factor: Factor, *, actor: Actor, code: str) -> None:
    """Accept a code once: of the authenticator, or one of the recovery codes, which is then spent."""
    secret, mark = codes.unseal(factor.secret), codes.fingerprint(code)
    step = codes.step_of(secret, code.strip(), factor.last_step) if secret else None
    if step is not None:
        factor.last_step = step
    elif mark in factor.recovery:
        factor.recovery = [one for one in factor.recovery if one != mark]
    else:
        raise Unfit(_("The code is not right, or was used already."))


@operation(Permit("factor.remove", is_own_account, gettext_lazy("Remove the second factor")))
def remove_factor(user: User, *, actor: Actor) -> None:
    """Do without the authenticator again, where a passkey is left or no congress asks for a second factor."""
    Factor.objects.filter(user=user).update(secret="")
    drop_bare_factor(user)


def drop_bare_factor(user: User) -> None:
    """Recovery codes alone are no second factor: they go with the last authenticator or passkey, unless a congress asks for one."""
    if has_authenticator(user) or Passkey.objects.filter(user=user).exists():
        return
    if asks_for_factor(user):
        raise Unfit(_("Your congress requires a second factor for your post."))
    Factor.objects.filter(user=user).delete()


@operation(Permit("factor.reset", policy.renew_factor, gettext_lazy("Take away a lost second factor")))
def reset_factor(user: User, *, actor: Actor, note: str) -> None:
    """Let a person who lost their devices and recovery codes sign in by password and set up anew."""
    Passkey.objects.filter(user=user).delete()
    Factor.objects.filter(user=user).delete()
