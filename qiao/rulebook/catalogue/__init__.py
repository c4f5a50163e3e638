"""The parameters a congress may set, with the national default and the national limit of each.

Each group has its own module, with ``LABEL`` for the heading and ``PARAMETERS`` in the order in which they are read; a new
group is a module and its place in ``_GROUPS``. A parameter by which the product does not act yet says ``is_applied=False``.
"""

from types import ModuleType

from qiao.kernel.policy import Words

from . import access, assign, confide, count, deputies, entry, evaluate, keep, notify, publish, remind, reply
from .parameter import LAW, PROTECTS, SILENT, UNSETTLED, Limit, Parameter, period

__all__ = ["CATALOGUE", "GROUPS", "LAW", "PROTECTS", "SILENT", "UNSETTLED", "Limit", "Parameter", "period"]

_GROUPS: dict[str, ModuleType] = {
    "entry": entry,
    "assign": assign,
    "reply": reply,
    "evaluate": evaluate,
    "publish": publish,
    "confide": confide,
    "remind": remind,
    "count": count,
    "deputies": deputies,
    "access": access,
    "keep": keep,
    "notify": notify,
}

GROUPS: dict[str, Words] = {name: module.LABEL for name, module in _GROUPS.items()}
"""The headings, in the order of the page."""

CATALOGUE: dict[str, Parameter] = {p.key: p for module in _GROUPS.values() for p in module.PARAMETERS}
"""Every parameter by its key."""
