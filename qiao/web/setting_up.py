"""What a congress still needs until its first suggestion can be assigned: a list on the home of those who set it up, gone when all is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Duty, Post, Role
from qiao.congress.models import District, Mandate, Quota, Term
from qiao.kernel.policy import Actor, Words
from qiao.matters.models import Topic
from qiao.orgs.models import Congress, Unit

DIRECTORY, ACCOUNTS, POSTS = frozenset({"directory.manage"}), frozenset({"account.manage"}), frozenset({"post.manage"})
WHO = {
    DIRECTORY: _("whoever keeps the directory"),
    ACCOUNTS: _("the system administrator"),
    ACCOUNTS | POSTS: _("the system and the security administrator"),
}
HERE = OuterRef("pk")


@dataclass(frozen=True)
class Step:
    """One thing to enter: what it is called, what it is for, who has a part in it by which permission, where, and what there is when it is done."""

    key: str
    label: Words
    hint: Words
    grants: frozenset[str]
    page: Callable[[Congress], str]
    done: Any


def _of(page: str, *args: Any) -> Callable[[Congress], str]:
    return lambda congress: reverse(page, args=args, query={"congress": congress.pk})


def _act(noun: str, verb: str) -> Callable[[Congress], str]:
    return lambda congress: reverse("congress:perform", args=[noun, congress.pk, verb])


def _people(_congress: Congress) -> str:
    return reverse("accounts:people")


def _posts(**where: Any) -> Any:
    return Post.objects.filter(congress=HERE, **where)


def steps() -> list[Step]:
    """The steps in the order in which they are best taken. One query: the roles, few enough to be read."""
    roles = list(Role.objects.all())

    def granting(grant: str) -> list[int]:
        return [role.pk for role in roles if grant in role.grants]

    return [
        Step("security", _("Appoint the security administrator"), _("Open the account, then appoint on the person's page. This one gives all other posts."), ACCOUNTS, _people, _posts(role__duty=Duty.SECURITY)),
        Step("audit", _("Appoint the audit administrator"), _("A third person, who reads the journal and changes nothing."), ACCOUNTS, _people, _posts(role__duty=Duty.AUDIT)),
        Step("term", _("Open the term"), _("Its number, its first day, and the fixed number of deputies. Sessions, delegations and organs follow on the page of the congress under “Set up”."), DIRECTORY, _act("term", "open"), Term.objects.filter(congress=HERE)),
        Step("unit", _("Enter the handling units"), _("One by one or from a table."), DIRECTORY, _of("congress:units"), Unit.objects.filter(congress=HERE)),
        Step("below", _("Enter the congresses below"), _("They elect the deputies; on the page of the congress under “Set up”, one by one or from a table."), DIRECTORY, _of("congress:index"), Congress.objects.filter(superior=HERE)),
        Step("seats", _("Enter the seats"), _("Electoral districts, or the quotas of the electing units."), DIRECTORY, _of("congress:vacancies"), District.objects.filter(term__congress=HERE)),
        Step("quotas", _("Enter the seats"), _("Electoral districts, or the quotas of the electing units."), DIRECTORY, _of("congress:vacancies"), Quota.objects.filter(term__congress=HERE)),
        Step("deputies", _("Enter the deputies"), _("One by one or from a table."), DIRECTORY, _of("congress:deputies"), Mandate.objects.filter(congress=HERE)),
        Step("topics", _("Enter the topics"), _("By which suggestions are sorted when they are registered."), DIRECTORY, _of("matters:topics"), Topic.objects.filter(congress=HERE)),
        Step("staff", _("Give somebody the post of deputy-affairs staff"), _("Open the account, make the link, give the post: they check, register and assign."), ACCOUNTS | POSTS, _people, _posts(role__in=granting("suggestion.assign"))),
        Step("receiver", _("Give each handling unit a liaison"), _("They sign for what is assigned to the unit."), ACCOUNTS | POSTS, _people, _posts(role__in=granting("suggestion.receive"))),
        Step("deputy", _("Give the deputies their accounts"), _("Begin at the deputy's page in the directory; the post of deputy is given to the account."), ACCOUNTS | POSTS, _people, _posts(role__in=granting("suggestion.write"))),
    ]  # fmt: skip


DIRECT, INDIRECT = frozenset({"below", "quotas"}), frozenset({"seats"})
"""What does not concern a congress whose deputies are elected directly, or by the congresses below."""


def checklist(actor: Actor) -> list[dict[str, Any]]:
    """The steps of the congress acted for with whether each is done; nothing for others, and nothing when all are done. Two queries."""
    if not actor.post or not actor.grants & (DIRECTORY | ACCOUNTS | POSTS):
        return []
    found = steps()
    congress = Congress.objects.annotate(**{f"has_{step.key}": Exists(step.done) for step in found}).get(pk=actor.post.congress_id)
    idle = DIRECT if congress.elected_directly else INDIRECT
    lines = [_line(step, congress, actor) for step in found if step.key not in idle]
    return [] if all(line["done"] for line in lines) else lines


def _line(step: Step, congress: Congress, actor: Actor) -> dict[str, Any]:
    who = "" if actor.grants & step.grants else WHO[step.grants]
    done = getattr(congress, f"has_{step.key}")
    return {"label": step.label, "hint": step.hint, "done": done, "who": who, "url": step.page(congress)}
