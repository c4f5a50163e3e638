"""The reference in ``docs/reference``, written from the code itself: operations, permissions, flows, settings, the API."""

import importlib.util
import inspect
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.utils import translation

from qiao.kernel.flow import Flow, Step
from qiao.kernel.operation import OPERATIONS, Operation
from qiao.kernel.policy import PERMISSIONS, Rule, _Either

from .api import api

FOLDER = "docs/reference"
MADE = "<!-- Made by bin/docs from the code; change the code, not this page. -->"
NAMED = {"properties", "schemas", "info"}
OPENINGS = {
    "Operations": """\
Everything that writes. The code is also the name of the journal's entry and, for a step, of the step in [flows.md](flows.md).
“Asks for” names the permission, then the sentences with which others are refused. What has a question mark may be left out.""",
    "Permissions": """\
What a role may be granted, and which of the roles of `qiao/accounts/seed/roles.yaml` grants it; an installation may change its
roles. What no role grants is done by commands of `manage.py` only.""",
    "Flows": """\
The state tables of the `flow.py` files. A step with several targets ends in the one that the operation's body chooses; one that
“stays” changes the object and not its state. ✓: the role grants the permission that the step asks for; its other rules, listed
in [operations.md](operations.md), narrow it further. “Any”: no permission of its own is asked for. “System”: other operations
take the step, nobody by hand.""",
    "Settings": """\
Read from the environment when the server starts. The defaults are those of a production installation; `PROJECT` is the
project's folder, `QIAO_DATA` in an address the value of that variable.""",
}
NEUTRAL = {"QIAO_DATA": "QIAO_DATA", "QIAO_DATABASE": "postgres://user@host/name"}
"""Under these the settings are read: no machine's folders, and every variable is asked for."""


def pages() -> dict[str, str]:
    """Every file of the reference with its content, in English, the same on every machine."""
    with translation.override("en"):
        return {
            "operations.md": operations(),
            "permissions.md": permissions(),
            "flows.md": flows(),
            "settings.md": variables(),
            "openapi.json": openapi(),
        }


def stale(folder: Path) -> list[str]:
    """The files that are not as the code would have them: changed, missing, or made by nothing any more."""
    wanted = pages()
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*") if path.is_file()}
    return sorted(name for name in wanted.keys() | held.keys() if wanted.get(name) != held.get(name))


def write(folder: Path) -> list[str]:
    """Make the files anew; returns the names of those that were stale."""
    changed, wanted = stale(folder), pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


# --- operations ---------------------------------------------------------------------------------------------------------------


def _ours() -> list[Operation]:
    """The product's operations; not those that only the demonstration has, nor a test's."""
    return [run for run in OPERATIONS.values() if run.body.__module__.startswith("qiao.") and _app_of(run) != "demo"]


def _app_of(run: Operation) -> str:
    return run.body.__module__.split(".")[1]


def _asks(who: Rule) -> str:
    """What a rule asks for: the permission, then the sentences it refuses with."""
    parts: tuple[Rule, ...] = getattr(who, "parts", ())
    if parts:
        return (" — or: " if isinstance(who, _Either) else " · ").join(_asks(part) for part in parts)
    return " · ".join(f"`{code}`" for code in sorted(who.grants)) or str(who.reason)


def _tests(who: Rule) -> set[str]:
    """The names of the questions that a rule is made of."""
    parts: tuple[Rule, ...] = getattr(who, "parts", ())
    return {name for part in parts for name in _tests(part)} or {getattr(who.test, "__name__", "")}


def _granted(who: Rule, grants: set[str]) -> bool:
    """Whether these permissions are all that a rule asks for, its other questions aside."""
    parts: tuple[Rule, ...] = getattr(who, "parts", ())
    if parts:
        return (any if isinstance(who, _Either) else all)(_granted(part, grants) for part in parts)
    return who.grants <= grants


def _takes(run: Operation) -> str:
    """What has to be given by name beside the actor; a question mark where it may be left out."""
    given = list(inspect.signature(run.body).parameters.values())[1:]
    named = [p for p in given if p.name not in {"actor", "note"}]
    words = [f"`**{p.name}`" if p.kind is p.VAR_KEYWORD else f"`{p.name}`{'' if p.default is p.empty else '?'}" for p in named]
    note = ["`note`"] if run.needs_note else ["`note`?"]
    return ", ".join(words + note)


def _first_sentence(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split()).replace("``", "`")


def operations() -> str:
    """Every operation by app: code, label, what it does, what it asks for, what it takes."""
    lines = _opening("Operations")
    order = [config.label for config in apps.get_app_configs() if config.name.startswith("qiao.")]
    heading = ["Code", "Label", "What it does", "Asks for", "Takes"]
    for app in sorted({_app_of(run) for run in _ours()}, key=order.index):
        rows = sorted((run for run in _ours() if _app_of(run) == app), key=lambda run: run.guard.code)
        lines += [f"## {app}", "", *_table(heading, [_described(run) for run in rows])]
    return _text(lines)


def _described(run: Operation) -> list[str]:
    return [f"`{run.guard.code}`", str(run.guard.label), _first_sentence(run.body.__doc__), _asks(run.guard.who), _takes(run)]


# --- permissions --------------------------------------------------------------------------------------------------------------


def roles() -> list[dict[str, Any]]:
    """The roles that a new installation starts with."""
    seed = Path(apps.get_app_config("accounts").path) / "seed" / "roles.yaml"
    return list(yaml.safe_load(seed.read_text(encoding="utf-8")))


def permissions() -> str:
    """Every declared permission, and which of the seeded roles grants it."""
    seeded, rows = roles(), []
    for code, label in sorted(PERMISSIONS.items()):
        granted = ["✓" if code in role["grants"] else "" for role in seeded]
        rows.append([f"`{code}`", str(label), *granted, "" if any(granted) else "commands only"])
    return _text(_opening("Permissions") + _table(["Code", "What it allows", *(role["name_en"] for role in seeded), "Others"], rows))


# --- flows --------------------------------------------------------------------------------------------------------------------


def _flows() -> list[Flow]:
    """Every flow that an operation takes a step of, by name."""
    found = {run.guard.flow.name: run.guard.flow for run in _ours() if isinstance(run.guard, Step)}
    return [found[name] for name in sorted(found)]


def flows() -> str:
    """Every flow as a diagram, and who may take which of its steps."""
    lines = _opening("Flows")
    for flow in _flows():
        lines += [f"## {flow.name}", "", *_diagram(flow), *_states(flow), *_steps(flow)]
    return _text(lines)


def _diagram(flow: Flow) -> list[str]:
    arrows = [f"    [*] --> {flow.initial}"]
    for step in flow.steps.values():
        sources = [state for state in flow.states.values if state in step.source]
        arrows += [f"    {source} --> {target}: {step.verb}" for source in sources for target in step.targets]
    ends = [f"    {state} --> [*]" for state in flow.states.values if state in flow.final]
    return ["```mermaid", "stateDiagram-v2", *arrows, *ends, "```", ""]


def _states(flow: Flow) -> list[str]:
    place = {flow.initial: "first"} | dict.fromkeys(flow.final, "final")
    return _table(["State", "Label", ""], [[f"`{state.value}`", str(state.label), place.get(state.value, "")] for state in flow.states])


def _steps(flow: Flow) -> list[str]:
    seeded = roles()
    rows = []
    for step in flow.steps.values():
        sources = ", ".join(f"`{state}`" for state in flow.states.values if state in step.source)
        targets = " or ".join(f"`{target}`" for target in step.targets) or "stays"
        rows.append([f"`{step.verb}`", str(step.label), sources, targets, *_who(step, seeded)])
    return _table(["Verb", "Label", "From", "To", *(role["name_en"] for role in seeded), "Others"], rows)


def _who(step: Step, seeded: list[dict[str, Any]]) -> list[str]:
    """For each role whether it grants what the step asks for, and who else takes it."""
    if "is_system" in _tests(step.who):
        return [*("" for _role in seeded), "system"]
    if not step.who.grants:
        return [*("" for _role in seeded), "any"]
    return [*("✓" if _granted(step.who, set(role["grants"])) else "" for role in seeded), ""]


# --- settings -----------------------------------------------------------------------------------------------------------------


@contextmanager
def _without_ours(given: Mapping[str, str]) -> Iterator[None]:
    """The environment without the variables of this installation, but with those given."""
    kept = dict(os.environ)
    for name in [name for name in kept if name.startswith("QIAO_")]:
        del os.environ[name]
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def values() -> list[Any]:
    """What the settings file asks the environment for, read once more as on a new machine.

    It is read as a file: ``config`` stands above ``web`` and is not imported by it.
    """
    spec = importlib.util.find_spec("qiao.config.settings")
    if spec is None or spec.loader is None:
        raise LookupError("qiao.config.settings")
    module = importlib.util.module_from_spec(spec)
    with _without_ours(NEUTRAL):
        spec.loader.exec_module(module)
    asked = module.env.VALUES
    fresh = asked[-next(n for n, value in enumerate(reversed(asked), start=1) if value.name == asked[0].name) :]
    del asked[-len(fresh) :]
    return list(fresh)


KINDS = {"str": "text", "bool": "yes or no", "int": "whole number", "list": "list, separated by commas", "address": "address"}


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"`{text.replace(str(settings.ROOT), 'PROJECT')}`" if text else "—"


def variables() -> str:
    """Every environment variable that the settings read: kind, default, what it does."""
    rows = [[f"`{value.name}`", KINDS[value.kind], _default(value.default), value.help] for value in values()]
    return _text(_opening("Settings") + _table(["Variable", "Kind", "Default", "What it does"], rows))


# --- the API ------------------------------------------------------------------------------------------------------------------


def openapi() -> str:
    """The API's schema as the server gives it, without the titles, which follow the language it was started in."""
    return json.dumps(_untitled(api.get_openapi_schema()), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _untitled(node: Any, *, names: bool = False) -> Any:
    """A schema without ``title`` annotations; ``names`` where the keys are the names of fields, or the document's own facts."""
    if isinstance(node, list):
        return [_untitled(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if names or key != "title"}
    return {key: _untitled(value, names=not names and key in NAMED) for key, value in kept.items()}


# --- writing ------------------------------------------------------------------------------------------------------------------


def _opening(title: str) -> list[str]:
    return [f"# {title}", "", MADE, "", OPENINGS[title], ""]


def _table(heading: list[str], rows: Iterable[list[str]]) -> list[str]:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return [line(heading), "|" + " --- |" * len(heading), *(line(row) for row in rows), ""]


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
