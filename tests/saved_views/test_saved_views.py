"""Keeping a list by a name: for oneself, for colleagues, never for others; and an address that is none is refused."""

import pytest
from django.urls import reverse

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.saved_views.models import SavedView
from qiao.saved_views.operations import MOST, remove_view, save_view
from qiao.saved_views.policy import with_whom
from qiao.saved_views.views import SHOWN
from tests.world import person_with_post

pytestmark = pytest.mark.capability("M1")

LIST = "/suggestions/"


@pytest.fixture
def world(world):
    world.actors["clerk2"] = person_with_post(world.congress, "deputy_affairs", "clerk2")
    return world


def save(world, role, name="超期的交通建议", address=f"{LIST}?view=overdue&q=交通&page=3&export=csv", **more):
    actor = world.actors[role]
    return save_view(actor.user, actor=actor, name=name, address=address, **more)


def test_a_view_keeps_filters_and_order_but_no_place_in_the_paging(world):
    view = save(world, "clerk")
    assert (view.path, view.query) == (LIST, "view=overdue&q=%E4%BA%A4%E9%80%9A")
    assert view.url == f"{LIST}?view=overdue&q=%E4%BA%A4%E9%80%9A"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/suggestions/", "//example.org/", "suggestions/", "/nowhere/", "javascript:alert(1)", "", "/\\example.org"],
)
def test_what_is_no_page_of_the_product_is_refused(world, address):
    with pytest.raises(Unfit):
        save(world, "clerk", address=address)
    assert not SavedView.objects.exists()


def test_ones_own_is_seen_by_oneself_only_unless_it_is_shared_in_the_body(world):
    own, shared = save(world, "clerk"), save(world, "clerk", name="全体可见", shared=True)
    seen = {role: set(SavedView.objects.visible_to(actor)) for role, actor in world.actors.items() if actor.post}
    assert {role: views for role, views in seen.items() if views} == {"clerk": {own, shared}, "clerk2": {shared}}


def test_what_a_unit_shares_stays_in_the_unit(world):
    shared = save(world, "handler", shared=True)
    assert set(SavedView.objects.visible_to(world.actors["signer"])) == {shared}
    assert not SavedView.objects.visible_to(world.actors["clerk"]).exists()


def test_a_name_is_given_once_for_a_list(world):
    save(world, "clerk")
    with pytest.raises(Exception, match="超期|You have a view|您"):
        save(world, "clerk")
    assert SavedView.objects.count() == 1


def test_only_who_saved_it_removes_it(world):
    view = save(world, "clerk", shared=True)
    with pytest.raises(NotAllowed):
        remove_view(view, actor=world.actors["clerk2"])
    remove_view(view, actor=world.actors["clerk"])
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_how_many(world):
    actor = world.actors["clerk"]
    SavedView.objects.bulk_create(SavedView(user=actor.user, name=str(n), path=LIST) for n in range(MOST))
    with pytest.raises(Unfit):
        save(world, "clerk")


def test_from_the_list_to_the_saved_view_and_back(login):
    client = login("clerk")
    page = client.get(LIST, {"view": "overdue", "page": "1"})
    here = reverse("saved_views:save") + "?of=%2Fsuggestions%2F%3Fview%3Doverdue%26page%3D1"
    assert here in page.content.decode()
    assert "of=" not in client.get(LIST).content.decode()
    form = client.get(here)
    assert f'value="{LIST}?view=overdue&amp;page=1"' in form.content.decode()
    told = client.post(here, {"name": "超期", "address": f"{LIST}?view=overdue&page=1"})
    assert (told.status_code, told["Location"]) == (302, f"{LIST}?view=overdue")
    assert f'href="{LIST}?view=overdue"' in client.get(reverse("saved_views:index")).content.decode()


def test_a_bad_name_loses_nothing(login):
    client = login("clerk")
    told = client.post(reverse("saved_views:save"), {"name": "长" * 41, "address": f"{LIST}?view=overdue"})
    assert told.status_code == 422
    assert "长" * 41 in told.content.decode()
    assert f'value="{LIST}?view=overdue"' in told.content.decode()


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("//evil.example/", "/views/"),
        ("https://evil.example/", "/views/"),
        ("/\\\\evil.example/", "/views/"),
        ("javascript:alert(1)", "/views/"),
        ("", "/views/"),
        ("/suggestions/?view=overdue", "/suggestions/?view=overdue"),
    ],
)
def test_only_a_page_of_the_product_is_a_way_back(login, address, back):
    assert login("clerk").get(reverse("saved_views:save"), {"of": address}).context["back"] == back


def test_ones_own_are_all_shown_however_many_colleagues_share(login, world):
    one, other = world.actors["clerk"], world.actors["clerk2"]
    body = {f"{key}_id": value for key, value in with_whom(other).items()}
    SavedView.objects.bulk_create(SavedView(user=other.user, name=f"a{n}", path=LIST, **body) for n in range(SHOWN + 1))
    SavedView.objects.bulk_create(SavedView(user=one.user, name=f"z{n}", path=LIST) for n in range(MOST))
    page = login("clerk").get(reverse("saved_views:index")).context
    assert (len(page["own"]), len(page["shared"])) == (MOST, SHOWN)
    assert set(page["shared"]) <= set(SavedView.objects.filter(user=other.user))


def test_a_list_narrowed_offers_to_be_kept_and_the_menu_leads_to_what_is(login):
    client = login("clerk")
    narrowed = client.get(LIST, {"view": "overdue"}).content.decode()
    assert "q-chip" in narrowed
    bar, chips = narrowed[narrowed.index('class="q-filters-body"') :].split("</form>", 1)
    assert "/views/" not in bar
    assert "/views/new/?of=" in chips
    assert 'class="q-drop-item" href="/views/"' in narrowed


def test_the_page_of_saved_views_asks_little(login, world, django_assert_max_num_queries):
    client = login("clerk")
    for number in range(20):
        save(world, "clerk", name=f"视图{number}")
        save(world, "clerk2", name=f"共用{number}", shared=True)
    client.get(reverse("saved_views:index"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("saved_views:index")).content.decode()
    assert page.count("视图") >= 20
    assert page.count("共用") >= 20


def test_others_views_are_not_there(login, world):
    view = save(world, "clerk2")
    assert login("clerk").post(reverse("saved_views:remove", args=[view.pk])).status_code == 404
