"""The words for people: complete, lazy at import, named, whole; and the catalogue knows every one of them."""

import ast
import re
import shutil

import polib
import pytest
from django.core.management import call_command

from .sources import QIAO, name_of, python_files, tree

CATALOGUE = QIAO / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
POSITIONAL = re.compile(r"(?<!%)%[sdrf]")
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}
LAZY = {f"{name}_lazy" for name in EAGER} | {"gettext_noop"}
WORDS = {"gettext": 1, "gettext_noop": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""How many of the first arguments are words, by function."""


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def sources_of(entry):
    return [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]


def test_every_message_is_translated(catalogue):
    assert len(catalogue) > 100
    assert [entry.msgid for entry in catalogue if not entry.obsolete and not all(said.strip() for said in translations(entry))] == []


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_a_translation_keeps_every_placeholder(catalogue):
    """A plural may leave a number out in one of its forms; what it names must be in one of the source's."""

    def loses(entry):
        asked = [set(NAMED.findall(source)) for source in sources_of(entry)]
        return any(set(NAMED.findall(said)) not in asked for said in translations(entry))

    assert [entry.msgid for entry in catalogue if loses(entry)] == []


def test_placeholders_are_named(catalogue):
    assert [entry.msgid for entry in catalogue if any(POSITIONAL.search(source) for source in sources_of(entry))] == []


def test_no_message_stands_twice(catalogue):
    keys = [(entry.msgctxt, entry.msgid) for entry in catalogue]
    assert len(keys) == len(set(keys))


def test_the_catalogue_is_as_the_sources_ask(catalogue, tmp_path, monkeypatch, settings):
    if not shutil.which("xgettext"):
        pytest.skip("collecting the messages needs xgettext (apt-get install gettext)")
    copy = tmp_path / "qiao"
    shutil.copytree(QIAO, copy, ignore=shutil.ignore_patterns("__pycache__", "locale", "assets", "texts", "migrations"))
    (copy / "locale").mkdir()
    settings.LOCALE_PATHS = [copy / "locale"]
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["zh_Hans"], verbosity=0)
    asked = keys(polib.pofile(str(copy / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")))
    known = keys(catalogue)
    assert {"not in the catalogue": sorted(asked - known), "asked for by nobody": sorted(known - asked)} == {
        "not in the catalogue": [],
        "asked for by nobody": [],
    }


def keys(catalogue):
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def aliases(module):
    """What the module calls Django's translating functions."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names if alias.name in EAGER | LAZY
    }  # fmt: skip


def calls(module):
    """Each call of a translating function: the call, and the function's own name."""
    known = aliases(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            yield node, known[node.func.id]


def made_words(module):
    """Lines where a message is put together before it is translated: an f-string, a sum, a variable, a formatted string."""
    for call, function in calls(module):
        words = call.args[: WORDS[function.removesuffix("_lazy")]]
        if not words or not all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in words):
            yield call.lineno


def glued(module):
    """Lines where two translated pieces, or a piece and a text, are added up to a sentence."""
    pieces = {call for call, _function in calls(module)}
    for node in ast.walk(module):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and {node.left, node.right} & pieces:
            yield node.lineno


def at_import(module):
    """Everything a module does while it is imported: its statements, class bodies, defaults and decorators, no function's body."""
    todo = list(module.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            todo += [*node.decorator_list, *node.args.defaults, *(default for default in node.args.kw_defaults if default)]
        elif not isinstance(node, ast.Lambda):
            yield node
            todo += list(ast.iter_child_nodes(node))


def frozen(module):
    """Lines where a word is translated at import, once for all readers."""
    known = aliases(module)
    for node in at_import(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and known.get(node.func.id) in EAGER:
            yield node.lineno


@pytest.mark.parametrize("fault", [made_words, glued, frozen])
def test_words_are_written_whole_and_lazy(fault):
    assert [f"{name_of(path)}:{line}" for path in python_files() for line in fault(tree(path))] == []


FAULTS = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext
LABEL = _("Frozen")
class Form:
    label = _("Frozen")
def page(name=_("Frozen")):
    a = _(f"Made {name}")
    b = _("Made " + name)
    c = _("Made %s" % name)
    d = _(name)
    e = _("Glued") + name
    return ngettext("One", name, 2)
"""
FAULTLESS = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext
LABEL = gettext_lazy("Lazy")
SAYS = {"x": lambda: _("Later")}
def page(name, n):
    a = _("Whole, " "in two lines.")
    return _("Named %(name)s.") % {"name": name}, ngettext("One", "Many", n)
"""


def test_the_guard_sees_every_fault():
    module = ast.parse(FAULTS)
    assert sorted(frozen(module)) == [3, 5, 6]
    assert sorted(made_words(module)) == [7, 8, 9, 10, 12]
    assert sorted(glued(module)) == [11]


def test_the_guard_leaves_whole_words_alone():
    module = ast.parse(FAULTLESS)
    assert [*frozen(module), *made_words(module), *glued(module)] == []
