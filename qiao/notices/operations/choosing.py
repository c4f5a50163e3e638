"""How a person wants to be told."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import User
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.notices import policy
from qiao.notices.groups import BY_KEY
from qiao.notices.models import Address, Channel, Preference, When, usual


@operation(Permit("notice.prefer", policy.is_oneself, gettext_lazy("Choose how to be told")))
def prefer(
    user: User,
    *,
    actor: Actor,
    choices: dict[str, dict[str, str]],
    addresses: Mapping[str, str] | None = None,
    quiet: str,
    quiet_from: dt.time | None = None,
    quiet_to: dt.time | None = None,
) -> Preference:
    """Choose for each channel and kind when one is told, where, and the quiet hours. What is served by law cannot be switched off."""
    chosen = Preference.objects.filter(user=user).first() or Preference(user=user)
    chosen.choices = {channel: _fit(channel, kinds) for channel, kinds in choices.items()}
    chosen.quiet, chosen.quiet_from, chosen.quiet_to = quiet, quiet_from, quiet_to
    chosen.full_clean()
    chosen.save()
    for channel, value in (addresses or {}).items():
        _keep_address(user, channel, value)
    return chosen


def _keep_address(user: User, channel: str, value: str) -> None:
    """Write down where a person is reached by a channel, or that they no longer are."""
    held = Address.objects.filter(user=user, channel=channel).first() or Address(user=user, channel=channel)
    if not value:
        Address.objects.filter(pk=held.pk).delete()
        return
    held.value = value
    held.full_clean()
    held.save()


def _fit(channel: str, kinds: dict[str, str]) -> dict[str, str]:
    offered = set(When.values) if channel == Channel.MAIL else {When.NOW, When.NEVER}
    if channel not in Channel.values or not kinds.keys() <= BY_KEY.keys() or not set(kinds.values()) <= offered:
        raise Unfit(_("This choice is not offered."))
    served = [BY_KEY[key] for key, when in kinds.items() if when == When.NEVER and BY_KEY[key].because and channel == Channel.MAIL]
    if served:
        raise Unfit(_("“%(kind)s” cannot be switched off.") % {"kind": served[0].label})
    return {key: when for key, when in kinds.items() if when != usual(channel)}
