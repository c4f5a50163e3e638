"""Where a rule comes from, as its reader understands it."""

from functools import cache

from django.utils.translation import override

from qiao.kernel.policy import Words


def cited(source: str) -> str:
    """A source as it is kept, in the reader's language as far as it is ours: regulations are cited in their own, what stands where
    there is none is the catalogue's sentence.
    """
    return str(_own().get(source, source))


@cache
def _own() -> dict[str, Words]:
    """The catalogue's sentences by what is kept of them, which is Chinese (``rules.default_entry``)."""
    from .catalogue import CATALOGUE  # noqa: PLC0415 — its kinds write dates as the trace does, which cites

    with override("zh-hans"):
        return {str(parameter.source): parameter.source for parameter in CATALOGUE.values()}
