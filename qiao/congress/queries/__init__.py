"""Who sits in a congress on a day, how the body is made up, and what of a deputy may be shown to whom."""

from .body import Overview, out_of_line, overview_of, term_on
from .delegations import delegations_of, free_for_delegations, head_of, serving
from .groups import groups_of, own_groups, with_members
from .mandates import DecisionLine, decisions_on, held_on, other_mandates, reads_suggestions, sees_contact, with_cards
from .seats import TAKEN, SeatTotals, by_elections_of, number_of, open_seats, seat_totals, seats_of
from .structure import BANDS, HAN, UNKNOWN, Share, Structure, band_names, by_profession, is_minority, of_age, structure_of, years_before

__all__ = [
    "BANDS",
    "DecisionLine",
    "HAN",
    "Overview",
    "SeatTotals",
    "Share",
    "Structure",
    "TAKEN",
    "UNKNOWN",
    "band_names",
    "by_elections_of",
    "by_profession",
    "decisions_on",
    "delegations_of",
    "free_for_delegations",
    "groups_of",
    "head_of",
    "held_on",
    "is_minority",
    "number_of",
    "of_age",
    "open_seats",
    "other_mandates",
    "out_of_line",
    "overview_of",
    "own_groups",
    "reads_suggestions",
    "seat_totals",
    "seats_of",
    "sees_contact",
    "serving",
    "structure_of",
    "term_on",
    "with_cards",
    "with_members",
    "years_before",
]
