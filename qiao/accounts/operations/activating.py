"""Activation slips: a code on paper by which a person sets the first password of an account; it works once and has an end."""

import datetime as dt
import hmac

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import codes, policy
from qiao.accounts.models import Activation, User
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .accounts import is_own_account, take_password


@operation(Permit("user.issue_slip", policy.keep_account, gettext_lazy("Issue an activation slip")))
def issue_slip(user: User, *, actor: Actor, code: str, note: str) -> None:
    """Let ``code`` set the account's first password, for some days; an earlier slip or link is void. Only a mark of the code is kept."""
    if user.has_usable_password():
        raise Unfit(_("This account is in use: its holder has a password. Make a link instead, if it is lost."))
    if not user.is_active:
        raise Unfit(_("This account is closed."))
    user.set_unusable_password()  # links are made of what stands there
    facts = {"mark": codes.fingerprint(code), "made_at": clock.now(), "ends_at": clock.now() + dt.timedelta(days=settings.ACTIVATION_DAYS)}
    Activation.objects.update_or_create(user=user, defaults=facts)


@operation(Permit("user.activate", is_own_account, gettext_lazy("Activate the account")))
def activate(user: User, *, actor: Actor, code: str, password: str) -> None:
    """Set the first password by the code of a slip, which is spent then."""
    slip = Activation.objects.filter(user=user).first()
    if slip is None or not hmac.compare_digest(slip.mark, codes.fingerprint(code)):
        raise Unfit(_("The sign-in name or the code is not right. Check both and try again."))
    if slip.is_over:
        raise Unfit(_("This slip has ended. Ask your administrator for a new one."))
    take_password(user, password)
