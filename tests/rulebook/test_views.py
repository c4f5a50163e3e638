import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from qiao.accounts.models import Post
from qiao.accounts.operations import add_person, define_role, grant_post, open_account
from qiao.kernel import clock
from qiao.rulebook import operations
from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.models import Provision
from qiao.rulebook.periods import Period

from . import factories
from .factories import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P5")]


@pytest.fixture
def congress():
    return factories.congress()


@pytest.fixture
def reader(client, congress):
    """A client signed in as a deputy of the congress, reading English."""
    define_role(None, actor=SYSTEM, code="deputy", name="代表", name_en="Deputy", grants=["suggestion.write"])
    person = add_person(congress, actor=SYSTEM, name="林清桥")
    user = open_account(person, actor=SYSTEM, login="lin", password="a-long-enough-word")
    grant_post(congress, actor=SYSTEM, user=user, role="deputy", starts=dt.date(2020, 1, 1))
    client.force_login(user)
    client.cookies["qiao_language"] = "en"
    return client


def test_the_rulebook_needs_a_sign_in(client):
    assert client.get(reverse("rulebook:index")).status_code == 302


def test_the_rulebook_shows_every_rule_of_ones_own_congress_with_its_source(reader, congress):
    operations.apply_preset(congress, actor=SYSTEM, preset="shanghai", on=dt.date(2020, 1, 1))
    other = factories.congress("98", "另一省人民代表大会")
    value = Period(1, "months").to_json()
    operations.set_provision(other, actor=SYSTEM, key="reply_limit", value=value, source="另一条例", valid_from=dt.date(2020, 1, 1))
    response = reader.get(reverse("rulebook:index"))
    said = response.content.decode()
    shown = {pair.parameter.key: pair.line for chapter in response.context["chapters"] for pair in chapter.lines}
    assert set(shown) == set(CATALOGUE)
    assert shown["withdrawal_rule"].since == dt.date(2020, 1, 1)
    assert shown["silence_policy"].since is None
    assert "上海市人民代表大会关于代表建议、批评和意见的规定第10条" in said
    assert "另一条例" not in said
    assert said.count("On record only; Qiao does not act") == sum(not parameter.is_applied for parameter in CATALOGUE.values())


def test_the_rulebook_names_the_tables_of_days_off_that_are_known(reader):
    factories.load_tables()
    assert "国办发明电〔2025〕7号" in reader.get(reverse("rulebook:index")).content.decode()


def test_the_rulebook_is_read_in_as_many_queries_with_many_provisions_as_with_none(reader, congress, django_assert_max_num_queries):
    reader.get(reverse("rulebook:index"))
    with django_assert_max_num_queries(12) as without:
        reader.get(reverse("rulebook:index"))
    operations.apply_preset(congress, actor=SYSTEM, preset="chongqing", on=dt.date(2020, 1, 1))
    with django_assert_max_num_queries(12) as with_many:
        reader.get(reverse("rulebook:index"))
    assert len(with_many) == len(without)


def test_a_person_without_a_post_is_told_why_there_is_nothing(reader):
    Post.objects.all().delete()
    response = reader.get(reverse("rulebook:index"))
    assert response.status_code == 200
    assert "There is no rulebook to show." in response.content.decode()


# --- reading -------------------------------------------------------------------------------------------------------------------


def shown(response):
    return {pair.parameter.key for chapter in response.context["chapters"] for pair in chapter.lines}


@pytest.mark.parametrize(
    ("asked", "there", "away"),
    [
        ({"q": "dissatisfied"}, "rehandle_auto", "sign_limit"),
        ({"q": "article 51"}, "reply_limit", "sign_limit"),
        ({"group": "assign"}, "sign_limit", "reply_limit"),
        ({"show": "own"}, "sign_limit", "reply_limit"),
        ({"show": "default"}, "reply_limit", "sign_limit"),
        ({"show": "coming"}, "return_limit", "sign_limit"),
        ({"against": "shanghai"}, "assist_limit", "reply_limit"),
        ({"group": "nonsense"}, "reply_limit", ""),
    ],
)
def test_the_list_of_rules_is_narrowed_as_one_asks(reader, congress, asked, there, away):
    ahead = clock.today() + dt.timedelta(30)
    for key, day in (("sign_limit", dt.date(2020, 1, 1)), ("return_limit", ahead)):
        value = Period(3, "days").to_json()
        operations.set_provision(congress, actor=SYSTEM, key=key, value=value, source="某办法", valid_from=day)
    found = shown(reader.get(reverse("rulebook:index"), asked))
    assert there in found
    assert away not in found


def test_a_search_that_finds_nothing_says_what_to_do(reader):
    assert "Show all rules" in reader.get(reverse("rulebook:index"), {"q": "zebra"}).content.decode()


def test_the_rulebook_is_read_as_of_a_day(reader, congress):
    value = Period(1, "months").to_json()
    operations.set_provision(congress, actor=SYSTEM, key="reply_limit", value=value, source="某办法", valid_from=dt.date(2024, 6, 1))

    def since(day):
        chapters = reader.get(reverse("rulebook:index"), {"on": day}).context["chapters"]
        return next(pair.line.since for chapter in chapters for pair in chapter.lines if pair.parameter.key == "reply_limit")

    assert (since("2024-05-31"), since("2024-06-01")) == (None, dt.date(2024, 6, 1))


def test_the_rules_of_another_congress_can_be_read_and_not_changed(reader):
    other = factories.congress("98", "另一省人民代表大会")
    address = reverse("rulebook:rule", args=["reply_limit"], query={"congress": other.pk})
    assert "另一省人民代表大会" in reader.get(address).content.decode()
    change = reverse("rulebook:change", args=["reply_limit"], query={"congress": other.pk})
    assert reader.get(change).status_code == 403


def test_the_page_of_a_rule_tells_its_history_with_who_when_and_why(reader, congress, clerk):
    client, _user = clerk
    client.post(reverse("rulebook:change", args=["reply_limit"]), CHANGE | {"valid_from": clock.today()})
    said = reader.get(reverse("rulebook:rule", args=["reply_limit"])).content.decode()
    for words in ("2 months", "条例修正", "某条例第九条", "顾言", "Deputies Law (2025), article 51", "上海市", "on a certain day"):
        assert words in said
    assert "Change this rule" not in said


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_rule_has_its_page_and_a_form_that_gives_its_value_back(clerk, congress, key):
    client, _user = clerk
    assert client.get(reverse("rulebook:rule", args=[key])).status_code == 200
    form = client.get(reverse("rulebook:change", args=[key])).context["form"]
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in typed.items() if value not in (None, False, "")} | {"source": "某办法", "reason": "重申"}
    assert client.post(reverse("rulebook:change", args=[key]), sent).status_code == 302
    assert Provision.objects.get().value == CATALOGUE[key].default


def test_an_unknown_rule_is_not_there(reader):
    assert reader.get(reverse("rulebook:rule", args=["bribe_limit"])).status_code == 404


def test_the_page_of_a_rule_asks_as_many_queries_with_many_values_as_with_two(reader, congress, django_assert_max_num_queries):
    address = reverse("rulebook:rule", args=["sign_limit"])

    def values(years):
        for year in years:
            value = Period(year - 2000, "days").to_json()
            operations.set_provision(congress, actor=SYSTEM, key="sign_limit", value=value, source="某办法", valid_from=dt.date(year, 1, 1))

    values([2010, 2011])
    reader.get(address)
    with django_assert_max_num_queries(12) as few:
        reader.get(address)
    values(range(2012, 2019))
    with django_assert_max_num_queries(12) as many:
        reader.get(address)
    assert len(many) == len(few)


# --- changing ------------------------------------------------------------------------------------------------------------------

CHANGE = {"n": 2, "unit": "months", "source": "某条例第九条", "reason": "条例修正"}


@pytest.fixture
def clerk(congress):
    """A client signed in as one of the staff, reading English."""
    define_role(None, actor=SYSTEM, code="deputy_affairs", name="代表工作人员", name_en="Staff", grants=["rulebook.change"])
    person = add_person(congress, actor=SYSTEM, name="顾言")
    user = open_account(person, actor=SYSTEM, login="gu", password="a-long-enough-word")
    grant_post(congress, actor=SYSTEM, user=user, role="deputy_affairs", starts=dt.date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    client.cookies["qiao_language"] = "en"
    return client, user


def test_a_change_beyond_the_national_limit_names_the_article_and_keeps_what_was_typed(clerk):
    client, _user = clerk
    typed = CHANGE | {"n": 4, "valid_from": clock.today()}
    answer = client.post(reverse("rulebook:change", args=["reply_limit"]), typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "may be at most 3 months" in said
    assert "Deputies Law (2025), article 51" in said
    assert "某条例第九条" in said
    assert not Provision.objects.exists()


def test_a_deputy_reads_the_rules_and_changes_none(reader):
    address = reverse("rulebook:change", args=["reply_limit"])
    assert reader.get(address).status_code == 403
    assert reader.post(address, CHANGE | {"valid_from": clock.today()}).status_code == 403
    assert not Provision.objects.exists()


def test_a_change_to_come_is_corrected_and_withdrawn_on_its_page(clerk, reader):
    client, _user = clerk
    client.post(reverse("rulebook:change", args=["reply_limit"]), CHANGE | {"valid_from": clock.today() + dt.timedelta(9)})
    provision = Provision.objects.get()
    said = client.get(reverse("rulebook:rule", args=["reply_limit"])).content.decode()
    address = {verb: reverse("rulebook:perform", args=[provision.pk, verb]) for verb in ("correct", "withdraw", "end", "resume")}
    assert [url in said for url in address.values()] == [True, True, True, False]
    assert reader.get(address["withdraw"]).status_code == 403
    assert client.get(address["correct"]).status_code == 200
    assert client.post(address["correct"], CHANGE | {"n": 1}).status_code == 302
    assert client.post(address["withdraw"], {"note": ""}).status_code == 422
    assert client.post(address["withdraw"], {"note": "未获通过"}).status_code == 302
    provision.refresh_from_db()
    assert (provision.value["n"], bool(provision.withdrawn_at)) == (1, True)


def test_an_entry_is_added_to_a_scheme_and_another_left_out(clerk):
    client, _user = clerk
    address = reverse("rulebook:change", args=["evaluation_dimensions"])
    sent = {
        "row0_code": "result", "row0_label": "", "row1_code": "attitude", "row1_label": "办理态度", "row1_label_en": "Attitude",
        "valid_from": clock.today(), "source": "某办法", "reason": "只评态度",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert Provision.objects.get().value == [{"code": "attitude", "label": "办理态度", "label_en": "Attitude"}]


# --- other places --------------------------------------------------------------------------------------------------------------


def test_own_rules_stand_beside_those_of_another_place(reader, congress):
    answer = reader.get(reverse("rulebook:compare"), {"preset": "shanghai"})
    assert "assist_limit" in shown(answer)
    assert "reply_limit" not in shown(answer)
    assert "reply_limit" in shown(reader.get(reverse("rulebook:compare"), {"preset": "shanghai", "show": "all"}))
    assert "Adopt these rules" not in answer.content.decode()
    first = reader.get(reverse("rulebook:compare"), {"congress": congress.pk})
    assert not first.context["choice"].is_bound  # whoever comes from the rulebook has chosen nothing yet, which is no mistake


def test_staff_adopt_the_rules_they_choose_and_a_deputy_none(clerk, reader):
    client, _user = clerk
    address = reverse("rulebook:compare", query={"preset": "shanghai"})
    assert "Adopt these rules" in client.get(address).content.decode()
    sent = {"keys": ["assist_limit", "return_limit"], "on": clock.today(), "note": "参照上海做法"}
    assert reader.post(address, sent).status_code == 403
    assert client.post(address, sent | {"note": ""}).status_code == 422
    assert client.post(address, sent | {"keys": []}).status_code == 422
    assert not Provision.objects.exists()
    assert client.post(address, sent).status_code == 302
    assert set(Provision.objects.values_list("key", flat=True)) == {"assist_limit", "return_limit"}


def test_the_comparison_asks_as_many_queries_with_many_rules_as_with_none(reader, congress, django_assert_max_num_queries):
    address = reverse("rulebook:compare", query={"preset": "chongqing", "show": "all"})
    reader.get(address)
    with django_assert_max_num_queries(12) as without:
        reader.get(address)
    operations.apply_preset(congress, actor=SYSTEM, preset="shanghai", on=dt.date(2020, 1, 1))
    with django_assert_max_num_queries(12) as with_many:
        reader.get(address)
    assert len(with_many) == len(without)
