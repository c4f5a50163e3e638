"""The keys under which personal data lie in the database: AES-256-GCM, or SM4-GCM where the state's cryptography is asked for."""

import base64
import binascii
import functools
import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "qx1."
"""How every ciphertext begins; nothing a person types is taken for one, since what is typed is always encrypted."""
NONCE, TAG = 12, 16
LENGTHS = {"aes": 32, "sm4": 16}


class LostKey(Exception):
    """What is stored cannot be read: its key is not among the installation's, or somebody has changed it."""


@dataclass(frozen=True)
class Key:
    """One key: the cipher it is for, its bytes, and what is drawn from it."""

    cipher: str
    secret: bytes

    @property
    def name(self) -> str:
        """By which a ciphertext says what it was made with; tells nothing of the key."""
        return hashlib.sha256(b"name:" + self.secret).hexdigest()[:8]

    @property
    def prefix(self) -> str:
        """How a ciphertext of this key begins."""
        return f"{MARK}{self.name}."

    @property
    def hashing(self) -> bytes:
        """The key of fingerprints, drawn from it."""
        return _drawn(self.secret, b"fingerprint")

    def sealing(self, nonce: bytes, tag: bytes | None = None) -> Cipher[modes.GCM]:
        """The cipher for one message."""
        made = algorithms.SM4(self.secret) if self.cipher == "sm4" else algorithms.AES(self.secret)
        return Cipher(made, modes.GCM(nonce, tag))


@functools.cache
def _drawn(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret)


def parsed(text: str) -> Key:
    """A key as the settings write it: ``aes:`` and 64 hexadecimal digits, or ``sm4:`` and 32."""
    cipher, _colon, digits = text.strip().rpartition(":")
    cipher = cipher or "aes"
    try:
        secret = bytes.fromhex(digits)
    except ValueError:
        secret = b""
    if LENGTHS.get(cipher) != len(secret):
        raise ValueError("A key is “aes:” and 64 hexadecimal digits, or “sm4:” and 32.")
    return Key(cipher, secret)


@functools.lru_cache(maxsize=4)
def _ring(given: tuple[str, ...], secret_key: str) -> tuple[Key, ...]:
    """Those given, the first of which writes; last the one drawn from the secret key, which wrote before any was given."""
    return (*(parsed(text) for text in given), Key("aes", _drawn(secret_key.encode(), b"personal data")))


def ring() -> tuple[Key, ...]:
    """All keys that can read, the one that writes first."""
    return _ring(tuple(settings.FIELD_KEYS), settings.SECRET_KEY)


def current() -> Key:
    """The key that writes."""
    return ring()[0]


def is_token(text: str) -> bool:
    """Whether a stored text is a ciphertext."""
    return text.startswith(MARK)


def closed(plain: str, context: str) -> str:
    """The ciphertext of a text; what it is bound to must be said again to read it. Nothing stays nothing."""
    if not plain:
        return ""
    key, nonce = current(), os.urandom(NONCE)
    sealing = key.sealing(nonce).encryptor()
    sealing.authenticate_additional_data(context.encode())
    body = sealing.update(plain.encode()) + sealing.finalize()
    return key.prefix + base64.urlsafe_b64encode(nonce + sealing.tag + body).decode()


def opened(token: str, context: str) -> str:
    """The text of a ciphertext."""
    if not token:
        return ""
    name, _dot, packed = token.removeprefix(MARK).partition(".")
    key = next((one for one in ring() if one.name == name), None)
    if key is None:
        raise LostKey(f"No key {name} in QIAO_FIELD_KEYS.")
    try:
        held = base64.urlsafe_b64decode(packed)
        opening = key.sealing(held[:NONCE], held[NONCE : NONCE + TAG]).decryptor()
        opening.authenticate_additional_data(context.encode())
        return (opening.update(held[NONCE + TAG :]) + opening.finalize()).decode()
    except (InvalidTag, binascii.Error, ValueError) as fault:
        raise LostKey("What is stored was changed, or belongs to another column.") from fault
