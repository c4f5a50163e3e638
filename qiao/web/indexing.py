"""What the search knows of suggestions: told after each commit, and in bulk for a rebuild."""

from collections.abc import Iterator

from qiao.kernel.models import Entry
from qiao.matters.models import PRIVATE, PUBLIC_STATE, Signature, Suggestion
from qiao.matters.queries import audience
from qiao.search.operations import Row, index


def document(suggestion: Suggestion) -> Row:
    """A suggestion as the index takes it."""
    signers = Signature.objects.filter(suggestion=suggestion).exclude(state="revoked").values_list("mandate__person", flat=True)
    units = suggestion.assignments.values_list("unit", flat=True)
    return {
        "object_id": suggestion.pk,
        "title": suggestion.title,
        "text": "\n".join([suggestion.number_label, suggestion.lead.person.name, suggestion.matter, suggestion.proposal]),
        "audience": audience(suggestion, [suggestion.lead.person_id, *signers], units),
        "at": suggestion.created_at,
    }


def suggestions() -> Iterator[Row]:
    """Every suggestion, oldest first."""
    for suggestion in Suggestion.objects.select_related("lead__person").order_by("pk").iterator(chunk_size=500):
        yield document(suggestion)


SHOWN = {"title", "matter", "proposal", "number_label", "lead_id", "publicity"}
"""Columns of a suggestion that change what is found, or by whom."""
WHO = {"suggestion.invite", "suggestion.assign", "signature.revoke", "signature.ask_again"}
"""Operations that let others find a suggestion, or no longer, without a change of the suggestion itself."""


def index_entry(entry: Entry) -> None:
    """Keep the index in step with what was just done to a suggestion or to what belongs to it, where it makes a difference."""
    noun, _colon, pk = entry.trail.partition(":")
    if noun == "suggestion" and _matters(entry):
        found = Suggestion.objects.select_related("lead__person").filter(pk=int(pk)).first()
        if found:
            index("suggestion", **document(found))


def _matters(entry: Entry) -> bool:
    """Whether the words changed that are found, or the people who find them."""
    if entry.code in WHO:
        return True
    moved = [(state in PRIVATE, state in PUBLIC_STATE) for state in entry.changes.get("state", ())]
    return entry.code.startswith("suggestion.") and bool(SHOWN & entry.changes.keys() or len(set(moved)) > 1)
