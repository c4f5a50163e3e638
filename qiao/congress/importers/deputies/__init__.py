"""The table of deputies: who holds which mandate of a term."""

from django.utils.translation import gettext_lazy

from qiao.accounts import operations as accounts_operations
from qiao.imports.importer import Importer, declare
from qiao.orgs.policy import keep_directory

from ... import operations
from .columns import DEPUTY_COLUMNS
from .planning import deputy_identity, plan_deputy
from .rolls import read_rolls
from .writing import apply_deputy, dump_deputies, enter_deputies, strike_deputies

declare(
    Importer(
        kind="deputies",
        label=gettext_lazy("Deputies"),
        about=gettext_lazy("Enters the deputies of a term and corrects those already there. A deputy is found by term and card number."),
        columns=DEPUTY_COLUMNS,
        rule=keep_directory,
        context=read_rolls,
        plan=plan_deputy,
        apply=apply_deputy,
        identity=deputy_identity,
        back="congress:deputies",
        strike={"congress.Mandate": operations.strike_mandate, "accounts.Person": accounts_operations.strike_person},
        correct={"congress.Mandate": operations.correct_mandate, "accounts.Person": operations.correct_person},
        dump=dump_deputies,
        apply_new=enter_deputies,
        strike_new=strike_deputies,
    )
)
