"""Activation slips: printed once with a reason, good once and for some days, and guessed no better than a password."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from qiao.accounts import codes, operations
from qiao.accounts.models import Activation, FailedSignIn, User
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from tests.accounts import factories
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db
PASSWORD = "Bridge-over-9-rivers"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def keeper(body):
    return factories.actor(body, role="sysadmin")


@pytest.fixture
def holder(body, keeper):
    return operations.open_account(factories.person(body, name="韩秋月"), actor=keeper, login="hanqy", congress=body)


@pytest.fixture
def inside(client, keeper):
    client.cookies["qiao_language"] = "en"
    client.force_login(keeper.user)
    return client


def printed(client, *users, note="New term"):
    answer = client.post(reverse("accounts:slips"), {"user": [user.pk for user in users], "note": note})
    return answer, re.findall(r"<code>([\w-]+)</code>", answer.content.decode())


def activated(client, login, code, password=PASSWORD):
    given = {"login": login, "code": code, "new_password1": password, "new_password2": password}
    return client.post(reverse("accounts:activate"), given)


@pytest.mark.capability("R5")
def test_a_slip_lets_its_holder_set_a_password_once(inside, client, holder):
    answer, (code,) = printed(inside, holder)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    inside.logout()
    assert activated(inside, "hanqy", f" {code.upper()} ").status_code == 302
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)
    assert activated(inside, "hanqy", code).status_code == 422
    assert not Activation.objects.exists()


def test_the_journal_keeps_who_made_slips_and_why_but_no_code(inside, holder, keeper):
    _answer, (code,) = printed(inside, holder, note="Replaces a lost one")
    line = Entry.objects.get(code="user.issue_slip")
    assert (line.user, line.note, line.trail) == (keeper.user, "Replaces a lost one", f"user:{holder.pk}")
    assert code not in str([entry.changes for entry in Entry.objects.all()])
    assert Activation.objects.get().mark == codes.fingerprint(code) != code


def test_without_a_reason_or_anybody_chosen_no_slip_is_made(inside, holder):
    for answer, found in (printed(inside, holder, note=""), printed(inside)):
        assert (answer.status_code, found) == (422, [])
    assert not Activation.objects.exists()


def test_slips_sent_twice_are_made_once_and_what_made_none_may_be_sent_again(inside, holder, monkeypatch):
    sent = {"user": [holder.pk], "note": "New term", "once": "mark"}
    with monkeypatch.context() as patch:
        patch.setattr(operations, "issue_slip", lambda *_what, **_how: (_ for _ in ()).throw(Unfit("In use.")))
        assert "In use." in inside.post(reverse("accounts:slips"), sent).content.decode()
    assert b"<code>" in inside.post(reverse("accounts:slips"), sent).content
    made = Activation.objects.get().mark
    again = inside.post(reverse("accounts:slips"), sent)
    assert (again.status_code, again.url) == (302, reverse("accounts:slips"))
    assert Activation.objects.get().mark == made


@pytest.mark.capability("R5")
def test_a_new_slip_makes_the_old_one_void_and_an_old_one_ends(inside, holder):
    (_one, (old,)), (_two, (new,)) = printed(inside, holder), printed(inside, holder)
    assert activated(inside, "hanqy", old).status_code == 422
    with clock.pretend(clock.now() + dt.timedelta(days=settings.ACTIVATION_DAYS, minutes=1)):
        assert "This slip has ended" in activated(inside, "hanqy", new).content.decode()
        assert "Ended" in inside.get(reverse("accounts:slips")).content.decode()
    assert activated(inside, "hanqy", new).status_code == 302


def test_guessing_codes_locks_the_name_as_guessing_passwords_does(client, inside, holder):
    _answer, (code,) = printed(inside, holder)
    inside.logout()
    for _try in range(settings.SIGN_IN_FAILURES):
        assert activated(client, "hanqy", "wrong-wrong-wrong").status_code == 422
    assert FailedSignIn.objects.filter(login="hanqy").count() == settings.SIGN_IN_FAILURES
    assert activated(client, "hanqy", code).status_code == 422
    assert not User.objects.get(login="hanqy").has_usable_password()


def test_a_password_that_the_rules_refuse_does_not_spend_the_slip(inside, holder):
    _answer, (code,) = printed(inside, holder)
    assert activated(inside, "hanqy", code, password="12345").status_code == 422
    assert activated(inside, "hanqy", code).status_code == 302


def test_only_who_keeps_the_account_makes_slips_and_never_for_one_in_use(inside, body, holder, keeper):
    stranger = factories.actor(places.congress(), role="sysadmin")
    for actor in (stranger, factories.actor(body), factories.actor(body, role="secadmin")):
        with pytest.raises(NotAllowed):
            operations.issue_slip(holder, actor=actor, code="x", note="Because")
    holder.set_password(PASSWORD)
    holder.save()
    with pytest.raises(Unfit):
        operations.issue_slip(holder, actor=keeper, code="x", note="Because")
    assert holder.login not in inside.get(reverse("accounts:slips")).content.decode()


def test_the_list_asks_the_same_however_many_wait(inside, body, holder, keeper):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert "hanqy" in inside.get(reverse("accounts:slips")).content.decode()
        return len(seen)

    before = asked()
    for n in range(8):
        user = operations.open_account(factories.person(body, name=f"新人{n}"), actor=keeper, login=f"new{n}", congress=body)
        if n % 2:
            operations.grant_post(body, actor=factories.SYSTEM, user=user, role="deputy_affairs")
        else:
            operations.issue_slip(user, actor=keeper, code=f"c{n}", note="Now")
    assert asked() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda user, keeper: operations.invite(user, actor=keeper, note="Lost"),
        lambda user, keeper: operations.close_account(user, actor=keeper, note="Left"),
        lambda user, _keeper: operations.change_password(user, actor=Actor(user=user), password=PASSWORD),
    ],
    ids=["a link instead", "closed", "set otherwise"],
)
def test_a_slip_is_void_once_the_password_comes_another_way_or_the_account_is_closed(act, inside, client, holder, keeper):
    _answer, (code,) = printed(inside, holder)
    act(holder, keeper)
    assert not Activation.objects.exists()
    if not User.objects.get(pk=holder.pk).is_active:
        operations.reopen_account(holder, actor=keeper, note="Back")
    inside.logout()
    assert activated(client, "hanqy", code, password="Another-over-9-rivers").status_code == 422


def test_a_slip_ends_the_link_made_before_it(inside, client, holder):
    answer = inside.post(reverse("accounts:invite", args=[holder.pk]), {"reason": "New"})
    link = re.search(r"/account/set/[^\s\"<]+", answer.content.decode()).group()
    assert client.get(link).status_code == 200
    printed(inside, holder)
    assert client.get(link).status_code == 404
