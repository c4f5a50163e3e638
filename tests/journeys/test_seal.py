"""The seal in front of people: the deputy rates, the unit opens the same page and sees nothing of it, and later it does."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.models import State
from tests.world import rule

from .conftest import DESK, PHONE
from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("T4")]

WHY = "十一盏只修好了五盏。"


def test_a_unit_reads_the_evaluation_only_when_its_seal_has_opened(site, visit):
    rule(site.world, "seal_until", "window_end")
    s = site.world.replied(title="关于修好十一盏路灯的建议")
    page = f"/suggestions/{s.pk}/"
    deputy = visit(PHONE)
    sign_in(deputy, "deputy")
    deputy.goto(page)
    press(deputy, zh("Evaluate the reply"))
    deputy.get_by_role("radio", name=zh("Dissatisfied"), exact=True).check(force=True)
    deputy.get_by_label(zh("Reason")).fill(WHY)
    press(deputy, zh("Send my evaluation"))
    told(deputy, zh("Thank you. Your evaluation is recorded."))
    expect(deputy.get_by_text(WHY)).to_be_visible()
    expect(deputy.get_by_role("link", name=zh("Correct the evaluation"))).to_be_visible()

    handler = visit(DESK)
    sign_in(handler, "handler")
    handler.goto(page)
    stands_at(handler, State.REPLIED)
    expect(handler.get_by_text(zh("The deputy's evaluation"))).to_have_count(0)
    expect(handler.get_by_text(WHY)).to_have_count(0)

    with clock.pretend(clock.now() + dt.timedelta(days=90)):
        operations.open_evaluation(s, actor=Actor.system("the seal's last day is over"))
    handler.reload()
    stands_at(handler, State.DISSATISFIED)
    expect(handler.get_by_text(WHY)).to_be_visible()
