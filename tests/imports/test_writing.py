"""Two steps: nothing before the confirmation, everything through the operations, nothing twice."""

import datetime as dt
import time

import pytest

from qiao.accounts.models import Person
from qiao.congress import operations as congress_operations
from qiao.congress.models import Delegation, District, Mandate
from qiao.imports import operations
from qiao.imports.models import RunState
from qiao.imports.operations import batches
from qiao.kernel.errors import WrongState
from qiao.kernel.models import Entry
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports import factories
from tests.imports.factories import bring, confirmed, counts, plans_of, row, upload, worked
from tests.world import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.capability("P5")
def test_nothing_is_written_before_the_confirmation(body, term, clerk):
    before = Person.objects.count()
    run = upload(body, clerk, [row(), row("0102", "李春华")])
    assert [(p.number, p.action) for p in plans_of(run)] == [(2, "add"), (3, "add")]
    assert (Person.objects.count(), Mandate.objects.count(), District.objects.count()) == (before, 0, 0)
    run = confirmed(run, clerk)
    assert (run.state, counts(run), Mandate.objects.count(), District.objects.count()) == (RunState.CONFIRMED, {"add": 2}, 2, 1)


def test_every_column_reaches_its_field(body, term, clerk):
    more = {"代表团": "城关镇代表团", "性别": "女", "出生日期": "1980年5月1日", "联系电话": "13800000000", "代表类别": "专业技术人员"}
    bring(body, clerk, [row(**more, 基层代表="是", 首次当选="否", 当选日期="2022-2-1")])
    mandate = Mandate.objects.for_list().get()
    assert (mandate.person.sex, mandate.person.born_on, mandate.person.phone) == (2, dt.date(1980, 5, 1), "13800000000")
    assert (mandate.category, mandate.grassroots, mandate.first_term, mandate.elected_on) == (
        "professional",
        True,
        False,
        dt.date(2022, 2, 1),
    )
    assert (mandate.delegation.name, mandate.district.name, mandate.term) == ("城关镇代表团", "第一选区", term)


def test_each_row_goes_through_the_operations_and_the_journal(body, term, clerk):
    bring(body, clerk, [row()])
    codes = set(Entry.objects.filter(user=clerk.user).values_list("code", flat=True))
    assert {"import_run.upload", "import_run.confirm", "person.add", "mandate.enter", "district.draw"} <= codes


def test_the_journal_does_not_keep_the_rows(body, term, clerk):
    run = upload(body, clerk, [row(联系电话="13800000000")])
    assert "13800000000" not in str(Entry.objects.get(code="import_run.upload").changes)
    confirmed(run, clerk)
    run.refresh_from_db()
    kept = [value for row in run.rows.values() for value in row.values()]
    assert "13800000000" not in str(kept)


@pytest.mark.capability("P5")
def test_the_same_file_twice_changes_nothing(body, term, clerk):
    rows = [row(出生日期="1980-05-01"), row("0102", "李春华", 联系电话="13800000001", 代表团="甲团")]
    bring(body, clerk, rows)
    before = (Person.objects.count(), Mandate.objects.count(), Delegation.objects.count())
    assert counts(bring(body, clerk, rows)) == {"same": 2}
    assert (Person.objects.count(), Mandate.objects.count(), Delegation.objects.count()) == before


def test_leading_zeros_and_formulas_stay_as_written(body, term, clerk):
    bring(body, clerk, [row("007", "=1+1")])
    mandate = Mandate.objects.get()
    assert (mandate.card_no, mandate.person.name) == ("007", "=1+1")


@pytest.mark.capability("P5")
def test_a_preview_that_has_become_stale_is_planned_anew(body, term, clerk):
    run = upload(body, clerk, [row(), row("0102", "李春华")])
    assert [plan.action for plan in plans_of(run)] == ["add", "add"]
    bring(body, clerk, [row()])
    bodies.mandate(term, card_no="0102")
    run = confirmed(run, clerk)
    assert counts(run) == {"same": 1, "refuse": 1}
    assert Mandate.objects.count() == 2


def test_a_row_that_an_operation_refuses_is_left_out_and_the_others_written(body, term, clerk):
    # A district may have 60 characters, the column as many as a congress: only the operation finds this one too long.
    rows = [row(代表团="团" * 60, 选区="区" * 70), row("0102", "李春华", 代表团="团" * 60)]
    run = bring(body, clerk, rows)
    assert counts(run) == {"refuse": 1, "add": 1}
    assert Mandate.objects.get().person.name == "李春华"
    assert not Person.objects.filter(name="张桥生", mandates=None, user=None).exists()


def test_a_decided_import_cannot_be_decided_again(body, term, clerk):
    run = upload(body, clerk, [row()])
    confirmed(run, clerk)
    for verb in (operations.confirm, operations.cancel):
        with pytest.raises(WrongState):
            verb(run, actor=clerk)


def test_a_cancelled_import_writes_nothing_and_keeps_nothing(body, term, clerk):
    run = operations.cancel(upload(body, clerk, [row()]), actor=clerk)
    assert (run.state, run.rows.count(), Mandate.objects.count()) == (RunState.CANCELLED, 0, 0)


@pytest.mark.capability("P5")
def test_two_thousand_deputies_are_brought_in_within_the_time_of_a_request(body, term, clerk):
    rows = [
        row(f"{n:05}", f"代表{n}", 代表团=f"第{n % 20}代表团", 选区=f"第{n % 200}选区", 性别="女", 联系电话=f"1380000{n:04}")
        for n in range(2000)
    ]
    run = upload(body, clerk, rows)
    start = time.process_time()
    plans = plans_of(run)
    planned = time.process_time() - start
    run = confirmed(run, clerk)
    took = time.process_time() - start - planned
    assert (len(plans), counts(run)) == (2000, {"add": 2000})
    assert Mandate.objects.count() == 2000
    print(f"planned {planned:.2f} s, written {took:.2f} s")  # noqa: T201 - shown with -s
    assert planned < 5, planned
    assert took < 30, took  # of this process: 15 ms a row
    congress_operations.form_delegation(term, actor=clerk, name="补选代表团")


@pytest.mark.capability("R5")
def test_a_killed_job_is_followed_by_one_that_goes_on_where_it_was(body, term, clerk, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 2)
    rows = [row(f"{n:04}", f"代表{n}") for n in range(5)] + [row("0000", "重复")]
    run = operations.upload(body, actor=clerk, kind="deputies", filename="a.csv", content=factories.as_csv(rows))
    run = operations.compare(run, actor=SYSTEM, seen={})
    assert (run.state, run.done) == (RunState.READING, 2)
    run = worked(run)
    assert (run.state, counts(run)) == (RunState.UPLOADED, {"add": 5, "refuse": 1})
    run = operations.write(operations.confirm(run, actor=clerk), actor=SYSTEM)
    assert (run.state, Mandate.objects.count()) == (RunState.WRITING, 2)
    assert (worked(run).state, Mandate.objects.count()) == (RunState.CONFIRMED, 5)


def test_a_row_that_cannot_be_entered_does_not_hold_up_the_others_of_its_batch(body, term, clerk):
    run = upload(body, clerk, [row(), row("0102", "李春华")])
    bodies.mandate(term, people.person(body, name="别人"), "0102")
    run = confirmed(run, clerk)
    assert (counts(run), Mandate.objects.count()) == ({"add": 1, "refuse": 1}, 2)
