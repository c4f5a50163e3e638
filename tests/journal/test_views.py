"""Who reads the journal, how it is narrowed, verified and taken away."""

import json
import subprocess
import sys

import pytest
from django.urls import reverse

from qiao.announcements import operations as announcements
from qiao.kernel import seals
from qiao.kernel.journal import MASK
from qiao.kernel.models import INSTALLATION, Entry
from qiao.matters import operations
from tests.architecture.sources import ROOT
from tests.world import TEXT


def page(client, query=""):
    return client.get(f"/journal/{query}").content.decode()


def numbers(client, query=""):
    return [line["entry"].pk for line in client.get(f"/journal/{query}").context["lines"]]


def test_an_auditor_reads_the_own_congress_and_no_other(login, world):
    world.submitted()
    client = login("auditor")
    shown = Entry.objects.filter(pk__in=numbers(client))
    assert {entry.congress_id for entry in shown} == {world.congress.pk}
    foreign = Entry.objects.filter(congress_id=world.other.pk).first()
    assert client.get(reverse("journal:entry", args=[foreign.pk])).status_code == 404


def test_a_change_of_several_values_at_once_is_told_in_words(login, world):
    announcements.write(
        world.congress,
        actor=world.actors["clerk"],
        audience="units",
        picks=[world.unit.pk],
        title="关于召开座谈会的通知",
        text="周三九时。",
    )
    written = Entry.objects.get(code="announcement.write")
    assert any(isinstance(after, list) for _before, after in written.changes.values())
    assert login("auditor").get(reverse("journal:entry", args=[written.pk])).status_code == 200


def test_the_audit_administrator_sees_who_did_what_elsewhere_but_not_what_it_says(login, world):
    there, here = (
        operations.draft(c, actor=world.actors[role], **TEXT) for c, role in ((world.other, "other_deputy"), (world.congress, "deputy"))
    )
    entry = Entry.objects.get(trail=f"suggestion:{there.pk}")
    said = login("auditadmin").get(reverse("journal:entry", args=[entry.pk])).content.decode()
    assert TEXT["title"] not in said
    assert entry.user.person.name in said
    own = Entry.objects.get(trail=f"suggestion:{here.pk}")
    assert TEXT["title"] in login("auditadmin").get(reverse("journal:entry", args=[own.pk])).content.decode()


@pytest.mark.parametrize("role", ["clerk", "deputy", "sysadmin", "leader"])
def test_nobody_else_reads_it(login, world, role):
    client = login(role)
    assert client.get("/journal/").status_code == 403
    assert client.get("/journal/export/").status_code == 403
    assert client.post("/journal/verify/", {"journal": world.congress.pk}).status_code == 403
    assert client.get(reverse("journal:entry", args=[Entry.objects.latest("pk").pk])).status_code == 404


def test_it_is_narrowed_by_person_deed_day_and_object(login, world):
    s = world.submitted()
    client = login("auditor")
    wanted = Entry.objects.get(code="suggestion.submit")
    assert numbers(client, "?code=suggestion.submit") == [wanted.pk]
    assert set(numbers(client, f"?trail=suggestion:{s.pk}")) == set(
        Entry.objects.filter(trail=f"suggestion:{s.pk}").values_list("pk", flat=True)
    )
    assert wanted.pk in numbers(client, "?person=deputy")
    assert numbers(client, "?person=deputy2") == []
    assert numbers(client, "?until=2020-01-01") == []
    assert wanted.pk in numbers(client, "?since=2020-01-01")
    assert numbers(client, "?person=nobody") == []


def test_a_period_that_ends_before_it_begins_is_said_to(login):
    assert "errors" not in page(login("auditor"))
    form = login("auditor").get("/journal/?since=2026-02-01&until=2026-01-01").context["shown"].form
    assert form.errors


def test_a_line_says_whether_it_is_sealed(login, world):
    client = login("auditor")
    assert not any(line["sealed"] for line in client.get("/journal/").context["lines"])
    seals.seal_waiting()
    assert all(line["sealed"] for line in client.get("/journal/").context["lines"])


def test_a_masked_column_is_not_shown(login, world):
    entry = (
        next(e for e in Entry.objects.filter(code="suggestion.draft") or [None] if e)
        if Entry.objects.filter(code="suggestion.draft").exists()
        else None
    )
    s = world.draft()
    entry = entry or Entry.objects.get(trail=f"suggestion:{s.pk}", code="suggestion.draft")
    said = login("auditor").get(reverse("journal:entry", args=[entry.pk])).content.decode()
    assert MASK not in said
    assert "摸黑回家" not in said


def test_a_long_list_asks_no_more_than_a_short_one(login, world, django_assert_max_num_queries):
    client = login("auditadmin")
    page(client)
    with django_assert_max_num_queries(12):
        page(client)


# --- verifying ----------------------------------------------------------------------------------------------------------------


def test_an_auditor_has_it_verified_and_reads_the_answer(login, world, django_capture_on_commit_callbacks):
    seals.seal_waiting()
    client = login("auditor")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/journal/verify/", {"journal": world.congress.pk})
    said = client.get(answer.url).content.decode()
    held = Entry.objects.filter(congress_id=world.congress.pk).count() - 1  # that it was verified is an entry too
    assert str(held) in said
    assert Entry.objects.latest("pk").code == "journal.verify"


def test_only_ones_own_journal(login, world):
    assert login("auditor").post("/journal/verify/", {"journal": world.other.pk}).status_code == 403
    assert login("auditor").post("/journal/verify/", {"journal": INSTALLATION}).status_code == 403


# --- taking away --------------------------------------------------------------------------------------------------------------


def taken(client, number, kind="jsonl", **more):
    given = {"journal": number, "since": "2020-01-01", "until": "2099-01-01", "kind": kind, "reason": "年度审计", **more}
    return client.post("/journal/export/", given)


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def checked(tmp_path):
    """The script for outsiders, run as they run it."""

    def go(content, *key):
        path = tmp_path / "journal.jsonl"
        path.write_bytes(content)
        command = [sys.executable, str(ROOT / "docs/verify_journal.py"), str(path), *key]
        return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    return go


def test_an_outsider_can_check_the_file_with_the_script(login, world, checked):
    world.submitted()
    seals.seal_waiting()
    content = body(taken(login("auditor"), world.congress.pk))
    done = checked(content, seals.public_key())
    assert done.returncode == 0, done.stderr
    assert f"{Entry.objects.filter(congress_id=world.congress.pk).count()} entries (1 not sealed yet)" in done.stdout


@pytest.mark.parametrize("change", ["entry", "end", "key"])
def test_the_script_finds_what_was_changed(login, world, checked, change):
    world.submitted()
    seals.seal_waiting()
    lines = body(taken(login("auditor"), world.congress.pk)).decode().splitlines(keepends=True)
    key = seals.public_key()
    if change == "entry":
        at = next(n for n, line in enumerate(lines) if '"suggestion.submit"' in line)
        lines[at] = lines[at].replace('"web"', '"api"')
    elif change == "end":
        del lines[-2]
    else:
        key = "22" * 32
    assert checked("".join(lines).encode(), key).returncode != 0


def test_that_it_was_taken_away_and_why_is_an_entry(login, world):
    body(taken(login("auditor"), world.congress.pk))
    entry = Entry.objects.latest("pk")
    assert (entry.code, entry.note, entry.congress_id) == ("journal.export", "年度审计", world.congress.pk)


@pytest.mark.parametrize("missing", ["reason", "since", "journal"])
def test_without_a_reason_or_a_period_nothing_is_taken(login, world, missing):
    before = Entry.objects.count()
    answer = taken(login("auditor"), world.congress.pk, **{missing: ""})
    assert answer.status_code == 422
    assert Entry.objects.count() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_for_reading_has_a_line_for_each_entry(login, world, kind):
    content = body(taken(login("auditor"), world.congress.pk, kind))
    assert (
        content[:2] == b"PK"
        if kind == "xlsx"
        else len(content.decode().splitlines()) == Entry.objects.filter(congress_id=world.congress.pk).count() + 1
    )


def test_the_installations_own_journal_is_its_overseers(login, world):
    seals.seal_waiting()
    assert taken(login("auditor"), INSTALLATION).status_code == 422
    first = json.loads(body(taken(login("auditadmin"), INSTALLATION)).splitlines()[0])
    assert first["congress"] == INSTALLATION
