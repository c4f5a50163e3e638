"""Nobody writes but operations and the kernel."""

import ast

from .sources import QIAO, name_of, python_files, tree

SAVES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
WRITES = SAVES | {f"a{name}" for name in SAVES}
ROWS = {"objects", "filter", "exclude", "all", "visible_to", "select_for_update", "order_by", "distinct", "annotate"}
SQL = {"execute", "executemany"}
DERIVED = {
    ("qiao/files/checks/pictures.py", "save"): "Pillow writes the picture anew, into memory",
    ("qiao/matters/letters/docx.py", "save"): "python-docx writes the letter, into memory",
    ("qiao/matters/letters/sheet_docx.py", "save"): "python-docx and segno write the form, into memory",
    ("qiao/matters/letters/pdf.py", "save"): "segno draws the picture to scan, into memory",
    ("qiao/search/engines.py", "execute"): "the index is derived from the texts and can be made anew at any time",
    ("qiao/search/engines.py", "executemany"): "the index is derived from the texts and can be made anew at any time",
    ("qiao/web/health.py", "execute"): "SELECT 1: whether the database answers",
    ("qiao/web/upgrading.py", "execute"): "SELECT: how large the database is, and so whether a backup has room",
    ("qiao/web/backup.py", "execute"): "PRAGMA integrity_check: whether a copy is whole",
}
"""What looks like a second door and is none, with the reason."""


def may_write(path):
    """Operations, in a module or a package of that name, and the kernel."""
    return (
        "operations" in {part.removesuffix(".py") for part in path.relative_to(QIAO).parts} or path.relative_to(QIAO).parts[0] == "kernel"
    )


def is_of_rows(node):
    """Whether an expression is built on a manager or a query set."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute) and node.attr in ROWS:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def is_update_of_rows(call):
    """``.update(…)`` of rows takes names with values, of a dictionary or a checksum one positional value."""
    return call.func.attr in {"update", "aupdate"} and (is_of_rows(call.func.value) or bool(call.keywords and not call.args))


def assigned(node):
    """Every target of an assignment, inside tuples too."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
    return [part for target in targets for part in ast.walk(target)]


def writes(module):
    """Each line that writes, as (line, what)."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES | SQL or is_update_of_rows(node):
                yield node.lineno, node.func.attr
        elif any(isinstance(part, ast.Attribute) and part.attr == "state" and isinstance(part.ctx, ast.Store) for part in assigned(node)):
            yield node.lineno, "state ="
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr" and is_state(node.args[1:2]):
            yield node.lineno, "state ="


def is_state(names):
    return [name.value for name in names if isinstance(name, ast.Constant)] == ["state"]


def found():
    return [(name_of(path), line, what) for path in python_files() if not may_write(path) for line, what in writes(tree(path))]


def test_writing_happens_in_operations_only():
    assert [f"{name}:{line} .{what}" for name, line, what in found() if (name, what) not in DERIVED] == []


def test_every_exception_is_still_one():
    assert {(name, what) for name, _line, what in found()} >= set(DERIVED)


def test_states_move_in_the_kernel_alone():
    files = [path for path in python_files() if path.relative_to(QIAO).parts[0] != "kernel"]
    moved = [f"{name_of(path)}:{line}" for path in files for line, what in writes(tree(path)) if what == "state ="]
    assert moved == []


SECOND_DOORS = """
def view(request, thing, rows):
    thing.state = "x"
    thing.state, thing.due = "x", None
    thing.state: str = "x"
    setattr(thing, "state", "x")
    thing.save()
    Thing.objects.create()
    rows.update(state="x")
    Thing.objects.filter(pk=1).update(**{"state": "x"})
    rows.filter(pk=1).delete()
    thing.parts.get_or_create(name="x")
    cursor.execute("DELETE FROM thing")
"""
ORDINARY = """
def view(request, thing, said):
    said.update({"state": thing.state})
    digest.update(b"x")
    thing.label = "x"
    if thing.state == "x":
        said["state"] = "x"
"""


def test_the_guard_sees_every_second_door():
    assert [line for line, _what in writes(ast.parse(SECOND_DOORS))] == list(range(3, 14))


def test_the_guard_leaves_ordinary_lines_alone():
    assert list(writes(ast.parse(ORDINARY))) == []
