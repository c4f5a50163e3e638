"""Areas, congresses and units to test with, made by the operations."""

import datetime as dt
from itertools import count

from qiao.kernel.policy import Actor
from qiao.orgs import operations
from qiao.orgs.models import Level

SYSTEM = Actor.system("tests")
SINCE = dt.date(2020, 1, 1)
_numbers = count(1)


def area(code="990101", name="桥东县", level=Level.COUNTY, parent=None, **facts):
    return operations.add_area(parent, actor=SYSTEM, code=code, name=name, level=level, valid_from=facts.pop("valid_from", SINCE), **facts)


def congress(place=None, superior=None, name=None):
    place = place or area(code=f"99{next(_numbers):04}")
    name = name or f"{place.name}{place.code}人民代表大会"
    return operations.add_congress(place, actor=SYSTEM, name=name, short_name=name[:20], superior=superior)


def unit(body, name=None, **facts):
    return operations.add_unit(
        body, actor=SYSTEM, name=name or f"承办单位{next(_numbers)}", active_from=facts.pop("active_from", SINCE), **facts
    )


def organ(body, name="县人民政府", kind="government"):
    return operations.add_organ(body, actor=SYSTEM, name=name, kind=kind)
