"""Telephones written before there was encryption are encrypted; going back writes them in plain again. Chunk by chunk, each its own transaction."""

from django.db import migrations, transaction
from django.db.models import TextField, Value

CHUNK = 500


def chunks(Person):
    """The people with a telephone, some at a time."""
    last = 0
    while rows := list(Person.objects.filter(pk__gt=last).exclude(phone="").order_by("pk").only("pk", "phone", "phone_hash")[:CHUNK]):
        yield rows
        last = rows[-1].pk


def encrypt(apps, schema_editor):
    """Saving encrypts, and keeps the fingerprint."""
    Person = apps.get_model("accounts", "Person")
    for rows in chunks(Person):
        for person in rows:
            person.phone = person.phone.plain
        with transaction.atomic():
            Person.objects.bulk_update(rows, ["phone", "phone_hash"])


def decrypt(apps, schema_editor):
    """As it lay there before."""
    Person = apps.get_model("accounts", "Person")
    for rows in chunks(Person):
        with transaction.atomic():
            for person in rows:
                Person.objects.filter(pk=person.pk).update(phone=Value(person.phone.plain, output_field=TextField()), phone_hash="")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0004_protected")]

    operations = [migrations.RunPython(encrypt, decrypt)]
