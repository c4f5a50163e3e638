"""The congress hands over to the government's office, which dispatches to two departments; both answer, and the deputy rates both."""

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from qiao.matters.models import State
from qiao.orgs import operations as orgs
from tests.world import SYSTEM

from .conftest import DESK, PHONE
from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


def test_from_the_office_to_two_departments_and_back_to_the_deputy(site, visit):
    world = site.world
    for unit in (world.unit, world.unit2):
        orgs.correct_unit(unit, actor=SYSTEM, coordinator=world.office)
    suggestion = world.registered(title="关于校门口照明和路灯检修的建议")
    clerk, office, deputy = visit(DESK), visit(DESK), visit(PHONE)
    sign_in(clerk, "clerk")
    press(at(clerk, suggestion), zh("Assign"))
    clerk.get_by_label(zh("Handling unit")).select_option(label=world.office.name)
    press(clerk, zh("Assign"))
    told(clerk, zh("Assigned. The clocks run from today."))

    sign_in(office, "dispatcher")
    press(at(office, suggestion), zh("Dispatch"))
    office.get_by_label(zh("Handling unit")).select_option(label=world.unit.name)
    office.get_by_text(zh("Further units"), exact=True).click()
    office.locator("#id_part").fill("路灯检修")
    office.locator("#id_further_1").select_option(label=world.unit2.name)
    office.locator("#id_way_1").select_option("separate")
    office.locator("#id_part_1").fill("校门口照明")
    press(office, zh("Dispatch"))
    told(office, zh("Dispatched. The departments were told, and so was the deputy."))
    stands_at(office, State.DISPATCHED)
    expect(at(clerk, suggestion).locator("#assignments")).to_contain_text(zh("dispatched by %(office)s", office=world.office.name))

    for unit, role in ((world.unit, "liaison"), (world.unit2, "liaison2")):
        operations.sign_for(suggestion.assignments.get(unit=unit), actor=world.actors[role])
    for second in (False, True):
        world.answer_part(suggestion, second=second)
    sign_in(deputy, "deputy")
    press(at(deputy, suggestion), zh("Evaluate the reply"))
    expect(deputy.get_by_text(zh("Waits for you"))).to_be_visible()
    for left in (1, 0):
        deputy.get_by_label(zh("Satisfied"), exact=True).check()
        press(deputy, zh("Send my evaluation"))
        told(deputy, zh("Recorded. Another unit's reply waits for your evaluation." if left else "Thank you. Your evaluation is recorded."))
    stands_at(deputy, State.CLOSED)
