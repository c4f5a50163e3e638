"""Persons, accounts, posts and roles: what the operations keep, and who an actor is."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qiao.accounts import operations
from qiao.accounts.actors import actor_for, actor_in, posts_of
from qiao.accounts.models import Person, Post
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from tests.accounts import factories
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return places.congress()


@pytest.mark.parametrize(("name", "letters"), [("张桥生", "zqs"), ("李 春华", "l ch"), ("Anna", "anna")])
def test_initials_are_kept_for_finding_a_person_by_keyboard(name, letters):
    assert operations.initials(name) == letters


def test_an_account_without_a_password_cannot_be_signed_in_with(body):
    user = operations.open_account(factories.person(body), actor=factories.SYSTEM, login="zhang")
    assert not user.has_usable_password()
    with pytest.raises(ValidationError):
        operations.open_account(factories.person(body), actor=factories.SYSTEM, login="zhang")


def test_one_changes_only_ones_own_password_and_only_to_a_good_one(body):
    mine, other = factories.actor(body), factories.actor(body)
    with pytest.raises(NotAllowed):
        operations.change_password(other.user, actor=mine, password="jiaqiao-2027")
    with pytest.raises(ValidationError):
        operations.change_password(mine.user, actor=mine, password="short")
    assert operations.change_password(mine.user, actor=mine, password="jiaqiao-2027").check_password("jiaqiao-2027")


def test_posts_are_given_by_the_security_administrator_of_the_congress(body):
    admin, clerk = factories.actor(body, role="secadmin"), factories.actor(body)
    elsewhere = places.congress()
    post = operations.grant_post(body, actor=admin, user=clerk.user, role="leader")
    assert post.starts == clock.today()
    for actor, congress in ((clerk, body), (admin, elsewhere)):
        with pytest.raises(NotAllowed):
            operations.grant_post(congress, actor=actor, user=clerk.user, role="leader")
    with pytest.raises(Unfit):
        operations.grant_post(body, actor=admin, user=clerk.user, role="unit_handler", unit=places.unit(elsewhere))


def test_an_ended_post_is_no_longer_acted_in(body):
    post = factories.post(body)
    assert posts_of(post.user) == [post]
    operations.end_post(post, actor=factories.SYSTEM)
    assert posts_of(post.user) == []
    actor = actor_for(post.user, [], None)
    assert (actor.grants, actor.congresses, actor.people) == (frozenset(), frozenset(), {post.user.person_id})


def test_an_actor_acts_in_the_chosen_post_or_the_first(body):
    first = factories.post(body)
    second = operations.grant_post(places.congress(), actor=factories.SYSTEM, user=first.user, role="leader")
    posts = posts_of(first.user)
    assert actor_for(first.user, posts, second.pk).congresses == {second.congress_id}
    assert actor_for(first.user, posts, None).post == actor_for(first.user, posts, 0).post == first


def test_a_post_in_a_unit_makes_the_actor_one_of_that_unit(body):
    unit = places.unit(body)
    actor = actor_in(factories.post(body, role="unit_handler", unit=unit))
    assert (actor.units, actor.congresses) == ({unit.pk}, {body.pk})


def test_a_role_is_defined_by_the_system_alone(body):
    with pytest.raises(NotAllowed):
        operations.define_role(None, actor=factories.actor(body, role="sysadmin"), code="x", name="某", name_en="X", grants=[])


def test_who_sees_which_people_and_posts(body):
    clerk, deputy, stranger = factories.actor(body), factories.actor(body, role="deputy"), factories.actor(places.congress())
    admin = factories.actor(body, role="secadmin")
    assert set(Person.objects.visible_to(deputy)) == {deputy.user.person}
    assert {clerk.user.person, deputy.user.person} <= set(Person.objects.visible_to(clerk))
    assert stranger.user.person not in Person.objects.visible_to(clerk)
    assert set(Post.objects.visible_to(deputy)) == {deputy.post}
    assert {clerk.post, deputy.post, admin.post} == set(Post.objects.visible_to(admin))


@pytest.fixture
def post(body):
    return factories.post(body)


def sign_in(client, login, password=factories.PASSWORD, **more):
    return client.post(reverse("accounts:sign_in"), {"login": login, "password": password, **more})


def test_signing_in_leads_on_to_the_page_asked_for_if_it_is_ours(client, post):
    assert sign_in(client, post.user.login, next="/directory/").url == "/directory/"
    assert sign_in(client, post.user.login, next="https://elsewhere.example/").url == reverse("web:home")


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(client, post):
    wrong = [sign_in(client, post.user.login, "wrong"), sign_in(client, "nobody", "wrong")]
    assert {response.status_code for response in wrong} == {422}
    assert len({tuple(response.context["form"].non_field_errors()) for response in wrong}) == 1


def test_one_switches_only_to_a_post_of_ones_own(client, post):
    client.force_login(post.user)
    other = factories.post(post.congress)
    assert client.post(reverse("accounts:switch"), {"post": other.pk}).status_code == 404
    assert client.post(reverse("accounts:switch"), {"post": "x"}).status_code == 404
    assert client.post(reverse("accounts:switch"), {"post": post.pk}).status_code == 302
    ended = operations.grant_post(post.congress, actor=factories.SYSTEM, user=post.user, role="leader", starts=dt.date(2024, 1, 1))
    operations.end_post(ended, actor=factories.SYSTEM)
    assert client.post(reverse("accounts:switch"), {"post": ended.pk}).status_code == 404


def test_a_post_counts_from_its_first_to_the_day_before_its_last(body):
    post = operations.grant_post(body, actor=factories.SYSTEM, user=factories.post(body).user, role="leader", starts=dt.date(2024, 1, 1))
    post = operations.end_post(post, actor=factories.SYSTEM, on=dt.date(2024, 2, 1))
    days = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 1, 31), dt.date(2024, 2, 1)]
    assert [post in Post.objects.current(day) for day in days] == [False, True, True, False]
