"""No test leaves its tables of days off to the next."""

import pytest

from qiao.rulebook.queries import forget_calendar


@pytest.fixture(autouse=True)
def _forgotten_calendar():
    forget_calendar()
    yield
    forget_calendar()
