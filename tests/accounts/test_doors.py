"""Signing in: failures and locks, passwords and their age, the second factor, sessions and their end."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from qiao.accounts import codes, operations
from qiao.accounts.devices import device
from qiao.accounts.models import Factor, FailedSignIn, SignedIn, User
from qiao.accounts.queries import locked_until
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.rulebook.operations import set_provision
from tests.accounts import factories
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db
SYSTEM = factories.SYSTEM
HOME = "/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["qiao_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def user(body):
    return factories.post(body).user


def enter(client, user, password=factories.PASSWORD):
    return client.post(reverse("accounts:sign_in"), {"login": user.login, "password": password})


def protect(user):
    """Give somebody a second factor; its secret and recovery codes."""
    secret, recovery = codes.new_secret(), codes.new_recovery_codes()
    operations.add_factor(user, actor=Actor(user=user), secret=secret, code=codes.code_now(secret), recovery=recovery)
    return secret, recovery


def codes_of(user):
    return list(Entry.objects.filter(trail=f"user:{user.pk}").order_by("pk").values_list("code", flat=True))


# --- failures and locks -------------------------------------------------------------------------------------------------------


def test_after_five_failures_an_account_is_locked_for_a_while_even_for_the_right_password(client, user, settings):
    for _time in range(settings.SIGN_IN_FAILURES):
        assert enter(client, user, "wrong").status_code == 422
    answer = enter(client, user)
    assert (answer.status_code, FailedSignIn.objects.count()) == (422, settings.SIGN_IN_FAILURES), "a try while locked is not counted"
    assert "opens again at" in answer.content.decode()
    with clock.pretend(clock.now() + dt.timedelta(minutes=settings.LOCK_MINUTES, seconds=1)):
        assert enter(client, user).status_code == 302
    assert FailedSignIn.objects.count() == 0


def test_a_name_that_nobody_has_is_locked_alike(client, db, settings):
    nobody = User(login="nobody")
    for _time in range(settings.SIGN_IN_FAILURES):
        enter(client, nobody, "wrong")
    assert "opens again at" in enter(client, nobody, "wrong").content.decode()


def test_an_address_that_tries_many_names_is_locked_too(client, user, settings):
    settings.ADDRESS_FAILURES = 3
    for number in range(3):
        operations.fail_sign_in(None, actor=SYSTEM, login=f"name{number}", address="127.0.0.1")
    assert enter(client, user).status_code == 422
    assert locked_until(user.login, "10.0.0.9") is None


def test_the_address_is_the_one_that_our_own_proxy_saw(client, user, settings):
    settings.PROXIES = 1
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": "x"}, headers={"X-Forwarded-For": "6.6.6.6, 10.1.2.3"})
    assert FailedSignIn.objects.get().address == "10.1.2.3"


def test_the_system_administrator_lifts_a_lock(client, body, user, settings):
    for _time in range(settings.SIGN_IN_FAILURES):
        operations.fail_sign_in(None, actor=SYSTEM, login=user.login, address="")
    with pytest.raises(NotAllowed):
        operations.unlock(user, actor=factories.actor(body))
    client.force_login(factories.actor(body, role="sysadmin").user)
    assert "Locked until" in client.get(reverse("accounts:person", args=[user.pk])).content.decode()
    client.post(reverse("accounts:unlock", args=[user.pk]))
    assert locked_until(user.login, "") is None


def test_the_journal_keeps_who_came_who_left_and_who_failed(client, user):
    enter(client, user, "wrong")
    enter(client, user)
    client.post(reverse("accounts:sign_out"))
    assert codes_of(user)[-3:] == ["user.fail_sign_in", "user.sign_in", "user.sign_out"]


# --- passwords ----------------------------------------------------------------------------------------------------------------


def test_none_of_the_last_passwords_is_taken_again(user, settings):
    settings.PASSWORD_HISTORY = 3
    mine = Actor(user=user)
    for new in ("qingshan-2027", "baishui-2028"):
        operations.change_password(user, actor=mine, password=new)
    for old in (factories.PASSWORD, "qingshan-2027", "baishui-2028"):
        with pytest.raises(ValidationError, match="used this password before"):
            operations.change_password(User.objects.get(pk=user.pk), actor=mine, password=old)
    operations.change_password(user, actor=mine, password="hongqiao-2029")
    assert operations.change_password(user, actor=mine, password=factories.PASSWORD), "the fourth last may come again"


def test_a_refused_new_password_says_why_on_the_page(client, user):
    client.force_login(user)
    given = {"old_password": factories.PASSWORD, "new_password1": factories.PASSWORD, "new_password2": factories.PASSWORD}
    answer = client.post(reverse("accounts:password"), given)
    assert answer.status_code == 422
    assert "used this password before" in answer.content.decode()


def test_a_password_that_is_too_old_is_changed_before_anything_else(client, user, settings):
    operations.change_password(user, actor=Actor(user=user), password="qingshan-2027")
    with clock.pretend(clock.now() + dt.timedelta(days=settings.PASSWORD_DAYS)):
        enter(client, user, "qingshan-2027")
        assert client.get(HOME).url == reverse("accounts:password")
        assert client.post(reverse("accounts:switch"), {}).status_code == 403
        assert client.get("/api/v1/suggestions/").status_code == 403
        new = {"old_password": "qingshan-2027", "new_password1": "baishui-2028", "new_password2": "baishui-2028"}
        assert client.post(reverse("accounts:password"), new).status_code == 302
        assert client.get(HOME).status_code == 200


# --- the second factor --------------------------------------------------------------------------------------------------------


def test_with_a_second_factor_the_password_alone_does_not_let_in(client, user):
    secret, _recovery = protect(user)
    assert enter(client, user).url == reverse("accounts:second")
    assert client.get(HOME).status_code == 302
    assert client.post(reverse("accounts:second"), {"code": "000000"}).status_code == 422
    assert client.post(reverse("accounts:second"), {"code": codes.code_now(secret, after=1)}).status_code == 302
    assert client.get(HOME).status_code == 200
    assert "factor.use" in codes_of(user)


def test_a_code_works_once(user):
    secret, _recovery = protect(user)
    code = codes.code_now(secret, after=1)
    operations.use_code(user.factor, actor=Actor(user=user), code=code)
    for used in (code, codes.code_now(secret)):
        with pytest.raises(Unfit):
            operations.use_code(Factor.objects.get(), actor=Actor(user=user), code=used)


def test_a_recovery_code_works_once_in_place_of_a_code(client, user):
    _secret, recovery = protect(user)
    for expected in (302, 422):
        client.logout()
        enter(client, user)
        assert client.post(reverse("accounts:second"), {"code": f" {recovery[3].upper()} "}).status_code == expected


def test_guessed_codes_lock_the_account_as_guessed_passwords_do(client, user, settings):
    secret, _recovery = protect(user)
    enter(client, user)
    for _time in range(settings.SIGN_IN_FAILURES):
        client.post(reverse("accounts:second"), {"code": "000000"})
    assert client.post(reverse("accounts:second"), {"code": codes.code_now(secret, after=1)}).status_code == 422
    assert "opens again" in enter(client, user).content.decode()


def test_the_secret_is_stored_sealed_and_kept_out_of_the_journal(user):
    secret, recovery = protect(user)
    factor = Factor.objects.get()
    assert secret not in factor.secret
    assert codes.unseal(factor.secret) == secret
    assert recovery[0] not in str(factor.recovery)
    assert secret not in str(Entry.objects.get(code="factor.add").changes)
    assert factor.secret not in str(Entry.objects.get(code="factor.add").changes)


def test_a_congress_requires_it_and_nothing_else_is_answered_until_it_is_set_up(client, body, user):
    set_provision(body, actor=SYSTEM, key="second_factor_required", value=["deputy_affairs"], source="测试", valid_from=clock.today())
    enter(client, user)
    assert client.get(HOME).url == reverse("accounts:factor")
    page = client.get(reverse("accounts:factor"))
    assert "requires a second factor" in page.content.decode()
    assert client.post(reverse("accounts:factor"), {"code": "000000"}).status_code == 422
    answer = client.post(reverse("accounts:factor"), {"code": codes.code_now(page.context["secret"])})
    assert len(answer.context["codes"]) == codes.RECOVERY_CODES
    assert client.get(HOME).status_code == 200
    with pytest.raises(Unfit, match="requires"):
        operations.remove_factor(user, actor=Actor(user=user))


def test_one_removes_ones_own_factor_by_a_code_where_none_is_required(client, user):
    secret, _recovery = protect(user)
    client.force_login(user)
    assert client.post(reverse("accounts:remove_factor"), {"code": "000000"}).status_code == 422
    assert client.post(reverse("accounts:remove_factor"), {"code": codes.code_now(secret, after=1)}).status_code == 302
    assert not Factor.objects.exists()


def test_a_lost_factor_is_taken_away_by_the_security_administrator_with_a_reason(body, user):
    protect(user)
    with pytest.raises(NotAllowed):
        operations.reset_factor(user, actor=factories.actor(body, role="sysadmin"), note="手机丢失")
    secadmin = factories.actor(body, role="secadmin")
    with pytest.raises(Unfit):
        operations.reset_factor(user, actor=secadmin, note=" ")
    operations.reset_factor(user, actor=secadmin, note="手机丢失")
    assert not Factor.objects.exists()
    assert Entry.objects.get(code="factor.reset").note == "手机丢失"


def test_the_second_step_needs_the_first_and_not_too_long_ago(client, user, time_machine):
    secret, _recovery = protect(user)
    assert client.get(reverse("accounts:second")).url == reverse("accounts:sign_in")
    enter(client, user)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=6))
    assert client.post(reverse("accounts:second"), {"code": codes.code_now(secret)}).url == reverse("accounts:sign_in")


# --- sessions -----------------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_nothing_is_done_for_too_long(client, user, settings, time_machine):
    enter(client, user)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=settings.IDLE_MINUTES - 1))
    assert client.get(HOME).status_code == 200
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=settings.IDLE_MINUTES + 2))
    assert client.get(HOME).url.startswith(reverse("accounts:sign_in"))
    assert Entry.objects.get(code="user.sign_out").note


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50", "WeChat · Android telephone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_as_its_owner_knows_it(agent, words):
    with translation.override("en"):
        assert device(agent) == words


def test_one_sees_where_one_is_signed_in_and_ends_the_others(client, user, client_factory):
    enter(client, user)
    for _device in range(2):
        enter(client_factory(), user)
    stranger = client_factory()
    stranger.force_login(factories.post(places.congress()).user)
    page = client.get(reverse("accounts:mine"))
    others = [one["name"] for one in page.context["sessions"] if not one["here"]]
    assert len(others) == 2
    assert client.session.session_key not in page.content.decode()
    client.post(reverse("accounts:end_others"), {"session": others[0]})
    assert SignedIn.objects.filter(user=user).count() == 2
    client.post(reverse("accounts:end_others"))
    assert SignedIn.objects.get(user=user).session_key == client.session.session_key
    assert stranger.get(HOME).status_code == 200


@pytest.fixture
def client_factory():
    return Client
