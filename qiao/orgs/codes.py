"""Codes of areas and organisations, as the national standards build them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O Z S V
CREDIT_LENGTH = 18
COUNTY_DIGITS = 6


def next_code(code: str) -> str:
    """The first code after all that begin with ``code``; empty when there is none. ``9901`` → ``9902``, ``9909`` → ``991``."""
    stem = code.rstrip("9")
    return stem[:-1] + str(int(stem[-1]) + 1) if stem else ""


def area_code(text: str) -> str:
    """A place's code without the zeros that pad it: ``310000`` → ``31``, ``310100`` → ``3101``; a township's nine have none."""
    code = text.strip()
    if len(code) == COUNTY_DIGITS and code.isdecimal():
        code = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return code


def credit_check_character(first17: str) -> str:
    """The last of the 18 characters of GB 32100-2015: weights 3^i modulo 31 (R13.11)."""
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def check_credit_code(value: str) -> None:
    """Refuse a unified social credit code with a wrong length, character or check character."""
    if len(value) != CREDIT_LENGTH or set(value) - set(CREDIT_ALPHABET) or credit_check_character(value[:17]) != value[17]:
        raise ValidationError(_("This is not a valid unified social credit code: check it character by character."))
