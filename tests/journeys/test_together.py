"""Two like suggestions are joined and handed over at once; the unit writes one text, and each deputy gets a letter of their own."""

import pytest
from playwright.sync_api import expect

from qiao.matters import operations
from qiao.matters.models import Assignment, State
from tests.world import REPLY

from .conftest import DESK
from .people import press, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("M1")]


def at(page, suggestion):
    page.goto(f"/suggestions/{suggestion.pk}/")
    return page


def test_like_suggestions_are_handled_together_and_answered_one_by_one(site, visit):
    world = site.world
    first, second = (world.registered(title=f"关于疏通雨水管网的建议（{n}）") for n in "一二")
    clerk, handler = visit(DESK), visit(DESK)
    sign_in(clerk, "clerk")
    press(at(clerk, first), zh("Handle together with others"))
    clerk.get_by_label(second.title).check()  # proposed by the search
    press(clerk, zh("Handle together with others"))
    told(clerk, zh("They are handled together."))
    expect(clerk.locator("#together").get_by_role("link", name=second.title)).to_be_visible()

    press(clerk, zh("Assign"))
    clerk.get_by_label(zh("Handling unit")).select_option(label=world.unit.name)
    press(clerk, zh("Assign"))
    stands_at(clerk, State.ASSIGNED)
    stands_at(at(clerk, second), State.ASSIGNED)

    handed = list(Assignment.objects.filter(suggestion__in=[first, second]).order_by("suggestion"))
    for one in handed:
        operations.sign_for(one, actor=world.actors["liaison"])
        said = {"mode": "phone", "on": one.assigned_on, "who": "代表", "content": "已说明。"}
        operations.record_contact(one, actor=world.actors["handler"], **said)
    operations.draft_reply(handed[0], actor=world.actors["handler"], **REPLY)
    sign_in(handler, "handler")
    press(at(handler, first), zh("Use this text for the others too"))
    press(handler, zh("Use this text for the others too"))
    told(handler, zh("The text is taken over; each reply goes out by itself."))
    expect(at(handler, second).get_by_text(REPLY["text"]).first).to_be_visible()
    press(handler, zh("Send for signature"))
    press(handler, zh("Send for signature"))
    told(handler, zh("The reply is with the signer."))
    expect(at(handler, first).get_by_text(zh("Send for signature")).first).to_be_visible()  # the other waits for its own
