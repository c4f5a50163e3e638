"""Signing in by the installation's own identity provider (OpenID Connect): the conversation with it, and whose account is meant."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from qiao.kernel.errors import Unfit

from .models import ProviderIdentity, User

SECONDS = 10
"""How long the provider may take to answer."""
TROUBLE = (OAuthError, RequestException, JoseError, ValueError, KeyError)
"""What goes wrong with a provider: it refuses, is silent, signs wrongly, or talks nonsense."""


def is_set_up() -> bool:
    """Whether this installation has a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT)


@lru_cache(maxsize=1)
def _client(issuer: str, client: str, secret: str) -> Any:
    return OAuth().register(
        "provider",
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=client,
        client_secret=secret,
        client_kwargs={"scope": settings.OIDC_SCOPE, "code_challenge_method": "S256", "default_timeout": SECONDS},
    )


def client() -> Any:
    """The library's client of the provider; what the provider says of itself is asked for once a process."""
    return _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET)


def go(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider; one of ``TROUBLE`` if that does not answer."""
    answer: HttpResponse = client().authorize_redirect(request, request.build_absolute_uri(reverse("accounts:provider_back")))
    return answer


def claims_of(request: HttpRequest) -> Mapping[str, Any]:
    """What the provider says of who has come back, its signature, its time and the answer's state checked; else one of ``TROUBLE``."""
    claims: Mapping[str, Any] = client().authorize_access_token(request)["userinfo"]
    return claims


def account_of(claims: Mapping[str, Any]) -> tuple[User, bool]:
    """The open account that is meant, and whether it is connected already.

    An account that nobody has connected is found by its sign-in name, where the settings name the claim that holds it.
    """
    known = ProviderIdentity.objects.filter(issuer=claims["iss"], subject=claims["sub"]).select_related("user__person").first()
    named = str(claims.get(settings.OIDC_CLAIM) or "") if settings.OIDC_CLAIM else ""
    user = known.user if known else User.objects.filter(login=named, provider_identity=None).first() if named else None
    if user is None or not user.is_active:
        raise Unfit(
            _("No open account here belongs to “%(name)s”. Sign in with your password, or ask your administrator.")
            % {"name": named or claims["sub"]}
        )
    return user, known is not None
