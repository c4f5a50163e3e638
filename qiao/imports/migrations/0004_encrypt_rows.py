"""What rows say is encrypted; going back writes it in plain again. Chunk by chunk, each its own transaction."""

import json

from django.db import migrations, transaction
from django.db.models import TextField, Value

CHUNK = 500
COLUMNS = ["cells", "changes", "problems", "made"]


def chunks(ImportRow):
    """All rows, some at a time."""
    last = 0
    while rows := list(ImportRow.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield rows
        last = rows[-1].pk


def encrypt(apps, schema_editor):
    """Writing encrypts."""
    ImportRow = apps.get_model("imports", "ImportRow")
    for rows in chunks(ImportRow):
        with transaction.atomic():
            ImportRow.objects.bulk_update(rows, COLUMNS)


def decrypt(apps, schema_editor):
    """As JSON again."""
    ImportRow = apps.get_model("imports", "ImportRow")
    for rows in chunks(ImportRow):
        with transaction.atomic():
            for row in rows:
                plain = {name: Value(json.dumps(getattr(row, name)), output_field=TextField()) for name in COLUMNS}
                ImportRow.objects.filter(pk=row.pk).update(**plain)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("imports", "0003_rows_encrypted")]

    operations = [migrations.RunPython(encrypt, decrypt)]
