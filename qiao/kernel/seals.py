"""The journal as evidence: entries are sealed in batches, each seal signed and bound to the one before; and whether all still holds.

Each congress has a chain of its own, and the installation one (number 0), so that a congress's journal can be proved without anybody
else's. What was written after the last seal is not evidence yet and is shown so.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from .models import Entry, Seal

BATCH = 500
"""Entries under one seal at most: what is held in memory at once."""
KEY_BYTES = 32
PATIENCE = "2s"
"""How long sealing waits for writers before it leaves it to the next time."""


# --- what is sealed -----------------------------------------------------------------------------------------------------------


def content(entry: Entry) -> dict[str, Any]:
    """All that an entry says, as plain values: what its hash is reckoned over."""
    return {
        "id": entry.pk, "code": entry.code, "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"), "user": entry.user_id,
        "acting_as": entry.acting_as, "via": entry.via, "because": entry.because, "note": entry.note, "changes": entry.changes,
        "kind": ContentType.objects.get_for_id(entry.kind_id).model, "pk_of": entry.pk_of, "trail": entry.trail,
        "congress": entry.congress_id,
    }  # fmt: skip


def leaf(entry: Entry) -> str:
    """The hash of an entry, hexadecimal: SHA-256 over its content as JSON, keys in order, no white space, UTF-8."""
    written = json.dumps(content(entry), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def leaves_of(entries: Iterable[Entry]) -> str:
    """A line ``id hash`` for each entry."""
    return "\n".join(f"{entry.pk} {leaf(entry)}" for entry in entries)


def digest_of(previous: str, leaves: str) -> str:
    """The hash that a seal signs: over the seal before and the leaves."""
    return hashlib.sha256(f"{previous}\n{leaves}".encode()).hexdigest()


# --- the key ------------------------------------------------------------------------------------------------------------------


def _key() -> Ed25519PrivateKey:
    """The installation's key: given, or derived from the secret key, so that every server of the installation has the same."""
    if settings.JOURNAL_KEY:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.JOURNAL_KEY))
    drawn = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"journal seal").derive(settings.SECRET_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(drawn)


def public_key() -> str:
    """The key everybody may know, hexadecimal: with it a signature is checked."""
    return _key().public_key().public_bytes_raw().hex()


def sign(digest: str) -> str:
    """The installation's signature under a hash."""
    return _key().sign(digest.encode()).hex()


def is_signed(digest: str, signature: str, key: str) -> bool:
    """Whether ``key`` signed this hash."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


# --- sealing ------------------------------------------------------------------------------------------------------------------


def seal_waiting() -> int:
    """Seal all that is written in every journal; returns how many entries. Nothing if writers do not leave a moment for it."""
    upto = _settled()
    return sum(_sealed(congress, upto) for congress in _congresses()) if upto else 0


def _settled() -> int:
    """The number up to which every entry is committed or will never be.

    Numbers are given before the commit: without waiting for the writers at work an entry could appear below a seal later.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                    cursor.execute("LOCK TABLE kernel_entry IN SHARE MODE")
            return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    except OperationalError:
        return 0


def _congresses() -> Iterator[int]:
    """The congresses with a journal, by leaps over the index."""
    found = Entry.objects.order_by("congress_id").values_list("congress_id", flat=True)
    here = found.first()
    while here is not None:
        yield here
        here = found.filter(congress_id__gt=here).first()


def _sealed(congress: int, upto: int) -> int:
    """Seal one congress's entries, batch by batch; another process at the same work is left to it."""
    count = 0
    while True:
        try:
            with transaction.atomic():
                made = _seal(congress, upto)
        except IntegrityError:
            return count
        if not made:
            return count
        count += made


def _seal(congress: int, upto: int) -> int:
    last = Seal.objects.filter(congress_id=congress).order_by("-number").first()
    waiting = Entry.objects.filter(congress_id=congress, id__gt=last.last_id if last else 0, id__lte=upto)
    entries = list(waiting.order_by("id")[:BATCH])
    if entries:
        previous, leaves = last.digest if last else "", leaves_of(entries)
        digest = digest_of(previous, leaves)
        Seal.objects.create(
            congress_id=congress, number=last.number + 1 if last else 1, first_id=entries[0].pk, last_id=entries[-1].pk,
            leaves=leaves, previous=previous, digest=digest, signature=sign(digest), key=public_key(),
        )  # fmt: skip
    return len(entries)


def sealed_upto(congresses: Iterable[int]) -> dict[int, int]:
    """For each congress the last entry that is sealed."""
    newest = {c: Seal.objects.filter(congress_id=c).order_by("-last_id").values_list("last_id", flat=True).first() for c in set(congresses)}
    return {congress: last or 0 for congress, last in newest.items()}


# --- verifying ----------------------------------------------------------------------------------------------------------------


@dataclass
class Report:
    """What a verification found: how much was looked at, and the first thing that does not hold."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    fault: str = ""
    seal: int = 0
    entry: int = 0
    digest: str = ""
    """Of the last seal: noted elsewhere, it proves later that none was cut off the end."""


def verify(congress: int, tell: Callable[[int], object] = int) -> Report:
    """Go through a congress's journal from its first seal; ``tell`` hears how many entries each seal brought."""
    report, previous, last_id = Report(), "", 0
    trusted = {public_key(), *settings.JOURNAL_KEYS_BEFORE}
    for seal in Seal.objects.filter(congress_id=congress).order_by("number").iterator(chunk_size=50):
        report.seal = seal.number
        report.fault = _fault_of(seal, report.seals + 1, previous, trusted) or _fault_within(seal, last_id, report)
        if report.fault:
            return report
        report.seals, report.digest = report.seals + 1, seal.digest
        report.entries += seal.leaves.count("\n") + 1
        previous, last_id = seal.digest, seal.last_id
        tell(seal.leaves.count("\n") + 1)
    report.unsealed = Entry.objects.filter(congress_id=congress, id__gt=last_id).count()
    return report


def _fault_of(seal: Seal, number: int, previous: str, trusted: set[str]) -> str:
    """What is wrong with a seal itself."""
    if seal.number != number:
        return _("Seal %(number)s is missing.") % {"number": number}
    if seal.previous != previous:
        return _("Seal %(number)s does not follow from the one before.") % {"number": number}
    if digest_of(seal.previous, seal.leaves) != seal.digest:
        return _("Seal %(number)s was changed: its hash is not that of what it holds.") % {"number": number}
    if seal.key not in trusted:
        return _("Seal %(number)s was signed with a key that is not this installation's.") % {"number": number}
    if not is_signed(seal.digest, seal.signature, seal.key):
        return _("The signature of seal %(number)s is not right.") % {"number": number}
    return ""


def _fault_within(seal: Seal, after: int, report: Report) -> str:
    """Which entry is not as it was sealed: changed, gone, or slipped in."""
    sealed = {int(pk): held for pk, held in (line.split(" ") for line in seal.leaves.split("\n"))}
    most = len(sealed) + 1
    found = {
        e.pk: leaf(e) for e in Entry.objects.filter(congress_id=seal.congress_id, id__gt=after, id__lte=seal.last_id).order_by("id")[:most]
    }
    if found == sealed:
        return ""
    report.entry = min(pk for pk in sealed.keys() | found.keys() if sealed.get(pk) != found.get(pk))
    said = {"entry": report.entry, "number": seal.number}
    if report.entry not in found:
        return _("Entry %(entry)s is missing; it was sealed with seal %(number)s.") % said
    if report.entry not in sealed:
        return _("Entry %(entry)s was slipped in among the entries of seal %(number)s.") % said
    return _("Entry %(entry)s was changed after it was sealed with seal %(number)s.") % said
