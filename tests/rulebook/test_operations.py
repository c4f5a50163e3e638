import datetime as dt

import pytest
from django.core.management import call_command
from django.utils.translation import override

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.rulebook import operations, presets, queries
from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.clocks import Mark
from qiao.rulebook.models import CalendarDay, CalendarYear, Provision
from qiao.rulebook.periods import Period
from qiao.rulebook.queries import Rules, rules_for

from . import factories
from .factories import SYSTEM, keeper

pytestmark = pytest.mark.django_db

TWO_MONTHS = Period(2, "months").to_json()
JANUARY, JUNE, JULY = dt.date(2026, 1, 1), dt.date(2026, 6, 1), dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def in_january():
    """It is the first of January: a person lays down rules for days to come."""
    with clock.pretend(dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def congress():
    return factories.congress()


def set_reply_limit(congress, on, n=2, actor=SYSTEM, **more):
    value = Period(n, "months").to_json()
    return operations.set_provision(congress, actor=actor, key="reply_limit", value=value, source="某条例第九条", valid_from=on, **more)


# --- provisions ----------------------------------------------------------------------------------------------------------------


def test_without_a_provision_the_national_default_holds(congress):
    rules = rules_for(congress, JUNE)
    assert rules.period("reply_limit") == Period(3, "months")
    assert rules["withdrawal_rule"] == "unanimous"


def test_the_rules_of_a_day_are_one_query(congress, django_assert_num_queries):
    operations.apply_preset(congress, actor=SYSTEM, preset="shanghai", on=JANUARY)
    assert Provision.objects.count() > 10
    with django_assert_num_queries(1):
        rules = rules_for(congress, JUNE)
    assert set(rules.to_json()) == set(CATALOGUE)


def test_a_provision_holds_from_its_day_and_closes_the_earlier_one(congress):
    first = set_reply_limit(congress, JANUARY, 2)
    set_reply_limit(congress, JUNE, 1)
    first.refresh_from_db()
    assert first.valid_to == JUNE
    assert rules_for(congress, JANUARY - dt.timedelta(1)).period("reply_limit").n == 3
    assert rules_for(congress, JUNE - dt.timedelta(1)).period("reply_limit").n == 2
    assert rules_for(congress, JUNE).period("reply_limit").n == 1
    assert rules_for(congress, JUNE).source("reply_limit") == "某条例第九条"


def test_a_provision_entered_between_two_ends_where_the_later_begins(congress):
    set_reply_limit(congress, JANUARY, 3)
    set_reply_limit(congress, JULY, 1)
    between = set_reply_limit(congress, JUNE, 2)
    assert between.valid_to == JULY
    assert [rules_for(congress, day).period("reply_limit").n for day in (JANUARY, JUNE, JULY)] == [3, 2, 1]


def test_the_journal_keeps_who_changed_the_rule_and_what_it_ended(congress):
    actor = keeper(congress)
    set_reply_limit(congress, JANUARY, 2, actor=actor, reason="条例施行")
    set_reply_limit(congress, JUNE, 1, actor=actor, reason="条例修正")
    assert list(Entry.objects.filter(trail__startswith="provision:").order_by("id").values_list("code", flat=True)) == [
        "provision.set",
        "provision.end",
        "provision.set",
    ]


def test_a_change_holds_only_for_what_is_handed_over_after_it(congress):
    snapshot = rules_for(congress, JANUARY).to_json()
    set_reply_limit(congress, JUNE, 1)
    assert Rules.from_json(snapshot).period("reply_limit") == Period(3, "months")
    assert rules_for(congress, JUNE).period("reply_limit") == Period(1, "months")


def test_a_second_provision_of_the_same_day_is_refused_and_changes_nothing(congress):
    set_reply_limit(congress, JUNE, 2)
    entries = Entry.objects.count()
    with pytest.raises(Unfit):
        set_reply_limit(congress, JUNE, 1)
    assert Provision.objects.get().value == TWO_MONTHS
    assert Entry.objects.count() == entries


def test_a_wrong_provision_can_be_corrected_in_place(congress):
    provision = set_reply_limit(congress, JUNE, 1)
    operations.correct_provision(provision, actor=keeper(congress), value=TWO_MONTHS, source="某条例第十条", reason="输入有误")
    assert rules_for(congress, JUNE).period("reply_limit").n == 2
    assert Entry.objects.latest("id").changes["source"] == ["某条例第九条", "某条例第十条"]
    with pytest.raises(Unfit):
        operations.correct_provision(provision, actor=SYSTEM, value=Period(4, "months").to_json(), source="x", reason="")


def test_a_provision_that_ends_lets_the_default_hold_again(congress):
    provision = set_reply_limit(congress, JANUARY, 1)
    operations.end_provision(provision, actor=keeper(congress), on=JUNE, note="条例废止")
    assert rules_for(congress, JUNE).period("reply_limit").n == 3


def test_the_national_limit_is_refused_and_nothing_is_written(congress):
    with override("en"), pytest.raises(Unfit) as said:
        set_reply_limit(congress, JUNE, 4)
    assert "article 51" in said.value.reason
    assert not Provision.objects.exists()


def test_an_unknown_parameter_is_refused(congress):
    with pytest.raises(Unfit):
        operations.set_provision(congress, actor=SYSTEM, key="bribe_limit", value=1, source="x", valid_from=JUNE)


@pytest.mark.parametrize("grants", [(), ("suggestion.oversee",)])
def test_only_who_may_change_the_rulebook_changes_it(congress, grants):
    actor = Actor(congresses=frozenset({congress.pk}), grants=frozenset(grants))
    with pytest.raises(NotAllowed) as said:
        set_reply_limit(congress, JUNE, actor=actor)
    assert said.value.reason
    assert not Provision.objects.exists()


def test_nobody_changes_the_rules_of_another_congress(congress):
    other = factories.congress("98", "另一省人民代表大会")
    with pytest.raises(NotAllowed):
        set_reply_limit(congress, JUNE, actor=keeper(other))
    provision = set_reply_limit(congress, JUNE)
    with pytest.raises(NotAllowed):
        operations.end_provision(provision, actor=keeper(other), on=JULY)
    assert rules_for(other, JUNE).period("reply_limit").n == 3


# --- presets -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", presets.names())
def test_every_preset_can_be_applied_and_once_is_enough(congress, preset):
    entries = presets.load(preset)
    operations.apply_preset(congress, actor=keeper(congress), preset=preset, on=JANUARY, note="本级依此执行")
    assert Provision.objects.count() == len(entries)
    operations.apply_preset(congress, actor=SYSTEM, preset=preset, on=JUNE)
    assert Provision.objects.count() == len(entries)
    rules = rules_for(congress, JUNE)
    assert {e.key: e.value for e in entries} == {e.key: rules[e.key] for e in entries}
    assert all(rules.source(e.key) for e in entries)


def test_the_presets_say_what_the_regulations_say():
    found = {name: {e.key: e for e in presets.load(name)} for name in presets.names()}
    assert found["shanghai"]["intersession_assign_limit"].value == {"n": 7, "unit": "working_days"}
    assert [d["code"] for d in found["shanghai"]["evaluation_dimensions"].value] == ["attitude", "result"]
    assert found["chongqing"]["return_from"].value == "assigned"
    assert [e["creates_commitment"] for e in found["chongqing"]["result_scheme"].value] == [False, True, False, False]
    assert found["chongqing"]["first_contact_limit"].source.endswith("第18条")
    assert found["beijing"]["withdrawal_until"].value == "before_assign"
    assert found["chongqing"]["assist_redo_limit"].value == {"n": 5, "unit": "working_days"}
    assert found["henan"]["evaluation_limit"].value == {"n": 10, "unit": "working_days"}


def test_a_preset_is_applied_as_a_whole_or_not_at_all(congress):
    operations.set_provision(congress, actor=SYSTEM, key="cosigner_reply", value="lead_only", source="x", valid_from=JUNE)
    with pytest.raises(Unfit):
        operations.apply_preset(congress, actor=SYSTEM, preset="shanghai", on=JUNE)
    assert Provision.objects.count() == 1


# --- tables of days off --------------------------------------------------------------------------------------------------------

NOTICE = {"source": "国务院办公厅通知", "published_on": dt.date(2026, 11, 1)}


def load_2027(actor=SYSTEM, days=((dt.date(2027, 1, 1), True, "元旦"), (dt.date(2026, 12, 29) + dt.timedelta(4), False, "元旦"))):
    return operations.load_calendar_year(None, actor=actor, year=2027, days=days, **NOTICE)


def test_a_table_becomes_known_and_can_be_replaced():
    load_2027()
    assert queries.calendar().published(2027)
    assert queries.calendar().day(dt.date(2027, 1, 2)) == Mark(False, "元旦")
    load_2027(days=[(dt.date(2027, 1, 1), True, "元旦")])
    assert CalendarDay.objects.count() == CalendarYear.objects.count() == 1
    assert queries.calendar().day(dt.date(2027, 1, 2)) is None


@pytest.mark.parametrize(
    "days",
    [
        [],
        [(dt.date(2026, 10, 1), True, "国庆节")],
        [(dt.date(2028, 1, 1), True, "元旦")],
        [(dt.date(2027, 1, 4), False, "元旦")],
        [(dt.date(2027, 1, 1), True, "元旦"), (dt.date(2027, 1, 1), True, "元旦")],
    ],
)
def test_a_table_that_cannot_be_right_is_refused(days):
    with pytest.raises(Unfit):
        load_2027(days=days)
    assert not CalendarYear.objects.exists()


def test_the_tables_hold_for_the_whole_installation_and_need_its_keeper(congress):
    with pytest.raises(NotAllowed):
        load_2027(actor=keeper(congress))
    load_2027(actor=keeper(congress, "installation.manage"))


def test_the_seed_can_be_repeated_and_writes_only_what_is_new(capsys):
    call_command("seed_rulebook")
    entries = Entry.objects.count()
    call_command("seed_rulebook")
    assert capsys.readouterr().out.splitlines() == ["4 tables of days off", "0 tables of days off"]
    assert Entry.objects.count() == entries
    CalendarDay.objects.get(day=dt.date(2026, 10, 10)).delete()
    call_command("seed_rulebook")
    assert queries.known_tables() == {table.year: table for table in presets.tables()}


@pytest.mark.capability("T3")
def test_a_new_table_moves_a_provisional_date_and_makes_it_certain(congress):
    factories.load_tables()
    rules = rules_for(congress, dt.date(2026, 11, 8))
    before = rules.reckon("reply_limit", dt.date(2026, 11, 8), queries.calendar())
    load_2027(days=[(dt.date(2027, 2, day), True, "春节") for day in range(5, 13)])
    after = rules.reckon("reply_limit", dt.date(2026, 11, 8), queries.calendar())
    assert (before.due, before.provisional) == (dt.date(2027, 2, 8), True)
    assert (after.due, after.provisional) == (dt.date(2027, 2, 15), False)


def test_the_tables_are_one_query(django_assert_num_queries):
    factories.load_tables()
    with django_assert_num_queries(1):
        assert queries.calendar().years == {2023, 2024, 2025, 2026}


def test_tables_that_are_never_committed_are_not_remembered():
    load_2027()
    queries.calendar()
    assert queries._held is None


@pytest.mark.django_db(transaction=True)
def test_committed_tables_are_remembered_for_a_while_and_forgotten_when_they_change(django_assert_num_queries, monkeypatch):
    load_2027()
    first = queries.calendar()
    with django_assert_num_queries(0):
        assert queries.calendar() is first
    load_2027(days=[(dt.date(2027, 1, 1), True, "元旦")])
    assert len(queries.calendar().days) == 1
    CalendarYear.objects.all().delete()  # as another process would
    assert queries.calendar().published(2027)
    monkeypatch.setattr(queries, "KEPT_SECONDS", 0)
    assert not queries.calendar().published(2027)
