"""Undoing the migrations that encrypt writes in plain again, chunk by chunk; ``tests/web/test_upgrade.py`` has the way there."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from qiao.accounts.models import Person
from qiao.kernel import keys

phones = import_module("qiao.accounts.migrations.0005_encrypt_phones")


def lying(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608
        return [str(row[0]) for row in cursor.fetchall()]


@pytest.mark.django_db
def test_telephones_come_back_in_plain_and_are_encrypted_again():
    plain = [f"1380000{n:04}" if n % 2 else "" for n in range(1200)]
    Person.objects.bulk_create([Person(name=f"人{n}", phone=phone) for n, phone in enumerate(plain)])
    assert all(text.startswith(keys.MARK) for text in lying("accounts_person", "phone") if text)
    phones.decrypt(apps, None)
    assert lying("accounts_person", "phone") == plain
    phones.encrypt(apps, None)
    assert [text.startswith(keys.MARK) for text in lying("accounts_person", "phone")] == [bool(text) for text in plain]
    assert Person.objects.get(name="人7").phone.plain == "13800000007"
    assert Person.objects.exclude(phone_hash="").count() == 600
