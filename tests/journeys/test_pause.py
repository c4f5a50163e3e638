"""Staff pause the time of an assisting unit with its reason, and let it go on; the unit reads why, and the later day."""

import pytest
from playwright.sync_api import expect

from .conftest import DESK
from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("T3")]

WHY, BY = "会办单位机构调整。", "代表工委办公会纪要〔2026〕3号"


def test_a_time_limit_stands_still_and_goes_on(site, visit):
    s = site.world.assisted(title="关于校门口照明的建议")
    clerk, unit = visit(DESK), visit(DESK)
    sign_in(clerk, "clerk")
    clerk.goto(f"/suggestions/{s.pk}/")
    clerk.get_by_role("link", name=zh("All dates and how they came about")).click()
    part = clerk.locator("section", has_text=f"{zh('Give the opinion')} · {site.world.unit2.name}").last
    press(part, zh("Pause the time limit"))
    press(clerk, zh("Pause the time limit"))
    expect(clerk.get_by_role("alert")).to_be_visible()  # the reason and the decision are missing
    clerk.get_by_label(zh("Reason")).fill(WHY)
    clerk.get_by_label(zh("Decision or provision")).fill(BY)
    press(clerk, zh("Pause the time limit"))
    told(clerk, zh("Paused. Those concerned were told."))

    sign_in(unit, "handler2")
    unit.goto(f"/suggestions/{s.pk}/clocks/")
    expect(unit.get_by_text(WHY)).to_be_visible()
    press(clerk, zh("Let the time limit go on"))
    press(clerk, zh("Let the time limit go on"))
    told(clerk, zh("It goes on; the new last day holds."))
    unit.goto("/notices/")
    expect(unit.get_by_text(s.title).first).to_be_visible()
