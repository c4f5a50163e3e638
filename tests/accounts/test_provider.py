"""Signing in by the identity provider: whose account it opens, what it never opens, and what is said when it does not work."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from qiao.accounts import codes, operations
from qiao.accounts.models import ProviderIdentity, User
from qiao.kernel.journal import history
from qiao.kernel.policy import Actor
from tests.orgs import factories as places

from . import factories
from .provider import CLIENT, free_port, pass_through, running

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P3")]


@pytest.fixture(scope="module")
def address():
    with running({"u-1": "zhang", "u-2": "li"}) as at:
        yield at


@pytest.fixture(autouse=True)
def _set_up(settings, address, client):
    settings.OIDC_ISSUER = address
    for name, value in CLIENT.items():
        setattr(settings, name, value)
    client.cookies["qiao_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def user():
    held = factories.post(places.congress()).user
    User.objects.filter(pk=held.pk).update(login="zhang")
    held.refresh_from_db()
    return held


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_signs_in_by_the_provider_and_is_known_by_its_own_name_for_them_from_then_on(client, user):
    assert pass_through(client, "u-1").status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert ProviderIdentity.objects.get().subject == "u-1"
    User.objects.filter(pk=user.pk).update(login="renamed")
    again = Client()
    pass_through(again, "u-1")
    assert again.session["_auth_user_id"] == str(user.pk)
    assert [line.code for line in history(user)][:3] == ["user.sign_in", "user.sign_in", "provider.connect"]


def test_a_name_that_passed_to_somebody_else_there_does_not_open_the_account(client, user):
    pass_through(client, "u-1")
    User.objects.filter(pk=user.pk).update(login="li")
    other = Client()
    answer = pass_through(other, "u-2")
    assert (answer.status_code, is_in(other)) == (422, False)


@pytest.mark.parametrize("closed", [True, False])
def test_no_account_is_opened_that_is_closed_or_not_there(client, user, closed):
    User.objects.filter(pk=user.pk).update(is_active=not closed, login="zhang" if closed else "someone")
    answer = pass_through(client, "u-1")
    assert (answer.status_code, is_in(client), ProviderIdentity.objects.count()) == (422, False, 0)
    assert "No open account here belongs to “zhang”" in answer.content.decode()


def test_without_the_claim_an_account_must_be_connected_by_its_holder_first(client, user, settings):
    settings.OIDC_CLAIM = ""
    assert pass_through(client, "u-1").status_code == 422
    client.post(reverse("accounts:sign_in"), {"login": "zhang", "password": factories.PASSWORD})
    assert pass_through(client, "u-1")["Location"] == reverse("accounts:mine")
    assert "Connected on" in client.get(reverse("accounts:mine")).content.decode()
    other = Client()
    pass_through(other, "u-1")
    assert is_in(other)
    client.post(reverse("accounts:provider_leave"))
    assert not ProviderIdentity.objects.exists()


def test_nobody_connects_an_account_with_a_person_that_is_anothers_already(client, user):
    pass_through(client, "u-1")
    second = factories.post(places.congress()).user
    other = Client()
    other.cookies["qiao_language"] = "en"
    other.force_login(second)
    pass_through(other, "u-1")
    assert "connected with another account" in other.get(reverse("accounts:mine")).content.decode()
    assert ProviderIdentity.objects.get().user == user


def test_the_second_factor_is_asked_for_there_too(client, user):
    secret = codes.new_secret()
    operations.add_factor(user, actor=Actor(user=user), secret=secret, code=codes.code_now(secret), recovery=[])
    assert pass_through(client, "u-1")["Location"] == reverse("accounts:second")
    assert not is_in(client)


def test_an_old_password_is_not_asked_to_be_changed_by_who_does_not_use_it(client, user, settings):
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - dt.timedelta(days=settings.PASSWORD_DAYS + 1))
    pass_through(client, "u-1")
    assert "owed" not in client.session
    client.post(reverse("accounts:sign_out"))
    client.post(reverse("accounts:sign_in"), {"login": "zhang", "password": factories.PASSWORD})
    assert client.session["owed"] == "accounts:password"


def test_one_goes_on_to_the_page_one_wanted_but_never_elsewhere(client, user):
    assert pass_through(client, "u-1", "/account/provider/?next=/notices/")["Location"] == "/notices/"
    other = Client()
    assert pass_through(other, "u-1", "/account/provider/?next=//evil.example/")["Location"] == reverse("web:home")


def test_an_answer_that_nobody_asked_for_or_that_is_forged_signs_nobody_in(client, user):
    for query in ("", "?error=access_denied", "?code=made-up&state=made-up"):
        answer = client.get(f"/account/provider/back/{query}")
        assert (answer.status_code, is_in(client)) == (422, False)
        assert "did not work" in answer.content.decode()


def test_a_silent_provider_is_said_to_be_silent_and_the_password_still_works(client, user, settings):
    settings.OIDC_ISSUER = f"http://127.0.0.1:{free_port()}"
    answer = client.get("/account/provider/")
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()
    assert client.post(reverse("accounts:sign_in"), {"login": "zhang", "password": factories.PASSWORD}).status_code == 302


def test_where_no_provider_is_set_up_there_is_no_such_door(client, user, settings):
    settings.OIDC_ISSUER = ""
    assert client.get("/account/provider/").status_code == client.get("/account/provider/back/").status_code == 404
    assert "统一身份认证" not in client.get(reverse("accounts:sign_in")).content.decode()
