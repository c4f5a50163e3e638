"""The second factor: setting it up, using it, taking it away."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import codes, policy
from qiao.accounts.models import Factor, User
from qiao.accounts.queries import asks_for_factor
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
    if Factor.objects.filter(user=user).exists():
        raise Unfit(_("You have a second factor already."))
    return Factor.objects.create(
        user=user, secret=codes.seal(secret), last_step=step, recovery=[codes.fingerprint(one) for one in recovery]
    )


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
    """Do without a second factor again, where no congress asks for one."""
    if asks_for_factor(user):
        raise Unfit(_("Your congress requires a second factor for your post."))
    Factor.objects.filter(user=user).delete()


@operation(Permit("factor.reset", policy.renew_factor, gettext_lazy("Take away a lost second factor")))
def reset_factor(user: User, *, actor: Actor, note: str) -> None:
    """Let a person who lost their telephone and recovery codes sign in by password and set up anew."""
    Factor.objects.filter(user=user).delete()
