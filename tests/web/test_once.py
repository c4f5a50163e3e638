"""A form counts once, however often it arrives; what was changed in it, or refused, or is somebody else's, is another."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.test import Client

from qiao.kernel import clock, once
from qiao.kernel.models import Sending
from qiao.matters.models import Suggestion

from .test_outage import gone

pytestmark = [pytest.mark.capability("P4")]
NEW = "/suggestions/new/"
FORM = {
    "kind": "suggestion",
    "source": "",
    "wished_unit": "",
    "may_publish": "on",
    "title": "关于路灯的建议",
    "matter": "不亮。",
    "proposal": "修。",
}


def mark(client):
    return re.search(r'name="once" value="([^"]+)"', client.get(NEW).content.decode()).group(1)


@pytest.fixture
def world(own_world):
    """Some of these tests commit."""
    return own_world


@pytest.fixture
def deputy(login):
    return login("deputy")


@pytest.mark.django_db
def test_the_second_goes_where_the_first_went_and_nothing_is_made_twice(deputy):
    sent = {**FORM, "once": mark(deputy)}
    first, second = deputy.post(NEW, sent), deputy.post(NEW, sent)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert Suggestion.objects.count() == 1
    assert "只算一次" in deputy.get(second.url).content.decode()


@pytest.mark.django_db
def test_every_page_shown_gives_a_mark_of_its_own(deputy):
    for _time in range(2):
        deputy.post(NEW, {**FORM, "once": mark(deputy)})
    assert Suggestion.objects.count() == 2


@pytest.mark.django_db
def test_who_goes_back_and_changes_a_word_sends_something_new(deputy):
    same = mark(deputy)
    for title in ("关于路灯的建议", "关于井盖的建议"):
        deputy.post(NEW, {**FORM, "title": title, "once": same})
    assert Suggestion.objects.count() == 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again_as_it_is(deputy):
    bad = {**FORM, "matter": "长" * 6001, "once": mark(deputy)}
    assert [deputy.post(NEW, bad).status_code for _time in range(2)] == [422, 422]
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_anothers_mark_is_no_ones_business(deputy, world):
    sent = {**FORM, "once": mark(deputy)}
    deputy.post(NEW, sent)
    other = Client()
    other.force_login(world.actors["deputy2"].user)
    other.post(NEW, sent)
    assert Suggestion.objects.count() == 2


@pytest.mark.django_db
def test_keeping_what_is_typed_does_not_use_the_mark(deputy):
    deputy.post(NEW, {**FORM, "once": mark(deputy)}, headers={"Accept": "application/json"})
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_without_an_answer_from_the_database_the_page_says_so_as_ever(deputy):
    deputy.raise_request_exception = False
    sent = {**FORM, "once": mark(deputy)}
    with gone():
        assert deputy.post(NEW, sent).status_code == 503
    assert deputy.post(NEW, sent).status_code == 302


@pytest.mark.django_db
def test_a_first_whose_server_was_stopped_does_not_hold_up_the_next():
    assert once.claim("k")
    assert not once.claim("k")
    Sending.objects.update(at=clock.now() - once.STALE - dt.timedelta(seconds=1))
    assert once.claim("k")


@pytest.mark.django_db
def test_who_waits_in_vain_hears_that_the_first_is_still_at_it(deputy, monkeypatch):
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    monkeypatch.setattr(once, "claim", lambda _key: False)
    monkeypatch.setattr(once, "where_to", lambda _key: None)
    answer = deputy.post(NEW, {**FORM, "once": "m"})
    assert answer.status_code == 409
    assert Suggestion.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_that_arrive_together_one_waits_for_the_other(world, settings):
    if connection.vendor == "sqlite":
        pytest.skip("two connections to one database in memory are one")
    clients, said, start = [Client(), Client()], [], threading.Barrier(2)

    def send(client):
        start.wait()
        said.append(client.post(NEW, {**FORM, "once": "the same"}).url)
        connection.close()

    for client in clients:
        client.force_login(world.actors["deputy"].user)
    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 2
    assert len(set(said)) == 1
    assert Suggestion.objects.count() == 1
