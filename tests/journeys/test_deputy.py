"""A deputy's day on the telephone: write, sign jointly, submit, confirm a contact, evaluate; read in one's own way; keys alone."""

import pytest
from playwright.sync_api import expect

from qiao.matters.models import Signature, State, Suggestion

from .conftest import PHONE
from .people import picture, press, saved, sign_in, stands_at, told, until, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3"), pytest.mark.capability("M1")]

MATTER = "望桥街道的步行桥护栏锈蚀，三处栏杆已经断开，放学时孩子们贴着车道走。"
PROPOSAL = "一是更换护栏；二是在放学时段安排人员值守。"


def write(page, title: str) -> int:
    """From the home page to a draft that has saved itself."""
    press(page, zh("Write a suggestion"))
    page.get_by_label(zh("Title")).fill(title)
    page.get_by_label(zh("Situation and problem")).fill(MATTER)
    page.get_by_label(zh("What should be done")).fill(PROPOSAL)
    until(page, lambda: Suggestion.objects.filter(title=title, matter=MATTER, proposal=PROPOSAL).exists())
    saved(page)
    page.wait_for_url("**/edit/")
    return int(page.url.split("/")[-3])


def test_the_style_sheet_arrives(phone):
    phone.goto("/open/")
    assert phone.evaluate("getComputedStyle(document.querySelector('.q-top')).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert phone.evaluate("document.querySelector('.q-bottom').getBoundingClientRect().bottom") == PHONE["viewport"]["height"]


def test_a_suggestion_saves_itself_and_shows_what_was_raised_before(site, phone):
    earlier = site.world.published(title="关于更换步行桥护栏的建议", matter=MATTER, proposal=PROPOSAL)
    sign_in(phone, "deputy")
    write(phone, "关于望桥街道步行桥护栏的建议")
    expect(phone.locator("#similar").get_by_role("link", name=earlier.title)).to_be_visible()
    phone.reload()
    expect(phone.get_by_label(zh("Situation and problem"))).to_have_value(MATTER)
    expect(phone.locator("#similar").get_by_role("link", name=earlier.title)).to_be_visible()


def test_two_deputies_sign_one_suggestion_and_the_first_submits_it(site, phone, visit):
    sign_in(phone, "deputy")
    pk = write(phone, "关于修缮河堤步道的建议")
    phone.reload()
    phone.get_by_label(zh("Add a file")).set_input_files({"name": "护栏.png", "mimeType": "image/png", "buffer": picture()})
    press(phone, zh("Upload"))
    told(phone, zh("The file is attached."))
    expect(phone.get_by_role("link", name="护栏.png")).to_be_visible()

    press(phone, zh("Save and go on"))
    press(phone, zh("Invite joint signers"))
    phone.get_by_role("searchbox").fill("cs")
    phone.get_by_role("searchbox").press("Enter")
    second = site.world.mandates["deputy2"]
    phone.get_by_label(str(second.person)).check()
    press(phone, zh("Ask them to sign"))
    told(phone, zh("The deputies are asked to sign."))

    other = visit(PHONE)
    sign_in(other, "deputy2")
    press(other, zh("Read and sign"))
    other.get_by_role("link", name="关于修缮河堤步道的建议").click()
    press(other, zh("Sign"))
    told(other, zh("You have signed."))
    assert Signature.objects.get(suggestion=pk, mandate=second).state == "confirmed"

    phone.reload()
    press(phone, zh("Submit"))
    press(phone, zh("Submit"))
    told(phone, zh("Submitted. You will hear when it is registered."))
    assert Suggestion.objects.get(pk=pk).state == State.SUBMITTED


def test_dissatisfaction_needs_a_reason_and_nothing_typed_is_lost(site, phone):
    suggestion = site.world.replied(title="关于增设公交站牌的建议")
    sign_in(phone, "deputy")
    press(phone, zh("Evaluate"))
    phone.get_by_role("link", name=suggestion.title).click()
    press(phone, zh("Evaluate the reply"))
    choice = phone.get_by_label(zh("Dissatisfied"), exact=True)
    large = phone.locator("label.q-choice", has=choice)
    assert large.bounding_box()["height"] >= 44, "a thumb must hit it"
    large.click()
    press(phone, zh("Send my evaluation"))
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(choice).to_be_checked()
    assert Suggestion.objects.get(pk=suggestion.pk).state == State.REPLIED

    phone.get_by_label(zh("Reason")).fill("站牌只立了一半，夜间仍看不清。")
    press(phone, zh("Send my evaluation"))
    told(phone, zh("Thank you. Your evaluation is recorded."))
    expect(phone.get_by_text("站牌只立了一半，夜间仍看不清。").first).to_be_visible()


def test_a_contact_is_confirmed_by_one_tap(site, phone):
    suggestion = site.world.contacted(title="关于学校门口交通疏导的建议")
    sign_in(phone, "deputy")
    phone.goto(f"/suggestions/{suggestion.pk}/")
    press(phone, zh("Confirm"))
    told(phone, zh("Thank you, the contact is confirmed."))
    expect(phone.get_by_text(zh("Confirmed by the deputy"))).to_be_visible()


def size_of_type(page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.q-lead')).fontSize)"))


def test_one_reads_in_large_type_in_high_contrast_and_in_english(phone):
    phone.goto("/open/")
    normal = size_of_type(phone)
    press(phone, zh("Large type"))
    assert size_of_type(phone) > normal * 1.1
    press(phone, zh("High contrast"))
    expect(phone.locator("html")).to_have_attribute("data-theme", "qiao-contrast")
    press(phone, "English")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_role("heading", level=1)).to_have_text("What became of the suggestions")
    expect(phone.get_by_role("button", name="Large type")).to_have_attribute("aria-pressed", "true")
    press(phone, "中文")
    expect(phone.get_by_role("heading", level=1)).to_have_text(zh("What became of the suggestions"))


def tab_to(page, name: str) -> None:
    """Press Tab until the focus is on what carries this name."""
    for _step in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => (e.labels && e.labels[0] ? e.labels[0] : e).textContent.trim().replace(/\\s+/g, ' '))(document.activeElement)"
        )
        if focused.startswith(name):
            return
    pytest.fail(f"Tab never reaches {name}")


def test_a_suggestion_is_written_and_submitted_by_keys_alone(site, desk):
    sign_in(desk, "deputy3")
    tab_to(desk, zh("Write a suggestion"))
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/new/")
    for label, words in (
        (zh("Title"), "关于延长图书馆开放时间的建议"), (zh("Situation and problem"), MATTER), (zh("What should be done"), PROPOSAL)
    ):  # fmt: skip
        tab_to(desk, label)
        desk.keyboard.type(words)
    until(desk, lambda: Suggestion.objects.filter(title="关于延长图书馆开放时间的建议", proposal=PROPOSAL).exists())
    saved(desk)
    tab_to(desk, zh("Save the draft"))
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/suggestions/*/")
    tab_to(desk, zh("Submit"))
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/submit/")
    tab_to(desk, zh("Submit"))
    desk.keyboard.press("Enter")
    told(desk, zh("Submitted. You will hear when it is registered."))
    stands_at(desk, State.SUBMITTED)
