"""Protected columns in a table: stars say nothing, exports hold nothing else, and undoing sets the value back."""

import pytest

from qiao.congress.models import Mandate
from qiao.imports import operations
from tests.imports.factories import bring, plans_of, row, upload, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_stars_of_an_export_change_nothing_and_never_become_the_number(body, term, clerk):
    bring(body, clerk, [row(联系电话="13800000001")])
    assert plans_of(upload(body, clerk, [row(联系电话="138****0001")]))[0].action == "same"
    for stars in ("138****0002", "***"):
        wrong = plans_of(upload(body, clerk, [row(联系电话=stars)]))[0]
        assert (wrong.action, set(wrong.problems)) == ("refuse", {"phone"})
    assert plans_of(upload(body, clerk, [row(代表证号="0999", 姓名="李四", 联系电话="138****0001")]))[0].action == "refuse"
    assert Mandate.objects.get(card_no="0101").person.phone.plain == "13800000001"


def test_the_export_of_deputies_holds_stars_that_come_back_unchanged(body, term, clerk, client):
    bring(
        body,
        clerk,
        [row(联系电话="13800000001", 身份证号="11010519491231002x")],
        headings=["代表证号", "姓名", "选区", "联系电话", "身份证号"],
    )
    client.force_login(clerk.user)
    said = b"".join(client.get("/imports/deputies/export/csv/").streaming_content).decode("utf-8-sig")
    assert "138****0001" in said
    assert "110*************2X" in said
    assert "13800000001" not in said
    assert plans_of(upload(body, clerk, None, content=said.encode()))[0].action == "same"


def test_undoing_sets_a_protected_value_back(body, term, clerk):
    bring(body, clerk, [row(联系电话="13800000001")])
    run = bring(body, clerk, [row(联系电话="13800000002")])
    worked(operations.undo(run, actor=clerk))
    assert Mandate.objects.get(card_no="0101").person.phone.plain == "13800000001"
