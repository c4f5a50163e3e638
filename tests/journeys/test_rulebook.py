"""The rulebook in a browser: staff change a rule and are refused beyond the law's limit; a deputy reads what it has been."""

import pytest
from playwright.sync_api import expect

from qiao.rulebook.models import Provision

from .conftest import DESK, PHONE
from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P5")]


def test_staff_change_the_time_for_the_reply_within_the_law_and_a_deputy_reads_why(site, visit):
    clerk = visit(DESK)
    sign_in(clerk, "clerk")
    clerk.goto("/rulebook/?q=reply_limit")
    clerk.get_by_role("link", name=zh("Time for the reply"), exact=True).click()
    press(clerk, zh("Change this rule"))
    clerk.get_by_label(zh("How long")).fill("4")
    clerk.get_by_label(zh("Source")).fill("本级议事规则第九条")
    clerk.get_by_label(zh("Reason")).fill("提高办理效率")
    press(clerk, zh("Change this rule"))
    expect(clerk.locator("main")).to_contain_text(zh("Deputies Law (2025), article 51"))
    expect(clerk.get_by_label(zh("Reason"))).to_have_value("提高办理效率")
    assert not Provision.objects.filter(key="reply_limit").exists()

    clerk.get_by_label(zh("How long")).fill("2")
    press(clerk, zh("Change this rule"))
    told(clerk, zh("Entered. It holds for what is handed over from now on."))
    expect(clerk.locator(".q-timeline")).to_contain_text("提高办理效率")

    deputy = visit(PHONE)
    sign_in(deputy, "deputy")
    deputy.goto("/rulebook/rules/reply_limit/")
    expect(deputy.locator(".q-timeline")).to_contain_text("本级议事规则第九条")
    expect(deputy.get_by_role("link", name=zh("Change this rule"))).to_have_count(0)
