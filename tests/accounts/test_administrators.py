"""Three separated administrators: who gives which post, who keeps which account, who changes roles, and what the pages show."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from qiao.accounts import operations
from qiao.accounts.actors import posts_of
from qiao.accounts.management.commands import seed_roles
from qiao.accounts.models import Post, Role, User
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import PERMISSIONS, Actor
from qiao.notices.models import Notice
from qiao.orgs.models import Congress, Level
from tests.accounts import factories
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db
SYSTEM = factories.SYSTEM


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def above():
    return places.congress(places.area(code="97", name="桥南省", level=Level.PROVINCE))


@pytest.fixture
def body(above):
    return places.congress(superior=above)


@pytest.fixture
def secadmin(body):
    return factories.actor(body, role="secadmin")


@pytest.fixture
def sysadmin(body):
    return factories.actor(body, role="sysadmin")


@pytest.fixture
def clerk(body):
    return factories.actor(body)


def enter(client, actor):
    client.cookies["qiao_language"] = "en"
    client.force_login(actor.user)
    return client


# --- posts --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditadmin"])
def test_an_administrator_is_appointed_one_congress_higher_and_never_by_the_congress_itself(role, body, above, secadmin):
    somebody = factories.actor(body, role="leader").user
    with pytest.raises(NotAllowed, match="congress above"):
        operations.grant_post(body, actor=secadmin, user=somebody, role=role)
    post = operations.grant_post(body, actor=factories.actor(above, role="secadmin"), user=somebody, role=role)
    with pytest.raises(NotAllowed):
        operations.end_post(post, actor=secadmin)


def test_the_congress_above_gives_no_ordinary_post_below(body, above, clerk):
    with pytest.raises(NotAllowed):
        operations.grant_post(body, actor=factories.actor(above, role="secadmin"), user=clerk.user, role="leader")


def test_nobody_gives_a_post_to_themselves(body, secadmin):
    with pytest.raises(NotAllowed, match="themselves"):
        operations.grant_post(body, actor=secadmin, user=secadmin.user, role="deputy_affairs")


def test_a_post_does_not_reach_an_account_that_is_kept_elsewhere(body, above, secadmin):
    stranger = factories.actor(places.congress(superior=above), role="leader").user
    with pytest.raises(NotAllowed, match="kept elsewhere"):
        operations.grant_post(body, actor=secadmin, user=stranger, role="leader")


def test_nobody_holds_two_of_the_administrators_duties(body, secadmin):
    for role in ("sysadmin", "auditadmin"):
        with pytest.raises(Unfit, match="three administrators"):
            operations.grant_post(body, actor=SYSTEM, user=secadmin.user, role=role)
    operations.end_post(secadmin.post, actor=SYSTEM)
    assert operations.grant_post(body, actor=SYSTEM, user=secadmin.user, role="auditadmin").role.duty == "audit"


def test_the_rank_of_a_post_in_a_unit_is_set_by_somebody_else(body, secadmin, client):
    post = factories.post(body, role="unit_signer", unit=places.unit(body))
    client = enter(client, secadmin)
    address = reverse("accounts:rank", args=[post.pk])
    assert client.post(address, {"rank": "emperor"}).status_code == 422
    assert client.post(address, {"rank": "principal_head"}).status_code == 302
    post.refresh_from_db()
    assert post.rank == "principal_head"
    assert "The principal head" in client.get(reverse("accounts:person", args=[post.user_id])).content.decode()
    with pytest.raises(NotAllowed, match="their own rank"):
        operations.set_rank(
            post, actor=Actor(user=post.user, congresses=frozenset({body.pk}), grants=frozenset({"post.manage"})), rank="head"
        )
    with pytest.raises(ValidationError, match="Only a post in a unit"):
        operations.grant_post(body, actor=secadmin, user=post.user, role="leader", rank="head")


def test_a_post_ends_after_it_begins(body, secadmin, clerk):
    today = clock.today()
    with pytest.raises(Unfit):
        operations.grant_post(body, actor=secadmin, user=clerk.user, role="leader", starts=today, ends=today)
    week = today + dt.timedelta(days=7)
    assert operations.grant_post(body, actor=secadmin, user=clerk.user, role="leader", ends=week).ends == week


def test_no_administrators_role_has_a_part_in_matters(body, sysadmin):
    admins = Role.objects.exclude(duty="")
    assert {role.code for role in admins} == {"sysadmin", "secadmin", "auditadmin"}
    assert [code for role in admins for code in role.grants if code.startswith("suggestion.")] == []


def test_a_review_confirms_or_ends_the_chosen_posts(client, body, secadmin, clerk):
    ended = factories.post(body, role="leader")
    enter(client, secadmin).post(reverse("accounts:posts"), {"do": "confirm", "post": [clerk.post.pk, secadmin.post.pk]})
    client.post(reverse("accounts:posts"), {"do": "end", "post": [ended.pk]})
    clerk.post.refresh_from_db()
    assert clerk.post.reviewed_on == clock.today()
    assert Post.objects.get(pk=secadmin.post.pk).reviewed_on is None, "an administrator's post is reviewed by the congress above"
    assert posts_of(ended.user) == []
    with pytest.raises(Unfit):
        operations.confirm_post(ended, actor=secadmin)


def test_the_review_finds_what_was_not_confirmed_for_half_a_year(client, body, secadmin, clerk):
    old = operations.grant_post(body, actor=SYSTEM, user=clerk.user, role="leader", starts=clock.today() - dt.timedelta(days=300))
    rows = enter(client, secadmin).get(reverse("accounts:posts"), {"state": "due"}).context["shown"].rows
    assert rows == [old]
    operations.confirm_post(old, actor=secadmin)
    assert client.get(reverse("accounts:posts"), {"state": "due"}).context["shown"].rows == []
    assert client.get(reverse("accounts:posts"), {"export": "csv"}).status_code == 200


# --- help sessions ------------------------------------------------------------------------------------------------------------


def test_a_help_session_ends_by_itself_and_everybody_is_told(client, body, secadmin, clerk, django_capture_on_commit_callbacks):
    helper = operations.open_account(factories.person(body, "客服甲"), actor=SYSTEM, login="helper", congress=body)
    with django_capture_on_commit_callbacks(execute=True):
        post = operations.open_help(body, actor=secadmin, user=helper, role="deputy_affairs", hours=2, note="查导入错误")
    assert posts_of(helper) == [post]
    assert Notice.objects.get(code="help.open").user == clerk.user
    assert Entry.objects.get(code="help.open").note == "查导入错误"
    client.cookies["qiao_language"] = "en"
    client.force_login(helper)
    assert "Help session: you act for" in client.get("/").content.decode()
    with clock.pretend(clock.now() + dt.timedelta(hours=2, seconds=1)):
        assert posts_of(helper) == []


@pytest.mark.parametrize(
    ("role", "hours", "note"), [("auditadmin", 2, "查"), ("leader", 25, "查"), ("leader", 0, "查"), ("leader", 2, " ")]
)
def test_a_help_session_is_short_has_a_reason_and_is_no_administrators(role, hours, note, body, secadmin, clerk):
    with pytest.raises(Unfit):
        operations.open_help(body, actor=secadmin, user=clerk.user, role=role, hours=hours, note=note)


def test_help_is_opened_by_the_security_administrator_alone(body, sysadmin, clerk):
    with pytest.raises(NotAllowed):
        operations.open_help(body, actor=sysadmin, user=clerk.user, role="leader", hours=2, note="查")


# --- accounts -----------------------------------------------------------------------------------------------------------------


def test_an_account_is_opened_and_its_link_sets_a_password_once(client, sysadmin):
    answer = enter(client, sysadmin).post(reverse("accounts:open"), {"name": "新来者", "login": "newcomer"})
    user = User.objects.get(login="newcomer")
    assert (answer.url, user.congress) == (reverse("accounts:person", args=[user.pk]), sysadmin.post.congress)
    link = client.post(reverse("accounts:invite", args=[user.pk]), {"reason": "首次"}).context["link"]
    client.logout()
    new = {"new_password1": "qingshan-2027", "new_password2": "qingshan-2027"}
    assert client.post(link, new).url == reverse("accounts:sign_in")
    assert client.post(link, new).status_code == 404
    assert client.post(reverse("accounts:sign_in"), {"login": "newcomer", "password": "qingshan-2027"}).status_code == 302


def test_an_account_that_cannot_be_opened_leaves_no_person_behind(client, sysadmin, clerk):
    before = User.objects.count()
    answer = enter(client, sysadmin).post(reverse("accounts:open"), {"name": "新来者", "login": clerk.user.login})
    assert (answer.status_code, User.objects.count()) == (422, before)
    assert answer.context["form"]["name"].value() == "新来者"


def test_a_closed_account_is_signed_out_and_opens_again(client, sysadmin, clerk):
    enter(client, clerk)
    assert client.get("/").status_code == 200
    operations.close_account(clerk.user, actor=sysadmin, note="离职")
    assert client.get("/").status_code == 302
    assert operations.reopen_account(clerk.user, actor=sysadmin, note="返聘").is_active


def test_a_new_link_ends_the_old_password(sysadmin, clerk):
    assert clerk.user.has_usable_password()
    assert not operations.invite(clerk.user, actor=sysadmin, note="遗忘").has_usable_password()


def test_nobody_comes_by_an_administrators_post_through_the_password(body, above, sysadmin, secadmin, clerk):
    for keeper in (sysadmin, secadmin, clerk):
        with pytest.raises(NotAllowed):
            operations.invite(secadmin.user, actor=keeper, note="遗忘")
    assert operations.invite(secadmin.user, actor=factories.actor(above, role="sysadmin"), note="遗忘")
    with pytest.raises(NotAllowed):
        operations.invite(clerk.user, actor=factories.actor(places.congress(), role="sysadmin"), note="遗忘")


def test_accounts_are_opened_closed_and_given_links_by_the_system_administrator_alone(secadmin, clerk):
    for run in (operations.invite, operations.close_account, operations.reopen_account):
        with pytest.raises(NotAllowed):
            run(clerk.user, actor=secadmin, note="试")


# --- roles --------------------------------------------------------------------------------------------------------------------


def test_the_highest_security_administrator_changes_what_a_role_may_do(client, body, above, secadmin):
    leader = Role.objects.get(code="leader")
    names = {"name": "领导", "name_en": "Leader"}
    enter(client, secadmin).post(
        reverse("accounts:role", args=[leader.pk]), names | {"grants": ["suggestion.oversee", "suggestion.publish"]}
    )
    assert Role.objects.get(code="leader").grants == ["suggestion.oversee", "suggestion.publish"]
    factories.post(above, role="secadmin")
    assert client.post(reverse("accounts:role", args=[leader.pk]), names).status_code == 403
    assert str(PERMISSIONS["suggestion.oversee"]) in client.get(reverse("accounts:role", args=[leader.pk])).content.decode()


def test_a_role_never_gets_what_is_reserved_to_administrators_and_theirs_never_change(secadmin):
    given = {"name": "某", "name_en": "X"}
    for grant in ("post.manage", "account.manage", "no.such"):
        with pytest.raises(Unfit):
            operations.change_role(Role.objects.get(code="leader"), actor=secadmin, grants=[grant], **given)
    with pytest.raises(NotAllowed):
        operations.change_role(Role.objects.get(code="secadmin"), actor=secadmin, grants=[], **given)
    assert operations.add_role(None, actor=secadmin, code="hall", grants=["suggestion.oversee"], **given).pk


def test_seeding_again_leaves_changed_roles_alone_unless_told(secadmin):
    operations.change_role(Role.objects.get(code="leader"), actor=secadmin, name="首长", name_en="Head", grants=[])
    call_command("seed_roles", verbosity=0)
    assert Role.objects.get(code="leader").name == "首长"
    call_command("seed_roles", "--reset", verbosity=0)
    assert Role.objects.get(code="leader").name == "领导"


def test_a_new_version_gives_a_role_what_is_new_and_not_what_was_taken_away(secadmin, monkeypatch, tmp_path):
    call_command("seed_roles", verbosity=0)
    liaison = Role.objects.get(code="unit_liaison")
    assert liaison.grants == ["suggestion.receive", "suggestion.handle"]
    operations.change_role(liaison, actor=secadmin, name="联络", name_en="Liaison", grants=["suggestion.receive"])
    call_command("seed_roles", verbosity=0)
    later = seed_roles.SEED.read_text(encoding="utf-8").replace(
        "[suggestion.receive, suggestion.handle]", "[suggestion.receive, suggestion.handle, attendance.keep]"
    )
    monkeypatch.setattr(seed_roles, "SEED", tmp_path / "roles.yaml")
    seed_roles.SEED.write_text(later, encoding="utf-8")
    for _version in range(2):
        call_command("seed_roles", verbosity=0)
        liaison.refresh_from_db()
        assert (liaison.name, liaison.grants) == ("联络", ["suggestion.receive", "attendance.keep"])


# --- pages --------------------------------------------------------------------------------------------------------------------

PAGES = ["accounts:people", "accounts:posts", "accounts:roles", "accounts:open", "accounts:add_role"]


@pytest.mark.parametrize(
    ("role", "seen"), [("sysadmin", {"accounts:people", "accounts:open"}), ("secadmin", {*PAGES} - {"accounts:open"}), ("deputy", set())]
)
def test_each_page_is_for_its_administrator(role, seen, client, body):
    enter(client, factories.actor(body, role=role))
    assert {name for name in PAGES if client.get(reverse(name)).status_code == 200} == seen


def test_the_list_finds_people_by_name_role_and_state(client, body, secadmin, clerk):
    enter(client, secadmin)

    def found(**query):
        return {user.login for user in client.get(reverse("accounts:people"), query).context["shown"].rows}

    assert found() == {secadmin.user.login, clerk.user.login}
    assert found(q=clerk.user.login) == {clerk.user.login}
    assert found(role=clerk.post.role_id) == {clerk.user.login}
    assert found(state="never") == {clerk.user.login}
    assert found(state="closed") == set()
    assert factories.actor(places.congress()).user.login not in found()


def test_a_persons_page_is_only_for_administrators_of_their_congress(client, body, secadmin, clerk):
    page = reverse("accounts:person", args=[clerk.user.pk])
    assert enter(client, secadmin).get(page).status_code == 200
    assert enter(client, factories.actor(places.congress(), role="secadmin")).get(page).status_code == 404


@pytest.mark.parametrize("name", ["accounts:people", "accounts:posts"])
def test_a_list_asks_as_many_queries_with_nine_rows_as_with_two(name, client, body, secadmin):
    enter(client, secadmin)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        return len(queries)

    factories.post(body)
    few = asked()
    for _ in range(7):
        factories.post(body)
    assert asked() == few <= 12


# --- the first ----------------------------------------------------------------------------------------------------------------


def test_the_first_administrators_are_appointed_by_a_command(body, capsys):
    call_command("seed_roles", verbosity=0)
    call_command("first_admin", body.area.code, "secadmin", "first", "--name", "首任")
    assert "/account/set/" in capsys.readouterr().out
    assert Post.objects.get(user__login="first").role.code == "secadmin"
    with pytest.raises(CommandError, match="three administrators"):
        call_command("first_admin", body.area.code, "auditadmin", "first")
    with pytest.raises(CommandError, match="no congress"):
        call_command("first_admin", "00", "auditadmin", "second", "--name", "乙")


def test_an_empty_installation_gets_its_first_congress_with_its_first_administrator(db, capsys):
    call_command("seed_roles", verbosity=0)
    with pytest.raises(CommandError, match="Give its name"):
        call_command("first_admin", "990000", "sysadmin", "admin", "--name", "甲")
    call_command("first_admin", "990000", "sysadmin", "admin", "--name", "甲", "--place", "桥省")
    made = Congress.objects.get()
    assert (made.name, made.area.code, made.superior) == ("桥省人民代表大会", "99", None)
    with pytest.raises(CommandError, match="no congress"):
        call_command("first_admin", "980000", "sysadmin", "other", "--name", "乙", "--place", "柳省")


def test_the_system_administrator_appoints_the_other_two_once_and_hands_over_the_link(client):
    body = places.congress()
    system = factories.post(body, "sysadmin")
    one, two = (
        operations.open_account(factories.person(body, name=name), actor=SYSTEM, login=name, congress=body) for name in ("乙", "丙")
    )
    client.force_login(system.user)
    assert client.get(reverse("accounts:person", args=[one.pk])).content.decode().count(reverse("accounts:appoint", args=[one.pk])) == 2
    said = client.post(reverse("accounts:appoint", args=[one.pk]), {"duty": "security"})
    assert "/account/set/" in said.content.decode()
    assert Post.objects.get(user=one).role.code == "secadmin"
    for user, duty in ((two, "security"), (one, "audit"), (two, "system"), (system.user, "audit")):
        assert client.post(reverse("accounts:appoint", args=[user.pk]), {"duty": duty}).status_code in {403, 422}
    assert client.post(reverse("accounts:appoint", args=[two.pk]), {"duty": "audit"}).status_code == 200
    assert reverse("accounts:appoint", args=[two.pk]) not in client.get(reverse("accounts:person", args=[two.pk])).content.decode()


def test_a_congress_below_another_has_its_administrators_from_there(client, body):
    system = factories.post(body, "sysadmin")
    user = operations.open_account(factories.person(body, name="乙"), actor=SYSTEM, login="two", congress=body)
    client.force_login(system.user)
    assert client.post(reverse("accounts:appoint", args=[user.pk]), {"duty": "security"}).status_code == 403
    assert not Post.objects.filter(user=user).exists()
