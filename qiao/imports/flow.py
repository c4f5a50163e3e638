"""The life of an import: uploaded, then confirmed or cancelled."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.flow import Flow

from .models import RunState as S
from .policy import keep_run

FLOW = Flow(
    "import_run", S, initial=S.UPLOADED, final={S.CONFIRMED, S.CANCELLED},
    steps=[
        # verb      from          to           who       label
        ("confirm", {S.UPLOADED}, S.CONFIRMED, keep_run, _("Confirm the import")),
        ("cancel",  {S.UPLOADED}, S.CANCELLED, keep_run, _("Cancel the import")),
    ],
)  # fmt: skip
