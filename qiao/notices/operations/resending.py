"""Sending again what did not go out."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.notices import policy
from qiao.notices.models import NOT_OUT, Attempt, Delivery, DeliveryState, Outcome
from qiao.orgs.models import Congress

from .sending import MOST, send


@operation(Permit("delivery.resend", policy.resend, gettext_lazy("Send again what did not go out")))
def resend(congress: Congress, *, actor: Actor, deliveries: Collection[int]) -> None:
    """Give deliveries that did not go out all their tries anew, beginning now; ``note`` says which."""
    stuck = Delivery.objects.visible_to(actor).filter(pk__in=list(deliveries)[:MOST], state__in=NOT_OUT)
    found = list(stuck.select_for_update(of=("self",)).values_list("pk", "channel", "notice"))
    if not found:
        raise Unfit(_("Nothing of this waits to be sent again: it has gone out meanwhile, or it was not chosen."))
    now, keys = clock.now(), [pk for pk, _channel, _notice in found]
    Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.WAITING, tries=0, error="", at=now, not_before=None, digest=None)
    Attempt.objects.bulk_create((Attempt(delivery_id=pk, at=now, outcome=Outcome.RESENT, by=actor.user) for pk in keys), batch_size=500)
    send((channel, notice) for _pk, channel, notice in found)
