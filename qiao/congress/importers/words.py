"""How a present value is written beside the new one of an import."""

from typing import Any

from django.utils.translation import gettext as _

from qiao.accounts.models import Sex

from ..models import Category


def shown(key: str, value: Any) -> str:
    """A present value as the preview shows it beside the new one."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices: Any = {"sex": Sex, "category": Category}.get(key)
    return str(choices(value).label if choices else value if value is not None else "")
