"""A day in a handling unit: inbox, sign for, ask for return, contact, draft, approval, issue; what a unit must not see."""

import datetime as dt

import pytest
import time_machine
from playwright.sync_api import expect

from qiao.kernel import clock
from qiao.matters.models import AssignmentState, ReplyState, State, Suggestion
from tests.world import REPLY

from .conftest import DESK, PHONE
from .people import press, saved, sign_in, stands_at, told, until, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


@pytest.fixture
def liaison(desk):
    sign_in(desk, "liaison")
    return desk


@pytest.fixture
def handler(desk):
    sign_in(desk, "handler")
    return desk


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


def test_the_inbox_is_sorted_by_what_is_due_next(site, liaison):
    for days in (3, 40, 20):
        with time_machine.travel(clock.now() - dt.timedelta(days=days)):
            site.world.handling(title=f"关于{days}天前交办事项的建议")
    liaison.goto("/suggestions/")
    shown = liaison.locator("#rows tbody time").evaluate_all("all => all.map(one => one.dateTime)")
    days = [dt.date.fromisoformat(day[:10]) for day in shown]
    assert days == sorted(days)
    assert len(set(days)) >= 3


def test_the_unit_signs_for_a_suggestion(site, liaison):
    suggestion = site.world.assigned(title="关于清理占道经营的建议")
    at(liaison, suggestion)
    press(liaison, zh("Sign for"))
    press(liaison, zh("Sign for"))
    told(liaison, zh("Signed for."))
    stands_at(liaison, State.HANDLING)


def test_the_unit_asks_for_a_return_and_says_why_and_who(site, liaison):
    suggestion = site.world.assigned(title="关于校车停靠的建议")
    at(liaison, suggestion)
    press(liaison, zh("Ask for return"))
    liaison.get_by_label(zh("Reason")).fill("校车管理不属我局职责。")
    liaison.get_by_label(zh("Unit that should handle it")).select_option(label=site.world.unit2.name)
    press(liaison, zh("Ask for return"))
    told(liaison, zh("The return is asked for."))
    assert suggestion.assignments.get().state == AssignmentState.RETURN_REQUESTED


def test_what_two_units_gave_back_is_assigned_anew_and_its_way_is_told(site, desk, visit):
    world, people = site.world, {}
    suggestion = world.return_requested(title="关于校园周边停车位的建议")
    for login in ("clerk", "liaison2"):
        people[login] = visit(PHONE) if login == "liaison2" else desk
        sign_in(people[login], login)
    clerk, second = people["clerk"], people["liaison2"]
    for n in (1, 2):
        at(clerk, suggestion)
        press(clerk, zh("Grant the return"))
        press(clerk, zh("Grant the return"))
        told(clerk, zh("The return is granted."))
        press(clerk, zh("Assign"))
        clerk.get_by_label(zh("Handling unit")).select_option(label=(world.unit2 if n == 1 else world.unit).name)
        press(clerk, zh("Assign"))
        told(clerk, zh("Assigned. The clocks run from today."))
        if n == 1:
            at(second, suggestion)
            press(second, zh("Ask for return"))
            second.get_by_label(zh("Reason")).fill("停车泊位由城管部门施划。")
            press(second, zh("Ask for return"))
            told(second, zh("The return is asked for."))
    expect(clerk.locator("#passes")).to_contain_text("停车泊位由城管部门施划。")
    expect(clerk.locator("#passes")).to_contain_text("不属我局职责。")
    clerk.goto("/suggestions/?view=passed")
    expect(clerk.get_by_role("link", name="关于校园周边停车位的建议")).to_be_visible()


def test_the_deputy_objects_to_the_unit_and_staff_name_another(site, desk, visit):
    suggestion = site.world.assigned(title="关于校门口减速带的建议")
    deputy = visit(PHONE)
    sign_in(deputy, "deputy")
    at(deputy, suggestion)
    press(deputy, zh("Object to the unit"))
    deputy.get_by_label(zh("Reason")).fill("校门口设施由教育局管护。")
    deputy.get_by_label(zh("Unit that should handle it")).select_option(label=site.world.unit2.name)
    press(deputy, zh("Object to the unit"))
    told(deputy, zh("Your objection is with the congress's staff, who must answer it."))

    sign_in(desk, "clerk")
    desk.goto("/suggestions/?view=objections")
    desk.get_by_role("link", name="关于校门口减速带的建议").click()
    press(desk, zh("Name another unit"))
    desk.get_by_label(zh("Reason")).fill("代表意见成立。")
    press(desk, zh("Name another unit"))
    told(desk, zh("It is taken from the unit."))
    stands_at(desk, State.REGISTERED)
    deputy.reload()
    expect(deputy.get_by_text("代表意见成立。").first).to_be_visible()


def test_a_contact_is_recorded(site, handler):
    suggestion = site.world.handling(title="关于河道保洁的建议")
    at(handler, suggestion)
    press(handler, zh("Record a contact"))
    expect(handler.get_by_label(zh("When"))).to_have_value(f"{clock.today():%Y-%m-%d}")
    handler.get_by_label(zh("What was said")).fill("已电话沟通，约定周五现场查看。")
    press(handler, zh("Record a contact"))
    told(handler, zh("The contact is recorded; the deputy is asked to confirm it."))
    expect(handler.locator("#contacts").get_by_text("已电话沟通，约定周五现场查看。")).to_be_visible()


def test_a_reply_is_drafted_sent_back_mended_and_issued(site, handler, visit):
    suggestion = site.world.contacted(title="关于修补破损路面的建议")
    at(handler, suggestion)
    press(handler, zh("Draft the reply"))
    handler.get_by_role("textbox", name=zh("Reply")).fill(REPLY["text"])
    handler.locator("input[name=result][value=A]").check()
    press(handler, zh("Save the draft"))
    told(handler, zh("The draft is saved."))

    reply = suggestion.assignments.get().replies.get()
    press(handler, zh("Edit the reply"))
    handler.get_by_role("textbox", name=zh("Reply")).fill(REPLY["text"] + "另已安排每月巡查。")
    until(handler, lambda: type(reply).objects.get(pk=reply.pk).text.endswith("巡查。"))
    press(handler, zh("Save the draft"))
    press(handler, zh("Send for signature"))
    press(handler, zh("Send for signature"))
    told(handler, zh("The reply is with the signer."))

    signer = visit(DESK)
    sign_in(signer, "signer")
    at(signer, suggestion)
    press(signer, zh("Send back to the handler"))
    signer.get_by_label(zh("Reason")).fill("请写明巡查责任人。")
    press(signer, zh("Send back to the handler"))
    told(signer, zh("Sent back to the handler."))

    handler.reload()
    expect(handler.get_by_text("请写明巡查责任人。").first).to_be_visible()
    press(handler, zh("Send for signature"))
    press(handler, zh("Send for signature"))
    signer.reload()
    press(signer, zh("Sign and issue"))
    signer.get_by_label(zh("Document number")).fill("测城函〔2026〕7号")
    press(signer, zh("Sign and issue"))
    told(signer, zh("The reply is issued."))
    stands_at(signer, State.REPLIED)
    assert type(reply).objects.get(pk=reply.pk).state == ReplyState.ISSUED


def test_saving_waits_for_the_words_that_are_just_being_kept(site, handler):
    suggestion = site.world.contacted(title="关于增设路口信号灯的建议")
    at(handler, suggestion)
    press(handler, zh("Draft the reply"))
    held = []
    handler.route("**/draft_reply/", lambda route: held.append(route) if "json" in route.request.headers["accept"] else route.continue_())
    handler.get_by_role("textbox", name=zh("Reply")).fill(REPLY["text"])
    until(handler, lambda: held)
    handler.locator("input[name=result][value=A]").check()
    press(handler, zh("Save the draft"))
    held[0].continue_()
    told(handler, zh("The draft is saved."))
    reply = suggestion.assignments.get().replies.get()
    assert (reply.text, reply.result) == (REPLY["text"], "A")


def test_what_is_typed_before_the_script_comes_is_kept_too(site, handler):
    suggestion = site.world.contacted(title="关于改造老旧路口的建议")
    at(handler, suggestion)
    address = handler.get_by_role("link", name=zh("Draft the reply"), exact=True).get_attribute("href")
    scripts = []
    handler.route("**/app*.js", lambda route: scripts.append(route))  # noqa: PLW0108 - the driver takes no builtin
    handler.goto(address, wait_until="commit")
    handler.get_by_role("textbox", name=zh("Reply")).fill(REPLY["text"])
    until(handler, lambda: scripts)
    scripts[0].continue_()
    saved(handler)
    assert suggestion.assignments.get().replies.get().text == REPLY["text"]


def test_the_letter_is_read_and_taken_along(site, handler):
    at(handler, site.world.replied(title="关于公厕标识的建议"))
    letter = handler.request.get(handler.get_by_role("link", name="PDF").first.get_attribute("href"))
    assert (letter.status, letter.headers["content-type"]) == (200, "application/pdf")
    assert letter.body().startswith(b"%PDF")
    with handler.expect_download() as handed:
        handler.get_by_role("link", name="DOCX").click()
    assert handed.value.suggested_filename.endswith(".docx")
    assert handed.value.path().read_bytes().startswith(b"PK")


def test_a_unit_never_sees_the_form_of_evaluation(site, liaison):
    suggestion = site.world.replied(title="关于景观照明的建议")
    at(liaison, suggestion)
    expect(liaison.get_by_role("link", name=zh("Evaluate the reply"))).to_have_count(0)
    answer = liaison.goto(f"/suggestions/{suggestion.pk}/evaluate/")
    assert answer.status == 403
    expect(liaison.locator("[data-reason]")).to_be_visible()
    assert Suggestion.objects.get(pk=suggestion.pk).state == State.REPLIED


def test_staff_name_a_lead_and_an_assisting_unit_whose_opinion_the_lead_reads(site, desk, visit):
    suggestion = site.world.registered(title="关于校园周边照明的建议")
    sign_in(desk, "clerk")
    at(desk, suggestion)
    press(desk, zh("Assign"))
    desk.get_by_label(zh("Handling unit")).select_option(label=site.world.unit.name)
    desk.get_by_text(zh("Further units"), exact=True).click()
    desk.locator("#id_further_1").select_option(label=site.world.unit2.name)
    desk.locator("#id_part_1").fill("校门口一段")
    press(desk, zh("Assign"))
    told(desk, zh("Assigned. The clocks run from today."))

    assistant, lead = visit(PHONE), visit(DESK)
    sign_in(assistant, "liaison2")
    at(assistant, suggestion)
    press(assistant, zh("Sign for"))
    press(assistant, zh("Sign for"))
    press(assistant, zh("Give the opinion"))
    assistant.get_by_label(zh("Opinion")).fill("校门口两盏灯由我局协调。")
    press(assistant, zh("Give the opinion"))
    told(assistant, zh("The opinion is given; the lead unit was told."))

    sign_in(lead, "liaison")
    at(lead, suggestion)
    press(lead, zh("Sign for"))
    press(lead, zh("Sign for"))
    expect(lead.locator("#desk").get_by_text(zh("Given"))).to_be_visible()
    expect(lead.locator("#opinions").get_by_text("校门口两盏灯由我局协调。")).to_be_visible()
