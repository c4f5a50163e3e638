"""Citizens, without an account and without scripts: follow a suggestion, find out why a date is that date, read what is withheld."""

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from tests.world import REPLY

from .conftest import DESK, PHONE
from .people import zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


def published_while_handled(world, title):
    return operations.publish(world.handling(title=title), actor=world.actors["clerk"], publicity="full")


def test_progress_is_read_filtered_and_explained_without_scripts(site, visit):
    closed = site.world.published(title="关于疏通下水道的建议")
    handled = published_while_handled(site.world, "关于加装电梯的建议")
    page = visit(DESK, java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(zh("Sign in"))
    page.get_by_role("link", name=zh("see what became of the suggestions")).click()
    expect(page.get_by_role("link", name=closed.title)).to_be_visible()

    page.get_by_label(zh("Search")).fill("电梯")
    page.get_by_role("button", name=zh("Show"), exact=True).click()
    expect(page.get_by_role("link", name=closed.title)).to_have_count(0)
    page.get_by_role("link", name=handled.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(handled.title)
    expect(page.get_by_text(site.world.unit.name).first).to_be_visible()
    page.get_by_text(zh("Why this date?")).click()
    assert page.locator("details[open] ol li").count() >= 2


def test_a_withheld_reply_says_why(site, phone):
    world = site.world
    suggestion = world.contacted(title="关于规范养犬的建议")
    assignment = suggestion.assignments.get()
    withheld = {"may_publish": False, "withheld_reason": "涉及个人隐私。"}
    reply = operations.draft_reply(assignment, actor=world.actors["handler"], **REPLY, **withheld)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕9号")
    suggestion.refresh_from_db()
    operations.publish(suggestion, actor=world.actors["clerk"], publicity="full")
    phone.goto(f"/open/{suggestion.pk}/")
    expect(phone.get_by_text("涉及个人隐私。")).to_be_visible()
    expect(phone.get_by_text(REPLY["text"])).to_have_count(0)


@pytest.mark.parametrize("device", [PHONE, {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}], ids=["phone", "200 %"])
def test_nothing_is_cut_off_on_a_telephone_or_at_twice_the_size(site, visit, device):
    suggestion = published_while_handled(site.world, "关于优化公交线路、延长末班车时间并增设夜间接驳站点的建议")
    page = visit(device)
    for address in ("/open/", f"/open/{suggestion.pk}/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_what_is_not_published_is_not_there(site, desk):
    hidden = site.world.handling(title="关于不公开的建议")
    assert desk.goto(f"/open/{hidden.pk}/").status == 404
    expect(desk.locator("[data-reason]")).to_be_visible()
