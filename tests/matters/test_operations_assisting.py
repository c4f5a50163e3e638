"""A lead unit and the units that assist it: handing over to several, their opinions, and what the reply owes to them (R3.26, R3.34)."""

import datetime as dt

import pytest

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.letters.content import opinion_letter
from qiao.matters.letters.docx import letter_docx
from qiao.matters.letters.pdf import letter_pdf
from qiao.matters.models import Assignment, Clock, Opinion, State, Suggestion
from qiao.matters.worklists import unit_views
from tests.world import REPLY, rule

from .given import later, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def of(s, unit):
    return Assignment.objects.get(suggestion=s, unit=unit)


def running(assignment):
    """The clocks of one unit that run, by kind: until when."""
    return dict(Clock.objects.running().filter(assignment=assignment).values_list("kind", "due"))


def in_view(actor, key):
    view = next(view for view in unit_views(actor) if view.key == key)
    return list(Suggestion.objects.visible_to(actor).filter(view.rows))


def contacted(world, s):
    operations.record_contact(
        of(s, world.unit), actor=world.actors["handler"], mode="phone", on=of(s, world.unit).assigned_on, who="代表", content="已沟通。"
    )
    return s


def issued(world, s):
    operations.issue(of(s, world.unit).replies.get(), actor=world.actors["signer"], document_no="测函〔2026〕1号")
    s.refresh_from_db()
    return s


# --- handing over ---------------------------------------------------------------------------------------------------------------


def test_each_unit_gets_its_role_and_clocks_of_its_own_and_is_told(world):
    s = world.registered()
    with on(2026, 3, 2):
        s = operations.assign(s, actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "校门口")])
    lead, assistant = of(s, world.unit), of(s, world.unit2)
    assert (lead.role, assistant.role, assistant.part) == ("lead", "assist", "校门口")
    assert (s.unit, s.due) == (world.unit, dt.date(2026, 6, 2))
    assert set(running(lead)) == {"sign", "return", "contact", "reply"}
    assert set(running(assistant)) == {"sign", "return", "assist"}
    assert running(assistant)["assist"] == dt.date(2026, 5, 6)  # two months end on a holiday
    assert told("assigned_unit") == ["liaison", "signer"]
    assert told("assigned_to_assist") == ["liaison2", "signer2"]
    assert told("assigned") == ["deputy"]


def test_a_unit_alone_handles_it_alone(world):
    assert of(world.assigned(), world.unit).role == "sole"


def test_no_unit_is_named_twice(world):
    s = world.registered()
    for twice in ([(world.unit, "")], [(world.unit2, ""), (world.unit2, "")]):
        with refused(Unfit, "once"):
            operations.assign(s, actor=world.actors["clerk"], unit=world.unit, assisting=twice)


def test_only_the_lead_units_signing_begins_the_handling_and_each_ends_its_own_clocks(world):
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    operations.sign_for(of(s, world.unit2), actor=world.actors["liaison2"])
    s.refresh_from_db()
    assert s.state == State.ASSIGNED
    assert set(running(of(s, world.unit))) == {"sign", "return", "contact", "reply"}
    assert set(running(of(s, world.unit2))) == {"assist"}
    operations.sign_for(of(s, world.unit), actor=world.actors["liaison"])
    s.refresh_from_db()
    assert s.state == State.HANDLING


def test_an_assisting_unit_that_is_not_competent_only_drops_out(world):
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    operations.sign_for(of(s, world.unit), actor=world.actors["liaison"])
    asked = operations.request_return(of(s, world.unit2), actor=world.actors["liaison2"], note="不属我局职责。")
    operations.grant_return(asked, actor=world.actors["clerk"])
    s.refresh_from_db()
    assert (s.state, s.unit, of(s, world.unit2).state) == (State.HANDLING, world.unit, "returned")
    assert running(of(s, world.unit2)) == {}
    assert operations.assistance(of(s, world.unit)) == []


def test_when_the_lead_units_return_is_granted_the_assistants_are_let_go(world):
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    asked = operations.request_return(of(s, world.unit), actor=world.actors["liaison"], note="不属我局职责。")
    operations.grant_return(asked, actor=world.actors["clerk"])
    s.refresh_from_db()
    assert (s.state, of(s, world.unit2).state) == (State.REGISTERED, "closed")
    assert set(Clock.objects.running().filter(suggestion=s).values_list("kind", flat=True)) == {"reassign"}
    assert told("assistance_over") == ["handler2", "liaison2", "signer2"]


# --- the opinion ----------------------------------------------------------------------------------------------------------------


def test_the_opinion_ends_the_clock_and_reaches_the_lead_unit(world):
    s = world.assisted()
    assert in_view(world.actors["handler2"], "opinions") == [s]
    operations.give_opinion(of(s, world.unit2), actor=world.actors["handler2"], text="两盏灯由我局协调。")
    assert in_view(world.actors["handler2"], "opinions") == []
    assert of(s, world.unit2).state == "answered"
    assert Clock.objects.get(assignment=of(s, world.unit2), kind="assist").met
    assert told("opinion_given") == ["handler", "liaison"]


def test_only_the_assisting_unit_gives_one_and_it_answers_no_deputy(world):
    s = world.assisted()
    for unit, role in ((world.unit2, "handler"), (world.unit, "handler"), (world.unit2, "deputy")):
        with refused(NotAllowed):
            operations.give_opinion(of(s, unit), actor=world.actors[role], text="意见")
    with refused(NotAllowed, "lead unit"):
        operations.draft_reply(of(s, world.unit2), actor=world.actors["handler2"], **REPLY)


def test_units_and_overseers_read_the_opinion_and_deputies_do_not(world):
    opinion = Opinion.objects.get(assignment__suggestion=world.opined())
    readers = {name for name, actor in world.actors.items() if Opinion.objects.visible_to(actor).filter(pk=opinion.pk).exists()}
    assert readers == {"clerk", "leader", "liaison", "handler", "signer", "liaison2", "handler2", "signer2"}


def test_the_lead_unit_has_an_empty_opinion_redone_within_a_short_time(world):
    s = world.opined()
    with refused(NotAllowed):
        operations.ask_opinion_again(of(s, world.unit2), actor=world.actors["handler2"], note="请具体些。")
    with on(2027, 3, 1):
        operations.ask_opinion_again(of(s, world.unit2), actor=world.actors["handler"], note="请具体些。")
    assert running(of(s, world.unit2)) == {"redo": dt.date(2027, 3, 8)}
    assert told("opinion_sent_back") == ["handler2", "liaison2", "signer2"]
    assert operations.assistance(of(s, world.unit))[0].opinion is None
    with refused(WrongState):
        operations.ask_opinion_again(of(s, world.unit2), actor=world.actors["handler"], note="请具体些。")
    operations.give_opinion(of(s, world.unit2), actor=world.actors["handler2"], text="两盏灯五日内修好。")
    assert operations.assistance(of(s, world.unit))[0].opinion.text == "两盏灯五日内修好。"


def test_the_congress_sets_the_time_for_the_opinion(world):
    rule(world, "assist_limit", {"n": 1, "unit": "months"})
    with on(2027, 3, 2):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    assert running(of(s, world.unit2))["assist"] == dt.date(2027, 4, 2)


# --- what the reply owes to them --------------------------------------------------------------------------------------------------


def test_the_reply_waits_for_an_opinion_until_it_is_overdue(world):
    s = contacted(world, world.assisted())
    reply = operations.draft_reply(of(s, world.unit), actor=world.actors["handler"], **REPLY)
    with refused(Unfit, "has not given its opinion yet"):
        operations.request_approval(reply, actor=world.actors["handler"])
    with later(days=75):
        operations.request_approval(reply, actor=world.actors["handler"])
        issued(world, s)
    assert (s.state, of(s, world.unit2).state) == (State.REPLIED, "closed")
    assert not Clock.objects.running().filter(assignment=of(s, world.unit2)).exists()
    assert not Clock.objects.get(assignment=of(s, world.unit2), kind="assist").met


def test_the_reply_speaks_of_the_opinions_that_were_given(world):
    s = contacted(world, world.opined())
    reply = operations.draft_reply(of(s, world.unit), actor=world.actors["handler"], **REPLY)
    with refused(Unfit, "what the assisting units' opinions are"):
        operations.request_approval(reply, actor=world.actors["handler"])
    reply = operations.revise_reply(reply, actor=world.actors["handler"], mentions_opinions=True)
    operations.request_approval(reply, actor=world.actors["handler"])
    issued(world, s)
    assert (s.state, of(s, world.unit2).state) == (State.REPLIED, "answered")
    s = operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("satisfied"))
    assert {a.state for a in s.assignments.all()} == {"closed"}


# --- pages and papers -----------------------------------------------------------------------------------------------------------


def test_staff_name_the_assisting_units_on_the_page(world, login):
    s, page = world.registered(), login("clerk")
    asked = {"unit": world.unit.pk, "note": "", "further_1": world.unit2.pk, "part_1": "校门口一段"}
    assert page.post(f"/suggestions/{s.pk}/assign/", asked).status_code == 302
    assert of(s, world.unit2).part == "校门口一段"


def test_a_part_without_its_unit_is_asked_about_and_nothing_typed_is_lost(world, login):
    s, page = world.registered(), login("clerk")
    shown = page.post(f"/suggestions/{s.pk}/assign/", {"unit": world.unit.pk, "part_2": "校门口一段"})
    assert shown.status_code == 422
    assert b"Choose the unit that is asked about this." in shown.content
    assert "校门口一段" in shown.content.decode()
    assert not s.assignments.exists()


def test_the_lead_unit_sees_on_its_desk_who_has_said_what(world, login):
    waiting, given = world.assisted(), world.opined()
    page = login("handler")
    assert b"has not given its opinion yet" in page.get(f"/suggestions/{waiting.pk}/").content
    shown = page.get(f"/suggestions/{given.pk}/").content.decode()
    assert "校门口两盏灯由我局协调。" in shown
    assert "Have the opinion redone" in shown
    assert "校门口两盏灯由我局协调。" in page.get(f"/assignments/{of(given, world.unit).pk}/draft_reply/").content.decode()


def test_the_assisting_unit_is_offered_the_opinion_and_no_reply(world, login):
    s = world.assisted()
    shown = login("handler2").get(f"/suggestions/{s.pk}/").content.decode()
    assert "Give the opinion" in shown
    assert "Draft the reply" not in shown


def test_the_deputys_page_names_the_assisting_unit_and_keeps_the_opinion_inside(world, login):
    s = world.opined()
    shown = login("deputy").get(f"/suggestions/{s.pk}/").content.decode()
    assert world.unit2.name in shown
    assert "Opinion given" in shown
    assert "校门口两盏灯由我局协调。" not in shown
    opinion = Opinion.objects.get(assignment__suggestion=s)
    assert login("deputy").get(f"/opinions/{opinion.pk}/letter.pdf").status_code == 404
    assert login("handler").get(f"/opinions/{opinion.pk}/letter.docx").status_code == 200


def test_the_opinions_letter_goes_to_the_lead_unit(world):
    opinion = Opinion.objects.get(assignment__suggestion=world.opined())
    letter = opinion_letter(opinion)
    assert letter.title.endswith("建议的会办意见")
    assert (letter.mark, letter.addressees, letter.paragraphs) == (
        world.unit2.name, f"{world.unit.name}：", ("校门口两盏灯由我局协调。",)
    )  # fmt: skip
    assert letter_pdf(letter).startswith(b"%PDF")
    assert letter_docx(letter).startswith(b"PK")
