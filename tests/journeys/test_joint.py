"""Two lead units give one reply: handed over at the desk, drafted by one, sent back by a signer of the other, signed by both on telephones."""

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from qiao.matters.models import Reply, State
from tests.world import REPLY, rule

from .conftest import DESK, PHONE
from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M8")]


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


def test_two_lead_units_sign_one_reply_which_goes_out_with_the_last_signature(site, visit):
    world = site.world
    rule(world, "several_leads", True)
    s = world.registered(title="关于校门口道路和照明一并改造的建议")
    clerk, handler, first, second, deputy = visit(DESK), visit(DESK), visit(PHONE), visit(PHONE), visit(PHONE)
    sign_in(clerk, "clerk")
    press(at(clerk, s), zh("Assign"))
    clerk.get_by_label(zh("Handling unit")).select_option(label=world.unit.name)
    clerk.get_by_text(zh("Further units"), exact=True).click()
    clerk.locator("#id_further_1").select_option(label=world.unit2.name)
    clerk.locator("#id_way_1").select_option("joint")
    press(clerk, zh("Assign"))
    told(clerk, zh("Assigned. The clocks run from today."))
    for unit, role in ((world.unit, "liaison"), (world.unit2, "liaison2")):
        operations.sign_for(s.assignments.get(unit=unit), actor=world.actors[role])
    said = {"mode": "phone", "on": s.assignments.first().assigned_on, "who": "代表", "content": "已说明。"}
    operations.record_contact(s.assignments.get(unit=world.unit), actor=world.actors["handler"], **said)
    operations.draft_reply(s.assignments.get(unit=world.unit2), actor=world.actors["handler2"], **REPLY)

    sign_in(handler, "handler")
    press(at(handler, s), zh("Send for signature"))
    press(handler, zh("Send for signature"))
    told(handler, zh("The reply is with the signer."))

    sign_in(second, "signer2")
    press(at(second, s), zh("Sign for our unit"))
    press(second, zh("Sign for our unit"))
    told(second, zh("Signed for your unit."))
    sign_in(first, "signer")
    expect(at(first, s).get_by_text(zh("Its turn to sign"))).to_have_count(1)
    press(first, zh("Send back to the handler"))
    first.get_by_label(zh("Reason")).fill("请写明完工日期。")
    press(first, zh("Send back to the handler"))

    operations.request_approval(Reply.objects.get(assignment__suggestion=s), actor=world.actors["handler2"])
    for page, number in ((first, "测函〔2026〕7号"), (second, "")):
        press(at(page, s), zh("Sign for our unit"))
        if number:
            page.get_by_label(zh("Document number")).fill(number)
        press(page, zh("Sign for our unit"))
        told(page, zh("Signed for your unit."))
    stands_at(second, State.REPLIED)
    sign_in(deputy, "deputy")
    expect(at(deputy, s).get_by_text("甲市城管局、甲市教育局 · 测函〔2026〕7号")).to_be_visible()
