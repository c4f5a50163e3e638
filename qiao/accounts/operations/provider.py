"""Connecting an account with the person at the installation's identity provider."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import ProviderIdentity, User
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .accounts import is_own_account


@operation(Permit("provider.connect", is_own_account, gettext_lazy("Connect the account with the sign-in service")))
def connect_provider(user: User, *, actor: Actor, issuer: str, known_as: str) -> ProviderIdentity:
    """From now on whoever is ``known_as`` at ``issuer`` signs in as this person; an account has one such person, and they one account."""
    if ProviderIdentity.objects.filter(issuer=issuer, subject=known_as).exclude(user=user).exists():
        raise Unfit(_("You are connected with another account here already."))
    if ProviderIdentity.objects.filter(user=user).exclude(issuer=issuer, subject=known_as).exists():
        raise Unfit(_("This account is connected with somebody else at the sign-in service already."))
    return ProviderIdentity.objects.get_or_create(user=user, issuer=issuer, subject=known_as)[0]


@operation(Permit("provider.disconnect", is_own_account, gettext_lazy("Disconnect the account from the sign-in service")))
def disconnect_provider(user: User, *, actor: Actor) -> None:
    """Sign in by password alone again."""
    ProviderIdentity.objects.filter(user=user).delete()
