"""What was sealed cannot be changed, dropped or added to without its being found, and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from qiao.kernel import guard, seals
from qiao.kernel.models import Entry, Seal


@pytest.fixture
def middle(sealed):
    """An entry in the middle of the second seal."""
    seal = Seal.objects.get(congress_id=sealed, number=2)
    return Entry.objects.filter(congress_id=sealed, pk__gt=seal.first_id, pk__lt=seal.last_id).first()


def test_an_untouched_journal_holds_to_the_last_entry(sealed):
    report = seals.verify(sealed)
    assert report.fault == ""
    assert report.entries == Entry.objects.filter(congress_id=sealed).count()
    assert report.unsealed == 0
    assert report.digest == Seal.objects.filter(congress_id=sealed).latest("number").digest


def test_what_is_written_later_is_unsealed_until_the_next_time(sealed, world):
    world.draft()
    fresh = seals.verify(sealed).unsealed
    assert fresh > 0
    assert seals.seal_waiting() >= fresh
    assert seals.verify(sealed).unsealed == 0
    assert seals.seal_waiting() == 0


def test_a_changed_entry_is_named(sealed, middle, tamper):
    tamper("UPDATE kernel_entry SET note = %s WHERE id = %s", "nothing happened", middle.pk)
    report = seals.verify(sealed)
    assert (report.seal, report.entry) == (2, middle.pk)
    assert str(middle.pk) in report.fault


def test_a_removed_entry_is_named(sealed, middle, tamper):
    tamper("DELETE FROM kernel_entry WHERE id = %s", middle.pk)
    report = seals.verify(sealed)
    assert (report.seal, report.entry) == (2, middle.pk)


def test_an_entry_moved_into_another_journal_is_missed_here_and_found_there(sealed, world, tamper):
    theirs = Entry.objects.get(congress_id=world.other.pk, code="suggestion.draft")
    tamper("UPDATE kernel_entry SET congress_id = %s WHERE id = %s", sealed, theirs.pk)
    here, there = seals.verify(sealed), seals.verify(world.other.pk)
    assert here.entry == there.entry == theirs.pk
    assert here.fault != there.fault


def test_a_changed_seal_is_named(sealed, middle, tamper):
    tamper("UPDATE kernel_seal SET leaves = %s WHERE congress_id = %s AND number = 2", "1 0", sealed)
    report = seals.verify(sealed)
    assert report.seal == 2
    assert "2" in report.fault


def test_a_seal_cut_out_of_the_chain_is_missed(sealed, tamper):
    tamper("DELETE FROM kernel_seal WHERE congress_id = %s AND number = 2", sealed)
    assert "2" in seals.verify(sealed).fault


def test_whoever_seals_anew_with_another_key_is_found_out(sealed, tamper, settings):
    """With the database alone in their hands somebody can reckon all hashes anew, but not sign them."""
    settings.JOURNAL_KEY = "11" * 32
    tamper("DELETE FROM kernel_seal WHERE congress_id = %s", sealed)
    seals.seal_waiting()
    assert seals.verify(sealed).fault == ""
    forged = seals.public_key()
    settings.JOURNAL_KEY = ""
    assert seals.verify(sealed).seal == 1
    settings.JOURNAL_KEYS_BEFORE = [forged]
    assert seals.verify(sealed).fault == "", "a key that was the installation's before still counts"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE kernel_entry SET note = 'x'", "DELETE FROM kernel_entry", "UPDATE kernel_seal SET number = 9", "DELETE FROM kernel_seal"],
)
def test_the_database_refuses_to_change_the_journal(sealed, statement):
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert seals.verify(sealed).fault == ""


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_empty_it_too(sealed):
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE kernel_seal")


def test_the_guard_is_set_again_however_often(db):
    guard.install()
    guard.install()


def test_the_command_says_what_holds_and_fails_at_what_does_not(sealed, middle, tamper, capsys):
    call_command("verify_journal")
    assert "a second" in capsys.readouterr().out
    tamper("UPDATE kernel_entry SET note = %s WHERE id = %s", "x", middle.pk)
    with pytest.raises(CommandError, match=str(middle.pk)):
        call_command("verify_journal")


def test_each_congress_has_a_chain_of_its_own(sealed, world):
    assert Seal.objects.get(congress_id=world.other.pk, number=1).previous == ""
    ours = Entry.objects.filter(code="suggestion.submit")
    assert {entry.congress_id for entry in ours} == {world.congress.pk}
