"""The installation's rules for passwords beside Django's own: not one of the last, and not older than so many days."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qiao.kernel import clock


class NotOneOfTheLast:
    """Refuses the present password and the ones before it (GB/T 22239-2019, 8.1.4.1: secrets are changed)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Compare with as many hashes as the settings keep."""
        if user is None or user.pk is None or not settings.PASSWORD_HISTORY:
            return
        before = user.passwords.order_by("-pk").values_list("hash", flat=True)[: settings.PASSWORD_HISTORY - 1]
        if any(check_password(password, one) for one in [user.password, *before]):
            raise ValidationError(
                _("You have used this password before. Choose another than the last %(n)s.") % {"n": settings.PASSWORD_HISTORY}
            )

    def get_help_text(self) -> str:
        """For the form."""
        return _("Your password can't be one of your last %(n)s.") % {"n": settings.PASSWORD_HISTORY}


def is_due(user: Any) -> bool:
    """Whether a password is older than the installation allows; one whose age is not known counts from its next change."""
    if not settings.PASSWORD_DAYS or user.password_changed_at is None:
        return False
    return bool(user.password_changed_at + dt.timedelta(days=settings.PASSWORD_DAYS) <= clock.now())
