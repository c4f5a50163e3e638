"""The citizen's identity number (公民身份号码, GB 11643-1999): 17 digits and a check character."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LENGTH = 18
CHECKS = "10X98765432"
"""The check character by the remainder of the weighted sum divided by 11 (GB/T 17710, ISO 7064 MOD 11-2)."""


def tidy(text: str) -> str:
    """The number as it is kept: without spaces, the check character a capital."""
    return "".join(text.split()).upper()


def check_identity_number(text: str) -> None:
    """Refuse what cannot be an identity number: a slip of the pen shows in the check character or the birthday."""
    digits = text[:-1]
    well = len(text) == LENGTH and digits.isascii() and digits.isdecimal() and _is_day(text[6:14])
    if not well or CHECKS[sum(int(digit) * 2 ** (LENGTH - 1 - at) for at, digit in enumerate(digits)) % 11] != text[-1]:
        raise ValidationError(
            _("This is not an identity number: 18 characters, of which the last is reckoned from the others. Compare it with the card.")
        )


def _is_day(text: str) -> bool:
    try:
        dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
