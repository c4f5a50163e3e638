"""What stands in the cells of a list. Many rows show the same state or day: such a component is drawn for the first of them only."""

import functools
from typing import Any

from django.template import Context, Template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def link(url: str, words: Any) -> str:
    """Words that lead somewhere."""
    return format_html('<a href="{}">{}</a>', url, words)


def drawn(component: str, words: Any = "", **given: Any) -> str:
    """A component that depends on nothing but what it is given and the language: ``words`` in its slot, ``given`` as its attributes.

    The values must be plain and hashable: text, numbers, dates. Whatever knows the request or the database is no cell.
    """
    return _drawn(get_language(), component, str(words), tuple(given.items()))


@functools.lru_cache(maxsize=4096)
def _drawn(_language: str | None, component: str, words: str, given: tuple[tuple[str, Any], ...]) -> str:
    return SafeString(_template(component).render(Context({"words": words, "given": dict(given)})).strip())


@functools.cache
def _template(component: str) -> Template:
    return Template(f"{{% cotton {component} :attrs=given %}}{{{{ words }}}}{{% endcotton %}}")
