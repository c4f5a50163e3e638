"""The head of a delegation writes in its name on a telephone, records the discussion, submits; the delegation's deputies and the staff read the count."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.matters.models import State, Suggestion
from tests.world import SINCE, SYSTEM, rule

from .conftest import DESK, PHONE
from .people import press, saved, sign_in, stands_at, told, until, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]

TITLE = "关于修缮全区老旧桥梁的建议"


def test_a_delegation_puts_a_suggestion_forward(site, visit):
    world, today = site.world, clock.today()
    rule(world, "allow_delegation_suggestion", True)
    body.convene(world.term, actor=SYSTEM, number=91, opens=today, closes=today + dt.timedelta(days=3))
    mandate = world.mandates["deputy"]
    body.elect_head(mandate.delegation, actor=SYSTEM, mandate=mandate, rank="head", on=SINCE)
    head, member, clerk = visit(PHONE), visit(PHONE), visit(DESK)
    sign_in(head, "deputy")
    head.goto("/suggestions/new/")
    head.get_by_label(zh("In the name of %(delegation)s", delegation=mandate.delegation)).check(force=True)
    head.get_by_label(zh("Title")).fill(TITLE)
    head.get_by_label(zh("Situation and problem")).fill("三座石桥桥面开裂。")
    head.get_by_label(zh("What should be done")).fill("请逐座检测并修缮。")
    until(head, lambda: Suggestion.objects.filter(title=TITLE, proposal="请逐座检测并修缮。", delegation=mandate.delegation).exists())
    head.wait_for_url("**/edit/")
    saved(head)
    head.reload()
    press(head, zh("Save and go on"))
    press(head, zh("Record the delegation's discussion"))
    for label, number in (("Deputies present", "3"), ("In favour", "2"), ("Against", "1")):
        head.get_by_label(zh(label)).fill(number)
    head.get_by_label(zh("What was said")).fill("代表一致认为很有必要。")
    press(head, zh("Record the delegation's discussion"))
    told(head, zh("The discussion is recorded."))
    press(head, zh("Submit"))
    press(head, zh("Submit"))
    stands_at(head, State.SUBMITTED)

    s = Suggestion.objects.get(title=TITLE)
    for page, role in ((member, "deputy3"), (clerk, "clerk")):
        sign_in(page, role)
        page.goto(f"/suggestions/{s.pk}/")
        expect(page.locator("#discussion").get_by_text("代表一致认为很有必要。")).to_be_visible()
