"""One place says what time it is."""

import datetime as dt

import pytest
from django.utils import timezone

from qiao.kernel import clock

NIGHT = dt.datetime(2026, 3, 1, 17, 30, tzinfo=dt.UTC)
"""Half past one of the second of March where the congress sits."""


def test_now_is_this_moment_and_aware():
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()
    assert timezone.is_aware(clock.now())


def test_inside_pretend_it_is_that_moment_and_after_it_the_true_one_again():
    with clock.pretend(NIGHT):
        assert clock.now() == NIGHT
    assert clock.now() > NIGHT


def test_pretending_inside_pretending_goes_back_one_step():
    with clock.pretend(NIGHT):
        with clock.pretend(NIGHT + dt.timedelta(days=1)):
            assert clock.now().day == 2
        assert clock.now() == NIGHT


def test_an_error_inside_pretend_ends_it():
    with pytest.raises(RuntimeError), clock.pretend(NIGHT):
        raise RuntimeError
    assert clock.now() != NIGHT


def test_the_legal_day_is_that_of_the_place_where_the_congress_sits():
    with clock.pretend(NIGHT):
        assert clock.today() == dt.date(2026, 3, 2)
