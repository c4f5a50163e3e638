"""How the words in a cell become a value; a Problem says what is wrong with them and how to mend it."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

Parse = Callable[[str], Any]
SERIAL_ZERO = dt.date(1899, 12, 30)
"""Day 0 of the spreadsheet programs' calendar."""
SERIALS = range(1_000, 100_000)
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
YES = {"是", "yes", "y", "true", "1", "√", "✓"}
NO = {"否", "no", "n", "false", "0", "×"}


class Problem(ValueError):  # noqa: N818 - it is a sentence for a person, not a fault of the program
    """What is wrong with a cell, as a sentence for whoever mends it."""


def words(limit: int) -> Parse:
    """A text of at most ``limit`` characters."""

    def parse(text: str) -> str:
        if len(text) > limit:
            raise Problem(_("Longer than %(limit)s characters.") % {"limit": limit})
        return text

    return parse


def day(text: str) -> dt.date:
    """A date: 2023-01-05, 2023-1-5, 2023/1/5, 2023年1月5日, 20230105, or a spreadsheet's number of days."""
    if text.isdecimal() and int(text) in SERIALS:
        return SERIAL_ZERO + dt.timedelta(days=int(text))
    eight = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    found = eight or DAY.fullmatch(text)
    try:
        if found:
            return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Problem(_("“%(text)s” is not a date. Write it like 2023-01-05.") % {"text": text})


def number(least: int, most: int) -> Parse:
    """A whole number, neither smaller nor larger than these."""

    def parse(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise Problem(_("“%(text)s” is not a whole number from %(least)s to %(most)s.") % {"text": text, "least": least, "most": most})
        return int(text)

    return parse


def yes_no(text: str) -> bool:
    """是 or 否, yes or no."""
    wanted = text.lower()
    if wanted in YES | _said("Yes"):
        return True
    if wanted in NO | _said("No"):
        return False
    raise Problem(_("“%(text)s” is neither yes nor no. Write 是 or 否.") % {"text": text})


@functools.cache
def _said(word: str) -> set[str]:
    """A word as each language of the product writes it."""
    return {said.lower() for said in in_each_language(lambda: translation.gettext(word))}


def in_each_language(speak: Callable[[], str]) -> list[str]:
    """What ``speak`` says in each language of the product."""
    said = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.append(str(speak()))
    return said


def one_of(choices: Iterable[tuple[Any, Any]], also: dict[str, Any] | None = None) -> Parse:
    """One of the choices of a field, by its value or its label in any language; ``also`` are other words for them."""
    known = dict(also or {})
    pairs = list(choices)

    @functools.cache  # a table of a hundred thousand rows asks for it as often
    def table() -> dict[str, Any]:
        said = {str(value): value for value, _label in pairs}
        for value, label in pairs:
            said.update(dict.fromkeys(in_each_language(lambda label=label: str(label)), value))  # type: ignore[misc]
        return {word.lower(): value for word, value in (said | known).items()}

    def parse(text: str) -> Any:
        words_for = table()
        if text.lower() not in words_for:
            allowed = "、".join(str(label) for _value, label in pairs)
            raise Problem(_("“%(text)s” is not one of: %(allowed)s.") % {"text": text, "allowed": allowed})
        return words_for[text.lower()]

    return parse


def email(text: str) -> str:
    """An e-mail address."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Problem(_("“%(text)s” is not an e-mail address.") % {"text": text}) from error
    return text


def sign_in_name(text: str) -> str:
    """What a person signs in with: letters, digits and . _ - @, at most sixty."""
    if not re.fullmatch(r"[\w.@-]{1,60}", text):
        raise Problem(_("“%(text)s” cannot be a sign-in name. Use letters, digits, dots and hyphens.") % {"text": text})
    return text


def phone(text: str) -> str:
    """A telephone number: digits, spaces, brackets, hyphens and a leading plus."""
    if not re.fullmatch(r"\+?[\d\s()（）/-]{3,40}", text):
        raise Problem(_("“%(text)s” is not a telephone number.") % {"text": text})
    return text


class Masked(str):
    """A protected value as an export writes it: it says nothing new, and is accepted only where it is the present value's mask."""

    __slots__ = ()


def or_masked(parse: Parse) -> Parse:
    """A protected value, or the stars that an export has put in its place."""
    return lambda text: Masked(text) if "*" in text else parse(text)


def checked(check: Callable[[str], None]) -> Parse:
    """A text that a model's validator accepts."""

    def parse(text: str) -> str:
        try:
            check(text)
        except ValidationError as error:
            raise Problem(" ".join(error.messages)) from error
        return text

    return parse
