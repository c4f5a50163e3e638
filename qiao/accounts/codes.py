"""Codes of a second factor: the six digits of an authenticator (RFC 6238), and recovery codes; secrets are kept sealed."""

import base64
import hashlib
import secrets

import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken as WrongCode
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.utils import timezone

STEP, DIGITS, AROUND = 30, 6, 1
"""Seconds a code is valid, its length, and how many steps a telephone's clock may be off."""
RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def _box() -> Fernet:
    """Seals secrets with a key of the installation: a stolen copy of the database alone gives no codes."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"qiao.factor:" + settings.SECRET_KEY.encode()).digest()))


def seal(text: str) -> str:
    """What may be stored of a secret."""
    return _box().encrypt(text.encode()).decode()


def unseal(text: str) -> str | None:
    """The secret, or None if the installation's key is another one by now."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def new_secret() -> str:
    """A secret as authenticators take it: 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303 — what authenticators speak


def address_for(secret: str, login: str) -> str:
    """What the picture to scan says."""
    return _totp(secret).get_provisioning_uri(login, "Qiao")


def code_now(secret: str, after: int = 0) -> str:
    """The code of this moment, or of so many steps later."""
    return _totp(secret).generate(int(timezone.now().timestamp()) + after * STEP).decode()


def step_of(secret: str, code: str, after: int) -> int | None:
    """The step a code belongs to, if it is of about now and later than the last one used: a code read by others works no more."""
    now = int(timezone.now().timestamp()) // STEP
    for step in range(now - AROUND, now + AROUND + 1):
        try:
            _totp(secret).verify(code.encode(), step * STEP)
        except WrongCode:
            continue
        return step if step > after else None
    return None


def new_recovery_codes() -> list[str]:
    """Codes to be written down, each good once: ten of fifty bits, in letters and digits that are not mistaken."""
    return ["-".join("".join(secrets.choice(LETTERS) for _l in range(5)) for _p in range(2)) for _c in range(RECOVERY_CODES)]


def new_slip_code() -> str:
    """The code of an activation slip: fifteen letters and digits that are not mistaken, 74 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _l in range(5)) for _p in range(3))


def fingerprint(code: str) -> str:
    """What is stored of a recovery code: it has bits enough that a plain hash is safe."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def picture(secret: str, login: str) -> str:
    """The picture to scan, as an address of data."""
    return segno.make(address_for(secret, login)).svg_data_uri(scale=5, border=2)
