"""Who heads a delegation and who works for it: electing, appointing, releasing, and the page that shows both."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qiao.accounts import operations as accounts
from qiao.congress import operations
from qiao.congress.models import DelegationStaff
from qiao.congress.policy import delegations_headed
from qiao.congress.queries import free_for_delegations, head_of, serving
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.policy import Actor
from tests.world import SINCE, SYSTEM, person_with_post

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


@pytest.fixture
def delegation(world):
    return world.term.delegations.get()


def appointed(world):
    """The first who was appointed."""
    return DelegationStaff.objects.filter(delegation__term=world.term).order_by("pk")[0]


def test_a_post_made_for_it_is_appointed_and_works_for_the_delegation(world, delegation):
    new = person_with_post(world.congress, "delegation_staff", "delegate2")
    assert list(free_for_delegations(world.congress.pk)) == [new.post]
    made = operations.appoint_staff(delegation, actor=world.actors["clerk"], post=new.post)
    assert made.journal_congress == world.congress.pk
    assert set(serving(delegation.pk, world.congress.pk)) == {new.user, world.actors["delegate"].user}
    assert not free_for_delegations(world.congress.pk)


@pytest.mark.parametrize("role", ["clerk", "other_delegate"])
def test_no_other_post_is_appointed(world, delegation, role):
    with pytest.raises(Unfit):
        operations.appoint_staff(delegation, actor=world.actors["clerk"], post=world.actors[role].post)


def test_one_post_works_for_one_delegation_at_a_time(world):
    second = operations.form_delegation(world.term, actor=SYSTEM, name="乙区代表团")
    with pytest.raises(ValidationError):
        operations.appoint_staff(second, actor=world.actors["clerk"], post=world.actors["delegate"].post)
    operations.release(appointed(world), actor=world.actors["clerk"])
    assert operations.appoint_staff(second, actor=world.actors["clerk"], post=world.actors["delegate"].post).delegation == second


def test_whoever_is_released_or_whose_post_has_ended_works_for_it_no_longer(world, delegation):
    new = person_with_post(world.congress, "delegation_staff", "delegate2")
    operations.appoint_staff(delegation, actor=SYSTEM, post=new.post)
    accounts.end_post(new.post, actor=SYSTEM)
    released = operations.release(appointed(world), actor=world.actors["clerk"])
    assert released.ends == clock.today()
    assert not serving(delegation.pk, world.congress.pk)
    with pytest.raises(Unfit):
        operations.release(released, actor=world.actors["clerk"])


@pytest.mark.parametrize("role", ["deputy", "delegate", "other_clerk", "leader"])
def test_only_those_who_keep_the_directory_appoint_and_release(world, delegation, role):
    with pytest.raises(NotAllowed):
        operations.appoint_staff(delegation, actor=world.actors[role], post=world.actors["delegate"].post)
    with pytest.raises(NotAllowed):
        operations.release(appointed(world), actor=world.actors[role])


def test_the_page_shows_each_delegation_with_its_staff_and_leads_to_both_steps(world, delegation, client):
    client.force_login(world.actors["clerk"].user)
    url = reverse("congress:delegations")
    text = client.get(url).content.decode()
    assert world.actors["delegate"].user.person.name in text
    release = reverse("congress:perform", args=["delegation_staff", appointed(world).pk, "release"])
    appoint = reverse("congress:perform", args=["delegation", delegation.pk, "appoint_staff"])
    assert release in text
    assert appoint in text
    assert client.post(release).status_code == 302
    assert client.post(appoint, {"post": world.actors["delegate"].post.pk}).status_code == 302
    assert DelegationStaff.objects.filter(delegation=delegation, ends=None).count() == 1
    client.force_login(world.actors["deputy"].user)
    assert client.get(url).status_code == 403


def test_the_page_asks_as_many_queries_with_nine_delegations_as_with_two(world, client, django_assert_max_num_queries):
    client.force_login(world.actors["clerk"].user)
    url = reverse("congress:delegations")
    operations.form_delegation(world.term, actor=SYSTEM, name="第2代表团")
    client.get(url)
    with django_assert_max_num_queries(14) as few:
        client.get(url)
    for number in range(3, 10):
        operations.form_delegation(world.term, actor=SYSTEM, name=f"第{number}代表团")
    with django_assert_max_num_queries(len(few)):
        client.get(url)


DAY = dt.timedelta(days=1)


def elected(world, delegation, role="deputy", rank="head", on=SINCE):
    return operations.elect_head(delegation, actor=world.actors["clerk"], mandate=world.mandates[role], rank=rank, on=on)


def test_a_head_speaks_for_the_delegation_from_day_to_day(world, delegation):
    head = elected(world, delegation)
    elected(world, delegation, "deputy2", "deputy_head")
    assert delegation.pk in [row["delegation"] for row in delegations_headed(world.actors["deputy2"])]
    assert not delegations_headed(world.actors["deputy3"]).exists()
    assert not delegations_headed(Actor()).exists()
    with pytest.raises(ValidationError):
        elected(world, delegation, "deputy3")
    operations.release_head(head, actor=world.actors["clerk"], on=SINCE + 5 * DAY)
    elected(world, delegation, "deputy3", on=SINCE + 5 * DAY)
    days = (SINCE - DAY, SINCE + 4 * DAY, SINCE + 5 * DAY)
    assert [head_of(delegation, day) for day in days] == [None, world.mandates["deputy"], world.mandates["deputy3"]]


def test_only_a_deputy_in_office_of_the_delegation_heads_it_and_not_from_tomorrow(world, delegation):
    with pytest.raises(Unfit):
        elected(world, delegation, "other_deputy")
    for day in (world.term.starts - DAY, clock.today() + DAY):
        with pytest.raises(Unfit):
            elected(world, delegation, on=day)
    with pytest.raises(NotAllowed):
        operations.elect_head(delegation, actor=world.actors["deputy"], mandate=world.mandates["deputy"], rank="head", on=SINCE)


def test_with_the_mandate_ends_the_head(world, delegation):
    elected(world, delegation)
    ended = {"on": SINCE + DAY, "decided_by": "standing_committee", "reason": "moved"}
    operations.end(world.mandates["deputy"], actor=world.actors["clerk"], **ended)
    assert head_of(delegation, SINCE) == world.mandates["deputy"]
    assert head_of(delegation, SINCE + DAY) is None


def test_heads_are_entered_and_released_on_the_page(world, delegation, login):
    client, url = login("clerk"), reverse("congress:delegations")
    enter = reverse("congress:perform", args=["delegation", delegation.pk, "elect_head"])
    assert enter in client.get(url).content.decode()
    assert client.post(enter, {"mandate": world.mandates["deputy"].pk, "rank": "head", "on": SINCE.isoformat()}).status_code == 302
    release = reverse("congress:perform", args=["delegation_head", delegation.heads.get().pk, "release_head"])
    assert release in client.get(url).content.decode()
    assert client.post(release, {"on": clock.today().isoformat()}).status_code == 302
    assert head_of(delegation, clock.today()) is None
