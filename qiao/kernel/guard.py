"""The database itself refuses to change the journal: triggers on entries and seals, on both databases.

They are set after every migration and not by one, because SQLite drops them with the table whenever a column changes.
"""

from typing import Any

from django.db import connections

TABLES = ("kernel_entry", "kernel_seal")
REFUSAL = "The journal is only added to."

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""


def statements(vendor: str) -> list[str]:
    """What sets the triggers; may be repeated."""
    if vendor == "postgresql":
        return [POSTGRESQL] + [
            f"CREATE OR REPLACE TRIGGER {table}_{name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION journal_refuses()"
            for table in TABLES
            for name, what, each in (("kept", "UPDATE OR DELETE", "ROW"), ("not_emptied", "TRUNCATE", "STATEMENT"))
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for what in ("UPDATE", "DELETE")
    ]


def lifted(vendor: str) -> list[str]:
    """What takes the triggers away: for emptying a database of tests, and for nothing in the product."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for table in TABLES for name in ("kept", "not_emptied")]
    return [f"DROP TRIGGER IF EXISTS {table}_{what}" for table in TABLES for what in ("update", "delete")]


def install(using: str = "default", **signal: Any) -> None:
    """Set the triggers if the tables are there."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            for statement in statements(connection.vendor):
                cursor.execute(statement)
