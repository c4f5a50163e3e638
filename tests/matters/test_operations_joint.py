"""Several lead units: one reply, which each of them signs and the last signature issues (R3.26)."""

import datetime as dt

import pytest

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, worklists
from qiao.matters.figures import figures, population, rates
from qiao.matters.letters.content import reply_letter
from qiao.matters.letters.docx import letter_docx
from qiao.matters.letters.pdf import letter_pdf
from qiao.matters.models import Clock, ClockKind, Reply, State, Suggestion
from qiao.matters.operations.extending import longest
from qiao.notices.models import Notice
from qiao.orgs.operations import add_unit
from qiao.rulebook.queries import calendar, rules_for
from tests.world import SINCE, SYSTEM, person_with_post, rule

from .given import entry, fresh, later, on, refused, running, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M8"), pytest.mark.usefixtures("english")]


def sign(world, reply, role, **given):
    return operations.sign_reply(reply, actor=world.actors[role], **given)


def laid(world):
    """The joint reply, laid before both signers."""
    return operations.request_approval(world.joint_reply(), actor=world.actors["handler"])


def test_only_where_the_rules_know_several_lead_units_can_there_be_several(world):
    s, clerk = world.registered(), world.actors["clerk"]
    with refused(Unfit, "one unit leads"):
        operations.assign(s, actor=clerk, unit=world.unit, joint=[world.unit2])
    rule(world, "several_leads", True)
    for given in (
        {"unit": world.unit, "joint": [world.unit]}, {"joint": [world.unit, world.unit2]},
        {"joint": [world.office], "separate": [(world.unit, "路灯"), (world.unit2, "照明")]},
    ):  # fmt: skip
        with refused(Unfit):
            operations.assign(s, actor=clerk, **given)


def test_each_lead_unit_has_clocks_of_its_own_and_the_deputy_hears_of_all(world):
    s = world.joint()
    assert [(a.role, a.state) for a in s.assignments.order_by("id")] == [("joint", "handling")] * 2
    assert Clock.objects.running().filter(suggestion=s, kind=ClockKind.REPLY).count() == 2
    assert (s.unit, s.state, told("assigned")) == (world.unit, State.HANDLING, ["deputy"])
    said = Notice.objects.get(user=world.actors["deputy"].user, code="suggestion.assigned").body
    assert "甲市城管局、甲市教育局" in said


def test_the_last_signature_issues_it_in_whatever_order(world):
    reply = laid(world)
    assert (reply.assignment.unit, told("approval_requested")) == (world.unit, ["signer", "signer2"])
    sign(world, reply, "signer2")
    assert (fresh(reply.assignment.suggestion).state, [bool(one) for _unit, one in reply.signings]) == (State.HANDLING, [False, True])
    with refused(NotAllowed, "signed it already"):
        sign(world, reply, "signer2")
    with refused(NotAllowed, "each signs"):
        operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕7号")
    with refused(Unfit, "document number"):
        sign(world, reply, "signer")
    sign(world, reply, "signer", document_no="测函〔2026〕7号", secrecy_checked=True)
    reply = Reply.objects.get(pk=reply.pk)
    s = fresh(reply.assignment.suggestion)
    assert (reply.state, reply.document_no, reply.secrecy_checked_at) == ("issued", "测函〔2026〕7号", None)
    assert (s.state, {a.state for a in s.assignments.all()}, set(running(s))) == (State.REPLIED, {"answered"}, {"evaluation"})
    assert told("reply_issued") == ["deputy"]
    assert {"handler", "handler2"} <= set(told("reply_issued_staff"))
    assert (entry("reply.sign").user.login, entry("reply.issue").user.login) == ("signer", "signer")


def test_the_number_is_the_first_units_alone(world):
    reply = laid(world)
    with refused(Unfit, "only that unit enters it"):
        sign(world, reply, "signer2", document_no="教函〔2026〕9号")
    sign(world, reply, "signer", document_no="测函〔2026〕7号")
    sign(world, Reply.objects.get(pk=reply.pk), "signer2", document_no="测函〔2026〕7号")  # as its form shows it
    assert Reply.objects.get(pk=reply.pk).document_no == "测函〔2026〕7号"


def test_each_unit_checks_for_secrets_and_only_then_it_is_checked(world):
    assert world.answered_together().secrecy_checked_at is not None


def test_whoever_sends_it_back_voids_what_was_signed(world):
    reply = laid(world)
    sign(world, reply, "signer2")
    operations.send_back(reply, actor=world.actors["signer"], note="请写明工期。")
    assert told("reply_sent_back") == ["handler", "handler2", "liaison", "liaison2", "signer2"]
    reply = operations.revise_reply(Reply.objects.get(pk=reply.pk), actor=world.actors["handler"], text="六月底前修好。")
    reply = operations.request_approval(reply, actor=world.actors["handler2"])
    assert [one for _unit, one in reply.signings] == [None, None]
    assert reply.countersignatures.count() == 1
    sign(world, reply, "signer", document_no="测函〔2026〕7号")
    sign(world, reply, "signer2")
    assert Reply.objects.get(pk=reply.pk).state == "issued"


def test_a_head_of_the_rank_that_the_rules_ask_for_signs_for_each(world):
    rule(world, "signer_rank", "principal_head")
    reply = laid(world)
    with refused(NotAllowed, "rank"):
        sign(world, reply, "signer2")


def test_nobody_signs_before_every_lead_unit_has_signed_for_it(world):
    rule(world, "several_leads", True)
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, joint=[world.unit2])
    first = operations.sign_for(s.assignments.get(unit=world.unit), actor=world.actors["liaison"])
    assert "is not handling it yet" in " ".join(operations.lacking(first, None))


def test_nor_while_one_of_them_asks_to_give_it_back(world):
    with on(2026, 3, 2):
        rule(world, "return_from", "received")
        reply = world.joint_reply()
        asked = reply.assignment.suggestion.assignments.get(unit=world.unit2)
        operations.return_signed(asked, actor=world.actors["liaison2"], note="不属我局职责。")
        with refused(Unfit, "甲市教育局 leads together with others and is not handling it yet"):
            operations.request_approval(Reply.objects.get(pk=reply.pk), actor=world.actors["handler"])


def test_one_drops_out_and_another_takes_its_place_and_the_draft_is_theirs(world):
    with on(2026, 3, 2):
        rule(world, "return_from", "received")
        reply = world.joint_reply()
        s = reply.assignment.suggestion
        asked = operations.return_signed(s.assignments.get(unit=world.unit), actor=world.actors["liaison"], note="不属我局职责。")
        operations.grant_return(asked, actor=world.actors["clerk"], unit=world.office)
    reply, s = Reply.objects.get(pk=reply.pk), fresh(s)
    assert (reply.assignment.unit, s.unit, s.state) == (world.unit2, world.unit2, State.HANDLING)
    assert [one.unit for one in reply.answerers] == [world.unit2, world.office]


def test_more_time_holds_for_all_who_answer_together(world):
    with on(2026, 3, 2):
        s = world.joint()
        until = dt.date(2026, 8, 3)
        asked = operations.ask_extension(s.assignments.get(unit=world.unit2), actor=world.actors["handler2"], note="需勘察。", until=until)
        with refused(Unfit, "already asked"):
            operations.ask_extension(s.assignments.get(unit=world.unit), actor=world.actors["handler"], note="同上。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
    assert (fresh(s).due, told("extension_decided")) == (until, ["handler", "handler2", "liaison", "liaison2", "signer", "signer2"])


def test_nobody_gets_more_time_than_the_long_term_of_its_own(world):
    with on(2026, 3, 2):
        rule(world, "return_from", "received")
        rule(world, "clock_on_reassign", "restart")
        s = world.joint()
        asked = operations.return_signed(s.assignments.get(unit=world.unit), actor=world.actors["liaison"], note="不属我局职责。")
        third = add_unit(world.congress, actor=SYSTEM, name="甲市住建局", active_from=SINCE)
        liaison, handler = (person_with_post(world.congress, role, role, third) for role in ("unit_liaison", "unit_handler"))
    with on(2026, 3, 9):
        operations.grant_return(asked, actor=world.actors["clerk"], unit=third)
        late = operations.sign_for(s.assignments.get(unit=third), actor=liaison)
        until = longest(late, late.clocks.get(kind=ClockKind.REPLY), calendar()).due
        asked = operations.ask_extension(late, actor=handler, note="需勘察。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
    due = dict(Clock.objects.running().filter(suggestion=s, kind=ClockKind.REPLY).values_list("assignment__unit", "due"))
    other = s.assignments.get(unit=world.unit2)
    assert due[third.pk] == until
    assert due[world.unit2.pk] == longest(other, other.clocks.get(kind=ClockKind.REPLY), calendar()).due < until


def test_dissatisfaction_obliges_all_of_them_once_more(world):
    reply = world.answered_together()
    s = operations.evaluate(
        reply.assignment.suggestion, actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), reason="只修了一半。"
    )
    s = operations.order_rehandling(s, actor=world.actors["clerk"], note="请全部修好。")
    assert [a.state for a in s.assignments.all()] == ["handling", "handling"]
    assert Clock.objects.running().filter(suggestion=s, kind=ClockKind.REHANDLE).count() == 2
    again = operations.draft_reply(s.assignments.get(unit=world.unit2), actor=world.actors["handler2"], text="全部修好。", result="A")
    assert (again.round, again.assignment.unit) == (2, world.unit)


def test_letters_name_all(world):
    letter = reply_letter(world.answered_together())
    assert letter.mark == "甲市城管局\u3000甲市教育局"
    assert letter.units == ("甲市城管局", "甲市教育局")
    names = [world.actors[role].user.person.name for role in ("signer", "signer2")]
    assert (letter.signer, letter.document_no) == ("、".join(names), "测函〔2026〕7号")
    assert letter_pdf(letter).startswith(b"%PDF")
    assert letter_docx(letter).startswith(b"PK")


def test_figures_count_it_once_and_each_lead_unit_for_its_part(world):
    s = world.answered_together().assignment.suggestion
    operations.confirm_contact(s.assignments.get(unit=world.unit).contacts.get(), actor=world.actors["deputy"])
    operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("satisfied"))
    actor, rules = world.actors["clerk"], rules_for(world.congress, s.assigned_at.date())

    def counted(unit=None):
        rows = population(Suggestion.objects.visible_to(actor), actor, unit)
        return {f.rate.key: (f.part, f.whole) for f in figures(rows, rates(world.congress, rules, unit))}

    assert (counted()["answered"], counted()["satisfied"], counted()["timely"]) == ((1, 1), (1, 1), (1, 1))
    for unit in (world.unit.pk, world.unit2.pk):
        assert (counted(unit)["answered"], counted(unit)["satisfied"], counted(unit)["resolved"]) == ((1, 1), (1, 1), (1, 1))
    assert (counted(world.unit.pk)["contacted"], counted(world.unit2.pk)["contacted"]) == ((1, 1), (0, 1))


def test_each_signer_has_it_on_the_worklist_until_it_is_signed(world):
    reply = laid(world)

    def waits(role):
        actor = world.actors[role]
        return bool(worklists.counts(actor)["approval"])

    assert (waits("signer"), waits("signer2")) == (True, True)
    sign(world, reply, "signer2")
    assert (waits("signer"), waits("signer2")) == (True, False)
    sign(world, reply, "signer", document_no="测函〔2026〕7号")
    assert (waits("signer"), waits("signer2")) == (False, False)
    s = fresh(reply.assignment.suggestion)
    s = operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), reason="只修了一半。")
    s = operations.order_rehandling(s, actor=world.actors["clerk"], note="请全部修好。")
    again = operations.draft_reply(s.assignments.get(unit=world.unit), actor=world.actors["handler"], text="全部修好。", result="A")
    assert (waits("signer"), waits("signer2")) == (False, False)
    operations.request_approval(again, actor=world.actors["handler"])
    assert (waits("signer"), waits("signer2")) == (True, True)


def test_on_the_pages_each_lead_reads_the_draft_and_whose_turn_it_is(world, login):
    rule(world, "several_leads", True)
    s, clerk = world.registered(), login("clerk")
    asked = {"unit": world.unit.pk, "further_1": world.unit2.pk, "way_1": "joint"}
    assert clerk.post(f"/suggestions/{s.pk}/assign/", asked).status_code == 302
    assert [a.role for a in s.assignments.all()] == ["joint", "joint"]
    reply = laid(world)
    address = f"/suggestions/{reply.assignment.suggestion_id}/"
    assert "Its turn to sign" in login("handler2").get(address).content.decode()
    assert login("signer2").post(f"/replies/{reply.pk}/sign/", {}).status_code == 302
    shown = login("signer").get(address).content.decode()
    assert world.actors["signer2"].user.person.name in shown
    assert f"/replies/{reply.pk}/sign/" in shown
    assert f"/replies/{reply.pk}/issue/" not in shown
    assert REPLY_OF_NOBODY not in login("deputy").get(address).content.decode()
    assert login("signer").post(f"/replies/{reply.pk}/sign/", {"document_no": "测函〔2026〕7号"}).status_code == 302
    assert "甲市城管局、甲市教育局 ·" in login("deputy").get(address).content.decode()


def test_of_two_who_write_at_once_the_second_reads_what_the_first_wrote_and_loses_nothing(world, login):
    reply = world.joint_reply()
    address = f"/replies/{reply.pk}/revise/"
    opened = login("handler").get(address).context["form"].initial | {"contact_phone": "0000-1"}
    given = {name: value for name, value in opened.items() if value not in (None, False)}
    json = {"HTTP_ACCEPT": "application/json"}
    kept = login("handler2").post(address, given | {"text": "校门口两盏灯六月底前修好。"}, **json).json()["fields"]["edition"]
    assert login("handler2").post(address, given | {"edition": kept, "text": "校门口两盏灯五月底前修好。"}, **json).status_code == 200
    late = login("handler").post(address, given | {"text": "灯芯路九盏灯已修好。"})
    shown = late.content.decode()
    assert late.status_code == 422
    for words in ("Somebody else has changed the draft", "灯芯路九盏灯已修好。", "校门口两盏灯五月底前修好。"):
        assert words in shown
    assert Reply.objects.get(pk=reply.pk).text == "校门口两盏灯五月底前修好。"
    unfit = login("handler").post(address, given | {"may_publish": "", "text": "灯芯路九盏灯已修好。"})
    assert "Somebody else has changed the draft" in unfit.content.decode()
    edition = late.context["form"]["edition"].value()
    assert login("handler").post(address, given | {"edition": edition, "text": "两处均已修好。"}).status_code == 302
    assert Reply.objects.get(pk=reply.pk).text == "两处均已修好。"


REPLY_OF_NOBODY = "Joint reply of the lead units"


def test_the_api_hands_over_to_several_lead_units(world, login):
    rule(world, "several_leads", True)
    s, page = world.registered(), login("clerk")
    given = {"unit": world.unit.pk, "joint": [world.unit2.pk]}
    said = page.post(f"/api/v1/suggestions/{s.pk}/assign", given, content_type="application/json").json()
    assert [(one["name"], one["role"]) for one in said["units"]] == [("甲市城管局", "joint"), ("甲市教育局", "joint")]


def test_an_office_that_leads_with_others_hands_its_place_to_one_department(world):
    rule(world, "several_leads", True)
    world.with_office()
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.office, joint=[world.unit2])
    office = s.assignments.get(unit=world.office)
    with refused(Unfit, "takes your place"):
        operations.dispatch(office, actor=world.actors["dispatcher"], separate=[(world.unit, "路灯"), (world.unit2, "照明")])
    operations.dispatch(office, actor=world.actors["dispatcher"], unit=world.unit)
    s = fresh(s)
    assert ([one.unit for one in s.assignments.get(unit=world.unit2).partners], s.unit) == ([world.unit, world.unit2], world.unit)
    with later(days=1):
        operations.recall(s.assignments.get(unit=world.office), actor=world.actors["dispatcher"], note="分错了。")
    assert [one.unit for one in s.assignments.get(unit=world.unit2).partners] == [world.office, world.unit2]
