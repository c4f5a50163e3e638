"""Everything that can be done to the body of a congress, by noun."""

from .body import convene, correct_district, correct_person, correct_quota, draw_district, form_delegation, open_term, set_quota
from .elections import cancel, elect, fill, open_by_election, reschedule
from .mandates import (
    accept_ordered,
    accept_resignation,
    close_term,
    confirm,
    drop_order,
    end,
    expire,
    initiate_recall,
    invalidate,
    lift_suspension,
    order_resignation,
    recall,
    refuse_resignation,
    reject_recall,
    resign,
    suspend,
)
from .roll import add_deputy, correct_mandate, enter_mandate, enter_roll
