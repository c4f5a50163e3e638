"""Personal data whose term is over go by themselves; what is on hold, still in use, or kept by another congress stays."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qiao.accounts.models import FailedSignIn, Person
from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.notices.models import Delivery, Notice
from qiao.privacy import operations
from qiao.privacy.models import Correction, Disposal, Hold, Reading
from qiao.privacy.retention import KINDS
from qiao.privacy.tasks import dispose
from qiao.rulebook.operations import set_provision
from tests.world import SYSTEM, rule

YEAR = dt.timedelta(days=366)


def _ended(person: Person, days: int) -> None:
    """All that the person held ended so many days ago."""
    day = clock.today() - dt.timedelta(days=days)
    Mandate.objects.filter(person=person).update(state="ended", ended_on=day, end_reason="term")
    person.user.posts.update(ends=day)


@pytest.fixture
def former(world):
    """A deputy whose mandate ended a year and a half ago, with a telephone."""
    person = world.mandates["deputy"].person
    person.phone, person.email = "13900000055", "former@example.cn"
    person.save()
    _ended(person, 550)
    return person


def run() -> None:
    """The night's job, as the worker runs it."""
    dispose.func()


def test_contact_data_go_a_year_after_the_last_mandate_and_the_name_stays(world, former):
    run()
    former.refresh_from_db()
    assert (former.phone, former.phone_hash, former.email) == ("", "", "")
    assert former.name
    line = Entry.objects.get(code="person.forget")
    assert "13900000055" not in str(line.changes)
    assert Disposal.objects.get(kind="contact").count == 1
    run()
    assert Disposal.objects.filter(kind="contact").count() == 1  # a night with nothing due leaves no line


@pytest.mark.parametrize("days", [0, 300])
def test_whose_term_is_not_over_keeps_them(world, former, days):
    _ended(former, days)
    run()
    assert Person.objects.get(pk=former.pk).phone.plain == "13900000055"


def test_a_mandate_that_goes_on_anywhere_keeps_them(world, former):
    Mandate.objects.filter(person=former).update(state="qualified", ended_on=None, end_reason="")
    run()
    assert Person.objects.get(pk=former.pk).phone


def test_the_congress_that_keeps_longest_decides(world, former):
    elsewhere = world.mandates["other_deputy"]
    Mandate.objects.filter(pk=elsewhere.pk).update(person=former)
    _ended(former, 550)
    set_provision(elsewhere.congress, actor=SYSTEM, key="keep_contact", value="24", source="本会规定", valid_from=clock.today())
    run()
    assert Person.objects.get(pk=former.pk).phone
    rule(world, "keep_contact", "6")
    run()
    assert Person.objects.get(pk=former.pk).phone
    _ended(former, 760)
    run()
    assert not Person.objects.get(pk=former.pk).phone


def test_a_hold_keeps_them_until_it_is_ended(world, former):
    hold = operations.place_hold(former, actor=world.actors["clerk"], note="审计需要。")
    run()
    assert Person.objects.get(pk=former.pk).phone
    with pytest.raises(ValidationError):
        operations.place_hold(former, actor=world.actors["clerk"], note="再次。")
    operations.lift_hold(hold, actor=world.actors["clerk"], note="审计已结束。")
    run()
    assert not Person.objects.get(pk=former.pk).phone


def test_holds_are_the_staffs_and_need_a_reason(world, former):
    for role in ("deputy2", "handler", "other_clerk"):
        with pytest.raises(NotAllowed):
            operations.place_hold(former, actor=world.actors[role], note="要留。")
    with pytest.raises(Unfit):
        operations.place_hold(former, actor=world.actors["clerk"], note=" ")
    hold = operations.place_hold(former, actor=world.actors["clerk"], note="诉讼需要。")
    with pytest.raises(NotAllowed):
        operations.lift_hold(hold, actor=world.actors["other_clerk"], note="不要了。")


def test_old_records_go_and_young_ones_stay(world):
    deputy, congress = world.actors["deputy"], world.actors["clerk"].post.congress
    for age in (dt.timedelta(days=1), 4 * YEAR):
        at = clock.now() - age
        Reading.objects.create(person=deputy.user.person, column="phone", purpose="contact", note="联系", congress=congress, at=at)
        Correction.objects.create(
            person=deputy.user.person, congress=congress, column="phone", wish="1", state="refused", at=at, decided_at=at
        )
        notice = Notice.objects.create(user=deputy.user, code="x", title="旧事", at=at, read_at=at)
        Delivery.objects.create(notice=notice, state="sent", at=at).attempts.create(at=at, outcome="sent")
        FailedSignIn.objects.create(login="x", at=at)
    unread = Notice.objects.create(user=deputy.user, code="x", title="未读", at=clock.now() - 4 * YEAR)
    run()
    assert [model.objects.count() for model in (Reading, Correction, Delivery, FailedSignIn)] == [1, 1, 1, 1]
    assert set(Notice.objects.filter(code="x").values_list("title", flat=True)) == {"旧事", "未读"}
    assert Notice.objects.filter(pk=unread.pk).exists()
    assert {d.kind for d in Disposal.objects.all()} == {"reading", "correction", "notice", "failure"}


def test_nobody_but_the_system_disposes(world, former):
    with pytest.raises(NotAllowed):
        operations.dispose(world.actors["clerk"].post.congress, actor=world.actors["clerk"], kind="contact")
    with pytest.raises(NotAllowed):
        operations.forget(former, actor=world.actors["clerk"])
    assert operations.dispose(world.actors["clerk"].post.congress, actor=Actor.system("test"), kind="contact").count == 1


def test_the_page_says_every_kind_and_what_is_due(login, world, former, django_assert_max_num_queries):
    clerk = login("clerk")
    hold = operations.place_hold(world.mandates["deputy2"].person, actor=world.actors["clerk"], note="监察需要。")
    with django_assert_max_num_queries(14):
        text = clerk.get(reverse("privacy:retention")).content.decode()
    assert all(str(kind.label) in text for kind in KINDS)
    assert "监察需要。" in text
    url = reverse("privacy:lift_hold", args=[hold.pk])
    assert clerk.post(url, {"note": ""}).status_code == 422
    assert clerk.post(url, {"note": "已结束。"}).status_code == 302
    assert Hold.objects.get(pk=hold.pk).lifted_at
    assert clerk.post(reverse("privacy:place_hold", args=[former.pk]), {"note": "诉讼。"}).status_code == 302
    assert login("deputy2").get(reverse("privacy:retention")).status_code == 403
