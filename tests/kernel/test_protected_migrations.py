"""What lay in plain before is encrypted by the migrations, and comes back in plain when they are undone."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qiao.kernel import keys

BEFORE = [("accounts", "0003_doors"), ("imports", "0002_rows")]
AFTER = [("accounts", "0005_encrypt_phones"), ("imports", "0004_encrypt_rows")]


def go(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


def lying(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608
        return [str(row[0]) for row in cursor.fetchall()]


@pytest.fixture
def _forward_again(transactional_db):
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.usefixtures("_forward_again")
def test_telephones_and_rows_are_encrypted_and_back():
    old = go(BEFORE)
    people = [old.get_model("accounts", "Person")(name=f"人{n}", phone=f"1380000{n:04}" if n % 2 else "") for n in range(1200)]
    old.get_model("accounts", "Person").objects.bulk_create(people)
    new = go(AFTER)
    held = lying("accounts_person", "phone")
    assert [text.startswith(keys.MARK) for text in held] == [bool(n % 2) for n in range(1200)]
    assert new.get_model("accounts", "Person").objects.get(name="人7").phone.plain == "13800000007"
    assert new.get_model("accounts", "Person").objects.exclude(phone_hash="").count() == 600
    go(BEFORE)
    assert lying("accounts_person", "phone") == [person.phone for person in people]
