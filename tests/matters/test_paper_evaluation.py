"""An evaluation that came back on paper counts like one given here: sealed like it, and the deputy may correct it (R3.52)."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations
from qiao.matters.letters.sheets import evaluation_sheet
from qiao.matters.models import Evaluation, Reply, State
from tests.files import factories as files
from tests.world import rule

from .given import entry, fresh, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def record(world, s, rating="dissatisfied", role="clerk", **facts):
    said = {"paper_on": clock.today(), "ratings": world.ratings(rating), "reason": "只修了一半。", "scan": files.upload(files.pdf())}
    return operations.record_evaluation(s, actor=world.actors[role], **{**said, **facts})


@pytest.fixture
def sealing(world):
    rule(world, "seal_until", "window_end")
    return world


@pytest.mark.capability("T4")
def test_staff_record_it_with_its_scan_and_it_is_sealed_like_the_other(sealing, login):
    s = sealing.replied()
    form = {"paper_on": f"{clock.today()}", "rating_result": "dissatisfied", "note": "只修了一半。", "scan": files.upload(files.pdf())}
    assert login("clerk").post(f"/suggestions/{s.pk}/record_evaluation/", form).status_code == 302
    given = Evaluation.objects.get()
    assert (fresh(s).state, given.rating, given.paper_on, given.opened_at) == (State.REPLIED, "dissatisfied", clock.today(), None)
    assert (told("evaluation_recorded"), told("evaluation_opened")) == (["deputy"], [])
    line = entry("suggestion.record_evaluation")
    assert "只修了一半" not in line.note + str(line.changes)
    scan = f"/evaluations/{given.pk}/scan/"
    assert b"".join(login("deputy").get(scan).streaming_content).startswith(b"%PDF")
    assert {role: login(role).get(scan).status_code for role in ("handler", "deputy2")} == {"handler": 404, "deputy2": 404}
    assert "只修了一半" not in login("handler").get(f"/suggestions/{s.pk}/").content.decode()


def test_the_deputy_corrects_it_while_it_is_sealed_and_then_staff_cannot_any_more(sealing):
    s = record(sealing, sealing.replied())
    s = record(sealing, s, "basically_satisfied")  # mistyped: staff put their own entry right
    s = operations.evaluate(s, actor=sealing.actors["deputy"], ratings=sealing.ratings("satisfied"))
    given = Evaluation.objects.get()
    assert (given.rating, given.paper_on) == ("satisfied", None)
    assert [one["paper_on"] for one in given.earlier] == [clock.today().isoformat()] * 2
    with refused(NotAllowed, "what they say here counts"):
        record(sealing, s)


def test_without_a_seal_what_it_means_comes_about_at_once(world):
    assert record(world, world.replied()).state == State.DISSATISFIED
    assert record(world, world.replied(), "satisfied").state == State.CLOSED


def test_neither_the_unit_nor_another_congress_records_it_and_its_day_must_be_possible(world):
    with on(2026, 3, 2):
        s = world.replied()
    with on(2026, 3, 10):
        for role in ("handler", "signer", "leader", "other_clerk", "deputy"):
            with refused(NotAllowed):
                record(world, s, role=role)
        for day in (dt.date(2026, 3, 1), dt.date(2026, 3, 11)):
            with refused(Unfit, "between the reply's and today"):
                record(world, s, paper_on=day)


def test_the_form_names_the_suggestion_asks_what_the_rules_ask_and_goes_back_to_the_congress(world, login):
    dimensions = [{"code": code, "label": label} for code, label in [("attitude", "办理态度"), ("result", "办理结果")]]
    with on(2026, 3, 2):
        rule(world, "evaluation_dimensions", dimensions)
        s = world.replied()
        sheet = evaluation_sheet(s, Reply.objects.get(), address="https://example.org/")
        printed = login("deputy").get(f"/suggestions/{s.pk}/evaluation-form.pdf")
    assert [question.label for question in sheet.questions] == ["办理态度", "办理结果"]
    assert sheet.number == s.number_label
    assert "2026年3月30日前" in sheet.note
    assert "不经承办单位转交" in sheet.note
    assert printed.content.startswith(b"%PDF")
