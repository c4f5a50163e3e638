"""Staff read a telephone, or the name under a confidential suggestion, for a reason; the deputy sees it on her own page."""

import json

import pytest
from playwright.sync_api import expect

from qiao.congress.operations import correct_person

from .people import press, sign_in, told, zh

pytestmark = pytest.mark.browser
PHONE, WHY = "13800000099", "约定周三到站接待选民的时间。"


def test_a_telephone_is_read_for_a_reason_and_the_deputy_knows(site, desk, phone):
    mandate = site.world.mandates["deputy"]
    correct_person(mandate.person, actor=site.world.actors["clerk"], phone=PHONE)
    sign_in(desk, "clerk")
    desk.goto(f"/directory/deputies/{mandate.pk}/")
    expect(desk.get_by_text("138****0099")).to_be_visible()
    press(desk, zh("Show in full"))
    desk.get_by_label(zh("To reach the person about their duties")).check()
    desk.get_by_label(zh("Reason")).fill(WHY)
    press(desk, zh("Show in full"))
    expect(desk.get_by_text(PHONE)).to_be_visible()
    desk.goto(f"/directory/deputies/{mandate.pk}/")
    expect(desk.get_by_text(PHONE)).to_have_count(0)

    sign_in(phone, "deputy")
    phone.goto("/account/mine/")
    press(phone, zh("Look at it"))
    expect(phone.get_by_text(WHY)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    with phone.expect_download() as taken:
        press(phone, zh("Copy as JSON"))
    assert json.loads(taken.value.path().read_text(encoding="utf-8"))["person"]["phone"] == PHONE


def test_a_correction_is_asked_for_and_made(site, desk, phone):
    sign_in(phone, "deputy2")
    phone.goto("/privacy/mine/")
    press(phone, zh("Ask for a correction"))
    phone.get_by_label(zh("What is wrong")).select_option("work_unit")
    phone.get_by_label(zh("What it should be")).fill("石桥镇中心小学")
    press(phone, zh("Send"))
    told(phone, zh("Sent. You will hear when the staff have answered."))

    sign_in(desk, "clerk")
    desk.goto("/privacy/corrections/")
    desk.get_by_role("link", name=str(site.world.mandates["deputy2"].person)).click()
    expect(desk.get_by_text("石桥镇中心小学")).to_be_visible()
    press(desk, zh("Put it right"))
    told(desk, zh("Put right. The person is told."))
    phone.reload()
    expect(phone.get_by_text("石桥镇中心小学")).to_be_visible()


def test_a_deputy_is_not_named_and_staff_read_the_name_for_a_reason(site, desk, phone):
    suggestion, name = site.world.submitted(title="关于治理夜间废气的建议"), str(site.world.mandates["deputy"].person)
    sign_in(phone, "deputy")
    phone.goto(f"/suggestions/{suggestion.pk}/")
    press(phone, zh("Ask for confidentiality"))
    phone.get_by_label(zh("Reason")).fill("举报的企业是我的用人单位。")
    press(phone, zh("Ask for confidentiality"))
    told(phone, zh("Nobody who signed it is named from now on."))
    expect(phone.locator("main").get_by_text(name).first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    sign_in(desk, "clerk")
    desk.goto(f"/suggestions/{suggestion.pk}/")
    expect(desk.get_by_text(zh("A deputy (confidential)")).first).to_be_visible()
    expect(desk.get_by_text(name)).to_have_count(0)
    press(desk, zh("Read the names for a reason"))
    desk.get_by_label(zh("To reach the person about their duties")).check()
    desk.get_by_label(zh("Reason")).fill("转达承办单位的询问。")
    press(desk, zh("Show the names"))
    expect(desk.get_by_text(name)).to_be_visible()
    phone.goto("/privacy/mine/")
    expect(phone.get_by_text("转达承办单位的询问。")).to_be_visible()
