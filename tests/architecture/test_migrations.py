"""Migrations are complete, in one line, and stand on their own."""

import ast
from collections import defaultdict
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .sources import imported, migrations, name_of, text, tree

KEPT = {
    "qiao.kernel.clock.now": "the default of a moment; Django writes its name by itself, so the name stays",
    "qiao.orgs.codes.check_credit_code": "the validator of a column; Django writes its name by itself, so the name stays",
    "qiao.kernel.protected.ProtectedField": "the kind of a column; Django writes its name by itself, so the name stays",
    "qiao.kernel.protected.FingerprintField": "the kind of a column; Django writes its name by itself, so the name stays",
    "qiao.kernel.protected.ProtectedJSONField": "the kind of a column; Django writes its name by itself, so the name stays",
    "qiao.files.models.place": "where an uploaded file lies; Django writes its name by itself, so the name stays",
}
"""The names of ours that a migration may say: what Django writes for a field's default, never a model or an operation."""


def test_migrations_are_complete(db):
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        raise AssertionError(said.getvalue()) from None


def dotted(node):
    """A name with its dots, as written."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_migrations_import_nothing_of_ours():
    modules = {name.rpartition(".")[0] for name in KEPT}
    taken = [(name_of(path), name) for path in migrations() for _line, name in imported(tree(path)) if name.partition(".")[0] == "qiao"]
    assert [f"{where} {name}" for where, name in taken if name not in modules] == []
    said = {dotted(node) for path in migrations() for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    used = {name for name in said if name.startswith("qiao.") and not any(other.startswith(f"{name}.") for other in said)}
    assert used == set(KEPT)


def test_each_app_has_one_line_of_migrations(db):
    leaves = MigrationLoader(connection).graph.leaf_nodes()
    by_app = defaultdict(list)
    for app, name in leaves:
        by_app[app].append(name)
    assert {app: names for app, names in by_app.items() if len(names) > 1} == {}


def test_what_a_migration_does_it_can_undo():
    one_way = [
        name_of(path) for path in migrations()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) in {"migrations.RunPython", "migrations.RunSQL"}
        and len(node.args) < 2 and not {"reverse_code", "reverse_sql"} & {keyword.arg for keyword in node.keywords}
    ]  # fmt: skip
    assert one_way == []


def test_every_folder_of_migrations_is_a_package():
    assert migrations()
    assert all((path.parent / "__init__.py").exists() and text(path) for path in migrations())
