"""The life of an import: read and compared, confirmed or cancelled, written, and within a day undone."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.flow import Flow
from qiao.kernel.policy import is_system

from .models import RunState as S
from .policy import keep_run

FLOW = Flow(
    "import_run", S, initial=S.READING, final={S.CANCELLED, S.UNDONE},
    steps=[
        # verb      from           to                          who        label
        ("compare", {S.READING},   (S.READING, S.UPLOADED),    is_system, _("Compare the next rows")),
        ("confirm", {S.UPLOADED},  S.WRITING,                  keep_run,  _("Confirm the import")),
        ("write",   {S.WRITING},   (S.WRITING, S.CONFIRMED),   is_system, _("Write the next rows")),
        ("cancel",  {S.READING, S.UPLOADED}, S.CANCELLED,      keep_run,  _("Cancel the import")),
        ("undo",    {S.CONFIRMED}, S.UNDOING,                  keep_run,  _("Undo the import")),
        ("unwrite", {S.UNDOING},   (S.UNDOING, S.UNDONE),      is_system, _("Undo the next rows")),
    ],
)  # fmt: skip
