"""Reads that are more than one query set: a suggestion with all that belongs to it, search, what is alike."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When, prefetch_related_objects

from qiao.congress.models import Mandate
from qiao.congress.policy import SERVES, delegations_served
from qiao.kernel import clock
from qiao.kernel.journal import history
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.search.queries import MOST, find
from qiao.search.queries import similar as find_similar

from .headlines import stages
from .models import (
    A_DEPUTY,
    PRIVATE,
    PUBLIC_STATE,
    Addressee,
    Assignment,
    AssignmentState,
    Attachment,
    Clock,
    Contact,
    Deliberation,
    Evaluation,
    Extension,
    ExtensionState,
    FaceReply,
    Objection,
    ObjectionState,
    Opinion,
    Publicity,
    Redaction,
    Reply,
    ReplyState,
    Signature,
    SignatureState,
    State,
    Suggestion,
    UnitRole,
    public_copy,
)
from .models.handling import in_order
from .models.states import PUBLISHED
from .people import signers_of
from .policy import extension_decider
from .scopes import units_below
from .sealing import as_seen, not_yet_told

UNIT_CODES = {
    "reply.revise", "reply.request_approval", "reply.send_back", "assignment.draft_reply", "reply.attach", "reply.sign", "reply.reopen",
}  # fmt: skip
"""Lines of the journal that concern a unit's own work on its reply."""
QUIET_CODES = {
    "suggestion.revise",
    "suggestion.begin_handling",
    "suggestion.answer",
    "suggestion.extend",
    "extension.lapse",
    "objection.lapse",
    "assignment.take_away",
    "suggestion.take_back",
    "suggestion.place",
    "assignment.answer",
    "assignment.close",
    "assignment.resume",
    "clock.remind",
    "clock.recount",
    "addressee.send",
}
"""Lines that only repeat what another line of the same moment says, and reminders, of which the page of all dates tells."""
PUBLIC_CODES = {
    "suggestion.register", "suggestion.assign", "assignment.dispatch", "assignment.recall",
    "assignment.sign_for", "assignment.grant_return",
    "reply.issue", "suggestion.evaluate",
    "suggestion.record_evaluation", "suggestion.open_evaluation", "suggestion.close_unrated", "suggestion.order_rehandling",
    "suggestion.close_explained",
    "suggestion.withdraw",
    "suggestion.convene", "suggestion.conclude",
}  # fmt: skip

RECEIPT_CODES = {"addressee.receive", "addressee.record_receipt", "reply.remind"}
"""Who has confirmed a reply is the congress's and the deputies' affair: to the unit it could say that a sealed evaluation is there."""

TOLD = {
    State.RETURNED: {"suggestion.give_back", "suggestion.turn_back"},
    State.NOT_ACCEPTED: {"suggestion.refuse"},
    State.AS_LETTER: {"suggestion.refuse"},
    State.AS_REFERENCE: {"suggestion.refuse"},
    State.REHANDLING: {"suggestion.order_rehandling", "suggestion.conclude"},
    State.CLOSED: {"suggestion.close_explained", "suggestion.conclude"},
}
"""The steps whose words explain why a suggestion is where it is."""


@dataclass
class Dossier:
    """A suggestion as its page shows it: everything in a fixed number of queries."""

    suggestion: Suggestion
    signatures: list[Signature]
    assignments: list[Assignment]
    replies: list[Reply]
    clocks: list[Clock]
    attachments: list[Attachment]
    history: list[Entry]
    opinions: list[Opinion] = field(default_factory=list)
    running: dict[str, Clock] = field(default_factory=dict)
    named: bool = True
    """Whether its reader knows who signed it; where not, everything above is without names already."""
    unnamed_signers: int = 0
    """How many signed jointly, where they are not named."""

    @property
    def assignment(self) -> Assignment | None:
        """The assignment of the unit that answers it, if any."""
        return next((a for a in reversed(self.assignments) if a.state != "returned" and a.answers_deputy), None)

    def assignment_for(self, actor: Actor) -> Assignment | None:
        """The assignment on which the actor may have to do something: a return to decide, their own unit's, else the answering one."""
        live = [a for a in reversed(self.assignments) if a.state != "returned"]
        asked = (a for a in live if a.state == "return_requested" and a.handed_over_by(actor))
        own = (a for a in live if a.unit_id in actor.units)
        return next(asked, None) or next(own, None) or self.assignment

    def answering_for(self, actor: Actor) -> Assignment | None:
        """The assignment under which the actor's own unit answers, if it does."""
        return _answering_for(self.assignments, actor)

    @property
    def passes(self) -> list[Assignment]:
        """The units that gave it back or from which it was taken, in turn, once there is more to tell than that one has it."""
        return [a for a in self.assignments if a.answers_deputy and a.state == "returned"]

    @property
    def current(self) -> list[Assignment]:
        """The other assignments: of the unit that has it, and of those that assist or did."""
        return [a for a in self.assignments if a not in self.passes]

    @property
    def issued(self) -> list[Reply]:
        """The replies that went out, newest first."""
        return [r for r in reversed(self.replies) if r.state == ReplyState.ISSUED]

    @property
    def unrated(self) -> bool:
        """Whether its reader, the lead deputy, has yet to rate a reply: others may not know what is rated under seal."""
        open_ones = (r for r in self.issued if not getattr(r, "said", None) and r.assignment.state != "returned")
        return self.suggestion.state == State.REPLIED and next(open_ones, None) is not None

    @property
    def deliberations(self) -> list[Deliberation]:
        """What was convened when a second or later reply did not satisfy, newest first."""
        return [r.deliberation for r in self.issued if hasattr(r, "deliberation")]

    @property
    def unissued(self) -> Reply | None:
        """The reply inside the unit, if there is one and it may be seen."""
        return next((r for r in self.replies if r.state != ReplyState.ISSUED and r.assignment.state != "returned"), None)

    @property
    def contacts(self) -> list[Contact]:
        """All contacts, newest first."""
        return [c for a in reversed(self.assignments) for c in a.contacts.all()]

    @property
    def face_replies(self) -> list[FaceReply]:
        """The meetings at which units answered in person, newest first."""
        return [one for a in reversed(self.assignments) for one in reversed(a.face_replies.all())]

    @property
    def objections(self) -> list[Objection]:
        """What the deputy had against a unit, newest first."""
        return [a.objection for a in reversed(self.assignments) if hasattr(a, "objection")]

    @property
    def objection(self) -> Objection | None:
        """The objection that waits for an answer."""
        return next((o for o in self.objections if o.state == ObjectionState.RAISED), None)

    def extension_for(self, actor: Actor) -> Extension | None:
        """The request for more time on which the actor decides; each unit that answers for a part asks for itself."""
        asked = (e for a in self.assignments for e in a.extensions.all() if e.state == ExtensionState.REQUESTED)
        return next((e for e in asked if extension_decider(actor, e)), None)

    @property
    def stages(self) -> list[dict[str, Any]]:
        """Its way in stages; nothing before it is submitted."""
        return stages(self.suggestion) if self.suggestion.submitted_at else []

    @property
    def told(self) -> str:
        """What was said with the step that brought it where it is."""
        codes = TOLD.get(State(self.suggestion.state), set())
        return next((line.note for line in self.history if line.code in codes), "")

    @property
    def sent_back(self) -> str:
        """What the signer asked to change in the reply that is being drafted."""
        if self.unissued is None or self.unissued.state != ReplyState.DRAFT:
            return ""
        begun_or_back = (line for line in self.history if line.code in {"assignment.draft_reply", "reply.send_back"})
        return next((line.note for line in begun_or_back), "")

    @property
    def signed(self) -> list[Signature]:
        """The joint signers."""
        return [s for s in self.signatures if s.state == SignatureState.CONFIRMED]


def _answering_for(assignments: list[Assignment], actor: Actor) -> Assignment | None:
    own = (a for a in reversed(assignments) if a.unit_id in actor.units and a.state != "returned" and a.answers_deputy)
    return next(own, None)


SELDOM: dict[str, Any] = {"extensions": Extension, "face_replies": FaceReply}
"""What few assignments have: asked for in a query of its own only where one of them has it."""


BESIDE = ("unit", "wished_unit", "objection__wished_unit", "dispatched_from__unit", "entrusted_to__person")


def _handed(suggestion: Suggestion) -> list[Assignment]:
    """Its assignments in turn, each with what a page shows of it."""
    contacts = Prefetch("contacts", Contact.objects.select_related("recorded_by__person"))
    rows = suggestion.assignments.select_related(*BESIDE)
    asked = {f"has_{name}": Exists(model.objects.filter(assignment=OuterRef("pk")).order_by()) for name, model in SELDOM.items()}
    found = list(rows.annotate(**asked).prefetch_related(contacts))
    there = {name: any(getattr(assignment, f"has_{name}") for assignment in found) for name in SELDOM}
    prefetch_related_objects(found, *(Prefetch(name, m.objects.all() if there[name] else m.objects.none()) for name, m in SELDOM.items()))
    together = in_order(one for one in found if one.role == UnitRole.JOINT and one.state != AssignmentState.RETURNED)
    for assignment in found:
        assignment.suggestion = suggestion
        if assignment in together:
            assignment.partners = together
    return found


def _say_by_whom(lines: list[Entry], unnamed: set[int]) -> list[Entry]:
    """The lines, each with the words for who did it; of these persons none is named."""
    for line in lines:
        if line.user and line.user.person_id in unnamed:
            line.by = str(A_DEPUTY)
        elif line.user:
            line.by = " · ".join(filter(None, [line.user.person.name, line.acting_as]))
    return lines


def _without_names(d: Dossier, actor: Actor) -> Dossier:
    """Without everything that says who has signed a confidential suggestion, unless its reader has."""
    if actor.people & {d.suggestion.lead.person_id, *(s.mandate.person_id for s in d.signatures)}:
        return d
    d.named, d.unnamed_signers = False, len(d.signed)
    d.signatures = []
    for attachment in d.attachments:
        attachment.file.name = attachment.file.name if attachment.reply_id else attachment.neutral_name
    _say_by_whom(d.history, {person.pk for person in signers_of(d.suggestion)})
    return d


def dossier(suggestion: Suggestion, actor: Actor) -> Dossier:
    """All that the actor may see of a suggestion they may see."""
    assignments = _handed(suggestion)
    readable = Reply.objects.visible_to(actor).filter(assignment__in=[a.pk for a in assignments])
    delivered = Prefetch("addressees", Addressee.objects.select_related("mandate__person"))
    rows = readable.select_related("signed_by__person", "deliberation")
    replies = list(rows.prefetch_related(delivered).order_by("id"))
    said = {e.reply_id: e for e in Evaluation.objects.visible_to(actor).filter(reply__in=[r.pk for r in replies if r.issued_at])}
    by_pk = {a.pk: a for a in assignments}
    for reply in replies:
        reply.assignment = by_pk[reply.assignment_id]
        reply.said = said.get(reply.pk)  # never ``reply.evaluation``: that asks nobody who may read it
        if reply.said:
            reply.said.reply = reply
    helped = [pk for pk, a in by_pk.items() if not a.answers_deputy]
    opinions = list(Opinion.objects.visible_to(actor).filter(assignment__in=helped)) if helped else []
    for opinion in opinions:
        opinion.assignment = by_pk[opinion.assignment_id]
    suggestion.handlers = suggestion.handlers_among(assignments) if suggestion.unit_id else []
    clocks = as_seen(suggestion.clocks.all(), suggestion, actor)
    signatures = suggestion.signatures.all()
    if suggestion.lead.person_id not in actor.people:  # who may ask again
        signatures = signatures.exclude(state="revoked")
    hidden = QUIET_CODES | (set() if _answering_for(assignments, actor) else UNIT_CODES) | (RECEIPT_CODES if actor.units else set())
    lines = history(suggestion).exclude(code__in=hidden).select_related("user__person")
    lines = lines.exclude(not_yet_told(suggestion)) if actor.units else lines
    signers = list(signatures.select_related("mandate__person", "mandate__delegation"))
    suggestion.is_signed_jointly = any(s.state == SignatureState.CONFIRMED for s in signers)  # what its rules would ask again
    found = Dossier(
        suggestion=suggestion,
        signatures=signers,
        assignments=assignments,
        replies=replies,
        clocks=clocks,
        attachments=list(suggestion.attachments.filter(removed=False).select_related("file")),
        history=_say_by_whom(list(lines[:200]), set()),
        opinions=opinions,
        running={c.kind: c for c in reversed(clocks) if c.ended_on is None},
    )
    return _without_names(found, actor) if suggestion.is_confidential else found


def public_history(suggestion: Suggestion) -> list[Entry]:
    """The lines of the journal that the public reads, newest first; who did it stays inside."""
    return list(history(suggestion).filter(code__in=PUBLIC_CODES).exclude(not_yet_told(suggestion))[:60])


@dataclass(frozen=True)
class PublicCopy:
    """The texts of a suggestion as the public would read them, marked passages left out."""

    matter: str
    proposal: str
    replies: list[Reply]

    @property
    def checked(self) -> bool:
        """Whether units have checked every reply for secrets."""
        return all(reply.secrecy_checked_at for reply in self.replies)


def copy_of(suggestion: Suggestion) -> PublicCopy:
    """The public copy: the texts without what staff have marked; each reply has its own as ``reply.copy``."""
    marks = list(suggestion.redactions.standing())
    issued = Reply.objects.filter(assignment__suggestion=suggestion, state=ReplyState.ISSUED).order_by("-id")
    replies = list(issued.select_related("assignment__unit", "secrecy_checked_by__person"))
    said = {e.reply_id: e for e in Evaluation.objects.filter(reply__in=replies, published_at__isnull=False, opened_at__isnull=False)}
    for reply in replies:
        reply.copy = public_copy(reply.text, [mark for mark in marks if mark.reply_id == reply.pk])
        reply.public_rating = said.get(reply.pk)
        if reply.public_rating:
            reply.public_rating.reply = reply
    texts = {place: public_copy(getattr(suggestion, place), [m for m in marks if m.place == place]) for place in ("matter", "proposal")}
    return PublicCopy(replies=replies, **texts)


# --- search -------------------------------------------------------------------------------------------------------------------


def audience(suggestion: Suggestion, signers: Iterable[int], units: Iterable[int], *, marked: bool = False) -> list[str]:
    """Who may find it: its signers and its units; once it is submitted its congress's overseers, its delegation's staff, and the
    members of a delegation that puts it forward; everybody once its text is published. Where passages are left out (``marked``)
    the public finds it by its title alone.
    """
    tokens = [f"p{pk}" for pk in signers] + [f"u{pk}" for pk in units]
    if suggestion.state not in PRIVATE:
        tokens.append(f"c{suggestion.congress_id}")
        if suggestion.session_id and suggestion.lead.delegation_id and not suggestion.is_confidential:
            tokens.append(f"g{suggestion.lead.delegation_id}")
    if suggestion.delegation_id and suggestion.state not in PRIVATE:
        tokens.append(f"m{suggestion.delegation_id}")
    whole = suggestion.publicity == Publicity.FULL and not marked  # words of a withheld text must not find it
    if whole and suggestion.state in PUBLIC_STATE:
        tokens.append("open")
    return tokens


def audiences_of(actor: Actor) -> list[str]:
    """In whose name an actor searches."""
    tokens = [f"u{pk}" for pk in (*actor.units, *units_below(actor).values_list("pk", flat=True))] if actor.units else []
    if actor.grants & {"suggestion.write", "suggestion.cosign"}:
        tokens += [f"p{pk}" for pk in actor.people]
        sat = Mandate.objects.filter(person__in=actor.people, delegation__isnull=False).values_list("delegation", flat=True)
        tokens += [f"m{pk}" for pk in sat]
    if "suggestion.oversee" in actor.grants:
        tokens += [f"c{pk}" for pk in actor.congresses]
    if SERVES in actor.grants:
        tokens += [f"g{pk}" for pk in delegations_served(actor).values_list("delegation", flat=True)]
    return tokens


def matching(rows: QuerySet[Suggestion], text: str, audiences: Iterable[str]) -> QuerySet[Suggestion]:
    """The rows that contain the words, or whose number is what was typed; the newest thousand."""
    return rows.filter(Q(pk__in=find("suggestion", text, audiences).ids) | _numbered(text))


def matching_published(rows: QuerySet[Suggestion], text: str) -> QuerySet[Suggestion]:
    """The same of published ones for the public, who find by the title alone what shows them its progress only, or not all of its text.

    All are found first, the newest thousand each: an OR of them would look at everything that is published, and for a count once more.
    """
    marked = Redaction.objects.standing().order_by().values("suggestion")
    found = set(find("suggestion", text, ["open"]).ids)
    for some in (Q(publicity=Publicity.PROGRESS, title__icontains=text), Q(pk__in=marked, title__icontains=text), _numbered(text)):
        found.update(rows.filter(some).order_by("-pk").values_list("pk", flat=True)[:MOST])
    return rows.filter(pk__in=found)


PUBLISHING_KEPT = 300
"""Seconds for which a process keeps which congresses publish: to ask anew for each page would read all that is published."""


def publishing() -> frozenset[int]:
    """The congresses of which the public can read something; one that has just begun may be missing for some minutes."""
    return _publishing(int(clock.now().timestamp()) // PUBLISHING_KEPT)


@functools.lru_cache(maxsize=1)
def _publishing(_while: int) -> frozenset[int]:
    read = Suggestion.objects.filter(publicity__in=PUBLISHED).order_by()
    return frozenset(read.values_list("congress", flat=True).distinct())


def forget_publishing() -> None:
    """Ask again which congresses publish."""
    _publishing.cache_clear()


def _numbered(text: str) -> Q:
    return Q(number=int(text)) if text.isdecimal() and len(text) < 7 else Q(pk__in=())  # noqa: PLR2004


MOST_ALIKE = 20


def _open_to_group(suggestion: Suggestion) -> QuerySet[Suggestion]:
    """The registered suggestions of the same congress that are handled with no others yet."""
    rows = Suggestion.objects.filter(congress=suggestion.congress_id, state=State.REGISTERED, handled_with=None)
    return rows.exclude(pk=suggestion.pk).without_texts()


def alike(suggestion: Suggestion) -> QuerySet[Suggestion]:
    """Those of them that are near in wording, the nearest first: proposals, on which a person decides."""
    names, title = [f"c{suggestion.congress_id}"], suggestion.title
    found = find_similar("suggestion", suggestion.matter, names, limit=MOST_ALIKE, exclude=[suggestion.pk], title=title)
    rows = _open_to_group(suggestion).filter(pk__in=[one.object_id for one in found])
    return rows.order_by(Case(*(When(pk=one.object_id, then=Value(n)) for n, one in enumerate(found)), default=Value(0)), "pk")


def together(suggestion: Suggestion, actor: Actor) -> list[Suggestion]:
    """The others handled together with it that the actor may see."""
    if suggestion.handled_with_id is None:
        return []
    rows = Suggestion.objects.visible_to(actor).filter(handled_with=suggestion.handled_with_id).exclude(pk=suggestion.pk)
    return list(rows.for_rows().order_by("pk"))


def registered_by_numbers(suggestion: Suggestion, numbers: Iterable[int]) -> QuerySet[Suggestion]:
    """Those of them with these numbers in the series of the suggestion."""
    return _open_to_group(suggestion).filter(series=suggestion.series, number__in=list(numbers))


# --- what waits for whom --------------------------------------------------------------------------------------------------------
