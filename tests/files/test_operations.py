"""Keeping and discarding."""

import dataclasses
import gc
from contextlib import suppress

import pytest
from django.db import transaction

from qiao.files import operations
from qiao.files.models import StoredFile
from qiao.kernel.errors import NotAllowed
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor

from . import factories as given


@pytest.fixture
def upload():
    return given.upload(given.pdf(), "关于修桥的建议.pdf")


@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_with_its_facts_and_a_line_in_the_journal(actor, upload, kept):
    stored = operations.store(None, actor=actor, upload=upload)
    assert (stored.name, stored.kind, stored.size) == ("关于修桥的建议.pdf", "pdf", len(given.pdf()))
    assert stored.uploaded_by == actor.user
    assert [path.read_bytes() for path in kept()] == [given.pdf()]
    line = Entry.objects.get(code="file.store")
    assert line.changes["name"] == [None, "关于修桥的建议.pdf"]
    assert stored.blob.name not in str(line.changes)


@pytest.mark.django_db(transaction=True)
def test_a_file_lies_under_its_month_and_a_name_that_says_nothing(actor, upload, kept, shelf):
    operations.store(None, actor=actor, upload=upload)
    year, month, name = kept()[0].relative_to(shelf).parts
    assert year.isdecimal()
    assert month.isdecimal()
    assert len(name) == 32


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_leaves_no_file(actor, upload, kept):
    with suppress(ZeroDivisionError), transaction.atomic():
        operations.store(None, actor=actor, upload=upload)
        assert len(kept()) == 1
        raise ZeroDivisionError
    gc.collect()
    assert not kept()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failed_part_of_a_transaction_leaves_no_file_of_that_part(actor, upload, kept):
    with transaction.atomic():
        operations.store(None, actor=actor, upload=upload)
        with suppress(ZeroDivisionError), transaction.atomic():
            operations.store(None, actor=actor, upload=given.upload(given.document(), "b.docx"))
            raise ZeroDivisionError
    gc.collect()
    assert [path.read_bytes() for path in kept()] == [given.pdf()]


@pytest.mark.django_db(transaction=True)
def test_a_discarded_file_is_gone_once_that_is_committed(actor, upload, kept):
    stored = operations.store(None, actor=actor, upload=upload)
    with suppress(ZeroDivisionError), transaction.atomic():
        operations.discard(stored, actor=actor)
        raise ZeroDivisionError
    assert len(kept()) == 1
    operations.discard(stored, actor=actor)
    assert not kept()
    assert not StoredFile.objects.exists()
    assert Entry.objects.filter(code="file.discard", pk_of=stored.pk).count() == 1


def test_only_people_with_a_post_upload(actor, upload, kept):
    for nobody in (Actor(), dataclasses.replace(actor, post=None)):
        with pytest.raises(NotAllowed) as said:
            operations.store(None, actor=nobody, upload=upload)
        assert said.value.reason
    assert not kept()


def test_nobody_else_discards_or_sees_a_file(actor, upload):
    stored = operations.store(None, actor=actor, upload=upload)
    other = given.member(actor.post.congress, login="li")
    with pytest.raises(NotAllowed):
        operations.discard(stored, actor=other)
    assert list(StoredFile.objects.visible_to(actor)) == [stored]
    assert list(StoredFile.objects.visible_to(Actor.system("test"))) == [stored]
    assert not StoredFile.objects.visible_to(other).exists()
    assert not StoredFile.objects.visible_to(Actor()).exists()
