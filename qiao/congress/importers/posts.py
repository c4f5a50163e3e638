"""The table of posts: who acts in which role for the congress or one of its units, brought by whoever gives posts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import operations as accounts
from qiao.accounts import policy
from qiao.accounts.models import Post, Rank, Role, User
from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.errors import Refused
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress, Unit
from qiao.orgs.policy import is_of_own_congress

from .accounts import LOGIN, NAME

POST_COLUMNS = (
    LOGIN,
    NAME,
    Field(
        "role",
        gettext_lazy("Role"),
        parsers.words(60),
        required=True,
        example="承办联络员",
        also=("角色", "岗位"),
        help=gettext_lazy("The name or the code of a role. Administrators are appointed one by one."),
    ),
    Field(
        "unit",
        gettext_lazy("Handling unit"),
        parsers.words(80),
        example="县教育局",
        also=("承办单位", "单位", "单位名称"),
        help=gettext_lazy("If empty, the post is the congress's own."),
    ),
    Field(
        "rank",
        gettext_lazy("Rank in the unit"),
        parsers.one_of([pair for pair in Rank.choices if pair[0]]),
        example="",
        also=("单位职级", "签发级别"),
        help=gettext_lazy("Of those who sign for a unit."),
    ),
    Field(
        "starts", gettext_lazy("From"), parsers.day, example="2026-01-01", also=("起", "任职日期"), help=gettext_lazy("If empty, today.")
    ),
    Field(
        "ends", gettext_lazy("Until"), parsers.day, also=("止",), help=gettext_lazy("The first day without it; empty: until it is ended.")
    ),
)
KEPT = ("rank", "ends")


@dataclass
class Posts:
    """What the rows are compared with: accounts, roles and units by name, the posts not yet over, and who asks."""

    congress: Congress
    actor: Actor
    users: dict[str, User]
    roles: dict[str, Role]
    units: dict[str, Unit]
    held: dict[tuple[int, int, int | None], Post]
    stated: set[tuple[int, int, int | None]] = field(default_factory=set)
    """The posts that the rows so far speak of."""


def read_posts(congress: Congress, rows: Cells, actor: Actor) -> Posts:
    """The accounts that the rows of a batch name and the posts that these hold in the congress."""
    users = {user.login: user for user in User.objects.visible_to(actor).filter(login__in={cells.get("login", "") for _n, cells in rows})}
    held = Post.objects.filter(Q(ends=None) | Q(ends__gt=clock.today()), congress=congress, user__in=users.values(), expires_at=None)
    units = Unit.objects.filter(congress=congress).active_on(clock.today())
    return Posts(
        congress=congress,
        actor=actor,
        users=users,
        roles={said: role for role in Role.objects.all() for said in (role.code, role.name, role.name_en)},
        units={said: unit for unit in units for said in (unit.short_name, unit.name) if said},
        held={(post.user_id, post.role_id, post.unit_id): post for post in held.select_related("user", "role", "unit")},
    )


def plan_post(plan: RowPlan, known: Posts) -> None:
    """Whether a row gives a post, changes its rank or its end, or cannot be; what the actor may not give is refused."""
    facts = plan.facts
    plan.label = f"{facts['name']} · {facts['role']}"
    user, role, unit = known.users.get(facts["login"]), known.roles.get(facts["role"]), known.units.get(facts.get("unit", ""))
    if user is None:
        plan.refuse("login", _("There is no account with this sign-in name here. Have it opened first."))
    elif user.person.name != facts["name"]:
        plan.refuse("login", _("This sign-in name is that of “%(name)s”.") % {"name": user.person.name})
    if role is None:
        plan.refuse("role", _("There is no role “%(name)s”.") % {"name": facts["role"]})
    if "unit" in facts and unit is None:
        plan.refuse("unit", _("The congress has no unit “%(name)s”.") % {"name": facts["unit"]})
    if "rank" in facts and unit is None:
        plan.refuse("rank", _("Only a post in a unit has a rank."))
    if user is None or role is None or plan.problems:
        return
    facts |= {"user": user, "code": role.code, "in_unit": unit}
    key = (user.pk, role.pk, unit.pk if unit else None)
    if key in known.stated:
        plan.refuse("role", _("This post stands in the table already, in other words."))
        return
    known.stated.add(key)
    if post := known.held.get(key):
        _plan_held(plan, post, known)
        return
    given = Post(
        user=user, role=role, congress=known.congress, unit=unit, rank=facts.get("rank", ""),
        starts=facts.setdefault("starts", clock.today()), ends=facts.get("ends"),
    )  # fmt: skip
    try:
        accounts.check_giving(known.actor, given)
    except Refused as refused:
        plan.refuse("ends" if given.ends and given.ends <= given.starts else "role", refused.reason)
        return
    plan.action = Action.ADD


def _plan_held(plan: RowPlan, post: Post, known: Posts) -> None:
    """A post that is held: only its rank and its end change, by who may decide on it, and never one's own."""
    plan.target = post
    plan.compare({key: getattr(post, key) for key in KEPT}, _said)
    if plan.changes and not (said := policy.keep_posts(known.actor, post)):
        plan.refuse("role", said.reason)
    elif "rank" in plan.changes and known.actor.user and known.actor.user.pk == post.user_id:
        plan.refuse("rank", _("Nobody sets their own rank."))
    elif "ends" in plan.changes and plan.facts["ends"] <= post.starts:
        plan.refuse("ends", _("A post must end after it begins."))
    else:
        plan.action = Action.CHANGE if plan.changes else Action.SAME


def _said(key: str, value: Any) -> str:
    if key == "rank":
        return str(Rank(value).label) if value else ""
    return value.isoformat() if isinstance(value, dt.date) else ""


def apply_post(plan: RowPlan, known: Posts, actor: Actor) -> None:
    """Give one post, or change its rank or its end."""
    facts = plan.facts
    if plan.action == Action.ADD:
        more = {key: facts[key] for key in ("rank", "starts", "ends") if key in facts}
        given = {"user": facts["user"], "role": facts["code"], "unit": facts["in_unit"]} | more
        plan.made_new(accounts.grant_post(known.congress, actor=actor, **given))
        return
    post = plan.target
    if "rank" in plan.changes:
        post = accounts.set_rank(post, actor=actor, rank=facts["rank"])
    if "ends" in plan.changes:
        post = accounts.end_post(post, actor=actor, on=facts["ends"])
    plan.made_other(plan.target, post)


def dump_posts(congress: Congress) -> Iterator[dict[str, str]]:
    """The posts of the congress that are not over, administrators' and help sessions left out."""
    held = Post.objects.filter(Q(ends=None) | Q(ends__gt=clock.today()), congress=congress, expires_at=None, role__duty="")
    for post in held.select_related("user__person", "role", "unit").order_by("user__login", "role", "pk").iterator(2000):
        yield {
            "login": post.user.login, "name": post.user.person.name, "role": str(post.role), "unit": post.unit.name if post.unit else "",
            "rank": _said("rank", post.rank), "starts": post.starts.isoformat(), "ends": _said("ends", post.ends),
        }  # fmt: skip


def post_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """A person holds a role in a place once."""
    return {"role": (facts["login"], facts["role"], facts.get("unit"))} if {"login", "role"} <= facts.keys() else {}


declare(
    Importer(
        kind="posts",
        label=gettext_lazy("Posts"),
        about=gettext_lazy("Gives many posts at once to people who have an account. What you may not give by hand is refused here too."),
        columns=POST_COLUMNS,
        rule=policy.manage & is_of_own_congress,
        context=read_posts,
        plan=plan_post,
        apply=apply_post,
        identity=post_identity,
        back="accounts:posts",
        strike={"accounts.Post": accounts.strike_post},
        correct={"accounts.Post": accounts.correct_post},
        dump=dump_posts,
    )
)
