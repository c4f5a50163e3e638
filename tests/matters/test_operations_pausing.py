"""Pauses and days that are set: by whom, of what, what they do to the date, to reminders, lists and the page; and the whole trace."""

import datetime as dt

import pytest
from django.utils.translation import override

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, tasks
from qiao.matters.letters.clocks import clocks_paper
from qiao.matters.models import Clock, Pause, Reminder, Suggestion
from qiao.matters.operations.recounting import publish_table
from qiao.matters.traces import traces
from qiao.rulebook.models import CalendarDay, CalendarDraft
from tests.world import SYSTEM, rule

from .given import entry, fresh, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T3"), pytest.mark.usefixtures("english")]
WHY = {"note": "协办单位机构改革，职责交接。", "source": "代表工委办公会纪要〔2026〕3号"}


def opinion_clock(s):
    return Clock.objects.get(suggestion=s, kind="assist")


@pytest.fixture
def assisted(world):
    """Two units, handed over on 2 March 2026; the opinion is due on 6 May."""
    with on(2026, 3, 2):
        return world.assisted()


@pytest.fixture
def stopped(world, assisted):
    """The opinion's time is paused since 20 April."""
    with on(2026, 4, 20):
        return operations.pause_clock(opinion_clock(assisted), actor=world.actors["clerk"], **WHY)


def test_a_pause_stands_on_record_and_those_concerned_hear_why(assisted, stopped):
    assert (stopped.paused_on, stopped.due) == (dt.date(2026, 4, 20), dt.date(2026, 5, 6))
    assert Pause.objects.get().source == WHY["source"]
    assert entry("clock.pause").note == WHY["note"]
    assert told("clock_paused") == ["handler2", "liaison2", "signer2"]


def test_when_it_goes_on_the_last_day_comes_later_by_the_days_of_the_pause_and_says_so(world, assisted, stopped):
    with on(2026, 5, 11):
        limit = operations.resume_clock(stopped, actor=world.actors["clerk"], note="交接完成。")
    assert (limit.paused_on, limit.due, Pause.objects.get().until) == (None, dt.date(2026, 5, 25), dt.date(2026, 5, 11))
    assert told("clock_resumed") == ["handler2", "liaison2", "signer2"]
    lines = limit.reckoning.explained()
    assert lines[-4:] == [
        f"Paused by {WHY['source']}; not counted: 20 April to 10 May 2026.",
        "The pause took 21 days from the period, which now ends on 23 May 2026 (Saturday).",
        "23 May to 24 May 2026 are days off (weekend), so the last day moves to 25 May 2026 (Monday).",
        "The last day is now 25 May 2026 (Monday); it ends at 24:00.",
    ]


def test_a_pause_undone_on_its_day_leaves_the_date_as_it_was(world, stopped):
    before = stopped.reckoning
    with on(2026, 4, 20):
        limit = operations.resume_clock(stopped, actor=world.actors["clerk"])
    assert (limit.reckoning, limit.due) == (before, before.due)


def test_nobody_is_reminded_and_nothing_is_late_while_it_is_paused(world, login, assisted, stopped):
    with on(2026, 5, 20):
        tasks.remind.call()
        assert not Reminder.objects.filter(clock=stopped).exists()
        lead = assisted.assignments.get(unit=world.unit)
        assert not operations.assistance(lead)[0].is_overdue
        assert "its time is paused" in " ".join(operations.lacking(lead, None))
        assert login("handler2").get("/suggestions/?view=overdue").context["list"].rows == []
        assert [row.pk for row in login("clerk").get("/suggestions/?view=paused").context["list"].rows] == [assisted.pk]
        operations.resume_clock(stopped, actor=world.actors["clerk"])
    with on(2026, 5, 29):
        tasks.remind.call()
    assert Reminder.objects.filter(clock=stopped, due=dt.date(2026, 6, 1), told__gt=0).get().rule == "1"


def test_a_duty_that_is_done_while_paused_ends_the_pause(world, assisted, stopped):
    with on(2026, 5, 20):
        operations.give_opinion(assisted.assignments.get(unit=world.unit2), actor=world.actors["handler2"], text="两盏灯五日内修好。")
    limit = opinion_clock(assisted)
    assert (limit.paused_on, limit.ended_on, limit.due, limit.in_time) == (None, dt.date(2026, 5, 20), dt.date(2026, 6, 1), True)
    assert Pause.objects.get().until == dt.date(2026, 5, 20)


@pytest.mark.parametrize("role", ["deputy", "handler2", "liaison", "leader", "other_clerk"])
def test_only_the_congress_s_staff_pause_and_resume(world, assisted, stopped, role):
    with on(2026, 4, 20), refused(NotAllowed):
        operations.resume_clock(stopped, actor=world.actors[role])
    with on(2026, 4, 20), refused(NotAllowed):
        operations.pause_clock(Clock.objects.get(suggestion=assisted, kind="contact"), actor=world.actors[role], **WHY)


def test_what_may_not_be_paused_is_refused_with_the_reason(world, assisted, stopped):
    clerk = world.actors["clerk"]
    with on(2026, 4, 20):
        with refused(NotAllowed, "is not paused"):
            operations.pause_clock(Clock.objects.get(suggestion=assisted, kind="reply"), actor=clerk, **WHY)
        with refused(NotAllowed, "is paused"):
            operations.pause_clock(stopped, actor=clerk, **WHY)
        with refused(NotAllowed, "no longer runs"):
            operations.pause_clock(Clock.objects.filter(suggestion=assisted, kind="sign").first(), actor=clerk, **WHY)
    with on(2026, 3, 30), refused(Unfit, "reason in a sentence"):
        operations.pause_clock(Clock.objects.get(suggestion=assisted, kind="contact"), actor=clerk, note=" ", source="〔2026〕3号")
    with on(2026, 3, 31), refused(NotAllowed, "gives no time back"):
        operations.pause_clock(Clock.objects.get(suggestion=assisted, kind="contact"), actor=clerk, **WHY)


def test_the_rulebook_says_what_may_be_paused_and_by_whom(world):
    with on(2026, 3, 2):
        rule(world, "pausable", ["sign"])
        rule(world, "pause_by", "supervise")
        s = world.assigned()
        limit = s.clocks.get(kind="sign")
        assert operations.pause_clock(limit, actor=world.actors["clerk"], **WHY).paused_on
        clerk = world.actors["clerk"]
        assigner = type(clerk)(
            user=clerk.user, post=clerk.post, congresses=clerk.congresses, grants=clerk.grants - {"suggestion.supervise"}
        )
        with refused(NotAllowed, "somebody else decides"):
            operations.resume_clock(limit, actor=assigner)
        with refused(NotAllowed, "is not paused"):
            operations.pause_clock(s.clocks.get(kind="contact"), actor=clerk, **WHY)


def test_an_earlier_day_is_set_with_its_source_and_a_later_one_is_refused_by_the_article(world, assisted):
    limit, clerk = assisted.clocks.get(kind="reply"), world.actors["clerk"]
    why = {"source": "市政府交办通知", "note": "汛期前办结。"}
    with on(2026, 3, 10):
        with refused(Unfit, "2 June 2026 .* is not earlier than 2 June 2026 .*, the last day by .*article 51"):
            operations.bring_forward(limit, actor=clerk, day=dt.date(2026, 6, 2), **why)
        with refused(Unfit, "is a day off"):
            operations.bring_forward(limit, actor=clerk, day=dt.date(2026, 5, 17), **why)
        with refused(Unfit, "no day to come"):
            operations.bring_forward(limit, actor=clerk, day=dt.date(2026, 3, 10), **why)
        with refused(NotAllowed):
            operations.bring_forward(limit, actor=world.actors["handler"], day=dt.date(2026, 5, 15), **why)
        limit = operations.bring_forward(limit, actor=clerk, day=dt.date(2026, 5, 15), **why)
    assert (limit.due, fresh(assisted).due) == (dt.date(2026, 5, 15), dt.date(2026, 5, 15))
    assert "By 市政府交办通知 it must be done by 15 May 2026 (Friday), which is earlier." in limit.reckoning.explained()
    assert told("brought_forward") == ["deputy", "handler", "liaison", "signer"]


@pytest.mark.parametrize(
    ("day", "due", "says"),
    [
        ("2026-05-16", dt.date(2026, 5, 18), "which is earlier"),
        ("2026-06-30", dt.date(2026, 6, 2), "can only come earlier"),
        ("2026-03-01", dt.date(2026, 6, 2), ""),
    ],
)
def test_the_day_a_congress_sets_for_all_replies_holds_where_it_is_earlier(world, day, due, says):
    with on(2026, 3, 2):
        rule(world, "fixed_due_date", {"session": "", "between": day})
        s = world.assigned()
    limit = s.clocks.get(kind="reply")
    assert (limit.due, fresh(s).due) == (due, due)
    said = " ".join(limit.reckoning.explained())
    assert (says in said) if says else ("By 测试" not in said)


def test_the_rulebook_says_who_decides_on_more_time(world):
    rule(world, "extension_by", "supervise")
    asked = world.extension_requested().assignments.get().extensions.get()
    clerk = world.actors["clerk"]
    assigner = type(clerk)(user=clerk.user, post=clerk.post, congresses=clerk.congresses, grants=clerk.grants - {"suggestion.supervise"})
    with refused(NotAllowed, "somebody else decides on more time"):
        operations.grant_extension(asked, actor=assigner, until=asked.proposed)
    assert operations.grant_extension(asked, actor=clerk, until=asked.proposed).state == "granted"


def test_the_pages_lead_from_the_dates_to_a_pause_and_back(world, login, assisted):
    page, limit = f"/suggestions/{assisted.pk}/clocks/", opinion_clock(assisted)
    with on(2026, 4, 20):
        assert "/pause/" not in login("handler2").get(page).content.decode()
        assert f"/clocks/{limit.pk}/pause/" in login("clerk").get(page).content.decode()
        bad = login("clerk").post(f"/clocks/{limit.pk}/pause/", {"note": "机构改革。", "source": ""})
        assert bad.status_code == 422
        assert "机构改革。" in bad.content.decode()
        done = login("clerk").post(f"/clocks/{limit.pk}/pause/", {"note": WHY["note"], "source": WHY["source"]})
        assert done.headers["Location"] == page
        shown = login("clerk").get(page).content.decode()
        assert f"/clocks/{limit.pk}/resume/" in shown
        assert f"Paused since 20 April 2026 (Monday), by {WHY['source']}" in shown
        assert WHY["note"] in shown
        assert "Paused" in login("handler").get(f"/suggestions/{assisted.pk}/").content.decode()
        assert login("clerk").post(f"/clocks/{limit.pk}/resume/", {"note": ""}).headers["Location"] == page


# --- the proof of T3 --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_case(world, assisted):
    """Three units: an opinion paused for three weeks, more time for the reply, and then a day off that nobody knew of."""
    clerk, a = world.actors["clerk"], assisted.assignments.get(unit=world.unit)
    limit = opinion_clock(assisted)
    with on(2026, 4, 20):
        operations.pause_clock(limit, actor=clerk, **WHY)
    with on(2026, 5, 11):
        operations.resume_clock(limit, actor=clerk)
        asked = operations.ask_extension(a, actor=world.actors["handler"], note="需现场勘察。", until=dt.date(2026, 8, 3))
        operations.grant_extension(asked, actor=clerk, until=dt.date(2026, 8, 3))
        known = CalendarDay.objects.filter(year__year=2026).values_list("day", "off", "name")
        added = [["2026-05-25", True, "城市纪念日"], ["2026-08-03", True, "城市纪念日"]]
        rows = [*([day.isoformat(), off, name] for day, off, name in known), *added]
        draft = CalendarDraft.objects.create(year=2026, source="市政府公告〔2026〕8号", published_on=dt.date(2026, 5, 11), days=rows)
        publish_table(draft, actor=SYSTEM, note="新增放假。")
        operations.recount_next(draft.pk)
    return assisted


def test_a_case_with_three_units_a_pause_an_extension_and_a_new_holiday_prints_its_whole_trace(world, login, long_case):
    with on(2026, 5, 12):
        for language, words in {
            "en": ["Paused by 代表工委办公会纪要〔2026〕3号", "More time was granted", "市政府公告〔2026〕8号", "(城市纪念日)"],
            "zh-hans": ["依据代表工委办公会纪要〔2026〕3号暂停", "同意延期", "市政府公告〔2026〕8号", "城市纪念日"],
        }.items():
            with override(language):
                paper = clocks_paper(long_case, traces(long_case, world.actors["clerk"]))
            printed = "\n".join(step for part in paper.clocks for step in part.steps)
            assert all(said in printed for said in words), printed
        assert len(paper.clocks) == long_case.clocks.count() >= 8
        assert (opinion_clock(long_case).due, fresh(long_case).due) == (dt.date(2026, 5, 26), dt.date(2026, 8, 4))
        answer = login("clerk").get(f"/suggestions/{long_case.pk}/clocks.pdf")
        assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        assert login("other_clerk").get(f"/suggestions/{long_case.pk}/clocks.pdf").status_code == 404
        assert Suggestion.objects.count() == 1
