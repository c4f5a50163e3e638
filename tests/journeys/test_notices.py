"""A deputy chooses how to be told; staff see what did not go out and send it again."""

import pytest
from playwright.sync_api import expect

from qiao.accounts.models import Person
from qiao.notices.models import Delivery, Preference
from qiao.notices.operations import tell
from tests.world import SYSTEM

from .people import press, sign_in, told, zh

pytestmark = pytest.mark.browser


@pytest.mark.capability("M4")
def test_a_deputy_chooses_one_letter_a_day_on_the_telephone(site, phone):
    sign_in(phone, "deputy")
    phone.goto("/account/mine/")
    press(phone, zh("Choose how you are told"))
    expect(phone.get_by_role("heading", level=1)).to_have_text(zh("How you are told"))
    expect(phone.get_by_text(zh("Cannot be switched off")).first).to_be_visible()
    phone.get_by_label(f"{zh('Joint signing')}: {zh('By e-mail')}").select_option("daily")
    phone.get_by_label(zh("My own")).check()
    press(phone, zh("Save"))
    expect(phone.locator("main")).to_contain_text(zh("Say from when and until when it shall be quiet; the two must differ."))
    expect(phone.get_by_label(f"{zh('Joint signing')}: {zh('By e-mail')}")).to_have_value("daily")
    phone.get_by_label(zh("Quiet from")).fill("22:00")
    phone.get_by_label(zh("Quiet to")).fill("07:00")
    press(phone, zh("Save"))
    told(phone, zh("Your choices are saved."))
    assert Preference.objects.get(user=site.world.actors["deputy"].user).choices["mail"] == {"signing": "daily"}


@pytest.mark.capability("M4")
def test_staff_send_again_what_did_not_go_out(site, desk):
    deputy = site.world.actors["deputy2"].user
    Person.objects.filter(pk=deputy.person_id).update(email="deputy2@example.cn")
    deputy.person.refresh_from_db()
    suggestion = site.world.draft()
    tell([deputy], code="suggestion.invited", template="matters/notices/invited.txt", context={"suggestion": suggestion},
         url=f"/suggestions/{suggestion.pk}/", trail=f"suggestion:{suggestion.pk}", actor=SYSTEM)  # fmt: skip
    Delivery.objects.update(state="failed", tries=3, error="SMTPRecipientsRefused: (550, 'No such user')")
    sign_in(desk, "clerk")
    desk.goto("/notices/")
    press(desk, zh("What did not go out"))
    expect(desk.locator("tbody")).to_contain_text("d•••@example.cn")
    desk.locator("tbody input[type=checkbox]").check()
    press(desk, zh("Send the ticked ones again"))
    told(desk, zh("They are being sent again."))
    expect(desk.locator("main")).to_contain_text(zh("Everything has gone out."))


@pytest.mark.capability("M4")
def test_staff_announce_something_and_a_deputy_reads_it_on_the_telephone(site, desk, phone):
    sign_in(desk, "clerk")
    press(desk, zh("Announcements"))
    press(desk, zh("Write an announcement"))
    desk.get_by_label(zh("Title")).first.fill("关于召开座谈会的通知")
    desk.get_by_label(zh("Text")).first.fill("定于下周三上午九时召开。")
    press(desk, zh("Keep and see whom it reaches"))
    expect(desk.locator("main")).to_contain_text(zh("Whom it reaches"))
    press(desk, zh("Send"))
    desk.get_by_role("dialog").get_by_role("button", name=zh("Send"), exact=True).click()
    told(desk, zh("The announcement is being sent."))
    expect(desk.locator("main")).to_contain_text(zh("%(n)s people have been told.", n=3))
    sign_in(phone, "deputy3")
    phone.goto("/notices/")
    phone.get_by_role("button", name="关于召开座谈会的通知").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("关于召开座谈会的通知")
