"""What surrounds every page: who sees which home and menu, the reader's preferences, one page for everything that goes wrong."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from qiao.accounts import operations as accounts
from qiao.kernel.operation import OBSERVERS
from qiao.kernel.policy import Actor
from qiao.search.operations import SOURCES
from qiao.web import errors
from qiao.web.indexing import index_entry, suggestions
from qiao.web.menu import menu_for
from tests.world import SYSTEM

HOME = {
    "deputy": "deputy",
    "clerk": "staff",
    "leader": "staff",
    "liaison": "unit",
    "handler": "unit",
    "signer": "unit",
    "sysadmin": "plain",
    "secadmin": "plain",
    "auditadmin": "plain",
}
ENTRIES = {
    "deputy": ["web:home", "matters:index", "matters:new", "matters:public", "congress:attendance", "congress:index", "rulebook:index"],
    "clerk": [
        "web:home",
        "matters:index",
        "matters:public",
        "matters:figures",
        "announcements:index",
        "congress:index",
        "rulebook:index",
    ],
    "handler": ["web:home", "matters:index", "matters:public", "matters:figures", "congress:index", "rulebook:index"],
    "signer": ["web:home", "matters:index", "matters:public", "matters:figures", "congress:index", "rulebook:index"],
    "sysadmin": ["web:home", "matters:public", "congress:index", "jobs:index", "accounts:people", "rulebook:index"],
    "secadmin": ["web:home", "matters:public", "congress:index", "accounts:people"],
}


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def reading(client, language):
    client.cookies["qiao_language"] = language
    return client


# --- home and menu ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "kind"), HOME.items())
def test_each_role_has_its_home(role, kind, login):
    answer = login(role).get(reverse("web:home"))
    assert (answer.status_code, answer.context["kind"]) == (200, kind)


def test_a_deputy_is_told_what_waits_for_them(world, login):
    world.replied()
    answer = login("deputy").get(reverse("web:home"))
    assert [card["view"].key for card in answer.context["todo"]] == ["evaluate", "contacts"]
    assert "evaluate" not in [card["view"].key for card in answer.context["calm"]]


def test_a_person_without_a_post_has_a_home_too(world, client):
    person = accounts.add_person(world.congress, actor=SYSTEM, name="无职者")
    client.force_login(accounts.open_account(person, actor=SYSTEM, login="without"))
    answer = reading(client, "en").get(reverse("web:home"))
    assert answer.status_code == 200
    assert "Your post has no part in suggestions." in answer.content.decode()


@pytest.mark.parametrize(("role", "names"), ENTRIES.items())
def test_the_menu_offers_what_the_post_is_for(role, names, world):
    assert [entry["url"] for entry in menu_for(world.actors[role], "/")] == [reverse(name) for name in names]


def test_the_public_is_offered_what_is_public():
    assert [entry["url"] for entry in menu_for(None, "/")] == [reverse("matters:public"), reverse("congress:index")]
    assert menu_for(Actor(), "/") == menu_for(None, "/")


@pytest.mark.parametrize(
    ("path", "name"), [("/", "web:home"), ("/suggestions/7/", "matters:index"), ("/suggestions/new/", "matters:new"), ("/notices/", None)]
)
def test_the_menu_marks_the_entry_one_is_under(path, name, world):
    marked = [entry["url"] for entry in menu_for(world.actors["deputy"], path) if entry["active"]]
    assert marked == ([reverse(name)] if name else [])


@pytest.mark.parametrize(("page", "below"), [("congress:index", "privacy:corrections"), ("notices:index", "notices:deliveries")])
def test_what_is_not_in_the_menu_is_one_press_from_what_is(page, below, login):
    link = f'href="{reverse(below)}"'
    assert link in login("clerk").get(reverse(page)).content.decode()
    assert link not in login("deputy").get(reverse(page)).content.decode()


# --- preferences --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value"), [("language", "en"), ("type", "large"), ("contrast", "high")])
def test_a_reader_chooses_and_the_choice_is_kept(name, value, client, db):
    answer = client.post(reverse("web:prefer"), {"name": name, "value": value, "next": "/open/"})
    assert answer.url == "/open/"
    kept = answer.cookies[f"qiao_{name}"]
    assert (kept.value, kept["httponly"], kept["samesite"]) == (value, True, "Lax")


@pytest.mark.parametrize(("name", "value"), [("language", "xx"), ("colour", "red"), ("", ""), ("type", "<b>")])
def test_what_cannot_be_chosen_is_not_kept(name, value, client, db):
    answer = client.post(reverse("web:prefer"), {"name": name, "value": value})
    assert answer.status_code == 302
    assert not answer.cookies


def test_a_choice_leads_back_to_our_own_pages_only(client, db):
    answer = client.post(reverse("web:prefer"), {"name": "type", "value": "large", "next": "https://elsewhere.example/"})
    assert answer.url == reverse("web:home")


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("zh-hans", "zh-hans"), ("xx", "zh-hans"), ("", "zh-hans")])
def test_a_page_is_in_the_readers_language_or_else_in_chinese(cookie, language, client, db):
    answer = reading(client, cookie).get(reverse("web:help"))
    assert answer.headers["Content-Language"] == language
    assert f'lang="{language}"'.lower() in answer.content.decode().lower()


# --- what goes wrong ----------------------------------------------------------------------------------------------------------


def test_an_unknown_address_has_its_page(client, db):
    answer = reading(client, "en").get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_what_one_may_not_see_is_not_there(world, login):
    assert login("other_clerk").get(reverse("matters:detail", args=[world.submitted().pk])).status_code == 404


def test_the_wrong_person_the_wrong_moment_and_what_does_not_fit_are_three_answers(world, login):
    submitted = world.submitted()
    act = reverse("matters:suggestion_act", args=[submitted.pk, "register"])
    assert login("leader").post(act).status_code == 403
    assert login("clerk").post(act).status_code == 302
    assert login("clerk").post(act).status_code == 409


def test_the_reason_stands_on_the_page(world, login):
    answer = reading(login("leader"), "en").post(reverse("matters:suggestion_act", args=[world.submitted().pk, "register"]))
    assert "Your post does not include this." in answer.content.decode()


def test_a_script_that_asks_for_json_gets_the_refusal_as_json(world, login):
    url = reverse("matters:suggestion_act", args=[world.submitted().pk, "register"])
    answer = reading(login("leader"), "en").post(url, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["status"], answer.json()["detail"]) == (403, 403, "Your post does not include this.")


def test_a_form_without_its_token_says_what_to_do(db):
    client = reading(Client(enforce_csrf_checks=True), "en")
    answer = client.post(reverse("web:prefer"), {"name": "type", "value": "large"})
    assert answer.status_code == 403
    assert "copy your text first" in answer.content.decode()


@pytest.mark.parametrize("status", errors.TITLES)
def test_every_status_has_a_page_that_needs_no_database(status, english):
    answer = errors.error_page(RequestFactory().get("/"), status)
    assert answer.status_code == status
    assert str(errors.TITLES[status][0]) in answer.content.decode()


@pytest.mark.parametrize(
    ("handler", "given", "status"),
    [
        (errors.bad_request, [ValueError()], 400),
        (errors.forbidden, [ValueError()], 403),
        (errors.not_found, [ValueError()], 404),
        (errors.broken, [], 500),
    ],
)
def test_djangos_own_errors_get_the_same_page(handler, given, status):
    assert handler(RequestFactory().get("/"), *given).status_code == status


# --- health and composition ---------------------------------------------------------------------------------------------------


def test_the_watching_machine_is_told_that_the_server_answers(client, db):
    answer = client.get(reverse("web:healthz"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_composition_root_joins_search_to_the_journal():
    assert OBSERVERS.count(index_entry) == 1
    assert SOURCES["suggestion"] is suggestions


def test_no_cache_on_the_way_keeps_what_a_signed_in_person_reads(world, login):
    client = login("clerk")
    for url in ("/", f"/suggestions/{world.submitted().pk}/", "/api/v1/suggestions/", "/suggestions/?export=csv", "/open/"):
        assert "private" in client.get(url).headers["Cache-Control"], url


@pytest.mark.parametrize("url", ["/account/sign-in/", "/account/password/", "/suggestions/new/"])
def test_a_page_with_a_form_can_be_asked_for_its_head_alone(url, world, login):
    assert login("deputy").head(url).status_code == 200


@pytest.mark.parametrize("wanted", ["-1", "nowhere", "²", "\0", "javascript:alert(1)"])
def test_a_way_back_that_is_no_address_leads_home(wanted, client, db):
    answer = client.post(reverse("web:prefer"), {"name": "type", "value": "large", "next": wanted})
    assert answer.url == reverse("web:home")
