"""A day of the congress's staff at the desk: worklist, register, assign, decide on a return, have it handled again, publish, find, export."""

import csv

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from qiao.matters.models import State, Suggestion

from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1"), pytest.mark.capability("P5")]


@pytest.fixture
def clerk(desk):
    sign_in(desk, "clerk")
    return desk


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


@pytest.mark.parametrize("view", ["To be checked", "Waiting for evaluation", "With the units"])
def test_every_figure_of_the_worklist_leads_to_as_many_rows(site, clerk, view):
    if not Suggestion.objects.filter(title__startswith="工作台").exists():
        site.world.submitted(title="工作台一"), site.world.submitted(title="工作台二")
        site.world.replied(title="工作台三"), site.world.assigned(title="工作台四")
    clerk.goto("/")
    figure = clerk.locator(".q-stat", has_text=zh(view))
    count = int(figure.locator(".q-stat-value").inner_text())
    assert count
    figure.get_by_role("link").or_(figure).first.click()
    clerk.wait_for_url("**/suggestions/?view=*")
    expect(clerk.locator("#rows tbody tr")).to_have_count(count)


def test_a_suggestion_is_registered_and_assigned_and_its_date_explained(site, clerk):
    suggestion = site.world.submitted(title="关于改造老旧供水管网的建议")
    at(clerk, suggestion)
    press(clerk, zh("Register"))
    clerk.get_by_label(zh("Topic")).select_option(label="城市管理")
    press(clerk, zh("Register"))
    told(clerk, zh("Registered."))
    stands_at(clerk, State.REGISTERED)

    press(clerk, zh("Assign"))
    clerk.get_by_label(zh("Handling unit")).select_option(label=site.world.unit.name)
    clerk.get_by_label(zh("Assignment opinion")).fill("请现场查看后答复。")
    press(clerk, zh("Assign"))
    told(clerk, zh("Assigned. The clocks run from today."))
    stands_at(clerk, State.ASSIGNED)

    press(clerk, zh("Why this date?"))
    expect(clerk.get_by_role("heading", level=1)).to_have_text(zh("Why this date?"))
    assert clerk.locator("main ol li").count() >= 2
    expect(clerk.get_by_text("代表法").first).to_be_visible()  # the law is cited


def test_a_time_limit_is_paused_for_a_reason_and_goes_on(site, clerk):
    suggestion = site.world.assisted(title="关于增设公交站牌的建议")
    clerk.goto(f"/suggestions/{suggestion.pk}/clocks/")
    opinion = clerk.locator("section", has=clerk.get_by_role("heading", name=zh("Give the opinion"))).last
    press(opinion, zh("Pause the time limit"))
    clerk.get_by_label(zh("Reason")).fill("协办单位机构改革，职责交接。")
    clerk.get_by_label(zh("Decision or provision")).fill("代表工委办公会纪要〔2026〕3号")
    press(clerk, zh("Pause the time limit"))
    told(clerk, zh("Paused. Those concerned were told."))
    expect(opinion).to_contain_text("依据代表工委办公会纪要〔2026〕3号")
    press(opinion, zh("Let the time limit go on"))
    press(clerk, zh("Let the time limit go on"))
    told(clerk, zh("It goes on; the new last day holds."))
    expect(opinion.get_by_role("link", name=zh("Pause the time limit"))).to_be_visible()


def test_a_return_is_granted_and_the_suggestion_assigned_anew(site, clerk):
    at(clerk, site.world.return_requested(title="关于规范课后服务的建议"))
    press(clerk, zh("Grant the return"))
    press(clerk, zh("Grant the return"))
    told(clerk, zh("The return is granted."))
    press(clerk, zh("Assign"))
    clerk.get_by_label(zh("Handling unit")).select_option(label=site.world.unit2.name)
    press(clerk, zh("Assign"))
    stands_at(clerk, State.ASSIGNED)
    expect(clerk.locator("#assignments").get_by_text(site.world.unit2.name).first).to_be_visible()


def test_what_did_not_satisfy_is_handled_again(site, clerk):
    at(clerk, site.world.dissatisfied(title="关于治理夜间噪声的建议"))
    press(clerk, zh("Have it handled again"))
    press(clerk, zh("Have it handled again"))
    expect(clerk.get_by_role("alert")).to_be_visible()  # the reason is missing
    clerk.get_by_label(zh("Reason")).fill("请全部整改到位。")
    press(clerk, zh("Have it handled again"))
    told(clerk, zh("The unit must handle it again."))
    stands_at(clerk, State.REHANDLING)


def test_what_is_published_everybody_reads(site, clerk):
    suggestion = site.world.closed(title="关于增加社区健身点的建议")
    at(clerk, suggestion)
    press(clerk, zh("Publish"))
    press(clerk, zh("Publish"))
    told(clerk, zh("Publication is set."))
    press(clerk, zh("Public page"))
    clerk.wait_for_url(f"**/open/{suggestion.pk}/")
    expect(clerk.get_by_role("heading", level=1)).to_have_text(suggestion.title)


def test_the_public_copy_is_looked_at_and_a_name_left_out_before_it_is_published(site, clerk, desk):
    suggestion = site.world.closed(title="关于救助困难家庭的建议", matter="王小雨一家住在危房里。")
    at(clerk, suggestion)
    clerk.get_by_role("link", name=zh("Public copy and checks")).click()
    expect(clerk.locator("#checks").get_by_text(zh("May be published"), exact=True)).to_be_visible()
    clerk.get_by_label(zh("Passage to leave out")).fill("王小雨")
    press(clerk, zh("Leave it out"))
    told(clerk, zh("The passage is left out of the public copy."))
    expect(clerk.locator("#copy").get_by_text("■■")).to_be_visible()
    clerk.locator("main header").get_by_role("link", name=zh("Publish")).or_(
        clerk.get_by_role("link", name=zh("Publish"), exact=True)
    ).first.click()
    press(clerk, zh("Publish"))
    told(clerk, zh("Publication is set."))
    clerk.goto(f"/open/{suggestion.pk}/")
    expect(clerk.get_by_text("王小雨")).to_have_count(0)
    expect(clerk.get_by_text("一家住在危房里。")).to_be_visible()


def test_two_characters_find_a_suggestion_and_the_list_is_handed_out_as_a_table(site, clerk, tmp_path):
    found, other = (
        site.world.submitted(title="关于保护古桥的建议", matter="石拱桥桥面开裂。"),
        site.world.submitted(title="关于公园座椅的建议"),
    )
    clerk.goto("/suggestions/")
    clerk.get_by_label(zh("Search")).fill("古桥")
    clerk.get_by_label(zh("Search")).press("Enter")
    expect(clerk.locator("#rows").get_by_role("link", name=found.title)).to_be_visible()
    expect(clerk.locator("#rows").get_by_role("link", name=other.title)).to_have_count(0)

    clerk.get_by_text(zh("Export"), exact=True).click()
    with clerk.expect_download() as handed:
        clerk.get_by_role("link", name="CSV").click()
    handed.value.save_as(tmp_path / "list.csv")
    rows = list(csv.reader((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert handed.value.suggested_filename == "suggestions.csv"
    assert [row[1] for row in rows[1:]] == [found.title]


def test_keys_go_through_the_list(site, clerk):
    site.world.submitted(title="关于快捷键的建议"), site.world.submitted(title="关于行走的建议")
    clerk.goto("/suggestions/")
    rows = clerk.locator("#rows tbody tr")
    clerk.keyboard.press("j")
    clerk.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("data-at", "")
    clerk.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("data-at", "")
    expect(rows.nth(0).get_by_role("link")).to_be_focused()
    clerk.keyboard.press("?")
    expect(clerk.get_by_role("dialog")).to_be_visible()
    clerk.keyboard.press("Escape")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/suggestions/*/")


def test_what_somebody_else_has_done_meanwhile_is_told(site, clerk):
    suggestion = site.world.registered(title="关于同时交办的建议")
    clerk.goto(f"/suggestions/{suggestion.pk}/assign/")
    operations.assign(suggestion, actor=site.world.actors["clerk"], unit=site.world.unit2)
    clerk.get_by_label(zh("Handling unit")).select_option(label=site.world.unit.name)
    press(clerk, zh("Assign"))
    expect(clerk.locator("[data-reason]")).to_be_visible()
    assert Suggestion.objects.get(pk=suggestion.pk).unit == site.world.unit2
