"""A device with one passkey, in software: what a browser would answer for it."""

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT_AND_VERIFIED, WITH_CREDENTIAL = 0x05, 0x40


class Device:
    """Makes a passkey for a site and signs with it; counts each signature."""

    def __init__(self, origin="https://qiao.example", host="qiao.example"):
        self.origin, self.host, self.counter = origin, host, 0
        self.key, self.name = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)

    def make(self, options):
        """The answer to what a page asks for a new passkey."""
        credential = AttestedCredentialData.create(Aaguid.NONE, self.name, ES256.from_cryptography_key(self.key.public_key()))
        said = self._data(WITH_CREDENTIAL, credential)
        return self._answer("webauthn.create", options, {"attestationObject": AttestationObject.create("none", said, {})})

    def show(self, options):
        """The answer to what a page asks for at a sign-in."""
        self.counter += 1
        said, client = self._data(), self._client("webauthn.get", options)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer("webauthn.get", options, {"authenticatorData": said, "signature": signature})

    def _data(self, flags=0, credential=b""):
        host = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData(host + struct.pack(">BI", PRESENT_AND_VERIFIED | flags, self.counter) + credential)

    def _client(self, kind, options):
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, kind, options, parts):
        name = websafe_encode(self.name)
        response = {key: websafe_encode(part) for key, part in ({"clientDataJSON": self._client(kind, options)} | parts).items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}})
