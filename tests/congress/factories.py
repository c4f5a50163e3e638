"""Terms and deputies to test with, made by the operations."""

import datetime as dt
from itertools import count

from qiao.congress import operations
from qiao.kernel.policy import Actor
from tests.accounts import factories as people

SYSTEM = Actor.system("tests")
STARTS = dt.date(2022, 1, 10)
ENDS = dt.date(2027, 1, 9)
_numbers = count(1)


def term(body, number=15, starts=STARTS, ends=ENDS, seats=20):
    return operations.open_term(body, actor=SYSTEM, number=number, starts=starts, ends=ends, seats=seats)


def district(of, name=None, seats=3):
    return operations.draw_district(of, actor=SYSTEM, name=name or f"第{next(_numbers)}选区", seats=seats)


def delegation(of, name=None):
    return operations.form_delegation(of, actor=SYSTEM, name=name or f"第{next(_numbers)}代表团")


def mandate(of, holder=None, card_no=None, **facts):
    if "electing_unit" not in facts and "district" not in facts:
        facts["district"] = district(of)
    facts.setdefault("elected_on", of.starts)
    holder = holder or people.person(of.congress, name=f"代表{next(_numbers)}")
    return operations.enter_mandate(of, actor=SYSTEM, person=holder, card_no=card_no or f"{next(_numbers):04}", **facts)
