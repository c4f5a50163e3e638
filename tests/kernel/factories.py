"""A row to operate on, with a state, an invariant and masked columns: an import of the product, under a table of the test's own."""

import datetime as dt

from qiao.accounts import operations as accounts
from qiao.imports.models import ImportRun, RunState
from qiao.kernel.flow import STAY, Flow
from qiao.kernel.policy import Actor, rule
from qiao.orgs import operations as orgs
from qiao.orgs.models import Congress, Level

SINCE = dt.date(2026, 1, 1)
SYSTEM = Actor.system("tests")
ALLOWED, FORBIDDEN = frozenset({"run.decide"}), frozenset()


@rule("Your post does not decide this.")
def decides(actor, run):
    return "run.decide" in actor.grants


FLOW = Flow(
    "run", RunState, initial=RunState.UPLOADED, final={RunState.CONFIRMED, RunState.CANCELLED},
    retired={RunState.READING, RunState.WRITING, RunState.UNDOING, RunState.UNDONE},
    steps=[
        ("decide", {RunState.UPLOADED}, (RunState.CONFIRMED, RunState.CANCELLED), decides, "Decide"),
        ("cancel", {RunState.UPLOADED}, RunState.CANCELLED,                       decides, "Cancel"),
        ("rename", {RunState.UPLOADED}, STAY,                                     decides, "Rename"),
    ],
)  # fmt: skip


def congress() -> Congress:
    area = orgs.add_area(None, actor=SYSTEM, code="990101", name="桥东县", level=Level.COUNTY, valid_from=SINCE)
    return orgs.add_congress(area, actor=SYSTEM, name="桥东县人民代表大会", short_name="桥东县")


def run(of: Congress, filename: str = "units.csv") -> ImportRun:
    return ImportRun.objects.create(congress=of, kind="units", filename=filename, state=RunState.UPLOADED, unread=["县水利局"])


def actor(of: Congress, login: str = "wang", grants: frozenset[str] = ALLOWED) -> Actor:
    person = accounts.add_person(of, actor=SYSTEM, name="王小桥")
    return Actor(user=accounts.open_account(person, actor=SYSTEM, login=login), post="Staff · County", grants=grants)
