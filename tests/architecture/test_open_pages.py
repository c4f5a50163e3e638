"""Every address asks who is there, or is on this list with the reason."""

import re

from django.urls import URLPattern, get_resolver, reverse

from qiao.demo.urls import urlpatterns as demonstration
from qiao.web.api import api

OPEN = {
    "account/sign-in/": "one signs in here",
    "account/passkey/": "the door by a passkey, or its second step after the password",
    "account/provider/": "the door to the installation's identity provider",
    "account/provider/back/": "the way back from it, with the provider's signed answer",
    "account/second/": "the second step of signing in, after the password",
    "account/sign-out/": "ends a session; without one it does nothing",
    "account/set/<int:pk>/<str:token>/": "one sets the first password here, by a link that works once",
    "account/activate/": "one sets the first password here, by the one-time code of a slip; wrong codes count as failed sign-ins",
    "prefer/": "language, type size and contrast are the reader's, signed in or not",
    "help/": "what Qiao is and how to begin",
    "healthz": "asked by the machine that watches the server; says only that it answers",
    "readyz": "the same; names the part that does not work, and nothing of it",
    "metrics": "asks for the token of the settings itself; names pages and verbs, never people",
    "open/": "published suggestions are the public's (U5)",
    "open/<int:pk>/": "the same, one of them",
    "open/<int:pk>.json": "the same, for machines",
    "directory/": "the congress and its deputies are public by law (代表法 2025, article 58)",
    "directory/congresses/": "the same",
    "directory/deputies/": "the same",
    "directory/deputies/<int:pk>/": "the same; means of contact are another question, asked of the actor",
    "directory/cards/check/<str:token>/": "whoever scans a deputy card reads whether it is valid; the address is signed (R5.18)",
    "directory/vacancies/": "seats, vacancies and by-elections are announced",
    "directory/by-elections/<int:pk>/": "the same, one of them",
    "ui/": "invented examples of every component",
    "demo/enter/": "the demonstration's own sign-in, in the demonstration only",
}


NOBODY = "00000000-0000-0000-0000-000000000000"


def routes(patterns, base=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield base + str(pattern.pattern), pattern.callback
        else:
            yield from routes(pattern.url_patterns, base + str(pattern.pattern))


def pages():
    """Every page; the API speaks for itself below."""
    every = [*routes(get_resolver().url_patterns), *routes(demonstration)]
    return [(route, view) for route, view in every if not route.startswith("api/v1/")]


def test_no_page_is_open_by_accident():
    assert pages()
    assert {route for route, view in pages() if not getattr(view, "login_required", True)} == set(OPEN)


def test_a_stranger_is_sent_to_sign_in_from_every_other_page(client, db):
    closed = [route for route, _view in pages() if route not in OPEN]
    answers = {
        route: client.get("/" + re.sub(r"<slug:\w+>", "x", route.replace("<int:pk>", "1").replace("<uuid:pk>", NOBODY))) for route in closed
    }
    door = reverse("accounts:sign_in")
    assert [route for route, answer in answers.items() if answer.status_code != 302 or not answer.url.startswith(door)] == []


def test_no_call_of_the_api_is_open_by_accident():
    calls = [(f"{method} {path}", call) for path, item in api.get_openapi_schema()["paths"].items() for method, call in item.items()]
    assert calls
    assert [name for name, call in calls if not call.get("security")] == []
