"""Templates compile, name existing addresses, and carry no script or style of their own."""

import ast
import re

import pytest
from django.conf import settings
from django.template import Engine
from django.template.backends.django import get_installed_libraries
from django.urls import URLPattern, get_resolver

from qiao.demo.urls import app_name as demo_name
from qiao.demo.urls import urlpatterns as demonstration

from .sources import QIAO, name_of, python_files, templates, text, tree

INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "style": re.compile(r"<style|\sstyle\s*=", re.I),
    "handler": re.compile(r"\son(?!ly\b|ce\b)[a-z]+\s*=|\shx-on\b|\bhx-(?:vals|headers)\s*=\s*[\"']js:", re.I),
    "address": re.compile(r"javascript:", re.I),
}
URL = re.compile(r"""{%\s*url\s+["']([\w:-]+)["']""")
CALLS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


@pytest.fixture(scope="module")
def engine():
    options = settings.TEMPLATES[0]["OPTIONS"]
    folders = [str(folder) for folder in QIAO.glob("*/templates")]
    return Engine(dirs=folders, loaders=options["loaders"], builtins=options["builtins"], libraries=get_installed_libraries())


def named(path):
    parts = path.relative_to(QIAO).parts
    return "/".join(parts[parts.index("templates") + 1 :])


def test_no_form_is_included_without_the_page_that_gives_it_its_token():
    alone = re.compile(r"""{%\s*include\s+["']([\w/]+\.html)["'][^%]*\bonly\s*%}""")
    with_forms = {named(path) for path in templates() if "{% csrf_token %}" in text(path)}
    assert {found for path in templates() for found in alone.findall(text(path))} & with_forms == set()


FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post.*?</form>", re.I | re.S)
SENT_AGAIN = {
    "ui/preferences.html": "language and type size: whoever chooses twice has chosen the second",
    "ui/head.html": "the same for the post acted in; signing out",
    "cotton/menu_item.html": "the menu's forms, which are these",
    "error.html": "sends what came before once more, with the token and the mark that it had",
    "demo/sign_in.html": "entering the demonstration",
    "journal/index.html": "verifying the journal only reads",
    "privacy/mine.html": "each press downloads once",
}
"""Forms without the mark by which a form counts once, each with the reason."""


def test_every_form_that_posts_has_its_token_and_counts_once():
    forms = {named(path): FORM.findall(text(path)) for path in templates() if path.suffix == ".html"}
    assert sum(map(len, forms.values())) > len(SENT_AGAIN)
    assert [name for name, found in forms.items() if any("{% csrf_token %}" not in form for form in found) and name != "error.html"] == []
    assert {name for name, found in forms.items() if any("{% once %}" not in form for form in found)} == set(SENT_AGAIN)


def test_every_template_compiles(engine):
    assert templates()
    for path in templates():
        assert engine.get_template(named(path)), name_of(path)


def inline(source):
    return [what for what, pattern in INLINE.items() if pattern.search(source)]


def test_no_template_carries_a_script_or_a_style():
    assert {name_of(path): found for path in templates() if path.suffix == ".html" and (found := inline(text(path)))} == {}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("<script>x()</script>", "script"),
        ('<p style="color: red">', "style"),
        ("<style>p {}</style>", "style"),
        ('<a onclick="x()">', "handler"),
        ('<a hx-on:click="x()">', "handler"),
        ('<a href="javascript:x()">', "address"),
    ],
)
def test_the_guard_sees_what_is_inline(source, what):
    assert inline(source) == [what]


def test_the_guard_leaves_files_of_scripts_alone():
    assert inline('<script src="/static/app.js" defer></script><c-icon only="x"><p class="on">') == []


def names(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from names(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


@pytest.fixture(scope="module")
def addresses():
    return {*names(get_resolver().url_patterns), *names(demonstration, f"{demo_name}:")}


def test_every_address_a_template_names_exists(addresses):
    asked = [(name_of(path), name) for path in templates() for name in URL.findall(text(path))]
    assert [f"{where}: {name}" for where, name in asked if name not in addresses] == []


def asked_by(module):
    """The names of addresses that a module's calls give, as (line, name)."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            given = node.args[0]
            if isinstance(given, ast.Constant) and re.fullmatch(r"\w+:\w+", str(given.value)):
                yield node.lineno, given.value


def test_every_address_a_module_names_exists(addresses):
    asked = [(f"{name_of(path)}:{line}", name) for path in python_files() for line, name in asked_by(tree(path))]
    assert asked
    assert [f"{where} {name}" for where, name in asked if name not in addresses] == []
