"""The registers agree: steps, operations, permissions and the roles that grant them."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest
import yaml
from django.apps import apps

from qiao.kernel.flow import Flow
from qiao.kernel.operation import OPERATIONS
from qiao.kernel.policy import PERMISSIONS

from .sources import QIAO

UNGRANTED = {"installation.manage": "areas and congresses are set up by the system, from commands; no post does it"}
"""Permissions that no seeded role grants, with the reason."""
ASKED_ELSEWHERE: dict[str, str] = {}
"""Permissions that neither an operation nor a scope asks for, with the reason."""
CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


def flows():
    """Every state table of the project, by name."""
    ours = [config.name for config in apps.get_app_configs() if config.name.startswith("qiao.")]
    modules = [import_module(f"{app}.flow") for app in ours if app != "qiao.kernel" and find_spec(f"{app}.flow")]
    return {flow.name: flow for module in modules for flow in vars(module).values() if isinstance(flow, Flow)}


FLOWS = flows()
STEPS = {step.code: step for flow in FLOWS.values() for step in flow.steps.values()}


@pytest.fixture(scope="module")
def granted():
    """What each seeded role may do."""
    roles = yaml.safe_load((QIAO / "accounts" / "seed" / "roles.yaml").read_text(encoding="utf-8"))
    return {role["code"]: set(role["grants"]) for role in roles}


def test_there_are_flows_operations_and_permissions():
    assert all([FLOWS, STEPS, OPERATIONS, PERMISSIONS])


def test_every_step_has_its_operation():
    assert set(STEPS) - set(OPERATIONS) == set()


def test_an_operation_of_a_step_is_guarded_by_that_step():
    assert {code for code, step in STEPS.items() if OPERATIONS[code].guard is not step} == set()


def test_an_operation_that_moves_a_noun_with_a_life_is_in_its_table_or_makes_it():
    nouns = {code.partition(".")[0] for code in STEPS}
    assert nouns <= set(FLOWS)


def test_every_operation_is_named_noun_verb_and_has_a_label_and_says_what_it_does():
    faulty = {
        code for code, run in OPERATIONS.items()
        if not CODE.fullmatch(code) or not str(run.guard.label).strip() or not (run.body.__doc__ or "").strip() or run.guard.code != code
    }  # fmt: skip
    assert faulty == set()


def test_a_flow_carries_the_name_and_the_states_of_a_model():
    models = {model._meta.model_name: model for model in apps.get_models() if model.__module__.startswith("qiao.")}
    for name, flow in FLOWS.items():
        state = models[name.replace("_", "")]._meta.get_field("state")
        assert {value for value, _label in state.choices} == set(flow.states.values), name
        assert state.default == flow.initial, name


def test_every_permission_is_named_noun_verb_and_has_a_label():
    assert {code for code, label in PERMISSIONS.items() if not CODE.fullmatch(code) or not str(label).strip()} == set()


def test_every_permission_is_granted_to_a_role_or_listed_with_the_reason(granted):
    assert set(PERMISSIONS) - set().union(*granted.values()) == set(UNGRANTED)


def test_every_grant_of_a_role_is_declared(granted):
    assert {role: grants - set(PERMISSIONS) for role, grants in granted.items() if grants - set(PERMISSIONS)} == {}


def test_every_permission_that_an_operation_asks_for_is_declared():
    asked = set().union(*(run.guard.who.grants for run in OPERATIONS.values()))
    assert asked - set(PERMISSIONS) == set()


def test_every_permission_is_asked_for_by_an_operation_or_a_scope():
    asked = set().union(*(run.guard.who.grants for run in OPERATIONS.values()))
    sources = "\n".join(
        path.read_text(encoding="utf-8") for name in ("policy.py", "policy/*.py", "scopes.py") for path in QIAO.glob(f"*/{name}")
    )
    unused = {code for code in set(PERMISSIONS) - asked if sources.count(f'"{code}"') < 2}
    assert unused == set(ASKED_ELSEWHERE)
