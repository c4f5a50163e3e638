"""Roles: what each may do in words, and changing it."""

from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.accounts import operations, policy
from qiao.accounts.forms import NewRoleForm, RoleForm
from qiao.accounts.models import Role
from qiao.kernel import clock, journal
from qiao.kernel.operation import demand
from qiao.kernel.policy import PERMISSIONS
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from .people import demand_any, labels


@require_safe
def roles(request: Request) -> HttpResponse:
    """Every role, with how many permissions it has."""
    demand_any(request, "post.manage")
    found = Role.objects.visible_to(request.actor)[:200]
    return page(request, "accounts/roles.html", {"roles": found, "can_add": bool(policy.define_roles(request.actor))})


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: Request, pk: int) -> HttpResponse:
    """What a role may do in words, who holds it here, and a form for whoever may change it."""
    found = fetch(Role, request.actor, pk)
    said = policy.change_roles(request.actor, found)
    form = RoleForm(request.POST or None, initial={"name": found.name, "name_en": found.name_en, "grants": found.grants}) if said else None
    if request.method == "POST":
        demand(operations.change_role.guard, request.actor, found)
    if form is not None and form.is_valid() and carry_out(form, operations.change_role, found, actor=request.actor, **form.cleaned_data):
        return done(request, _("The role is changed."), resolve_url("accounts:role", found.pk))
    held = found.posts.filter(congress__in=request.actor.congresses).current(clock.today())
    context = {
        "role": found,
        "form": form,
        "reason": said.reason,
        "may": [PERMISSIONS[code] for code in found.grants if code in PERMISSIONS],
        "holders": held.count(),
        "lines": journal.history(found).select_related("user__person")[:20],
        "labels": labels(),
    }
    return page(request, "accounts/role.html", context, status=422 if form is not None and form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_role(request: Request) -> HttpResponse:
    """Add a role of the installation's own."""
    demand(operations.add_role.guard, request.actor, None)
    form = NewRoleForm(request.POST or None)
    if form.is_valid() and (made := carry_out(form, operations.add_role, None, actor=request.actor, **form.cleaned_data)):
        return done(request, _("The role is added."), resolve_url("accounts:role", made.pk))
    return page(request, "accounts/role_new.html", {"form": form}, status=422 if form.is_bound else 200)
