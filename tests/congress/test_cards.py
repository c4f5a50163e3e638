"""Deputy cards: issued, shown, scanned, withdrawn; what whoever scans one may read (R5.18)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qiao.congress import operations
from qiao.congress.cards import token_of
from qiao.congress.models import CardEnd, DeputyCard
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.journal import history
from qiao.notices.models import Notice
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]


@pytest.fixture
def term():
    return bodies.term(places.congress())


@pytest.fixture
def clerk(term):
    return people.actor(term.congress)


@pytest.fixture
def mandate(term):
    holder = people.person(term.congress, name="陆桥生", phone="0000-7654321", work_unit="桥头小学", party="群众")
    return bodies.mandate(term, holder)


@pytest.fixture
def card(mandate, clerk):
    return operations.issue_card(mandate, actor=clerk, issued_on=clock.today())


def ended(mandate, clerk):
    operations.end(mandate, actor=clerk, on=clock.today(), decided_by="standing_committee", reason="moved")


def scanned(client, token):
    client.cookies["qiao_language"] = "en"
    return client.get(reverse("congress:check_card", args=[token]))


def test_whoever_scans_a_card_reads_that_it_is_valid_and_nothing_more_than_stands_on_it(client, card, mandate):
    shown = scanned(client, token_of(card))
    said = shown.content.decode()
    assert shown.context["valid"]
    assert "Valid today" in said
    assert all(words in said for words in ("陆桥生", mandate.congress.name, str(mandate.district), str(mandate.term)))
    assert not any(words in said for words in ("0000-7654321", "桥头小学", "群众", mandate.card_no))
    assert "no-store" in shown["Cache-Control"]


def test_a_card_ends_with_the_mandate(client, card, mandate, clerk):
    ended(mandate, clerk)
    card.refresh_from_db()
    assert card.withdrawn_why == CardEnd.ENDED
    assert "Not valid" in scanned(client, token_of(card)).content.decode()


def test_a_suspended_deputys_card_is_not_valid_until_the_suspension_ends(client, card, mandate, clerk):
    operations.suspend(mandate, actor=clerk, on=clock.today(), decided_by="credentials", ground="investigated")
    assert not scanned(client, token_of(card)).context["valid"]
    mandate.refresh_from_db()
    operations.lift_suspension(mandate, actor=clerk, on=clock.today(), decided_by="credentials")
    assert scanned(client, token_of(card)).context["valid"]


def test_a_card_is_valid_from_its_day_to_the_last_of_the_term(card, term):
    held = DeputyCard.objects.select_related("mandate__term").get(pk=card.pk)
    days = {
        day: held.is_valid_on(day) for day in (card.issued_on - dt.timedelta(1), card.issued_on, term.ends, term.ends + dt.timedelta(1))
    }
    assert list(days.values()) == [False, True, True, False]


def test_a_new_card_makes_the_old_one_void(client, card, mandate, clerk):
    new = operations.issue_card(mandate, actor=clerk, issued_on=clock.today(), why="lost")
    card.refresh_from_db()
    assert card.withdrawn_why == CardEnd.LOST
    assert not scanned(client, token_of(card)).context["valid"]
    assert scanned(client, token_of(new)).context["valid"]
    assert [entry.code for entry in history(mandate)].count("card.issue") == 2


@pytest.mark.parametrize("change", [lambda t: t + "x", lambda t: "9" + t, lambda t: t.split(".")[0], lambda t: "no.thing"])
def test_an_address_that_was_not_signed_here_shows_nobody(client, card, change):
    shown = scanned(client, change(token_of(card)))
    assert shown.status_code == 404
    assert "陆桥生" not in shown.content.decode()


def test_a_withdrawn_card_stays_withdrawn(card, clerk):
    operations.withdraw_card(card, actor=clerk, why="returned")
    with pytest.raises(Unfit):
        operations.withdraw_card(card, actor=clerk, why="lost")


def test_a_card_is_issued_only_in_office_and_by_those_who_keep_the_directory(mandate, clerk, term):
    with pytest.raises(NotAllowed):
        operations.issue_card(mandate, actor=people.actor(term.congress, "deputy"), issued_on=clock.today())
    with pytest.raises(NotAllowed):
        operations.issue_card(mandate, actor=people.actor(places.congress()), issued_on=clock.today())
    ended(mandate, clerk)
    with pytest.raises(Unfit):
        operations.issue_card(mandate, actor=clerk, issued_on=clock.today())


def test_all_who_have_no_card_get_one_at_once_and_are_told(card, mandate, term, clerk):
    others = [bodies.mandate(term) for _each in range(3)]
    user = people.post(term.congress, "deputy", others[0].person).user
    operations.issue_cards(term, actor=clerk, issued_on=term.starts)
    assert DeputyCard.objects.current().count() == 4
    assert DeputyCard.objects.filter(mandate=mandate).get() == card
    assert [entry.code for entry in history(others[1])].count("card.issue") == 1
    assert Notice.objects.filter(user=user, code="card.issue").count() == 1
    with pytest.raises(Unfit):
        operations.issue_cards(term, actor=clerk, issued_on=term.starts)


def test_a_deputy_finds_the_own_card_and_no_other(client, card, mandate, term):
    other = bodies.mandate(term)
    client.force_login(people.post(term.congress, "deputy", mandate.person).user)
    shown = client.get(reverse("congress:own_card"), follow=True)
    assert shown.redirect_chain[0][0] == reverse("congress:card", args=[mandate.pk])
    assert "data:image/svg+xml" in shown.content.decode()
    assert client.get(reverse("congress:card", args=[other.pk])).status_code == 403
    assert client.get(reverse("congress:cards")).status_code == 403
    assert client.get(reverse("congress:print_cards")).status_code == 403


def test_without_a_mandate_the_page_of_the_own_card_says_so(client, term):
    client.force_login(people.post(term.congress).user)
    assert client.get(reverse("congress:own_card")).status_code == 200


def test_cards_are_issued_and_withdrawn_from_the_pages(client, mandate, clerk):
    client.force_login(clerk.user)
    issue = reverse("congress:perform", args=["card", mandate.pk, "issue"])
    assert "why" not in client.get(issue).context["form"].fields
    client.post(issue, {"issued_on": clock.today().isoformat()})
    assert "why" in client.get(issue).context["form"].fields
    client.post(reverse("congress:perform", args=["card", mandate.cards.get().pk, "withdraw"]), {"why": "returned"})
    assert mandate.cards.get().withdrawn_why == "returned"
    client.post(reverse("congress:perform", args=["term", mandate.term_id, "issue_cards"]), {"issued_on": clock.today().isoformat()})
    assert mandate.cards.current().count() == 1
    assert client.get(reverse("congress:card", args=[mandate.pk])).context["past"]


def test_cards_are_printed_eight_on_a_sheet_without_those_who_have_none(client, term, clerk):
    for _each in range(9):
        bodies.mandate(term)
    operations.issue_cards(term, actor=clerk, issued_on=clock.today())
    bodies.mandate(term)
    client.force_login(clerk.user)
    assert [len(sheet) for sheet in client.get(reverse("congress:print_cards")).context["sheets"]] == [8, 1]
    assert len(client.get(reverse("congress:cards", query={"card": "no"})).context["shown"].rows) == 1
    assert b"".join(client.get(reverse("congress:cards", query={"export": "csv"})).streaming_content).count(b"\n") == 11


@pytest.mark.parametrize("name", ["cards", "print_cards"])
def test_lists_of_cards_ask_as_often_for_nine_as_for_two(client, term, clerk, name):
    client.force_login(clerk.user)
    counts = []
    for many in (2, 7):
        for _each in range(many):
            bodies.mandate(term, delegation=bodies.delegation(term))
        operations.issue_cards(term, actor=clerk, issued_on=clock.today())
        client.get(reverse(f"congress:{name}"))
        with CaptureQueriesContext(connection) as held:
            client.get(reverse(f"congress:{name}"))
        counts.append(len(held))
    assert counts[0] == counts[1] <= 12
