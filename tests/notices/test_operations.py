"""Telling people, and what becomes of it."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import translation

from qiao.kernel.errors import NotAllowed
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.notices import operations, queries
from qiao.notices.models import Delivery, Notice

from . import factories as given


def test_everybody_is_told_in_their_own_language(clerk, wang, smith):
    with translation.override("en"):
        given.told(wang, smith, by=clerk)
    assert wang.user.notices.get().title == "第7号建议已交办。"
    assert smith.user.notices.get().title == "Suggestion 7 was assigned."


def test_a_language_that_is_not_offered_becomes_chinese(congress):
    odd = given.member(congress, "odd", language="xx")
    given.told(odd)
    assert odd.user.notices.get().title == "第7号建议已交办。"


def test_the_text_is_kept_as_written(wang):
    notice = given.told(wang, context={"number": 7, "title": "修建<人行>桥 & 护栏", "extra": "请于三日内签收。"})[0]
    assert notice.body == "内容：“修建<人行>桥 & 护栏”。\n\n请于三日内签收。"
    assert (notice.code, notice.url, notice.trail, notice.read_at) == ("suggestion.assign", "/suggestions/7/", "suggestion:7", None)


def test_a_person_named_twice_is_told_once(wang, smith):
    given.told(wang, smith, wang)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("acts", [lambda actor: actor, lambda actor: actor.lend("suggestion.assign")])
def test_whoever_acted_is_not_told(clerk, wang, acts):
    given.told(clerk, wang, by=acts(clerk))
    assert Notice.objects.get().user == wang.user


def test_whoever_acted_is_told_when_that_is_wanted(clerk):
    given.told(clerk, by=clerk, also_actor=True)
    assert Notice.objects.get().user == clerk.user


def test_nobody_to_tell_is_nothing_said(clerk, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert given.told(clerk, by=clerk) == []


def test_a_very_long_title_is_cut(wang):
    notice = given.told(wang, context={"number": "7" * 300})[0]
    assert len(notice.title) == 200
    assert notice.title.endswith("…")


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "suggestions/7/"])
def test_a_notice_leads_nowhere_else(wang, url):
    with pytest.raises(ValueError, match="a page of ours"):
        given.told(wang, url=url)


def test_a_missing_or_empty_text_is_a_mistake_that_shows(wang):
    with pytest.raises(TemplateDoesNotExist):
        given.told(wang, template="tests/notices/none.txt")
    with pytest.raises(ValueError, match="says nothing"):
        given.told(wang, template="tests/notices/silent.txt")


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_neither_said_nor_sent(wang, mailoutbox):
    with suppress(ZeroDivisionError), transaction.atomic():
        given.told(wang)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    assert not mailoutbox


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_after_the_commit(wang, mailoutbox):
    with transaction.atomic():
        given.told(wang)
        assert not mailoutbox
    assert [letter.to for letter in mailoutbox] == [["wang@example.cn"]]


def test_a_thousand_people_are_told_in_few_statements(db, django_assert_max_num_queries, django_capture_on_commit_callbacks, mailoutbox):
    people = given.crowd(1000)
    with django_capture_on_commit_callbacks() as jobs, django_assert_max_num_queries(40):
        assert len(given.told(*people)) == 1000
    assert len(jobs) == 10  # batches of a hundred
    for job in jobs:
        job()
    assert len(mailoutbox) == 1000
    assert Delivery.objects.filter(state="sent").count() == 1000


def test_reading_is_remembered_once_and_in_the_journal(wang):
    notice = given.told(wang)[0]
    first = operations.mark_read(notice, actor=wang).read_at
    assert first is not None
    assert operations.mark_read(notice, actor=wang).read_at == first
    assert Entry.objects.filter(code="notice.read").count() == 2


def test_nobody_reads_for_somebody_else(wang, smith):
    notice = given.told(wang)[0]
    for act in (lambda: operations.mark_read(notice, actor=smith), lambda: operations.mark_all_read(wang.user, actor=smith)):
        with pytest.raises(NotAllowed) as said:
            act()
        assert said.value.reason
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_all_of_ones_own_are_marked_and_nobody_elses(wang, smith):
    given.told(wang, smith)
    given.told(wang, smith, number=8)
    operations.mark_all_read(wang.user, actor=wang)
    assert queries.unread_count(wang.user) == 0
    assert queries.unread_count(smith.user) == 2


def test_the_unread_are_counted_to_a_hundred_in_one_statement(wang, django_assert_num_queries):
    for _n in range(101):
        given.told(wang)
    with django_assert_num_queries(1):
        assert queries.unread_count(wang.user) == 100


def test_one_sees_ones_own_notices_and_deliveries_only(wang, smith):
    own, _other = given.told(wang, smith)
    assert list(Notice.objects.visible_to(wang)) == [own]
    assert list(Delivery.objects.visible_to(wang)) == list(own.deliveries.all())
    for nobody in (Actor(), Actor.system("test")):
        assert not Notice.objects.visible_to(nobody).exists()
        assert not Delivery.objects.visible_to(nobody).exists()
