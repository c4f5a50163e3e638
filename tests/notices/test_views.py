"""The page of one's notices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qiao.notices.models import Notice

from . import factories as given

INDEX = "/notices/"


@pytest.fixture
def inside(client, wang):
    """A browser in which Wang is signed in, reading English."""
    client.force_login(wang.user)
    client.cookies["qiao_language"] = "en"
    return client


def test_it_needs_a_sign_in(client, db):
    response = client.get(INDEX)
    assert response.status_code == 302
    assert reverse("accounts:sign_in") in response["Location"]


def test_without_notices_it_says_what_will_come_here(inside):
    response = inside.get(INDEX)
    assert response.status_code == 200
    assert "You have no notices yet." in response.content.decode()


def test_it_shows_ones_own_notices_unread_first(inside, wang, smith):
    old, new = given.told(wang, number=1)[0], given.told(wang, number=2)[0]
    given.told(smith, number=3)
    inside.post(reverse("notices:read", args=[new.pk]))
    text = inside.get(INDEX).content.decode()
    assert 0 < text.index(old.title) < text.index(new.title)
    assert "第3号" not in text
    assert "修建&lt;人行&gt;桥" in text


def test_it_can_be_narrowed_to_the_unread(inside, wang):
    read, _unread = given.told(wang, number=1)[0], given.told(wang, number=2)[0]
    inside.post(reverse("notices:read", args=[read.pk]))
    text = inside.get(INDEX, {"show": "unread"}).content.decode()
    assert "第1号" not in text
    assert "第2号" in text


def test_when_all_is_read_it_says_so(inside, wang):
    given.told(wang)
    inside.post(reverse("notices:read_all"))
    assert "You have read everything." in inside.get(INDEX, {"show": "unread"}).content.decode()


def test_looking_changes_nothing(inside, wang):
    notice = given.told(wang)[0]
    inside.get(INDEX)
    assert inside.get(reverse("notices:open", args=[notice.pk])).status_code == 405
    assert inside.get(reverse("notices:read", args=[notice.pk])).status_code == 405
    assert inside.get(reverse("notices:read_all")).status_code == 405
    assert Notice.objects.get().read_at is None


def test_opening_marks_it_as_read_and_goes_to_its_page(inside, wang):
    notice = given.told(wang)[0]
    response = inside.post(reverse("notices:open", args=[notice.pk]))
    assert (response.status_code, response["Location"]) == (302, "/suggestions/7/")
    assert Notice.objects.get().read_at


def test_all_can_be_marked_at_once(inside, wang):
    given.told(wang)
    given.told(wang)
    response = inside.post(reverse("notices:read_all"), follow=True)
    assert "All notices are marked as read." in response.content.decode()
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("name", ["notices:open", "notices:read"])
def test_another_persons_notice_does_not_exist(inside, smith, name):
    notice = given.told(smith)[0]
    assert inside.post(reverse(name, args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_twenty_stand_on_a_page(inside, wang):
    for number in range(21):
        given.told(wang, number=number)
    assert len(inside.get(INDEX).context["shown"].rows) == 20
    assert len(inside.get(INDEX, {"page": 2}).context["shown"].rows) == 1


def test_the_page_costs_the_same_however_many_there_are(inside, wang):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            inside.get(INDEX)
        return len(queries)

    given.told(wang)
    inside.get(INDEX)
    few = cost()
    for number in range(9):
        given.told(wang, number=number)
    assert cost() == few <= 10


@pytest.mark.parametrize("read", [False, True])
def test_what_people_typed_is_never_markup(inside, wang, read):
    notice = given.told(wang, context={"number": '7"><i>', "title": "桥", "extra": "<script>alert(1)</script>"})[0]
    if read:
        inside.post(reverse("notices:read", args=[notice.pk]))
    text = inside.get(INDEX).content.decode()
    assert "7&quot;&gt;&lt;i&gt;" in text
    assert '7"><i>' not in text
    assert "<script>alert" not in text
