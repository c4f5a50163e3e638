"""A session day in a delegation: the deputy submits, the delegation's staff return it once and then pass it on, the congress's staff register it."""

import pytest
from playwright.sync_api import expect

from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.matters.models import State
from tests.world import SYSTEM, rule

from .conftest import DESK, PHONE
from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


def test_a_suggestion_goes_through_its_delegation_to_the_congresss_staff(site, visit):
    rule(site.world, "delegation_precheck", True)
    body.convene(site.world.term, actor=SYSTEM, number=4, opens=clock.today(), closes=clock.today())
    suggestion = site.world.draft(title="关于修缮老街石板路的建议")
    deputy, delegate, clerk = visit(PHONE), visit(DESK), visit(DESK)
    sign_in(deputy, "deputy")
    press(at(deputy, suggestion), zh("Submit"))
    press(deputy, zh("Submit"))
    stands_at(deputy, State.DELEGATION_CHECK)

    sign_in(delegate, "delegate")
    figure = delegate.locator(".q-stat", has_text=zh("To be checked by the delegation"))
    figure.get_by_role("link").or_(figure).first.click()
    delegate.get_by_role("link", name=suggestion.title).click()
    press(delegate, zh("Return to the deputy"))
    press(delegate, zh("Return to the deputy"))
    expect(delegate.get_by_role("alert")).to_be_visible()  # the reason is missing
    delegate.get_by_label(zh("Reason")).fill("请写明起止路段。")
    press(delegate, zh("Return to the deputy"))
    told(delegate, zh("Returned to the deputy."))

    expect(at(deputy, suggestion).get_by_text("请写明起止路段。").first).to_be_visible()
    stands_at(deputy, State.RETURNED)
    press(deputy, zh("Submit"))
    press(deputy, zh("Submit"))
    press(at(delegate, suggestion), zh("Pass on to the congress's staff"))
    press(delegate, zh("Pass on to the congress's staff"))
    stands_at(delegate, State.SUBMITTED)

    sign_in(clerk, "clerk")
    press(at(clerk, suggestion), zh("Register"))
    clerk.get_by_label(zh("Topic")).select_option(label="城市管理")
    press(clerk, zh("Register"))
    told(clerk, zh("Registered."))
    stands_at(clerk, State.REGISTERED)
