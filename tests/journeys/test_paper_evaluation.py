"""A form comes back on paper: staff enter it with its scan, the deputy reads what was entered on a telephone and corrects it."""

import pytest
from playwright.sync_api import expect

from qiao.kernel import clock
from qiao.matters.models import Evaluation
from tests.world import rule

from .conftest import DESK, PHONE
from .people import picture, press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


def test_an_evaluation_on_paper_is_entered_with_its_scan_and_corrected_by_the_deputy(site, visit):
    rule(site.world, "seal_until", "window_end")
    s = site.world.replied(title="关于修好十一盏路灯的建议")
    clerk, deputy = visit(DESK), visit(PHONE)
    sign_in(clerk, "clerk")
    clerk.goto(f"/suggestions/{s.pk}/")
    press(clerk, zh("Record an evaluation on paper"))
    clerk.get_by_label(zh("Day on the form")).fill(f"{clock.today()}")
    clerk.get_by_role("radio", name=zh("Satisfied"), exact=True).check(force=True)
    clerk.get_by_label(zh("Scan of the form")).set_input_files({"name": "评价表.png", "mimeType": "image/png", "buffer": picture()})
    press(clerk, zh("Record an evaluation on paper"))
    told(clerk, zh("The evaluation is recorded; the deputy is told."))
    expect(clerk.get_by_role("link", name=zh("Scan of the form"))).to_be_visible()

    sign_in(deputy, "deputy")
    deputy.goto(f"/suggestions/{s.pk}/")
    press(deputy, zh("Correct the evaluation"))
    deputy.get_by_role("radio", name=zh("Dissatisfied"), exact=True).check(force=True)
    deputy.get_by_label(zh("Reason")).fill("只修好了五盏。")
    press(deputy, zh("Send my evaluation"))
    told(deputy, zh("Thank you. Your evaluation is recorded."))
    given = Evaluation.objects.get(reply__assignment__suggestion=s)
    assert (given.rating, given.paper_on, len(given.earlier)) == ("dissatisfied", None, 1)
