"""Passkeys (W3C Web Authentication, level 2): what the browser is asked, and whether its answer is right.

The browser's signature counts only for the address in QIAO_SITE_URL. What is asked is kept in the session until the answer comes.
"""

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from qiao.kernel.errors import Unfit

from .models import Passkey, User

State = dict[str, Any]
"""What was asked of a browser; its answer is compared with it."""


def _site() -> tuple[str, str]:
    """Host and origin of the installation's address."""
    site = urlsplit(settings.SITE_URL)
    return site.hostname or "", f"{site.scheme}://{site.netloc}"


def are_possible() -> bool:
    """Whether browsers give out passkeys for the installation's address: it has a name, not just numbers, and is encrypted."""
    host, origin = _site()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return origin.startswith("https:") or host == "localhost"
    return False


def _server() -> Fido2Server:
    host, origin = _site()
    return Fido2Server(PublicKeyCredentialRpEntity(name="Qiao", id=host), verify_origin=lambda said: said == origin)


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    ids = Passkey.objects.filter(user=user).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one)) for one in ids]


def ask_to_make(user: User) -> tuple[State, State]:
    """What the browser is asked for a new passkey of a person, and what to remember of it; the device makes sure who holds it."""
    who = PublicKeyCredentialUserEntity(id=str(user.pk).encode(), name=user.login, display_name=user.person.name)
    asked, state = _server().register_begin(
        who,
        _known(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(asked.public_key), state


def ask_to_show(user: User | None = None) -> tuple[State, State]:
    """What the browser is asked to show: any passkey of this site, or one of a person whose password was right."""
    asked, state = _server().authenticate_begin(_known(user) if user else None, UserVerificationRequirement.REQUIRED)
    return dict(asked.public_key), state


def made(state: State | None, answer: str) -> tuple[str, str, int]:
    """A new passkey by the browser's answer: its identifier, its public key as it is kept, its counter. Unfit if the answer is wrong."""
    try:
        said = _server().register_complete(state or {}, json.loads(answer))
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        raise Unfit(_("The passkey was not made. Try again.")) from error
    assert said.credential_data is not None  # noqa: S101 — register_complete has seen to it
    return websafe_encode(said.credential_data.credential_id), websafe_encode(said.credential_data), said.counter


def meant(answer: str) -> Passkey | None:
    """Which passkey a browser's answer speaks of; nothing is proved by that yet."""
    try:
        name = websafe_encode(AuthenticationResponse.from_dict(json.loads(answer)).raw_id)
    except (ValueError, KeyError, TypeError):
        return None
    return Passkey.objects.filter(credential_id=name, user__is_active=True).select_related("user__person").first()


def shown(passkey: Passkey, state: State | None, answer: str) -> int:
    """The counter of a passkey whose signature under what was asked is right; else Unfit."""
    try:
        said = AuthenticationResponse.from_dict(json.loads(answer))
        _server().authenticate_complete(state or {}, [AttestedCredentialData(websafe_decode(passkey.credential))], said)
    except (ValueError, KeyError, TypeError) as error:
        raise Unfit(_("The passkey was not accepted. Try again, or sign in another way.")) from error
    return said.response.authenticator_data.counter
