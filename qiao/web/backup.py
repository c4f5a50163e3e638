"""One file that holds an installation: its database, its uploaded files, and a manifest by which all of it can be verified.

The file is a tar archive: ``manifest.json`` last, before it ``database.sqlite3`` or ``database.dump`` (PostgreSQL's custom
format) and ``files/…``. Everything is streamed; nothing is held in memory whole.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from qiao.kernel import clock

MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files/"
PART = 1024 * 1024
EMPTY = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
        EXECUTE 'DROP TABLE ' || one.name || ' CASCADE';
    END LOOP;
    FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql' LOOP
        EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE';
    END LOOP;
END $$"""
"""Makes room on PostgreSQL for what comes back: a table that only a later version has would stand in the way of the next upgrade."""


class BackupError(Exception):
    """What is wrong with an archive, or why it cannot be made or restored here; a sentence for whoever runs the installation."""


def counts() -> dict[str, int]:
    """How many rows each table has; a database of an earlier version lacks some of them."""
    held = set(connection.introspection.table_names())
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models() if model._meta.db_table in held}


def backup(folder: Path) -> Path:
    """Write the installation into a new archive in ``folder``; returns its path. A running installation may go on working."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"qiao-{clock.now():%Y%m%d-%H%M%S}.tar"
    part = target.with_suffix(".part")
    part.touch(mode=0o600)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, tarfile.open(part, "w") as archive:
        dump = Path(scratch) / DATABASE[connection.vendor]
        before = counts()
        _dump(dump)  # what comes or goes meanwhile may be in it or not
        rows = {table: min(number, before.get(table, 0)) for table, number in counts().items()}
        sums = {dump.name: _add(archive, dump, dump.name)}
        root = Path(settings.MEDIA_ROOT)
        for path in sorted(root.rglob("*")) if root.exists() else []:
            if path.is_file():
                name = FILES + path.relative_to(root).as_posix()
                sums[name] = _add(archive, path, name)
        manifest = {
            "made_at": clock.now().isoformat(), "engine": connection.vendor, "migrations": sorted(map(list, applied())),
            "rows": rows, "sums": sums,
        }  # fmt: skip
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    part.replace(target)
    return target


def applied() -> set[tuple[str, str]]:
    """The migrations that the database has."""
    return set(MigrationRecorder(connection).applied_migrations())


def unknown(held: Iterable[tuple[str, str]]) -> list[str]:
    """The migrations among these that this version does not know: what has them is of a later version."""
    return sorted(f"{app} {name}" for app, name in set(held) - MigrationLoader(None).disk_migrations.keys())


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", *_address()])


def _address() -> list[str]:
    """How PostgreSQL's programs reach the database."""
    given = connection.settings_dict
    pairs = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"], "--dbname": given["NAME"]}
    return [f"{name}={value}" for name, value in pairs.items() if value]


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is not installed here: apt-get install postgresql-client")
    password = {"PGPASSWORD": str(connection.settings_dict["PASSWORD"])} if connection.settings_dict["PASSWORD"] else {}
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False, env=dict(os.environ) | password)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip()}")


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Put a file into the archive; its checksum."""
    archive.add(path, name, recursive=False)
    with path.open("rb") as held:
        return _sum(lambda: held.read(PART))


def _sum(read: Callable[[], bytes]) -> str:
    digest = hashlib.sha256()
    while part := read():
        digest.update(part)
    return digest.hexdigest()


def verify(path: Path) -> dict[str, Any]:
    """Read an archive to the end and compare every checksum; returns its manifest. Raises BackupError naming the first fault."""
    try:
        with tarfile.open(path) as archive:
            found = {member.name: _read(archive, member) for member in archive if member.name != MANIFEST}
            held = archive.extractfile(MANIFEST)
            manifest: dict[str, Any] = json.load(held) if held else {}
    except (tarfile.TarError, KeyError, ValueError, OSError) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}") from error
    if missing := manifest["sums"].keys() - found.keys():
        raise BackupError(f"{path} lacks {sorted(missing)[0]}")
    if wrong := [name for name, digest in found.items() if manifest["sums"].get(name) != digest]:
        raise BackupError(f"{path}: {wrong[0]} is not what was written")
    return manifest


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    held = archive.extractfile(member) if member.isreg() else None
    if held is None:
        raise BackupError(f"{member.name} is no ordinary file")
    return _sum(lambda: held.read(PART))


def restore(path: Path, *, force: bool = False) -> dict[str, int]:
    """Bring an archive's installation back, verified before and after; returns the rows of each table.

    Refuses where there is data already, unless told to put the archive in its place.
    """
    manifest = verify(path)
    if manifest["engine"] != connection.vendor:
        raise BackupError(f"the backup is of {manifest['engine']}, this installation uses {connection.vendor}")
    if later := unknown((app, name) for app, name in manifest["migrations"]):
        raise BackupError(f"the backup is of a later version, which has {later[-1]}; put that version in place first")
    if not force and holds_data():
        raise BackupError("there is data here already; with --force the backup takes its place")
    with tarfile.open(path) as archive, tempfile.TemporaryDirectory(dir=settings.DATA) as scratch:
        dump = Path(scratch) / DATABASE[connection.vendor]
        _extract(archive, dump.name, dump)
        _load(dump)
        for name in _files(manifest):
            _extract(archive, name, Path(settings.MEDIA_ROOT) / name.removeprefix(FILES))
    now = counts()
    if wrong := [table for table, rows in manifest["rows"].items() if now.get(table, 0) < rows]:
        raise BackupError(f"restored, but {wrong[0]} has {now.get(wrong[0], 0)} rows instead of {manifest['rows'][wrong[0]]}")
    return now


def holds_data() -> bool:
    """Whether there is an installation here that somebody has begun to use: an area, a congress, an organ or a unit."""
    tables = set(connection.introspection.table_names())
    return any(model._meta.db_table in tables and model._base_manager.exists() for model in apps.get_app_config("orgs").get_models())


def _files(manifest: dict[str, Any]) -> Iterator[str]:
    """The uploaded files of a backup; a name that would leave the folder is refused."""
    for name in manifest["sums"]:
        if name.startswith(FILES):
            if ".." in Path(name).parts:
                raise BackupError(f"{name} leads out of the folder")
            yield name


def _extract(archive: tarfile.TarFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    held = archive.extractfile(name)
    if held is None:
        raise BackupError(f"{name} is no ordinary file")
    with target.open("wb") as written:
        shutil.copyfileobj(held, written, PART)
    target.chmod(0o600)


def _load(dump: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        with sqlite3.connect(dump) as held:
            said = held.execute("PRAGMA integrity_check").fetchone()[0]
        held.close()
        if said != "ok":
            raise BackupError(f"the database in the backup is damaged: {said}")
        for rest in ("-wal", "-shm"):
            Path(name + rest).unlink(missing_ok=True)
        shutil.move(dump, name)
        return
    script = dump.with_suffix(".sql")
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    _run(
        [
            "psql",
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--command={EMPTY}",
            f"--file={script}",
            *_address(),
        ]
    )
