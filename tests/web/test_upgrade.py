"""From an older version to this one: every row is still there, what changed its meaning has been carried over, and one can go back."""

import contextlib
import datetime as dt
import io
import os
import shutil
import subprocess
from types import SimpleNamespace

import pytest
from django.apps import apps as present
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend
from django.test import override_settings

from qiao.kernel import clock, keys, protected
from qiao.kernel.models import Beat
from qiao.rulebook.queries import forget_calendar
from qiao.web import health, upgrading
from qiao.web.backup import BackupError, applied, backup, counts, restore, verify
from tests.orgs import factories as places

KEY = "aes:" + "1f" * 32
OLD = [
    ("accounts", "0003_doors"), ("imports", "0002_rows"), ("matters", "0003_running_clocks"), ("rulebook", "0002_provision_withdrawn"),
    ("search", "0001_initial"), ("notices", "0001_initial"), ("contenttypes", "0002_remove_content_type_name"), ("sessions", "0001_initial"), ("kernel", "0001_initial"),
]  # fmt: skip
"""Before the first migration that carries anything over; what is not named here does not exist at all yet."""
DAY, LATER, MOMENT = dt.date(2026, 3, 2), dt.date(2026, 3, 9), dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
PEOPLE = 501
"""One more than a chunk of the migrations that encrypt."""
GROWN = {"rulebook_provision", "rulebook_calendaryear", "rulebook_calendarday", "accounts_role", "kernel_entry", "django_content_type"}
"""Where an upgrade itself adds rows: two rules of one, tables of days off, roles, the journal of both, kinds of objects."""


class Old:
    """Rows of the older version: what is not said is filled in with anything fit."""

    def __init__(self, apps):
        self.apps, self.rows, self.number = apps, {}, 0

    def make(self, label, **given):
        """One more row."""
        model = self.apps.get_model(label)
        facts = {field.name: self.value(field) for field in model._meta.concrete_fields if field.name not in given and self.must(field)}
        self.rows[label.lower()] = row = model._base_manager.create(**(facts | given))
        return row

    def one(self, label):
        """Some row of the kind."""
        return self.rows.get(label.lower()) or self.make(label)

    @staticmethod
    def must(field):
        return not (field.primary_key or field.null or field.has_default() or (field.blank and isinstance(field, models.CharField)))

    def value(self, field):
        self.number += 1
        if field.is_relation:
            return self.one(field.related_model._meta.label)
        kinds = [
            (models.DateTimeField, MOMENT), (models.DateField, DAY), (models.IntegerField, field.choices[0][0] if field.choices else self.number),
            (models.JSONField, {}), (models.BinaryField, b"x"), (models.BooleanField, False), (models.UUIDField, None),
        ]  # fmt: skip
        fit = field.choices[0][0] if field.choices else f"x{self.number}"[: field.max_length or None]
        return next((value for kind, value in kinds if isinstance(field, kind)), fit)

    def fill(self):
        """What the migrations carry over, and a row in every other table."""
        unit = self.make("orgs.Unit")
        district = self.make("congress.District", seats=2)
        self.make("congress.Mandate", district=district)
        signer, leader = (self.make("accounts.Role", code=code, grants=["suggestion.sign_off"]) for code in ("unit_signer", "leader"))
        kind = self.apps.get_model("contenttypes.ContentType").objects.create(app_label="accounts", model="role")
        self.make(
            "kernel.Entry", code="role.seed", kind=kind, pk_of=signer.pk, trail=f"role:{signer.pk}", changes={"grants": [None, ["suggestion.sign_off"]]}
        )  # fmt: skip
        self.make("accounts.Post", role=signer, unit=unit)
        self.make("accounts.Post", role=leader, unit=None)
        person = self.apps.get_model("accounts.Person")
        person.objects.bulk_create([person(name=f"人{n}", phone=f"1380000{n:04}" if n % 2 else "") for n in range(PEOPLE)])
        self.make("imports.ImportRow", cells={"name": "张桥生"})
        shown = self.make("matters.Suggestion", publicity="full", published_at=MOMENT)
        issued = self.make(
            "matters.Reply", assignment=self.make("matters.Assignment", suggestion=shown), state="issued", issued_at=MOMENT, signed_by=self.one("accounts.User"),
            text="已办", result="A",
        )  # fmt: skip
        self.make("matters.Reply", assignment=self.make("matters.Assignment", suggestion=self.make("matters.Suggestion")), state="draft")
        self.make("matters.Evaluation", reply=issued, at=MOMENT)
        for _time in range(2):
            self.make("matters.Clock", kind="assist", assignment=issued.assignment, suggestion=shown)
        self.make("rulebook.Provision", key="publish_policy", value="must", valid_from=DAY, valid_to=LATER)
        self.make("rulebook.Provision", key="publish_policy", value="may_with_consent", valid_from=LATER)
        for model in self.apps.get_models():
            if model.__module__ == "__fake__" and model._meta.managed:
                self.one(model._meta.label)


def read(label, *names, **among):
    return list(present.get_model(label).objects.filter(**among).order_by("pk").values_list(*names))


CASES = {
    "whoever signed replies is a responsible head": (
        lambda: read("accounts.Post", "role__code", "rank"), [("unit_signer", "head"), ("leader", "")]
    ),
    "telephones are encrypted, and are the same": (
        lambda: [(row.phone.token.startswith(keys.MARK), row.phone.plain) for row in present.get_model("accounts.Person").objects.filter(name__in=["人7", "人8", "人499"]).order_by("pk")],
        [(True, "13800000007"), (False, ""), (True, "13800000499")],
    ),
    "each telephone has its fingerprint": (lambda: present.get_model("accounts.Person").objects.exclude(phone_hash="").count(), PEOPLE // 2),
    "rows of imports are encrypted, and say the same": (
        lambda: [(row.cells, protected.prefixes(row._meta.get_field("cells"))) for row in present.get_model("imports.ImportRow").objects.all()],
        [({"name": "张桥生"}, {keys.parsed(KEY).prefix})],
    ),
    "evaluations from before there were seals are open": (lambda: read("matters.Evaluation", "opened_at"), [(MOMENT,)]),
    "the public goes on reading what it read": (
        lambda: read("matters.Reply", "state", "published_at", "secrecy_checked_at"), [("issued", MOMENT, MOMENT), ("draft", None, None)]
    ),
    "a reply's signer is whoever checked it": (
        lambda: [reply.secrecy_checked_by == reply.signed_by for reply in present.get_model("matters.Reply").objects.filter(state="issued")], [True]
    ),
    "the second time for an opinion is time to give it again": (
        lambda: read("matters.Clock", "kind"), [("assist",), ("redo",)]
    ),
    "one rule on publication is one for each part": (
        lambda: sorted(read("rulebook.Provision", "key", "value", "valid_from", key__startswith="publish")),
        [(f"publish_policy_{part}", value, day) for part in ("reply", "suggestion") for value, day in [("may", LATER), ("must", DAY)]],
    ),
    "a role gets what is new, one that people have made does not": (
        lambda: [(code, sorted(grants)) for code, grants in read("accounts.Role", "code", "grants", code__in=["unit_signer", "leader"])],
        [("unit_signer", ["suggestion.receive", "suggestion.sign_off"]), ("leader", ["suggestion.sign_off"])],
    ),
    "roles that are new are there": (lambda: read("accounts.Role", "code", code="gov_office"), [("gov_office",)]),
}  # fmt: skip
"""For each migration that carries rows over: what is read afterwards, and what must be said."""


@contextlib.contextmanager
def elsewhere(folder):
    """A database of its own in the place of the tests'."""
    own = connections["default"]
    config = {**own.settings_dict, "OPTIONS": {name: value for name, value in own.settings_dict["OPTIONS"].items() if name != "pool"}}
    config["NAME"] = str(folder / "old.sqlite3") if own.vendor == "sqlite" else f"{config['NAME']}_old"
    if own.vendor == "postgresql":
        with own._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {config['NAME']}")
            cursor.execute(f"CREATE DATABASE {config['NAME']} TEMPLATE template0")
    connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config, "default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connections["default"] = own
        ContentType.objects.clear_cache()
        forget_calendar()
        if own.vendor == "postgresql":
            with own._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {config['NAME']}")


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """An installation of the older version, upgraded and brought back; what was seen on the way."""
    folder = tmp_path_factory.mktemp("upgrade")
    own = {"DATA": folder, "MEDIA_ROOT": folder / "files", "STATIC_ROOT": folder / "static", "FIELD_KEYS": [KEY]}
    seen, said = SimpleNamespace(folder=folder), io.StringIO()
    with django_db_blocker.unblock(), override_settings(**own), elsewhere(folder), pytest.MonkeyPatch.context() as patch:
        patch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # of the browser's driver
        executor = MigrationExecutor(connection)
        executor.migrate(OLD)
        Old(MigrationExecutor(connection).loader.project_state(OLD).apps).fill()
        (folder / "files").mkdir()
        (folder / "files" / "a").write_bytes(b"kept")
        seen.before, seen.held = counts(), applied()
        call_command("upgrade", str(folder / "backups"), stdout=said)
        (seen.archive,) = (folder / "backups").glob("qiao-*.tar")
        seen.after, seen.found = counts(), {name: look() for name, (look, _right) in CASES.items()}
        seen.said, seen.manifest = said.getvalue(), verify(seen.archive)
        (folder / "files" / "a").unlink()
        restore(seen.archive, force=True)
        seen.again, seen.held_again = counts(), applied()
    return seen


def test_every_row_of_every_table_is_still_there(story):
    assert all(story.before.values())
    assert {table: rows for table, rows in story.before.items() if table not in GROWN} == {
        table: story.after[table] for table in story.before if table not in GROWN
    }


@pytest.mark.parametrize("name", CASES)
def test_what_the_migrations_carry_over(story, name):
    assert story.found[name] == CASES[name][1]


def test_the_backup_is_of_the_older_version_and_the_way_back_is_said(story):
    assert story.manifest["rows"] == story.before
    assert f"bin/restore {story.archive} --force" in story.said
    assert "all is well" in story.said
    assert story.said.index("verified") < story.said.index("· tables")


def test_going_back_leaves_nothing_of_the_later_version(story):
    assert (story.again, story.held_again) == (story.before, story.held)
    assert (story.folder / "files" / "a").read_bytes() == b"kept"


# --- what is refused before anything is touched -------------------------------------------------------------------------------


@pytest.fixture
def ready(db, settings, tmp_path, monkeypatch):
    """An installation that may be upgraded, and the folder for its backup."""
    settings.MEDIA_ROOT, settings.FIELD_KEYS = tmp_path / "files", [KEY]
    present.get_model("accounts.Person").objects.create(name="张桥生", phone="13800000007")
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # of the browser's driver
    folder = tmp_path / "backups"
    assert upgrading.obstacles(folder) == []
    return folder


def refusal(folder):
    """What the command says when it refuses; no backup is made."""
    with pytest.raises(CommandError) as refused:
        call_command("upgrade", str(folder), stdout=io.StringIO())
    assert not list(folder.glob("*.tar"))
    return str(refused.value)


def test_it_is_refused_without_the_key_of_personal_data(ready, settings):
    settings.FIELD_KEYS = []
    assert "QIAO_FIELD_KEYS is not set" in refusal(ready)
    settings.FIELD_KEYS = ["aes:" + "2e" * 32]
    said = refusal(ready)
    assert f"accounts.person.phone holds values of the key {keys.parsed(KEY).name}" in said
    assert "Nothing was changed." in said


def test_it_is_refused_over_a_later_version(ready):
    MigrationRecorder(connection).record_applied("matters", "9999_to_come")
    assert "of a later version, which has matters 9999_to_come" in refusal(ready)


def test_upgrading_nothing_and_installing_over_something_are_refused(ready, monkeypatch):
    assert upgrading.obstacles(None) == []  # an installation that stopped half way is begun again
    places.congress()
    with pytest.raises(CommandError, match="an installation here already"):
        call_command("upgrade", "--new")
    monkeypatch.setattr("qiao.web.backup.applied", set)
    assert "nothing to upgrade" in refusal(ready)


def test_it_is_refused_while_a_worker_writes(ready):
    Beat.objects.create(worker="one", queues="default")
    assert "Stop qiao-web and qiao-worker" in refusal(ready)
    Beat.objects.update(at=clock.now() - dt.timedelta(hours=1))
    assert upgrading.obstacles(ready) == []


def test_it_is_refused_where_a_backup_has_no_good_place(ready, settings, monkeypatch):
    assert "Choose another place" in refusal(settings.MEDIA_ROOT / "backups")
    (ready.parent / "taken").write_text("a file")
    assert "no place for a backup" in refusal(ready.parent / "taken")
    monkeypatch.setattr("shutil.disk_usage", lambda _at: SimpleNamespace(free=1024))
    assert "there is less room" in refusal(ready)


# --- what stops half way ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_way_back_stays_the_first_backup_until_all_has_succeeded(ready, settings, monkeypatch, tmp_path):
    settings.DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"

    def tried(day):
        """The way back that is said by a try on a day, and the backup made then."""
        said = io.StringIO()
        with clock.pretend(MOMENT.replace(day=day)), contextlib.suppress(CommandError):
            call_command("upgrade", str(ready), stdout=said, stderr=said)
        made = max(ready.glob("*.tar"))
        return (tmp_path / "upgrading").read_text().strip() if (tmp_path / "upgrading").exists() else "", str(made), said.getvalue()

    with monkeypatch.context() as patch:
        patch.setattr(upgrading, "faults", lambda: ["disk: nearly full"])
        mark, first, _said = tried(2)
        assert mark == first
        mark, second, _said = tried(3)
        assert mark == first < second
    mark, third, said = tried(4)
    assert mark == ""
    assert f"bin/restore {first} --force ({third} is of the upgrade half done)" in said
    _mark, fourth, said = tried(5)
    assert said.endswith(f"bin/restore {fourth} --force\n")


def test_who_goes_back_and_tries_again_has_a_new_way_back(ready, settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    first, second = tmp_path / "1.tar", tmp_path / "2.tar"
    first.touch(), second.touch()
    assert (upgrading.begun(first), upgrading.begun(second)) == (first, first)
    monkeypatch.setattr("qiao.web.management.commands.restore.restore", lambda _path, force: {})
    call_command("restore", str(first), "--force", stdout=io.StringIO())
    assert upgrading.begun(second) == second


def test_work_that_nobody_takes_up_while_the_workers_stand_still_is_no_fault(ready, monkeypatch):
    monkeypatch.setattr(health, "work", lambda: "not taken up")
    monkeypatch.setitem(health.PARTS, "work", health.work)
    assert upgrading.faults() == []


def test_packages_fetched_half_are_not_taken_for_whole(tmp_path, settings):
    for folder in ("bin", "requirements", ".venv/bin", "own"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(settings.ROOT / "bin" / "_setup", tmp_path / "bin")
    (tmp_path / "bin" / "packages").write_text('. "$(dirname "$0")/_setup"\npackages app\n')
    (tmp_path / "requirements" / "app.lock").write_text("new")
    (tmp_path / ".venv" / ".synced").write_text("app old")
    for program in (tmp_path / "own" / "uv", tmp_path / ".venv" / "bin" / "python"):
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o700)
    own = {**os.environ, "PATH": f"{tmp_path}/own:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh", "bin/packages"], cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
    assert "installing the locked packages (app)" in done.stdout
    assert done.returncode == 1
    assert not (tmp_path / ".venv" / ".synced").exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_a_later_version_is_not_restored(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    MigrationRecorder(connection).record_applied("matters", "9999_to_come")
    path = backup(tmp_path)
    MigrationRecorder(connection).record_unapplied("matters", "9999_to_come")
    with pytest.raises(BackupError, match="of a later version, which has matters 9999_to_come"):
        restore(path, force=True)
