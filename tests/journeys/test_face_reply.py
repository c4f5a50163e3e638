"""On telephones: a unit records that it answered in person, the deputy confirms the record, and later that the reply is there."""

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from tests.world import REPLY

from .conftest import PHONE
from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]

MEETING = {
    "Place": "甲市城管局三楼会议室", "Who answered for the unit": "局长 何一", "What the unit said": "十一盏路灯将于月底前全部更换。",
}  # fmt: skip


def test_a_face_to_face_reply_is_recorded_and_confirmed_and_the_reply_received_on_telephones(site, visit):
    world = site.world
    s = world.contacted()
    handler, deputy = visit(PHONE), visit(PHONE)
    for page, who in ((handler, "handler"), (deputy, "deputy")):
        sign_in(page, who)
        page.goto(f"/suggestions/{s.pk}/")
    press(handler, zh("Record a face-to-face reply"))
    for label, words in MEETING.items():
        handler.get_by_label(zh(label)).fill(words)
    press(handler, zh("Record a face-to-face reply"))
    told(handler, zh("The record is kept; the deputy is asked to confirm it."))

    deputy.reload()
    expect(deputy.locator("#face-replies").get_by_text(MEETING["What the unit said"])).to_be_visible()
    press(deputy, zh("Confirm the record"))
    deputy.get_by_label(zh("Remark")).fill("属实。")
    press(deputy, zh("Confirm the record"))
    told(deputy, zh("Thank you, the record is confirmed."))

    reply = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    deputy.reload()
    press(deputy, zh("I have received this reply"))
    told(deputy, zh("Thank you. Your receipt is recorded."))
