"""Searching: what each finds, by which words, and that nobody finds what is not theirs."""

import pytest

from qiao.matters import operations
from qiao.matters.models import Suggestion
from tests.world import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Do something and let what follows the commit follow."""

    def do(run, *args, **given):
        with django_capture_on_commit_callbacks(execute=True):
            return run(*args, **given)

    return do


@pytest.fixture
def found(login):
    """What a role finds by these words; the public on its own page."""

    def look(role, words):
        answer = login(role).get("/open/" if role == "anonymous" else "/suggestions/", {"q": words})
        return [row.pk for row in answer.context["list"].rows]

    return look


@pytest.mark.parametrize("words", ["路灯", "灯芯路", "晚自习", "报修电话", "灯芯路路灯 报修", "闭会第1号", "1"])
def test_it_is_found_by_words_of_title_and_text_and_by_number(world, done, found, words):
    s = done(world.assigned)
    assert found("clerk", words) == [s.pk]


def test_it_is_found_by_the_lead_deputys_name(world, done, found):
    s = done(world.assigned)
    assert found("clerk", str(s.lead)) == [s.pk]


@pytest.mark.parametrize("words", ["垃圾", "路灯 垃圾", "路桥", "公交", '"', "AND"])
def test_it_is_not_found_by_other_words(world, done, found, words):
    done(world.assigned)
    assert found("clerk", words) == []


def test_a_draft_is_found_by_its_deputy_alone(world, done, found):
    s = done(world.draft)
    assert found("deputy", "路灯") == [s.pk]
    for role in ("deputy2", "clerk", "leader", "handler", "other_deputy", "anonymous"):
        assert found(role, "路灯") == []


def test_who_is_asked_to_sign_finds_it_until_the_invitation_is_taken_back(world, done, found):
    s = done(world.cosigning)
    assert found("deputy2", "路灯") == [s.pk]
    assert found("deputy3", "路灯") == []
    done(operations.revoke, s.signatures.get(), actor=world.actors["deputy"])
    assert found("deputy2", "路灯") == []


def test_the_unit_finds_what_it_was_given_and_other_units_do_not(world, done, found):
    s = done(world.assigned)
    assert found("handler", "路灯") == [s.pk]
    assert found("handler2", "路灯") == []
    assert found("other_liaison", "路灯") == []


def test_a_thrown_away_draft_is_found_by_nobody(world, done, found):
    done(world.discarded)
    assert found("deputy", "路灯") == found("clerk", "路灯") == []


def test_the_public_finds_what_is_published_until_it_is_taken_off(world, done, found):
    s = done(world.closed)
    assert found("anonymous", "路灯") == []
    done(operations.publish, s, actor=world.actors["clerk"], publicity="full")
    assert found("anonymous", "路灯") == found("anonymous", "晚自习") == [s.pk]
    done(operations.publish, s, actor=world.actors["clerk"], publicity="none", note="含个人信息。")
    assert found("anonymous", "路灯") == found("anonymous", "闭会第1号") == []
    assert found("clerk", "路灯") == [s.pk]


def test_words_of_a_withheld_text_do_not_give_it_away(world, done, found, login):
    s = done(world.closed, may_publish=False)
    done(operations.publish, s, actor=world.actors["clerk"], publicity="progress", note="代表不同意公开全文。")
    assert found("anonymous", "路灯") == [s.pk], "the title is public"
    assert found("anonymous", "晚自习") == found("anonymous", "报修电话") == []
    near = login("other_deputy").get("/suggestions/similar/", {"title": TEXT["title"], "matter": TEXT["matter"]}).content.decode()
    assert f"/open/{s.pk}/" not in near


def test_a_new_title_is_found_and_the_old_one_no_longer(world, done, found):
    s = done(world.draft)
    done(operations.revise, s, actor=world.actors["deputy"], title="关于增设公交站牌的建议")
    assert found("deputy", "公交站牌") == [s.pk]
    assert found("deputy", "修好灯芯路路灯") == []


def test_the_column_beside_the_draft_shows_what_was_said_before(world, done, login):
    s = done(world.closed)
    client = login("deputy")
    near = client.get("/suggestions/similar/", {"title": TEXT["title"], "matter": TEXT["matter"]}).content.decode()
    assert f"/suggestions/{s.pk}/" in near
    own = client.get("/suggestions/similar/", {"title": TEXT["title"], "matter": TEXT["matter"], "pk": s.pk}).content.decode()
    assert f"/suggestions/{s.pk}/" not in own
    assert f"/suggestions/{s.pk}/" not in login("deputy3").get("/suggestions/similar/", {"title": TEXT["title"]}).content.decode()


def test_what_another_congress_published_leads_to_the_public_page(world, done, login):
    s = done(world.published)
    near = login("other_deputy").get("/suggestions/similar/", {"title": TEXT["title"], "matter": TEXT["matter"]}).content.decode()
    assert f"/open/{s.pk}/" in near
    assert f'"/suggestions/{s.pk}/"' not in near


@pytest.mark.parametrize(
    "query", [{}, {"title": ""}, {"title": "\0", "pk": "x"}, {"title": "路灯", "pk": "9" * 30}, {"matter": "长" * 9000}, {"pk": "9" * 5000}]
)
def test_nonsense_beside_the_draft_breaks_nothing(world, login, query):
    assert login("deputy").get("/suggestions/similar/", query).status_code == 200


def test_what_the_index_has_not_heard_of_yet_is_not_shown_to_others(world, done, login):
    s = done(world.published)
    Suggestion.objects.filter(pk=s.pk).update(publicity="progress")
    near = login("other_deputy").get("/suggestions/similar/", {"title": TEXT["title"], "matter": TEXT["matter"]}).content.decode()
    assert f"/open/{s.pk}/" not in near
