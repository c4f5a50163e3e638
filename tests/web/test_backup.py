"""An installation in one file: whole, verified, and brought back elsewhere with one command."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile

import pytest
from django.conf import settings
from django.db import connection

from qiao.accounts.models import Person
from qiao.kernel.models import Beat
from qiao.web import backup as backups
from qiao.web.backup import BackupError, backup, counts, verify

pytestmark = pytest.mark.django_db(transaction=True)  # a database in the middle of a transaction cannot be copied


@pytest.fixture
def world(own_world):
    """Some of these tests commit."""
    return own_world


@pytest.fixture
def archive(world, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "回函.pdf").write_bytes(b"%PDF-1.7 words")
    world.closed()
    return backup(tmp_path / "backups")


def restore(path, folder, *more):
    """In a process of its own, as an installation elsewhere would."""
    (folder / "new").mkdir(exist_ok=True)
    data = str(folder / "new")
    own = {"QIAO_DATA": data, "QIAO_DATABASE": f"sqlite:///{data}/qiao.sqlite3", "QIAO_SECRET_KEY": "x", "QIAO_HTTPS": "0"}
    own["DJANGO_SETTINGS_MODULE"] = "qiao.config.settings"
    command = [sys.executable, str(settings.ROOT / "manage.py"), "restore", str(path), *more]
    return subprocess.run(command, timeout=60, env={**os.environ, **own}, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.skipif(connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="pg_dump is not installed")
def test_a_backup_is_whole_and_says_what_it_holds(archive):
    manifest = verify(archive)
    assert manifest["rows"] == counts()
    assert "files/2026/回函.pdf" in manifest["sums"]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="restores into a file of its own")
def test_it_is_brought_back_in_an_empty_place_with_its_rows_and_files_and_not_over_data(archive, tmp_path):
    done = restore(archive, tmp_path)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "new" / "qiao.sqlite3") as held:
        assert held.execute("SELECT COUNT(*) FROM matters_suggestion WHERE state = 'closed'").fetchone() == (1,)
    assert (tmp_path / "new" / "files" / "2026" / "回函.pdf").read_bytes() == b"%PDF-1.7 words"
    again = restore(archive, tmp_path)
    assert again.returncode != 0
    assert "--force" in again.stderr
    assert restore(archive, tmp_path, "--force").returncode == 0


@pytest.mark.skipif(connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="pg_dump is not installed")
def test_rows_that_come_or_go_while_it_is_made_are_not_promised(world, tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    dump = backups._dump
    before = counts()["kernel_beat"], counts()["accounts_person"]
    Beat.objects.create(worker="one", queues="default")

    def slowly(target):
        dump(target)
        Beat.objects.all().delete()
        Person.objects.create(name="新人")

    monkeypatch.setattr(backups, "_dump", slowly)
    rows = verify(backup(tmp_path / "backups"))["rows"]
    assert (rows["kernel_beat"], rows["accounts_person"]) == before


def test_a_damaged_backup_is_refused_naming_what_is_damaged(archive, tmp_path):
    content = archive.read_bytes()
    archive.write_bytes(content.replace(b"%PDF-1.7 words", b"%PDF-1.7 wards"))
    with pytest.raises(BackupError, match="回函.pdf is not what was written"):
        verify(archive)


def test_a_file_that_is_no_backup_is_refused(tmp_path):
    (tmp_path / "a.tar").write_bytes(b"words")
    with pytest.raises(BackupError, match="cannot be read as a backup"):
        verify(tmp_path / "a.tar")
    with tarfile.open(tmp_path / "b.tar", "w") as other:
        other.add(__file__, "something")
    with pytest.raises(BackupError):
        verify(tmp_path / "b.tar")
