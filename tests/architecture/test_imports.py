"""Who may import whom: the contracts of import-linter, and what they cannot say."""

import tomllib

import pytest
from importlinter.cli import lint_imports

from .sources import QIAO, ROOT, imported, name_of, python_files, tree

DOMAIN = {"models", "policy", "flow", "operations", "queries"}
SURFACES = ("django.http", "django.shortcuts", "django.views", "django.forms", "django.contrib.messages")
WITHOUT_MODULES = {"config": "settings and the root of all addresses", "demo": "a story, played through the other apps' operations",
                   "kernel": "its own order is its import order", "ui": "has no domain", "web": "composes; each file joins one thing"}  # fmt: skip


@pytest.fixture(scope="module")
def options():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def apps():
    return {path.parent.name for path in QIAO.glob("*/__init__.py")}


def test_the_import_contracts_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    failed = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert not failed, capsys.readouterr().out


def test_every_app_has_its_place_in_the_layers(options):
    layers = next(contract for contract in options["contracts"] if contract["id"] == "apps")["layers"]
    assert {app.strip().removeprefix("qiao.") for layer in layers for app in layer.split("|")} == apps()


def test_every_app_of_the_domain_keeps_the_order_of_modules(options):
    containers = next(contract for contract in options["contracts"] if contract["id"] == "modules")["containers"]
    assert {container.removeprefix("qiao.") for container in containers} | set(WITHOUT_MODULES) == apps()


def is_domain(path):
    within = path.relative_to(QIAO).with_suffix("").parts[1:]
    return bool(DOMAIN & set(within))


def surfaces_in(module):
    return [(line, name) for line, name in imported(module) if name.startswith(SURFACES)]


def test_the_domain_knows_no_surface():
    files = [path for path in python_files() if is_domain(path)]
    assert files
    assert [f"{name_of(path)}:{line} {name}" for path in files for line, name in surfaces_in(tree(path))] == []
