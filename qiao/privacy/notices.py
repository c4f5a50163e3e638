"""Who is told of a request for correction; the words are in ``templates/privacy/notices``."""

from django.urls import reverse

from qiao.accounts.models import User
from qiao.congress.notices import holders
from qiao.kernel.journal import trail_of
from qiao.kernel.policy import Actor
from qiao.notices.operations import tell

from .models import Correction


def asked(correction: Correction, actor: Actor) -> None:
    """The staff who keep the deputies' data of the congress."""
    tell(
        holders("person.open", congress=correction.congress_id, unit=None),
        code="correction.ask", template="privacy/notices/asked.txt", context={"correction": correction},
        url=reverse("privacy:correction", args=[correction.pk]), trail=trail_of(correction), actor=actor,
    )  # fmt: skip


def decided(correction: Correction, code: str, actor: Actor) -> None:
    """The person who asked."""
    tell(
        User.objects.filter(person=correction.person_id, is_active=True),
        code=code, template="privacy/notices/decided.txt", context={"correction": correction, "accepted": code == "correction.accept"},
        url=reverse("privacy:mine"), trail=trail_of(correction), actor=actor,
    )  # fmt: skip
