"""What an action gives as goodwill, and what an order owes anyway."""

from dataclasses import replace

import pytest

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.action_names import valid_code_of
from deskterm.domain.orders.actions import ActionRecord, ActionState, StoreAction
from deskterm.domain.orders.goodwill import worth_of
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.orders.returns import OrderReturn, ReturnState

TEN = Money(1000, "EUR")
ORDER = Order("kiln", "1", "1", "j@m.example", "Jana", 0, Payment.PAID, Fulfilment.DELIVERED, TEN)


@pytest.mark.parametrize(
    ("order", "worth"),
    [
        (ORDER, TEN),
        (replace(ORDER, returns=(OrderReturn(5, state=ReturnState.DECLINED),)), TEN),
        (replace(ORDER, returns=(OrderReturn(5),)), None),
        (replace(ORDER, returns=(OrderReturn(5, money_at=9),)), TEN),
        (replace(ORDER, returns=(OrderReturn(5, money_at=9), OrderReturn(7))), None),
        (replace(ORDER, cancelled_at=5), None),
        (replace(ORDER, fulfilment=Fulfilment.CANCELLED), None),
    ],
)
def test_a_refund_is_goodwill_unless_goods_that_come_back_are_unpaid_or_the_order_was_cancelled(order, worth):
    assert worth_of(order, StoreAction("k", Ability.REFUND, "1", TEN)) == worth


def test_a_code_is_goodwill_even_where_a_refund_is_owed():
    order = replace(ORDER, cancelled_at=5)
    assert worth_of(order, StoreAction("k", Ability.CODE, "1", TEN)) == TEN


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ActionState.CONFIRMED, ""),
        (ActionState.UNKNOWN, ""),
        (ActionState.REFUSED, ""),
        (ActionState.DONE, "SORRY"),
    ],
)
def test_a_code_is_in_no_letter_before_the_store_has_it(state, code):
    action = StoreAction("k", Ability.CODE, "1", text="SORRY", percent=10)
    assert valid_code_of(ActionRecord(action, "kiln", 1, 0, state, 0)) == code
