"""The words that settings may use for an order's state are those of the orders."""

from deskterm.config.setting import ORDER_STATES
from deskterm.domain.orders.order import Fulfilment, Payment


def test_settings_know_each_state_except_unknown():
    assert set(ORDER_STATES) == {*map(str, Payment), *map(str, Fulfilment)} - {"unknown"}
