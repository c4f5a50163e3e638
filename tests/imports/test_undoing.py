"""Taking an import back: what it added and changed is gone, what is needed by now stays and says why."""

import datetime as dt

import pytest

from qiao.accounts.models import Person
from qiao.congress import operations as congress_operations
from qiao.congress.models import Mandate
from qiao.imports import operations
from qiao.imports.models import RunState
from qiao.imports.operations import batches
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.orgs.models import Unit
from tests.accounts import factories as people
from tests.imports.factories import bring, row, undone, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.capability("R5")
def test_an_undone_import_leaves_no_deputy_and_no_person_and_sets_back_what_it_changed(body, term, clerk):
    bring(body, clerk, [row(联系电话="13800000001")])
    people_before = Person.objects.count()
    run = undone(bring(body, clerk, [row(联系电话="13800000002", 代表团="甲团"), row("0102", "李春华")]), clerk)
    mandate = Mandate.objects.for_list().get()
    assert (run.state, mandate.person.phone, mandate.delegation) == (RunState.UNDONE, "13800000001", None)
    assert Person.objects.count() == people_before
    assert Entry.objects.filter(code="mandate.strike", user=clerk.user).count() == 1


def test_what_was_changed_since_or_is_needed_by_now_stays_and_says_why(body, term, clerk):
    bring(body, clerk, [row(联系电话="13800000001")])
    run = bring(body, clerk, [row(联系电话="13800000002"), row("0102", "李春华")])
    congress_operations.correct_person(Mandate.objects.get(card_no="0101").person, actor=clerk, phone="13800000003")
    people.operations.open_account(Person.objects.get(name="李春华"), actor=people.SYSTEM, login="lichunhua")
    run = undone(run, clerk)
    assert [each.notes for each in run.rows.order_by("number")] == [
        ["Not undone: it has been changed since."],
        ["Not undone: something else depends on it by now."],
    ]
    assert Mandate.objects.get(card_no="0101").person.phone == "13800000003"
    assert Mandate.objects.filter(card_no="0102").exists()


def test_an_import_can_be_undone_within_a_day_only(body, term, clerk):
    run = bring(body, clerk, [row()])
    with clock.pretend(clock.now() + dt.timedelta(days=1, minutes=1)), pytest.raises(Unfit, match="within a day"):
        operations.undo(run, actor=clerk)
    assert Mandate.objects.exists()


def test_only_who_may_import_may_undo(body, term, clerk):
    run = bring(body, clerk, [row()])
    with pytest.raises(NotAllowed):
        operations.undo(run, actor=people.actor(body, role="deputy"))


@pytest.mark.capability("R5")
def test_rows_that_only_added_are_struck_out_together(body, term, clerk, django_assert_max_num_queries):
    run = bring(body, clerk, [row(f"{n:04}", f"代表{n}") for n in range(60)])
    operations.undo(run, actor=clerk)
    with django_assert_max_num_queries(150):  # row by row it would be more than a thousand
        run = worked(run)
    assert (run.state, Mandate.objects.count(), run.rows.exclude(made=[]).count()) == (RunState.UNDONE, 0, 0)
    assert not Person.objects.filter(name__startswith="代表").exists()
    struck = Entry.objects.filter(code__in=["mandate.strike", "person.strike"], user=clerk.user)
    assert struck.count() == 120
    assert set(struck.values_list("because", flat=True)) == {run.trail}


@pytest.mark.capability("R5")
def test_those_of_a_batch_that_are_needed_by_now_stay_and_the_others_go(body, term, clerk):
    run = bring(body, clerk, [row(f"{n:04}", f"代表{n}") for n in range(6)])
    group = congress_operations.form_group(term, actor=clerk, name="第一小组", kind="area", formed_on=clock.today())
    congress_operations.join_group(group, actor=clerk, mandate=Mandate.objects.get(card_no="0002"), rank="member", on=clock.today())
    people.operations.open_account(Person.objects.get(name="代表4"), actor=people.SYSTEM, login="deputy4")
    run = undone(run, clerk)
    assert sorted(Mandate.objects.values_list("card_no", flat=True)) == ["0002", "0004"]
    assert [each.number for each in run.rows.order_by("number") if "Not undone: something else depends on it by now." in each.notes] == [
        4,
        6,
    ]
    assert Entry.objects.filter(code="mandate.strike").count() == 4


def test_what_came_last_is_undone_first(body, term, clerk, monkeypatch):
    """A unit that a row of an earlier batch made goes after the one that it coordinates."""
    monkeypatch.setattr(batches, "BATCH", 1)
    rows = [{"名称": "县政府办"}, {"名称": "县教育局", "协调机关": "县政府办"}]
    run = undone(bring(body, clerk, rows, kind="units", headings=["名称", "协调机关"]), clerk)
    assert not Unit.objects.filter(congress=body).exists()
    assert not run.rows.exclude(notes=[]).exists()
