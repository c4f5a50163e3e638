"""What a table would do: each row compared with the data, problems said at their cells."""

import datetime as dt

import pytest

from qiao.accounts.models import Person
from qiao.congress.models import Mandate
from qiao.imports import operations
from qiao.imports.importer import IMPORTERS
from qiao.imports.models import ImportRun
from qiao.kernel.errors import NotAllowed, Unfit
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports import factories
from tests.imports.factories import bring, confirmed, counts, plans_of, problems, row, upload
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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


def test_every_importer_has_a_label_columns_and_a_rule_that_asks_for_a_permission():
    for importer in IMPORTERS.values():
        assert str(importer.label)
        assert str(importer.about)
        assert any(column.required for column in importer.columns)
        assert importer.rule.grants
