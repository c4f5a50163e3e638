"""The table of earlier years' suggestions: filed as they ended, with their numbers; what is there already is never changed by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.congress.models import Mandate, Session, Term
from qiao.congress.queries import term_on
from qiao.imports.importer import Action, Cells, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress, Unit
from qiao.orgs.policy import is_of_own_congress

from .. import operations, policy
from ..models import Assignment, ReplyState, SignatureState, State, Suggestion, Topic
from ..operations.filing import PAST, Answer, Course, series_of
from .columns import COLUMNS


@dataclass
class Register:
    """What the rows are compared with: terms, sessions, deputies by term, units and topics by name, and the numbers given."""

    terms: dict[int, Term]
    current: Term | None
    sessions: dict[tuple[int, int], Session]
    deputies: dict[tuple[int, str], list[Mandate]]
    units: dict[str, Unit]
    topics: dict[str, Topic]
    given: dict[tuple[str, int], str]


def read_register(congress: Congress, rows: Cells, actor: Actor) -> Register:
    """The congress's terms with their deputies, and which of the numbers of a batch are given."""
    deputies: dict[tuple[int, str], list[Mandate]] = {}
    for mandate in Mandate.objects.filter(congress=congress).select_related("person", "term"):
        for said in {mandate.person.name, mandate.card_no}:
            deputies.setdefault((mandate.term_id, said), []).append(mandate)
    numbers = {int(digits) for _n, cells in rows if (digits := "".join(c for c in cells.get("number", "") if c.isdecimal())[:7])}
    given = Suggestion.objects.filter(congress=congress, number__in=numbers).values_list("series", "number", "title")
    return Register(
        terms={term.number: term for term in Term.objects.filter(congress=congress).select_related("congress")},
        current=term_on(congress, clock.today()),
        sessions={(one.term_id, one.number): one for one in Session.objects.filter(congress=congress).select_related("term")},
        deputies=deputies,
        units={said: unit for unit in Unit.objects.filter(congress=congress) for said in (unit.short_name, unit.name) if said},
        topics={topic.name: topic for topic in Topic.objects.filter(congress=congress)},
        given={(series, number): title for series, number, title in given},
    )


def plan_suggestion(plan: RowPlan, known: Register) -> None:
    """Whether a row files a suggestion, is filed already, or cannot be."""
    facts = plan.facts
    plan.label = facts["title"]
    term = known.terms.get(facts["term"]) if "term" in facts else known.current
    if term is None:
        plan.refuse("term", _("The congress has no such term. Open the term first."))
        return
    session = known.sessions.get((term.pk, facts["session"])) if facts.get("session") else None
    if facts.get("session") and session is None:
        plan.refuse("session", _("The term has no such session. Convene it first."))
        return
    held = known.given.get((series_of(term.pk, session.pk if session else None), facts["number"]))
    if held is not None:
        if held != facts["title"]:
            plan.refuse("number", _("This number is that of “%(title)s”.") % {"title": held})
        return
    _plan_people(plan, known, term)
    _plan_named(plan, known)
    state = facts.setdefault("state", State.CLOSED)
    if state != State.REGISTERED and not facts.get("closed", facts.get("replied")):
        plan.refuse("closed", _("Say on which day it was concluded."))
    if ("reply" in facts) != ("result" in facts):
        plan.refuse("result", _("A reply and its result class belong together."))
    if "rating" in facts and "reply" not in facts:
        plan.refuse("rating", _("An evaluation needs the reply that it speaks of."))
    if plan.problems:
        return
    facts |= {"of_term": term, "in_session": session}
    plan.action = Action.ADD


def _plan_people(plan: RowPlan, known: Register, term: Term) -> None:
    """The lead deputy and the joint signers, each one deputy of the term."""
    plan.facts["lead_mandate"] = _one(plan, "lead", known.deputies.get((term.pk, plan.facts["lead"]), []), plan.facts["lead"])
    signers = [_one(plan, "signers", known.deputies.get((term.pk, said), []), said) for said in plan.facts.get("signers", ())]
    if len({one.pk for one in signers if one}) < len(signers) or plan.facts["lead_mandate"] in signers:
        plan.refuse("signers", _("A deputy signs once."))
    plan.facts["signed"] = signers


def _one(plan: RowPlan, key: str, found: list[Mandate], said: str) -> Mandate | None:
    if len(found) == 1:
        return found[0]
    reason = _("The term has no deputy “%(name)s”.") if not found else _("Several deputies are called “%(name)s”. Write the card number.")
    plan.refuse(key, reason % {"name": said})
    return None


def _plan_named(plan: RowPlan, known: Register) -> None:
    """The unit and the topic, which must be there."""
    for key, there, reason in (
        ("unit", known.units, _("The congress has no unit “%(name)s”.")),
        ("topic", known.topics, _("The congress has no topic “%(name)s”.")),
    ):
        named: Any = there
        if key in plan.facts and plan.facts[key] not in named:
            plan.refuse(key, reason % {"name": plan.facts[key]})
        plan.facts[f"{key}_row"] = named.get(plan.facts.get(key))


def apply_suggestion(plan: RowPlan, known: Register, actor: Actor) -> None:
    """File one suggestion."""
    facts = plan.facts
    closed = None if facts["state"] == State.REGISTERED else facts.get("closed", facts.get("replied"))
    answer = Answer(facts["reply"], facts["result"], facts.get("rating", "")) if "reply" in facts else None
    made = operations.file_past(
        facts["of_term"], actor=actor, state=facts["state"], lead=facts["lead_mandate"], number=facts["number"],
        course=Course(facts["submitted"], facts.get("assigned"), facts.get("replied"), closed), answer=answer,
        session=facts["in_session"], signers=facts["signed"], topic=facts["topic_row"], unit=facts["unit_row"],
        **{key: facts[key] for key in ("title", "matter", "proposal", "kind") if key in facts},
    )  # fmt: skip
    plan.made_new(made)


def dump_suggestions(congress: Congress) -> Iterator[dict[str, str]]:
    """The concluded, withdrawn and still unassigned suggestions that have a number; confidential ones are left out."""
    rows = Suggestion.objects.filter(congress=congress, state__in=PAST, number__isnull=False, confidentiality="")
    rows = rows.select_related("term", "session", "lead__person", "topic", "unit").prefetch_related(
        "signatures__mandate", Prefetch("assignments", Assignment.objects.defer("rule_snapshot")), "assignments__replies__evaluation"
    )
    for one in rows.order_by("term__number", "session__number", "number").iterator(500):
        yield _row(one)


def _row(one: Suggestion) -> dict[str, str]:
    issued = [reply for given in one.assignments.all() for reply in given.replies.all() if reply.state == ReplyState.ISSUED]
    reply = max(issued, key=lambda each: (each.round, each.pk), default=None)
    rated = getattr(reply, "evaluation", None)
    said = rated if rated and rated.opened_at else None
    days = {"submitted": one.submitted_at, "assigned": one.assigned_at, "replied": one.replied_at, "closed": one.closed_at}
    signed = [s.mandate.card_no for s in one.signatures.all() if s.state == SignatureState.CONFIRMED and s.mandate_id != one.lead_id]
    return {
        "number": str(one.number), "session": str(one.session.number) if one.session else "", "term": str(one.term), "title": one.title,
        "kind": str(one.get_kind_display()), "matter": one.matter, "proposal": one.proposal, "lead": one.lead.card_no,
        "signers": "、".join(signed), "topic": one.topic.name if one.topic else "", "unit": one.unit.name if one.unit else "",
        "state": str(one.get_state_display()), "result": reply.result if reply else "", "reply": reply.text if reply else "",
        "rating": str(said.get_rating_display()) if said else "",
    } | {key: clock.day_of(at).isoformat() if at else "" for key, at in days.items()}  # fmt: skip


def suggestion_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """A number stands once in a session, or in a term between its sessions."""
    return {"number": (facts.get("term"), facts.get("session") or 0, facts["number"])} if "number" in facts else {}


declare(
    Importer(
        kind="suggestions",
        label=gettext_lazy("Suggestions of earlier years"),
        about=gettext_lazy(
            "Files suggestions as they ended, with numbers and days. Nobody is told, no time limit runs; what is filed stays as it is."
        ),
        columns=COLUMNS,
        rule=policy.check & is_of_own_congress,
        context=read_register,
        plan=plan_suggestion,
        apply=apply_suggestion,
        identity=suggestion_identity,
        back="matters:index",
        strike={"matters.Suggestion": operations.strike_past},
        correct={},
        dump=dump_suggestions,
        limit=20_000,
    )
)
