"""The measuring itself works, and no page asks the database more often than it may."""

import random
import statistics
import time

import pytest
from django.db import connection

from bench.load import SHARES, _batches, load
from bench.pages import MINIMAL, figures, measure, pages, table
from qiao.config.settings import ROOT
from qiao.search.queries import find

MOST_QUERIES = 12
WRITES = {"create a draft", "assign"}


@pytest.fixture
def measured(db, settings):
    """Every page of a small congress, asked a few times."""
    if connection.vendor == "postgresql":  # a search there asks by stretches of ids, which a test before this one moves on
        with connection.cursor() as cursor:
            cursor.execute("ALTER SEQUENCE search_document_id_seq RESTART")
    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [ROOT / "bench" / "templates"]}]
    wanted = pages(load(150, lambda said: None))
    measure(wanted, range(1))
    return wanted


MORE = {"detail": 14, "search, common word": 13}
"""A suggestion's page also asks for extensions, and for evaluations by themselves since they are under seal. Within a test's transaction
the tables of days off are asked for once a page; outside one the process keeps them."""


def test_every_page_answers_in_at_most_twelve_queries(measured):
    reading = {name: page.queries for name, page in measured.items() if name not in WRITES}
    assert {name: n for name, n in reading.items() if n > MORE.get(name, MOST_QUERIES)} == {}
    assert reading[MINIMAL] == min(n for name, n in reading.items() if not name.startswith("public"))


LIST_AT_MOST = 12
"""Times the processor time of the minimal page; about 7 is usual. A list drawn cell by cell, or asked for row by row, takes more."""


def test_a_list_costs_no_more_than_a_few_minimal_pages(measured):
    def spent(name):
        began = time.process_time()
        measured[name].ask()
        return time.process_time() - began

    ratios = [spent("list") / spent(MINIMAL) for _ in range(15)]  # in turn: a busy machine slows both
    assert statistics.median(ratios) < LIST_AT_MOST


def test_the_table_sets_each_size_against_the_minimal_page(measured):
    small = figures(measured)
    large = {name: {**page, "median": page["median"] * (2 if name == "list" else 1)} for name, page in small.items()}
    lines = table({1000: small, 100_000: large}).splitlines()
    assert len(lines) == 2 + len(measured)
    assert next(line for line in lines if line.startswith("| list |")).endswith("| 2.00 |")
    assert "1,000: median" in lines[0]


def test_what_is_loaded_can_be_found(measured):
    assert find("suggestion", "建议", ["open"]).ids


def test_the_states_have_the_shares_they_are_said_to_have():
    planned = [plan for batch in _batches(4000, random.Random(1)) for plan in batch]
    for state, share in SHARES.items():
        assert sum(plan[1] == state for plan in planned) / 40 == pytest.approx(share, abs=0.3 + share / 5)
