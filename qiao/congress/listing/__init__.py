"""The lists of the directory: their columns, what narrows them, their exports, and the numbers that link to them."""

from .attendance import LEAVES, PRINTED_SHEET, SHEET, figures_list
from .deputies import CARDS, CARDS_A_PAGE, DEPUTIES, MORE_OF_A_DEPUTY, PRINTED, deputies_list
from .directory import AREAS, CONGRESSES, SEATS, UNITS, area_crumbs
from .groups import MEMBERS, groups_list
from .numbers import Number, Part, numbers_by_profession, numbers_of, parts_of, table_of
from .parts import deputies_named, holders_named, is_true, seat_of, where, yes_or_no

__all__ = [
    "AREAS",
    "CARDS",
    "CARDS_A_PAGE",
    "CONGRESSES",
    "DEPUTIES",
    "LEAVES",
    "MEMBERS",
    "MORE_OF_A_DEPUTY",
    "Number",
    "Part",
    "PRINTED",
    "PRINTED_SHEET",
    "SEATS",
    "SHEET",
    "UNITS",
    "area_crumbs",
    "deputies_list",
    "deputies_named",
    "is_true",
    "figures_list",
    "groups_list",
    "holders_named",
    "numbers_by_profession",
    "numbers_of",
    "parts_of",
    "table_of",
    "seat_of",
    "where",
    "yes_or_no",
]
