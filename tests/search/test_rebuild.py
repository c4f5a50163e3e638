"""Emptying the index and filling it again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qiao.kernel.policy import Actor
from qiao.search import operations
from qiao.search.models import Census, Document, Frequency
from qiao.search.queries import find

from .factories import indexed, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(monkeypatch):
    monkeypatch.setattr(operations, "SOURCES", sources := {})
    monkeypatch.setattr("qiao.search.management.commands.rebuild_search.SOURCES", sources)
    sources["suggestion"] = lambda: iter([row(n, f"关于停车的建议之{n}") for n in range(1, 1203)])
    return sources


def rebuild(*kinds):
    call_command("rebuild_search", *kinds, stdout=(out := StringIO()))
    return out.getvalue()


def test_the_index_is_what_its_source_says_and_nothing_else(source):
    indexed(9000, "关于停车的旧建议")
    indexed(1, "停车新闻", kind="news")
    said = rebuild()
    assert "suggestion: 500" in said
    assert "suggestion: 1202" in said
    assert find("suggestion", "停车", ["open"], limit=2).ids == [1202, 1201]
    assert find("suggestion", "旧建议", ["open"]).ids == []
    assert find("news", "停车", ["open"]).ids == [1]


def test_repeating_it_changes_nothing(source):
    rebuild()
    before = Document.objects.count()
    rebuild("suggestion")
    assert Document.objects.count() == before


def test_an_unknown_kind_is_refused_by_name(source):
    with pytest.raises(CommandError, match="No such kind: bill"):
        rebuild("bill")


def test_one_object_given_twice_is_one_document_with_what_was_said_last():
    operations.index_many("suggestion", [row(1, "关于停车的建议"), row(1, "关于古井的建议")])
    assert find("suggestion", "建议", ["open"]).ids == [1]
    assert find("suggestion", "停车", ["open"]).ids == []


def test_terms_are_counted_again_as_the_index_doubles():
    for n in range(1, 40):
        indexed(n, "关于停车的建议")
    assert Census.objects.get(kind="suggestion").read >= 20
    assert Frequency.objects.get(term="停车").documents >= 20


def test_a_new_kind_in_an_old_index_is_counted_by_itself():
    operations.index_many("suggestion", [row(n, "关于停车的建议") for n in range(1, 200)])
    for n in range(1, 5):
        indexed(n, "关于古井的新闻", kind="news")
    assert Census.objects.get(kind="news").read == 4
    assert Frequency.objects.get(census__kind="news", term="古井").documents == 4


@pytest.mark.parametrize("model", [Document, Census, Frequency])
def test_the_tables_themselves_are_for_nobody_but_the_system(model):
    indexed(1, "关于停车的建议")
    indexed(2, "关于停车的建议")
    indexed(3, "关于停车的建议")
    indexed(4, "关于停车的建议")
    assert not model.objects.visible_to(Actor(user=object())).exists()
    assert model.objects.visible_to(Actor.system("test")).exists()
