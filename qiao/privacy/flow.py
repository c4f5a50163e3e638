"""The life of a request for correction: asked, then put right or left with a reason."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.flow import Flow
from qiao.orgs.policy import keep_directory

from .models import CorrectionState as S

FLOW = Flow(
    "correction", S, initial=S.OPEN, final={S.ACCEPTED, S.REFUSED},
    steps=[
        # verb     from      to          who             label
        ("accept", {S.OPEN}, S.ACCEPTED, keep_directory, _("Put it right")),
        ("refuse", {S.OPEN}, S.REFUSED,  keep_directory, _("Leave it as it is")),
    ],
)  # fmt: skip
