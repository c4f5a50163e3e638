"""Minimal valid objects for the tests of the rulebook."""

import datetime as dt

from qiao.kernel.policy import Actor
from qiao.orgs.models import Area, Congress
from qiao.orgs.operations import add_area, add_congress
from qiao.rulebook import presets
from qiao.rulebook.clocks import Calendar, Mark
from qiao.rulebook.operations import load_calendar_year

SYSTEM = Actor.system("tests")


def congress(code: str = "99", name: str = "青岚省人民代表大会") -> Congress:
    """A provincial congress."""
    area: Area = add_area(None, actor=SYSTEM, code=code, name=name[:3], level="province", valid_from=dt.date(2020, 1, 1))
    return add_congress(area, actor=SYSTEM, name=name, short_name=name[:3])


def keeper(congress: Congress, *grants: str) -> Actor:
    """Somebody of a congress who may change its rulebook, or holds other permissions."""
    return Actor(user=None, congresses=frozenset({congress.pk}), grants=frozenset(grants or {"rulebook.change"}))


def shipped_calendar() -> Calendar:
    """The tables of days off that come with the product, without a database."""
    tables = presets.tables()
    days = {day: Mark(off, name) for table in tables for day, off, name in table.days}
    return Calendar(frozenset(table.year for table in tables), days)


def load_tables() -> None:
    """The same tables in the database."""
    for table in presets.tables():
        load_calendar_year(None, actor=SYSTEM, year=table.year, source=table.source, published_on=table.published_on, days=table.days)
