"""Passkeys: made, shown instead of the password or after it, refused to the wrong hand, taken away."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from qiao.accounts import operations
from qiao.accounts.models import Factor, FailedSignIn, Passkey
from qiao.accounts.queries import has_factor
from qiao.kernel import clock
from qiao.kernel.models import Entry
from qiao.rulebook.operations import set_provision
from tests.accounts import factories
from tests.orgs import factories as places

from .device import Device

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P3")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.SITE_URL = "https://qiao.example"
    with translation.override("en"):
        yield


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def user(body):
    return factories.post(body).user


def visitor():
    client = Client()
    client.cookies["qiao_language"] = "en"
    return client


def asked(client, name="passkey_sign_in"):
    """What the page asks of the browser."""
    page = client.get(reverse(f"accounts:{name}")).content.decode()
    return json.loads(unescape(re.search(r'data-passkey-options="([^"]+)"', page)[1]))


def made(user, device, name="Office computer"):
    """A passkey of the device for a person, made on the page; its recovery codes, where it was the first second factor."""
    client = visitor()
    client.force_login(user)
    answer = client.post(reverse("accounts:add_passkey"), {"name": name, "answer": device.make(asked(client, "add_passkey"))})
    return re.findall(r"<code>([^<]+)</code>", answer.content.decode()) if answer.status_code == 200 else answer


def shown(client, device, options=None):
    return client.post(reverse("accounts:passkey_sign_in"), {"answer": device.show(options or asked(client))})


def test_a_passkey_signs_in_alone_and_in_place_of_a_code(user):
    device = Device()
    recovery = made(user, device)
    assert (len(recovery), has_factor(user)) == (10, True)
    client = visitor()
    assert shown(client, device).status_code == 302
    assert int(client.session["_auth_user_id"]) == user.pk
    client = visitor()
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": factories.PASSWORD})
    assert "_auth_user_id" not in client.session, "the password alone does not let in any more"
    assert shown(client, device).status_code == 302
    assert int(client.session["_auth_user_id"]) == user.pk
    notes = Entry.objects.filter(code="user.sign_in").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["passkey", "password, passkey"]
    entries = "".join(str(changes) for changes in Entry.objects.filter(code__startswith="passkey.").values_list("changes", flat=True))
    assert Passkey.objects.get().credential not in entries
    client = visitor()
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": factories.PASSWORD})
    assert client.post(reverse("accounts:second"), {"code": recovery[0]}).status_code == 302, "a recovery code stands for a lost passkey"


def test_what_was_signed_for_another_question_site_or_by_a_copy_is_refused(user):
    device = Device()
    made(user, device)
    client = visitor()
    options = asked(client)
    assert shown(client, device, options).status_code == 302
    assert shown(visitor(), device, options).status_code == 422, "an answer read by others is worth nothing"
    device.origin = "https://qiao.example.net"
    assert shown(visitor(), device).status_code == 422
    device.origin, device.counter = "https://qiao.example", 0
    assert "seems to be a copy" in shown(visitor(), device).content.decode()
    assert set(FailedSignIn.objects.values_list("login", flat=True)) == {user.login}
    assert "No open account" in shown(visitor(), Device()).content.decode()


def test_after_a_password_only_the_persons_own_passkey_counts(body, user):
    made(user, Device())
    other, device = factories.post(body).user, Device()
    made(other, device)
    client = visitor()
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": factories.PASSWORD})
    assert shown(client, device).url == reverse("accounts:sign_in")
    assert "_auth_user_id" not in client.session


def test_many_wrong_tries_lock_the_account_for_passkeys_too(user, settings):
    device = Device()
    made(user, device)
    for _time in range(settings.SIGN_IN_FAILURES):
        operations.fail_sign_in(None, actor=factories.SYSTEM, login=user.login, address="")
    assert "opens again at" in shown(visitor(), device).content.decode()


def test_a_passkey_is_the_second_factor_that_a_congress_asks_for_and_the_last_one_stays(body, user):
    set_provision(
        body, actor=factories.SYSTEM, key="second_factor_required", value=["deputy_affairs"], source="tests", valid_from=clock.today()
    )
    client = visitor()
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": factories.PASSWORD})
    assert client.get("/").url == reverse("accounts:factor")
    device = Device()
    client.post(reverse("accounts:add_passkey"), {"name": "Telephone", "answer": device.make(asked(client, "add_passkey"))})
    assert client.get("/").status_code == 200, "nothing is owed any more"

    passkey = Passkey.objects.get()
    remove = reverse("accounts:remove_passkey", args=[passkey.pk])
    assert client.post(remove, {"password": "wrong"}).status_code == 422
    assert "requires a second factor" in client.post(remove, {"password": factories.PASSWORD}).content.decode()
    made(user, Device(), name="Key")
    assert "of this name already" in made(user, Device(), name="Key").content.decode()
    assert client.post(reverse("accounts:passkey", args=[passkey.pk]), {"name": "Old telephone"}).status_code == 302
    assert client.post(remove, {"password": factories.PASSWORD}).status_code == 302
    assert [one.name for one in Passkey.objects.all()] == ["Key"]
    assert Entry.objects.get(code="passkey.remove").note == "Old telephone"
    stranger = visitor()
    stranger.force_login(factories.post(body).user)
    assert stranger.get(reverse("accounts:passkey", args=[Passkey.objects.get().pk])).status_code == 404


def test_who_lost_every_device_is_set_back_by_the_security_administrator(body, user):
    made(user, Device())
    operations.reset_factor(user, actor=factories.actor(body, role="secadmin"), note="Lost, seen in person.")
    assert not Passkey.objects.exists()
    assert not Factor.objects.exists()


def test_where_the_address_is_a_number_there_are_none(user, settings, client):
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert client.get(reverse("accounts:passkey_sign_in")).status_code == 404
