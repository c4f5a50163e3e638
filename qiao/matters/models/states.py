"""Where a suggestion is, of what kind it is, where it comes from, what of it is public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a suggestion is, as those who work on it say it (state table 3.16)."""

    DRAFT = "draft", _("Draft")
    COSIGNING = "cosigning", _("Collecting signatures")
    DELEGATION_CHECK = "delegation_check", _("Being checked by the delegation")
    SUBMITTED = "submitted", _("Submitted, to be checked")
    RETURNED = "returned", _("Returned for correction")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    AS_LETTER = "as_letter", _("Treated as a letter")
    AS_REFERENCE = "as_reference", _("Passed on as a reference")
    REGISTERED = "registered", _("Registered, to be assigned")
    ASSIGNED = "assigned", _("Assigned, not signed for")
    DISPATCHED = "dispatched", _("Dispatched, not signed for")
    HANDLING = "handling", _("Being handled")
    REPLIED = "replied", _("Answered, being evaluated")
    DISSATISFIED = "dissatisfied", _("Deputy dissatisfied")
    ESCALATED = "escalated", _("Being deliberated on")
    REHANDLING = "rehandling", _("Being handled again")
    CLOSED = "closed", _("Closed")
    SPLIT = "split", _("Split into several")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Draft discarded")


PUBLIC_STATE = {
    State.REGISTERED: _("Registered"),
    State.ASSIGNED: _("Handed to the unit responsible"),
    State.DISPATCHED: _("Dispatched to the department responsible"),
    State.HANDLING: _("Being handled"),
    State.REPLIED: _("Answered"),
    State.DISSATISFIED: _("Answered; the deputy asks for more"),
    State.ESCALATED: _("Answered; a meeting or assessment is to settle it"),
    State.REHANDLING: _("Being handled again"),
    State.CLOSED: _("Closed"),
    State.SPLIT: _("Split into several suggestions"),
    State.WITHDRAWN: _("Withdrawn by the deputy"),
}
"""The same for the public; states that are not here are not the public's."""

OURS = frozenset({State.DRAFT, State.COSIGNING, State.RETURNED})
"""States in which the text is the deputies' own."""
PRIVATE = frozenset({State.DRAFT, State.COSIGNING, State.DISCARDED})
"""States in which a suggestion is its signers' alone."""
WITHDRAWABLE = frozenset(
    {
        State.DELEGATION_CHECK, State.SUBMITTED, State.RETURNED, State.REGISTERED, State.ASSIGNED, State.DISPATCHED, State.HANDLING,
        State.REHANDLING,
    }
)  # fmt: skip
"""States in which a suggestion is under way and can be withdrawn (R3.21)."""
NO_SUGGESTION = frozenset({State.AS_LETTER, State.AS_REFERENCE})
"""What was submitted as a suggestion and goes on as something else: no figure counts it among the suggestions (R3.11)."""
UNSIGNED = frozenset({State.ASSIGNED, State.DISPATCHED})
"""States in which no unit has signed for it yet."""
OPEN_WITH_UNIT = UNSIGNED | {State.HANDLING, State.REHANDLING}


class Kind(models.TextChoices):
    """Suggestion, criticism or opinion: one right, three words of the law."""

    SUGGESTION = "suggestion", _("Suggestion")
    CRITICISM = "criticism", _("Criticism")
    OPINION = "opinion", _("Opinion")


class Source(models.TextChoices):
    """Where the deputy's idea comes from (R3.12)."""

    RESEARCH = "research", _("Research")
    INSPECTION = "inspection", _("Inspection")
    GROUP = "group", _("Deputies' group")
    VISIT = "visit", _("Visits and talks with voters")
    STATION = "station", _("Liaison station")
    OWN = "own", _("Own work and life")


class Publicity(models.TextChoices):
    """What the public may read (R3.62)."""

    NONE = "none", _("Not published")
    PROGRESS = "progress", _("Progress only")
    FULL = "full", _("Text and progress")


PUBLISHED = (Publicity.PROGRESS, Publicity.FULL)
"""What the public may read anything of. Asked for by name, so that an index over it answers; “not NONE” would look at every row."""


class Decider(models.TextChoices):
    """Who decided to which unit a suggestion made between sessions is handed (R3.23); the rulebook's ``assign_decider``."""

    SECRETARIAT = "secretariat", _("The secretariat of the session")
    DEPUTY_AFFAIRS = "deputy_affairs", _("The deputy-affairs committee")
    CHAIRPERSONS = "chairpersons", _("The chairpersons' meeting")
    JOINT = "joint", _("Jointly with the government's general office")
