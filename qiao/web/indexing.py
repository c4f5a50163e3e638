"""What the search knows of suggestions: told after each commit, and in bulk for a rebuild."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Prefetch, QuerySet

from qiao.kernel.models import Entry
from qiao.matters.models import PRIVATE, PUBLIC_STATE, Redaction, Signature, Suggestion
from qiao.matters.queries import audience
from qiao.search.operations import BATCH, Row, forget, index, index_many


def _whole() -> QuerySet[Suggestion]:
    """Suggestions with all that the index takes of them, in a few queries however many they are."""
    return Suggestion.objects.select_related("lead__person").prefetch_related(
        Prefetch("signatures", Signature.objects.exclude(state="revoked").select_related("mandate").order_by("pk")),
        "assignments",
        Prefetch("redactions", Redaction.objects.standing()),
    )


def document(suggestion: Suggestion) -> Row:
    """A suggestion as the index takes it."""
    signers = [signature.mandate.person_id for signature in suggestion.signatures.all()]
    units = [assignment.unit_id for assignment in suggestion.assignments.all()] + [pk for pk in [suggestion.passed_to_id] if pk]
    lead = "" if suggestion.is_confidential else suggestion.lead.person.name
    return {
        "object_id": suggestion.pk,
        "title": suggestion.title,
        "text": "\n".join([suggestion.number_label, lead, suggestion.matter, suggestion.proposal]),
        "audience": audience(suggestion, [suggestion.lead.person_id, *signers], units, marked=bool(suggestion.redactions.all())),
        "at": suggestion.created_at,
    }


def suggestions() -> Iterator[Row]:
    """Every suggestion, oldest first."""
    for suggestion in _whole().order_by("pk").iterator(chunk_size=500):
        yield document(suggestion)


SHOWN = {"title", "matter", "proposal", "number_label", "lead_id", "publicity", "passed_to_id", "confidentiality"}
"""Columns of a suggestion that change what is found, or by whom."""
WHO = {
    "suggestion.invite", "suggestion.assign", "assignment.dispatch", "assignment.grant_return", "objection.uphold", "signature.revoke",
    "signature.ask_again", "suggestion.redact", "redaction.undo",
}  # fmt: skip
"""Operations that let others find a suggestion, or no longer, without a change of the suggestion itself."""


GONE = "suggestion.strike_past"
"""The operation after which there is nothing left to find."""


_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


@contextmanager
def postponed() -> Iterator[None]:
    """For loading much at once: what is done inside goes into the index at the end, each suggestion once."""
    waiting: set[int] = set()
    token = _postponed.set(waiting)
    try:
        yield
    finally:
        _postponed.reset(token)
        late = sorted(waiting)
        for start in range(0, len(late), BATCH):
            index_many("suggestion", map(document, _whole().filter(pk__in=late[start : start + BATCH]).order_by("pk")))


def index_entry(entry: Entry) -> None:
    """Keep the index in step with what was just done to a suggestion or to what belongs to it, where it makes a difference."""
    noun, _colon, pk = entry.trail.partition(":")
    if noun != "suggestion" or not _matters(entry):
        return
    if entry.code == GONE:
        forget("suggestion", [int(pk)])
        return
    waiting = _postponed.get()
    if waiting is not None:
        waiting.add(int(pk))
    elif found := _whole().filter(pk=int(pk)).first():
        index("suggestion", **document(found))


def _matters(entry: Entry) -> bool:
    """Whether the words changed that are found, or the people who find them."""
    if entry.code in WHO or entry.code == GONE:
        return True
    moved = [(state in PRIVATE, state in PUBLIC_STATE) for state in entry.changes.get("state", ())]
    return entry.code.startswith("suggestion.") and bool(SHOWN & entry.changes.keys() or len(set(moved)) > 1)
