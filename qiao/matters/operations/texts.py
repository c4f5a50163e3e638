"""The text of a suggestion: what it must contain, and keeping it as it stood."""

from typing import Any

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit

from ..models import Suggestion, TextVersion

TEXT = ("title", "matter", "proposal")


def demand_text(suggestion: Suggestion) -> None:
    """Refuse unless the parts the rules require are there: title, situation, proposal (R3.9)."""
    missing = [str(Suggestion._meta.get_field(name).verbose_name) for name in TEXT if not getattr(suggestion, name).strip()]  # type: ignore[union-attr]
    if missing:
        raise Unfit(_("Still missing: %(parts)s.") % {"parts": _(", ").join(missing)}, "suggestion.incomplete")


def demand_length(suggestion: Suggestion) -> None:
    """Refuse a part that is longer than the paper takes: Django leaves that to forms, and not every door has one."""
    fields: list[Any] = [Suggestion._meta.get_field(name) for name in TEXT]
    for field in fields:
        if len(getattr(suggestion, field.name)) > field.max_length:
            raise Unfit(_("“%(part)s” may have at most %(most)d characters.") % {"part": field.verbose_name, "most": field.max_length})


def fix_text(suggestion: Suggestion) -> None:
    """Keep the text as it stands under its version number, once."""
    texts = {name: getattr(suggestion, name) for name in TEXT}
    TextVersion.objects.get_or_create(suggestion=suggestion, number=suggestion.version, defaults={**texts, "at": clock.now()})
