"""What every group of parameters is written with: the parameter itself, its national limit, and the usual sources.

Where national law is silent, a limit in time defaults to the longest that any regulation read has: nobody is late by a
rule that is not theirs. Other defaults are the ones that protect the deputy most. What no source settles is a parameter too.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Words
from qiao.rulebook.kinds import Kind
from qiao.rulebook.periods import Period

LAW = _("Deputies Law (2025), article 51")
SILENT = _("National law is silent; the longest limit found in a local regulation.")
PROTECTS = _("National law is silent; the rule that protects the deputy most.")
UNSETTLED = _("No source settles this; the congress decides.")


@dataclass(frozen=True)
class Limit:
    """How far a congress may go, and the article that says so."""

    most: Period
    article: Words


@dataclass(frozen=True)
class Parameter:
    """One thing that may differ between congresses; ``start_event`` is what starts the clock of a period."""

    key: str
    group: str
    kind: Kind
    label: Words
    help: Words
    default: Any
    source: Words
    start_event: str = ""
    limit: Limit | None = None
    is_applied: bool = True
    """Whether the product acts by it already, rather than only keeping it for the record; the rulebook's page says so beside each."""

    def check(self, value: Any) -> None:
        """Refuse a value of the wrong kind or beyond the national limit."""
        self.kind.check(value)
        if self.limit and not Period.from_json(value).never_exceeds(self.limit.most):
            raise Unfit(
                gettext("“%(label)s” may be at most %(limit)s. The limit is set by national law: %(article)s.")
                % {"label": self.label, "limit": self.limit.most, "article": self.limit.article}
            )

    def words(self, value: Any) -> list[str]:
        """A value as a reader of the rulebook sees it; one that an old snapshot has and the catalogue no longer knows, as it is stored."""
        try:
            return self.kind.words(value)
        except (KeyError, TypeError, ValueError, Unfit):
            return [str(value)]


def period(n: int, unit: str) -> dict[str, Any]:
    """A period as a parameter's default is stored."""
    return Period(n, unit).to_json()
