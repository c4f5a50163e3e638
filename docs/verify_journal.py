"""Checks an exported journal (.jsonl) without Qiao: python verify_journal.py FILE [PUBLIC KEY]. Needs Python and its package cryptography.

Compare the public key with the one the congress has told you by another way: whoever can make the file could make a key.
"""

import hashlib
import json
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def must(holds, otherwise):
    if not holds:
        sys.exit(f"NOT VALID: {otherwise}")


def signed(digest, signature, key):  # raises InvalidSignature
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), digest.encode())


def check(path, key=None):
    whole, previous, number, upto, leaves, entries, unsealed, last = hashlib.sha256(), "", 0, 0, {}, 0, 0, None
    for line in open(path, "rb"):
        must(last is None, "something stands after the last line")
        said = json.loads(line)
        key = key or said["key"]
        if seal := said.get("seal"):
            number += 1
            must((seal["number"], seal["previous"]) == (number, previous), f"seal {number} is missing or out of order")
            digest = hashlib.sha256("\n".join([previous, *seal["leaves"]]).encode()).hexdigest()
            must(digest == seal["digest"], f"seal {number} was changed")
            signed(digest, seal["signature"], seal["key"])
            previous, upto, leaves = digest, seal["last"], dict(leaf.split(" ") for leaf in seal["leaves"])
        if entry := said.get("entry"):
            text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            held = leaves.get(str(entry["id"]))
            must(held or entry["id"] > upto, f"entry {entry['id']} is in no seal")
            must(held in (None, hashlib.sha256(text.encode()).hexdigest()), f"entry {entry['id']} was changed")
            entries, unsealed = entries + 1, unsealed + (held is None)
        last = said if "sha256" in said else whole.update(line)
    must(last and last["sha256"] == whole.hexdigest(), "the file was changed or cut off")
    signed(last["sha256"], last["signature"], key)
    return f"All holds: {entries} entries ({unsealed} not sealed yet), {number} seals, signed by {key}."


if __name__ == "__main__":
    print(check(*sys.argv[1:]))
