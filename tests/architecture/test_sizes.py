"""No file outgrows a reader, no function a screen."""

import ast

import pytest

from .sources import QIAO, name_of, python_files, tracked, tree

MOST_LINES = 500
MOST_OF_A_FUNCTION = 40
KINDS = {".py", ".html", ".js", ".mjs", ".css"}


def test_no_file_outgrows_a_reader():
    files = [path for path in tracked() if path.suffix in KINDS and "migrations" not in path.parts]
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def functions(module):
    return [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    return function.end_lineno - function.lineno + 1


def test_no_function_outgrows_a_screen():
    found = [(f"{name_of(path)} {function.name}", length(function)) for path in python_files() for function in functions(tree(path))]
    assert {name: lines for name, lines in found if lines > MOST_OF_A_FUNCTION} == {}


def undocumented(module):
    """The public names of a module, and the module itself, that do not say what they are for."""
    public = [node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
    return ([] if ast.get_docstring(module) else ["the module"]) + [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("app", sorted(path.parent.name for path in QIAO.glob("*/__init__.py")))
def test_everything_public_says_what_it_is_for(app):
    files = [path for path in python_files() if path.relative_to(QIAO).parts[0] == app and "management" not in path.parts]
    silent = {name_of(path): names for path in files if (names := undocumented(tree(path)))}
    assert silent == {}
