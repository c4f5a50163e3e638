"""Every page of the URLconf: as whom it is looked at, on what; what is no page, and why."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from qiao.congress.acts import ACTS as OF_THE_BODY
from qiao.matters.acts import ACTS, MODELS
from qiao.matters.models import Suggestion
from qiao.rulebook.acts import ACTS as OF_RULES
from qiao.rulebook.models import Provision
from tests.world import World

from .furnished import Furnished

LOOKED_AT = {
    "": """matters:public matters:public_detail accounts:sign_in accounts:activate accounts:set_password web:help congress:index congress:congresses
        congress:deputies congress:deputy congress:vacancies congress:by_election congress:check_card ui:index""",
    "clerk": """matters:index matters:figures matters:clocks matters:rules matters:why matters:public_copy matters:tables matters:topics matters:rename_topic
        congress:attendance congress:attendance_deputies congress:sheet congress:print_sheet congress:groups congress:group
        congress:professions congress:leaves congress:delegations congress:cards congress:print_cards congress:structure congress:print_structure
        congress:units
        congress:unit congress:areas announcements:index announcements:new announcements:show announcements:edit imports:run imports:start
        notices:deliveries notices:delivery privacy:corrections privacy:correction privacy:retention privacy:place_hold privacy:lift_hold
        privacy:open privacy:open_names saved_views:index saved_views:save rulebook:index rulebook:compare rulebook:rule rulebook:change""",
    "deputy": """matters:new matters:edit matters:invite matters:evaluate congress:leave congress:card notices:index
        notices:preferences privacy:mine privacy:ask accounts:mine accounts:password accounts:factor accounts:passkey
        accounts:remove_passkey""",
    "handler": "matters:draft_reply matters:revise_reply",
    "sysadmin": "jobs:index accounts:people accounts:open accounts:slips",
    "topmost": "matters:table_new matters:table",
    "secadmin": "accounts:person accounts:give accounts:help accounts:posts accounts:rank accounts:roles accounts:add_role accounts:role",
    "auditadmin": "journal:index journal:entry journal:export",
}
HOMES = ("clerk", "deputy", "liaison", "signer", "dispatcher", "delegate", "leader", "sysadmin", "secadmin", "auditadmin")
BY_THE_TABLES = {"web:home", "matters:detail", "congress:perform", "rulebook:perform", *(f"matters:{noun}_act" for noun in MODELS)}
"""Looked at in several roles, states or verbs; the tables of acts name them."""
NO_PAGE = {
    "files": """matters:public_json matters:suggestion_pdf matters:download matters:reply_pdf matters:reply_docx matters:evaluation_form
        matters:scanned_evaluation matters:face_reply_form matters:face_reply_record matters:face_reply_docx matters:signed_record matters:addressee_pdf
        matters:addressee_docx matters:opinion_pdf matters:opinion_docx matters:clocks_pdf matters:table_file imports:left_out imports:export imports:template
        privacy:take_away""",
    "only sent to": """matters:attach matters:attach_to_reply matters:remove_attachment accounts:switch accounts:sign_out accounts:end
        accounts:end_others accounts:reopen accounts:unlock accounts:reset_factor announcements:release imports:confirm imports:cancel
        imports:undo jobs:retry journal:verify notices:resend notices:read_all notices:read web:prefer accounts:invite
        accounts:close accounts:appoint matters:strike_topic saved_views:remove""",
    "parts of a page, and asked by machines and scripts": "matters:similar accounts:stay web:healthz web:readyz web:metrics imports:progress",
    "lead elsewhere": "notices:open congress:own_card accounts:provider_go accounts:provider_back accounts:provider_leave",
    "a step of signing in, or on a site with a name; with journeys of their own": """accounts:second accounts:passkey_sign_in
        accounts:add_passkey accounts:remove_factor""",
    "while a job runs": "jobs:progress",
}
ROLES = (
    "clerk", "deputy", "deputy2", "liaison", "handler", "signer", "liaison2", "handler2", "dispatcher", "delegate", "sysadmin", "secadmin",
)  # fmt: skip
"""In this order asked who may do something."""
EXTRA = {
    "": ["/open/?q=没有", "404 /open/999999/"],
    "deputy": ["/notices/?show=unread", "/suggestions/?q=没有", "404 /suggestions/999999/"],
    "clerk": ["/suggestions/?view=check"],
    "handler": ["403 /rulebook/rules/reply_limit/change/"],
}
"""Lists that find nothing, and what is refused."""


def views(patterns: Any = None, space: str = "") -> Iterator[str]:
    """Every view of the URLconf by its name, without the API."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif not (pattern.namespace or "").startswith("api"):
            yield from views(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def pages(world: World, furnished: Furnished) -> dict[str, list[str]]:
    """The addresses to look at, by role; where another answer than 200 is right it stands before the address."""
    own = {"congress": world.congress.pk}
    query = {"congress:index": own, "congress:deputies": own, "congress:vacancies": own}
    found = {
        role: [reverse(view, args=furnished.keys.get(view), query=query.get(view)) for view in named.split()]
        for role, named in LOOKED_AT.items()
    }
    for role in HOMES:
        found.setdefault(role, []).append("/")
    for role, address in [*states(world, furnished), *verbs(world)]:
        found.setdefault(role, []).append(address)
    for role, more in EXTRA.items():
        found[role] += more
    found["clerk"].append(f"409 {reverse('matters:suggestion_act', args=[furnished.suggestions['published'].pk, 'assign'])}")
    return found


def states(world: World, furnished: Furnished) -> Iterator[tuple[str, str]]:
    """The page of a suggestion in every state, in turn as another of those who see it."""
    for turn, one in enumerate(furnished.suggestions.values()):
        seen = [role for role in ROLES if Suggestion.objects.visible_to(world.actors[role]).filter(pk=one.pk).exists()]
        yield seen[turn % len(seen)], reverse("matters:detail", args=[one.pk])


def verbs(world: World) -> Iterator[tuple[str, str]]:
    """Every form of a verb, each on the page of the first verb that somebody may do to something now."""
    own = {name.removeprefix("matters:") for named in LOOKED_AT.values() for name in named.split()}
    shown: set[type] = set()
    for act, model, view, before in acts():
        verb = act.run.guard.code.partition(".")[2]
        if act.form in shown or verb in own:
            continue
        for role, subject in _open(world, act, model):
            shown.add(act.form)
            yield role, reverse(view, args=[*before, subject.pk, act.verb if view == "rulebook:perform" else verb])
            break


def acts() -> Iterator[tuple[Any, Any, str, list[str]]]:
    """Every act of every table with its model, the name of its page, and what stands in the address before the object."""
    for code, act in ACTS.items():
        noun = code.partition(".")[0]
        yield act, MODELS[noun], f"matters:{noun}_act", []
    for code, body in OF_THE_BODY.items():
        yield body, body.of, "congress:perform", [code.partition(".")[0]]
    for one in OF_RULES.values():
        yield one, Provision, "rulebook:perform", []


def _open(world: World, act: Any, model: Any) -> Iterator[tuple[str, Any]]:
    """Who may do it now, to what."""
    asked = act.run.guard.who.grants
    for role in ROLES:
        actor = world.actors[role]
        if not asked or asked & actor.grants:
            for subject in model.objects.visible_to(actor).order_by("pk")[:60]:
                if act.run.guard.check(actor, subject):
                    yield role, subject
