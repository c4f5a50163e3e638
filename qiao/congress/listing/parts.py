"""What several lists share: how deputies are found, how a value narrows."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Mandate


def yes_or_no(value: bool) -> str:
    """A fact in words, as the import reads it back."""
    return _("Yes") if value else _("No")


def seat_of(mandate: Mandate) -> str:
    """Who elected a deputy: the congress below or the electoral district."""
    return str(mandate.district or mandate.electing_unit)


def where(field: str) -> Any:
    """Narrow to the rows whose field has the value given."""
    return lambda rows, value: rows.filter(**{field: value})


def is_true(field: str) -> Any:
    """Narrow to the rows of which a fact is true, for “yes”, or not."""
    return lambda rows, value: rows.filter(**{field: value == "yes"})


def deputies_named(rows: Any, words: str) -> Any:
    """Deputies of this name, initials or card number."""
    text = words.strip()
    return rows.filter(Q(person__name__contains=text) | Q(person__pinyin__startswith=text.lower()) | Q(card_no__startswith=text))


def holders_named(rows: Any, words: str) -> Any:
    """What belongs to deputies of this name, initials or card number."""
    return rows.filter(mandate__in=deputies_named(Mandate.objects.all(), words).order_by().values("pk"))
