"""Whether a date is certain, for every template that shows one."""

import datetime as dt

from django.template import Context, Library

from qiao.rulebook.queries import calendar

register = Library()


@register.filter
def is_provisional(day: dt.date | None) -> bool:
    """Whether the table of days off that a date depends on is not published yet; for letters, which show one date."""
    return day is not None and bool(calendar().unknown([day]))


@register.simple_tag(takes_context=True)
def may_move(context: Context, day: dt.date | None) -> str:
    """“1” where the table of days off that a date depends on is not published yet, so that it is shown as provisional; else nothing.

    The tables are asked for once a page.
    """
    if day is None:
        return ""
    held = context["request"].__dict__
    if "days_off" not in held:
        held["days_off"] = calendar()
    return "1" if held["days_off"].unknown([day]) else ""
