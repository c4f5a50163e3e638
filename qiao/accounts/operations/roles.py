"""Roles: seeded by the system, changed and added by the highest security administrator."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import policy
from qiao.accounts.models import Role
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import PERMISSIONS, Actor, is_system


@operation(Permit("role.seed", is_system, gettext_lazy("Define a role")))
def define_role(subject: None, *, actor: Actor, code: str, name: str, name_en: str, grants: list[str], duty: str = "") -> Role:
    """Make a role, or give an existing one these names and permissions."""
    facts = {"name": name, "name_en": name_en, "grants": grants, "duty": duty}
    role, _made = Role.objects.update_or_create(code=code, defaults=facts)
    return role


@operation(Permit("role.add", policy.define_roles, gettext_lazy("Add a role")))
def add_role(subject: None, *, actor: Actor, code: str, name: str, name_en: str, grants: Iterable[str]) -> Role:
    """Make a role of the installation's own."""
    role = Role(code=code, name=name, name_en=name_en, grants=_grantable(grants))
    role.full_clean(exclude={"grants"})
    role.save()
    return role


@operation(Permit("role.change", policy.change_roles, gettext_lazy("Change a role")))
def change_role(role: Role, *, actor: Actor, name: str, name_en: str, grants: Iterable[str]) -> None:
    """Give a role other names and permissions; everybody who holds it acts with these from the next page on."""
    role.name, role.name_en, role.grants = name, name_en, _grantable(grants)


def _grantable(grants: Iterable[str]) -> list[str]:
    """The permissions, each once and in order; those reserved to the administrators are refused."""
    wanted = sorted(set(grants))
    if set(wanted) - set(PERMISSIONS) or set(wanted) & policy.RESERVED:
        raise Unfit(_("A role cannot have a permission that is reserved to the administrators."))
    return wanted
