import pytest

from qiao.matters.models import State


@pytest.mark.parametrize("state", State.values)
def test_every_state_is_reached_by_operations(world, state):
    assert getattr(world, state)().state == state
