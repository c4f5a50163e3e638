"""Two steps: nothing before the confirmation, everything through the operations, nothing twice."""

import datetime as dt
import time

import pytest

from qiao.accounts.models import Person
from qiao.congress import operations as congress_operations
from qiao.congress.models import Delegation, District, Mandate
from qiao.imports import operations
from qiao.imports.importer import IMPORTERS
from qiao.imports.models import ImportRun, RunState
from qiao.imports.queries import counted
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.models import Entry
from qiao.orgs.models import Level, Unit
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports import factories
from tests.imports.factories import row, worked
from tests.orgs import factories as places
from tests.world import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def term(body):
    return bodies.term(body)


@pytest.fixture
def clerk(body):
    return reads_english(people.actor(body))


def reads_english(actor):
    """Jobs speak the language of whoever brought the table."""
    actor.user.language = "en"
    actor.user.save()
    return actor


def upload(body, actor, rows, *, kind="deputies", headings=None, content=None, filename="table.csv"):
    content = content if content is not None else factories.as_csv(rows, headings)
    return worked(operations.upload(body, actor=actor, kind=kind, filename=filename, content=content))


def confirmed(run, actor):
    return worked(operations.confirm(run, actor=actor))


def bring(body, actor, rows, **more):
    return confirmed(upload(body, actor, rows, **more), actor)


def plans_of(run):
    return [row.plan() for row in run.rows.order_by("number")]


def counts(run):
    return {action: n for action, n in counted(run).items() if n}


def problems(body, actor, rows, **more):
    """The problems of the last row."""
    return plans_of(upload(body, actor, rows, **more))[-1].problems


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


def test_a_changed_cell_changes_only_that_and_an_empty_one_nothing(body, term, clerk):
    bring(body, clerk, [row(联系电话="13800000001", 性别="男", 代表团="甲团")])
    run = upload(body, clerk, [row(联系电话="13800000002", 性别="", 代表团="乙团")])
    plan = plans_of(run)[0]
    assert (plan.action, plan.changes) == ("change", {"phone": ("138****0001", "13800000002"), "delegation": ("甲团", "乙团")})
    confirmed(run, clerk)
    mandate = Mandate.objects.for_list().get()
    assert (mandate.person.phone, mandate.person.sex, mandate.delegation.name) == ("13800000002", 1, "乙团")


def test_a_person_the_directory_knows_is_not_entered_twice(body, term, clerk):
    known = people.person(body, name="王建国", born_on=dt.date(1975, 3, 2))
    run = upload(body, clerk, [row(name="王建国", 出生日期="1975-03-02", 性别="男")])
    assert plans_of(run)[0].notes
    confirmed(run, clerk)
    assert Mandate.objects.get().person == known
    assert Person.objects.filter(name="王建国").count() == 1


def test_namesakes_are_told_apart_by_date_of_birth_or_refused(body, term, clerk):
    bring(body, clerk, [row(name="王建国", 出生日期="1975-03-02")])
    assert problems(body, clerk, [row("0102", "王建国")]).keys() == {"name"}
    assert problems(body, clerk, [row("0102", "王建国", 出生日期="1980-01-01")]) == {}


def test_the_same_person_with_a_second_card_is_refused(body, term, clerk):
    bring(body, clerk, [row(name="王建国", 出生日期="1975-03-02")])
    said = problems(body, clerk, [row("0102", "王建国", 出生日期="1975-03-02")])
    assert "0101" in said["card_no"]


def test_a_card_number_of_somebody_else_is_refused(body, term, clerk):
    bring(body, clerk, [row()])
    assert "张桥生" in problems(body, clerk, [row(name="李春华")])["card_no"]


def test_nobody_is_a_deputy_in_two_places_that_are_not_in_one_line(body, term, clerk):
    other = bodies.mandate(bodies.term(places.congress()), holder=people.person(body, name="王建国", born_on=dt.date(1975, 3, 2)))
    said = problems(body, clerk, [row(name="王建国", 出生日期="1975-03-02")])["name"]
    assert other.congress.name in said


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"代表证号": ""}, "card_no"),
        ({"姓名": ""}, "name"),
        ({"性别": "公"}, "sex"),
        ({"出生日期": "2023-13-01"}, "born_on"),
        ({"联系电话": "无"}, "phone"),
        ({"代表类别": "演员"}, "category"),
        ({"基层代表": "也许"}, "grassroots"),
        ({"姓名": "长" * 61}, "name"),
    ],
)
def test_a_problem_is_said_at_its_cell_and_the_row_is_left_out(body, term, clerk, cells, column):
    run = upload(body, clerk, [row("0001", "好代表"), row(**cells)])
    plan = plans_of(run)[1]
    assert (plan.action, set(plan.problems)) == ("refuse", {column})
    run = confirmed(run, clerk)
    assert counts(run) == {"add": 1, "refuse": 1}
    assert run.rows.exclude(cells={}).get().number == 3


def test_rows_that_stand_twice_are_refused_with_the_number_of_the_first(body, term, clerk):
    rows = [
        row(),
        row("0102", "李春华", 联系电话="13800000001"),
        row("0101", "王五"),
        row("0103", "李春华", 联系电话="13800000001"),
    ]
    plans = plans_of(upload(body, clerk, rows))
    assert [plan.problems for plan in plans] == [{}, {}, {"card_no": "The same as in row 2."}, {"phone": "The same as in row 3."}]


def test_a_term_the_congress_has_not_opened_is_refused(body, term, clerk):
    assert "term" in problems(body, clerk, [row(届次="第十六届")], headings=["代表证号", "姓名", "选区", "届次"])


def test_a_higher_congress_names_the_electing_unit(clerk):
    city = places.congress(places.area("9901", "演示市", "prefecture"))
    county = places.congress(places.area("990102", "桥西县"), superior=city)
    bodies.term(city)
    staff = people.actor(city)
    assert "seat" in problems(city, staff, [row()])
    bring(city, staff, [row(选区=county.short_name)])
    assert Mandate.objects.get().electing_unit == county
    assert counts(bring(city, staff, [row(选区=county.short_name)])) == {"same": 1}


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["代表证号", "选区"], "Required columns are missing: Name"),
        (["一", "二"], "Required columns are missing"),
        (["代表证号", "姓名", "选区", "姓名"], "stand there twice: Name"),
    ],
)
def test_wrong_headings_are_refused_by_name(body, term, clerk, headings, said):
    with pytest.raises(Unfit) as error:
        upload(body, clerk, [row()], headings=headings)
    assert said in error.value.reason
    assert not ImportRun.objects.exists()


def test_headings_without_rows_are_refused(body, term, clerk):
    with pytest.raises(Unfit, match="no row below"):
        upload(body, clerk, [], headings=["代表证号", "姓名", "选区"])


def test_a_title_above_and_columns_nobody_reads_do_no_harm(body, term, clerk):
    table = [["桥东县代表名册"], [], ["代表证号", "备注", "姓 名", "选区"], ["0101", "无", "张桥生", "第一选区"]]
    run = upload(body, clerk, None, content=factories.as_xlsx(table), filename="a.xlsx")
    assert run.unread == ["备注"]
    assert [plan.number for plan in plans_of(run)] == [4]


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


def test_only_who_keeps_the_directory_of_the_congress_imports(body, term, clerk):
    deputy, stranger = people.actor(body, role="deputy"), people.actor(places.congress())
    run = upload(body, clerk, [row()])
    for actor in (deputy, stranger):
        with pytest.raises(NotAllowed):
            upload(body, actor, [row()])
        with pytest.raises(NotAllowed):
            operations.confirm(run, actor=actor)
        assert not ImportRun.objects.visible_to(actor).exists()
    assert ImportRun.objects.visible_to(clerk).get() == run


def test_an_unknown_kind_is_refused(body, clerk):
    with pytest.raises(Unfit, match="no import of this kind"):
        upload(body, clerk, [row()], kind="cars")


def unit_row(name="县教育局", **more):
    return {"名称": name} | more


UNIT_HEADINGS = ["名称", "简称", "职责领域", "所属机关", "统一社会信用代码", "办公电话", "启用日期", "停用日期"]
CODE = "11100000000013338W"


def bring_units(body, actor, rows):
    return bring(body, actor, rows, kind="units", headings=UNIT_HEADINGS)


def unit_problems(body, actor, rows):
    return problems(body, actor, rows, kind="units", headings=UNIT_HEADINGS)


def test_units_are_entered_found_again_by_name_and_changed(body, clerk):
    places.organ(body)
    rows = [unit_row(简称="教育局", 所属机关="县人民政府", 启用日期="2022-01-01"), unit_row("县水利局")]
    assert counts(bring_units(body, clerk, rows)) == {"add": 2}
    assert counts(bring_units(body, clerk, rows)) == {"same": 2}
    assert counts(bring_units(body, clerk, [unit_row(简称="教局", 停用日期="2026-01-01")])) == {"change": 1}
    unit = Unit.objects.get(name="县教育局")
    assert (unit.short_name, unit.organ.name, unit.active_to) == ("教局", "县人民政府", dt.date(2026, 1, 1))
    assert Entry.objects.filter(code="unit.close").count() == 1


def test_a_unit_found_by_its_credit_code_gets_its_new_name(body, clerk):
    bring_units(body, clerk, [unit_row(统一社会信用代码=CODE)])
    assert counts(bring_units(body, clerk, [unit_row("县教育和体育局", 统一社会信用代码=CODE)])) == {"change": 1}
    assert Unit.objects.get().name == "县教育和体育局"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"统一社会信用代码": "123"}, "credit_code"),
        ({"所属机关": "无此机关"}, "organ"),
        ({"启用日期": "2026-01-01", "停用日期": "2025-01-01"}, "active_to"),
        ({"办公电话": "无"}, "phone"),
        ({"名称": "县水利局", "统一社会信用代码": CODE}, "credit_code"),
    ],
)
def test_problems_of_units(body, clerk, cells, column):
    bring_units(body, clerk, [unit_row("县水利局"), unit_row("县农业局", 统一社会信用代码=CODE)])
    assert set(unit_problems(body, clerk, [unit_row(**cells)] if "名称" not in cells else [cells])) == {column}


def test_units_that_stand_twice_are_refused(body, clerk):
    assert unit_problems(body, clerk, [unit_row(), unit_row()]) == {"name": "The same as in row 2."}


def test_every_importer_has_a_label_columns_and_a_rule_that_asks_for_a_permission():
    for importer in IMPORTERS.values():
        assert str(importer.label)
        assert str(importer.about)
        assert any(column.required for column in importer.columns)
        assert importer.rule.grants


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


def undone(run, actor):
    return worked(operations.undo(run, actor=actor))


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
def test_a_killed_job_is_followed_by_one_that_goes_on_where_it_was(body, term, clerk, monkeypatch):
    monkeypatch.setattr(operations, "BATCH", 2)
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


@pytest.fixture
def province():
    """A city with two counties below it."""
    city = places.congress(places.area("9980", "桥市", Level.PREFECTURE))
    counties = [
        places.congress(places.area(code, name, parent=city.area), city) for code, name in (("998001", "桥东县"), ("998002", "桥西县"))
    ]
    for each in (city, *counties):
        bodies.term(each)
    return city, counties


@pytest.mark.capability("R5")
def test_one_table_brings_the_deputies_of_several_congresses(province, english):
    city, (one, other) = province
    administrator = reads_english(people.actor(city, role="sysadmin"))
    rows = [row(人大=one.name), row(人大=other.area.code), row("0102", "李春华", 人大=other.name)]
    run = bring(city, administrator, rows, headings=["人大", "代表证号", "姓名", "选区"])
    assert counts(run) == {"add": 3}
    assert (Mandate.objects.filter(congress=one).count(), Mandate.objects.filter(congress=other).count()) == (1, 2)


def test_a_congress_elsewhere_or_unknown_is_refused_at_its_cell(province, english):
    city, _counties = province
    elsewhere = places.congress()
    bodies.term(elsewhere)
    administrator = reads_english(people.actor(city, role="sysadmin"))
    run = bring(
        city, administrator, [row(人大=elsewhere.name), row("0102", 人大="无此人大")], headings=["人大", "代表证号", "姓名", "选区"]
    )
    assert [plan.problems for plan in plans_of(run)] == [
        {"congress": "This congress is not below yours."},
        {"congress": "There is no congress “无此人大”."},
    ]
    assert not Mandate.objects.exists()


def test_staff_of_one_congress_cannot_bring_anothers_deputies(province, english):
    city, (one, _other) = province
    run = bring(city, reads_english(people.actor(city)), [row(人大=one.name)], headings=["人大", "代表证号", "姓名", "选区"])
    assert counts(run) == {"refuse": 1}
