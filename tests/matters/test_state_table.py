"""The state table of suggestions (domain 3.16): what of it exists is reached by operations, and is shown in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from qiao.matters.headlines import headline
from qiao.matters.models import PUBLIC_STATE, State

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

TABLE = {
    # state of the table → the product's
    "draft": "draft", "cosigning": "cosigning", "delegation_check": "delegation_check", "submitted": "submitted",
    "returned_to_deputy": "returned", "not_accepted": "not_accepted", "as_letter": "as_letter", "registered": "registered",
    "review_passed": "registered", "split": "split", "assigned": "assigned", "dispatched": "dispatched", "signed": "handling", "handling": "handling",
    "replied": "replied", "dissatisfied": "dissatisfied", "rehandling": "rehandling", "escalated": "escalated", "closed": "closed",
    "withdrawn": "withdrawn",
}  # fmt: skip
"""What has a machine of its own is not here: return, extension, draft of the reply, evaluation; nor is what the product lacks: commitments."""
BESIDE = {"as_reference", "discarded"}
"""The product's own: passed on as a reference (R3.11), a draft thrown away."""


def is_chinese(words):
    return any("\u4e00" <= sign <= "\u9fff" for sign in words)


def test_the_table_and_the_product_name_the_same_states():
    assert set(TABLE.values()) | BESIDE == set(State.values)


@pytest.mark.parametrize("state", State.values)
def test_every_state_is_reached_and_has_its_label_and_sentence_in_both_languages(everywhere, state):
    found = everywhere[state]
    assert found.state == state
    for language, chinese in (("en", False), ("zh-hans", True)):
        with translation.override(language):
            assert is_chinese(str(State(state).label)) == chinese
            assert is_chinese(headline(found, {}).title.replace(str(found.unit or found.passed_to), "")) == chinese
            if state in PUBLIC_STATE:
                assert is_chinese(str(PUBLIC_STATE[State(state)])) == chinese


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("state", State.values)
def test_every_state_is_shown_on_the_page_of_its_lead_deputy(everywhere, login, state):
    answer = login("deputy").get(reverse("matters:detail", args=[everywhere[state].pk]))
    assert answer.status_code == 200
    assert str(State(state).label) in answer.content.decode()
