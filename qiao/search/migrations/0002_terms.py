"""The terms of the documents: a table of FTS5 on SQLite, a column with GIN on PostgreSQL."""

from django.db import migrations

MAKE = {
    "sqlite": ["""CREATE VIRTUAL TABLE search_terms USING fts5 (terms, columnsize = 0, tokenize = "ascii tokenchars '@._-'")"""],
    "postgresql": [
        "ALTER TABLE search_document ADD COLUMN terms tsvector",
        "CREATE INDEX search_document_terms ON search_document USING gin (terms) WITH (gin_pending_list_limit = 512)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE search_terms"],
    "postgresql": ["ALTER TABLE search_document DROP COLUMN terms"],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
