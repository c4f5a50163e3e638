import datetime as dt

import pytest
from django.urls import reverse

from qiao.accounts.models import Post
from qiao.accounts.operations import add_person, define_role, grant_post, open_account
from qiao.rulebook import operations
from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.periods import Period

from . import factories
from .factories import SYSTEM

pytestmark = pytest.mark.django_db


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
    operations.apply_preset(congress, "shanghai", actor=SYSTEM, on=dt.date(2020, 1, 1))
    other = factories.congress("98", "另一省人民代表大会")
    value = Period(1, "months").to_json()
    operations.set_provision(other, actor=SYSTEM, key="reply_limit", value=value, source="另一条例", valid_from=dt.date(2020, 1, 1))
    response = reader.get(reverse("rulebook:index"))
    said = response.content.decode()
    shown = {line.parameter.key: line for chapter in response.context["chapters"] for line in chapter.lines}
    assert set(shown) == set(CATALOGUE)
    assert shown["withdrawal_rule"].since == dt.date(2020, 1, 1)
    assert shown["silence_policy"].since is None
    assert "上海市人民代表大会关于代表建议、批评和意见的规定第10条" in said
    assert "另一条例" not in said
    assert said.count("On record only") == sum(not parameter.is_applied for parameter in CATALOGUE.values())


def test_the_rulebook_names_the_tables_of_days_off_that_are_known(reader):
    factories.load_tables()
    assert "国办发明电〔2025〕7号" in reader.get(reverse("rulebook:index")).content.decode()


def test_the_rulebook_is_read_in_as_many_queries_with_many_provisions_as_with_none(reader, congress, django_assert_max_num_queries):
    reader.get(reverse("rulebook:index"))
    with django_assert_max_num_queries(12) as without:
        reader.get(reverse("rulebook:index"))
    operations.apply_preset(congress, "chongqing", actor=SYSTEM, on=dt.date(2020, 1, 1))
    with django_assert_max_num_queries(12) as with_many:
        reader.get(reverse("rulebook:index"))
    assert len(with_many) == len(without)


def test_a_person_without_a_post_is_told_why_there_is_nothing(reader):
    Post.objects.all().delete()
    response = reader.get(reverse("rulebook:index"))
    assert response.status_code == 200
    assert "There is no rulebook to show." in response.content.decode()
