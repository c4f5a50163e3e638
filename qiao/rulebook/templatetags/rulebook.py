"""Whether a date is certain, for every template that shows one."""

import datetime as dt

from django.template import Library

from qiao.rulebook.queries import calendar

register = Library()


@register.filter
def may_move(day: dt.date | None) -> bool:
    """Whether the table of days off that a date depends on is not published yet, so that it is shown as provisional."""
    return day is not None and bool(calendar().unknown([day]))
