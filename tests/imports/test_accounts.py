"""The tables of accounts and of posts: each administrator's own, and never more than could be done by hand."""

import pytest

from qiao.accounts import operations
from qiao.accounts.actors import actor_in
from qiao.accounts.models import Person, Post, User
from qiao.congress.models import Mandate
from qiao.imports.models import RunState
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import bring, counts, plans_of, problems, reads_english, undone, upload
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ACCOUNTS, POSTS = ["登录名", "姓名", "代表证号", "出生日期", "手机", "邮箱"], ["登录名", "姓名", "角色", "承办单位", "单位职级", "止"]


@pytest.fixture
def keeper(body):
    return reads_english(people.actor(body, role="sysadmin"))


@pytest.fixture
def giver(body):
    return reads_english(people.actor(body, role="secadmin"))


def account(login="zhangqs", name="张桥生", **more):
    return {"登录名": login, "姓名": name} | more


def given(role="承办联络员", login="zhangqs", name="张桥生", **more):
    return {"登录名": login, "姓名": name, "角色": role} | more


def opened(body, keeper, rows):
    return bring(body, keeper, rows, kind="accounts", headings=ACCOUNTS)


def wrong(body, actor, row, kind="accounts"):
    return problems(body, actor, [row], kind=kind, headings=ACCOUNTS if kind == "accounts" else POSTS)


@pytest.mark.capability("R5")
def test_accounts_are_opened_for_new_people_and_for_deputies_by_their_card(body, term, keeper):
    deputy = bodies.mandate(term, people.person(body, name="李春华"), "0102")
    run = opened(body, keeper, [account(手机="13800000001"), account("lich", "李春华", 代表证号="0102")])
    assert counts(run) == {"add": 2}
    one, other = User.objects.get(login="zhangqs"), User.objects.get(login="lich")
    assert (one.person.name, one.person.phone, one.congress, one.has_usable_password()) == ("张桥生", "13800000001", body, False)
    assert other.person == deputy.person
    assert counts(opened(body, keeper, [account(手机="13800000001"), account("lich", "李春华", 代表证号="0102")])) == {"same": 2}


def test_what_is_wrong_with_an_account_is_said_at_its_cell(body, term, keeper):
    elsewhere = people.post(places.congress(), holder=people.person(places.congress(), name="王五")).user
    bodies.mandate(term, people.person(body, name="李春华"), "0102")
    opened(body, keeper, [account(), account("lich", "李春华", 代表证号="0102")])
    for row, column in [
        (account("张 三"), "login"),
        (account(elsewhere.login, "王五"), "login"),
        (account("zhangqs", "王五"), "login"),
        (account("new", "王五", 代表证号="0999"), "card_no"),
        (account("new", "王五", 代表证号="0102"), "name"),
        (account("new", "李春华", 代表证号="0102"), "name"),
    ]:
        assert set(wrong(body, keeper, row)) == {column}, row


def test_an_account_kept_for_an_administrator_is_not_changed_by_a_table(body, keeper, giver):
    said = wrong(body, keeper, account(giver.user.login, giver.user.person.name, 手机="13800000009"))
    assert "congress above" in said["login"]


@pytest.mark.capability("R5")
def test_posts_are_given_and_their_rank_and_end_changed(body, keeper, giver):
    unit = places.unit(body)
    opened(body, keeper, [account()])
    rows = [given("承办签发人", 承办单位=unit.name, 单位职级="A responsible head"), given("unit_liaison", 承办单位=unit.name)]
    assert counts(bring(body, giver, rows, kind="posts", headings=POSTS)) == {"add": 2}
    held = Post.objects.filter(user__login="zhangqs").order_by("role__code")
    assert [(post.role.code, post.unit, post.rank) for post in held] == [("unit_liaison", unit, ""), ("unit_signer", unit, "head")]
    later = [rows[0] | {"止": "2099-01-01"}, rows[1]]
    assert counts(bring(body, giver, later, kind="posts", headings=POSTS)) == {"change": 1, "same": 1}


@pytest.mark.capability("R5")
def test_what_may_not_be_given_by_hand_is_refused_in_a_table(body, keeper, giver):
    opened(body, keeper, [account()])
    own = giver.user
    for row, column in [
        (given("安全管理员"), "role"),
        (given("无此角色"), "role"),
        (given("代表工作人员", own.login, own.person.name), "role"),
        (given("代表工作人员", "nobody"), "login"),
        (given("代表工作人员", "zhangqs", "李四"), "login"),
        (given("承办联络员", 承办单位="无此单位"), "unit"),
        (given("代表工作人员", 止="2020-01-01"), "ends"),
    ]:
        assert set(wrong(body, giver, row, "posts")) == {column}, row
    assert not Post.objects.filter(user__login="zhangqs").exists()


def test_each_administrator_brings_only_the_own_table(body, keeper, giver, clerk):
    for actor, kind in [(giver, "accounts"), (keeper, "posts"), (clerk, "accounts"), (clerk, "posts")]:
        with pytest.raises(NotAllowed):
            upload(body, actor, [given()], kind=kind, headings=POSTS)


@pytest.mark.capability("R5")
def test_accounts_and_posts_are_undone_unless_somebody_has_signed_in(body, keeper, giver):
    accounts = opened(body, keeper, [account(name="赵一"), account("lich", "李春华")])
    posts = bring(body, giver, [given("代表工作人员", name="赵一"), given("代表工作人员", "lich", "李春华")], kind="posts", headings=POSTS)
    User.objects.filter(login="lich").update(last_login=accounts.done_at)
    worker = actor_in(Post.objects.get(user__login="lich"))
    operations.sign_in(worker.user, actor=worker)
    assert undone(posts, giver).state == RunState.UNDONE
    assert list(Post.objects.filter(user__login__in=["zhangqs", "lich"]).values_list("user__login", flat=True)) == ["lich"]
    assert posts.rows.get(number=3).notes == ["Not undone: its holder has been at work since. End the post instead."]
    undone(accounts, keeper)
    assert list(User.objects.filter(login__in=["zhangqs", "lich"]).values_list("login", flat=True)) == ["lich"]
    assert not Person.objects.filter(name="赵一").exists()


def test_the_same_table_does_for_both(body, keeper, giver):
    table = {"headings": [*ACCOUNTS, "角色"]}
    run = bring(body, keeper, [given("代表工作人员")], kind="accounts", **table)
    assert (counts(run), run.unread) == ({"add": 1}, ["角色"])
    assert counts(bring(body, giver, [given("代表工作人员")], kind="posts", **table)) == {"add": 1}
    assert plans_of(run)[0].problems == {}
    assert not Mandate.objects.exists()


@pytest.mark.capability("R5")
def test_a_post_whose_holder_signed_in_only_before_is_undone(body, keeper, giver):
    opened(body, keeper, [account()])
    user = User.objects.get(login="zhangqs")
    operations.sign_in(user, actor=people.SYSTEM)
    User.objects.filter(pk=user.pk).update(last_login=clock.now())
    undone(bring(body, giver, [given()], kind="posts", headings=POSTS), giver)
    assert not Post.objects.filter(user=user).exists()


def test_a_post_that_the_table_names_twice_in_other_words_is_left_out_the_second_time(body, keeper, giver):
    unit = places.unit(body, name="县教育局", short_name="教育局")
    opened(body, keeper, [account()])
    rows = [given(承办单位=unit.name), given("unit_liaison", 承办单位=unit.short_name), given("unit_liaison")]
    run = bring(body, giver, rows, kind="posts", headings=POSTS)
    assert plans_of(run)[1].problems == {"role": "This post stands in the table already, in other words."}
    assert counts(run) == {"add": 2, "refuse": 1}
    again = upload(body, giver, rows, kind="posts", headings=POSTS)
    assert counts(again) == {"same": 2, "refuse": 1}


@pytest.mark.capability("R5")
def test_an_account_is_opened_for_a_known_person_only_if_the_actor_may_see_them(body, keeper):
    elsewhere = people.person(places.congress(), name="张桥生", born_on="1970-01-01")
    here = people.person(body, name="李春华", born_on="1980-02-02")
    bodies.mandate(bodies.term(body), here, "0101")
    opened(body, keeper, [account(出生日期="1970-01-01"), account("lich", "李春华", 出生日期="1980-02-02")])
    assert User.objects.get(login="zhangqs").person != elsewhere
    assert User.objects.get(login="lich").person == here


def test_somebody_whose_account_is_kept_here_is_known_by_it_without_a_post(body, keeper):
    opened(body, keeper, [account(手机="13800000001")])
    assert set(wrong(body, keeper, account("other", 手机="13800000001"))) == {"name"}


def test_a_date_of_birth_that_differs_outweighs_the_same_telephone_and_stars_prove_nothing(body, term, keeper):
    father = people.person(body, name="张桥生", born_on="1950-01-01", phone="13800000001")
    bodies.mandate(term, father, "0101")
    assert set(wrong(body, keeper, account(手机="138****0001"))) == {"phone"}
    opened(body, keeper, [account(出生日期="1980-01-01", 手机="13800000001")])
    assert User.objects.get(login="zhangqs").person != father
