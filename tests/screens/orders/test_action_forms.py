"""The fields of an action on an order, read as the action to plan."""

import pytest

from deskterm.config.store_kinds import STORE_KINDS, Ability
from deskterm.domain.formats import Formats
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.orders.plans import Obstacle, plan_action
from deskterm.screens.orders.action_forms import action_of

TEN = Money(1000, "EUR")
ORDER = Order("kiln", "1", "1", "j@m.example", "Jana", 0, Payment.PAID, Fulfilment.UNFULFILLED, TEN)


@pytest.mark.parametrize(
    ("typed", "amount", "obstacle"),
    [
        ("", None, None),
        ("  ", None, None),
        ("10,00", TEN, None),
        ("all of it", Money(0, "EUR"), Obstacle.NO_AMOUNT),
        ("10.000", Money(0, "EUR"), Obstacle.NO_AMOUNT),
        ("-10", Money(0, "EUR"), Obstacle.NO_AMOUNT),
        ("0", Money(0, "EUR"), Obstacle.NO_AMOUNT),
    ],
)
def test_a_cancellation_with_an_unreadable_refund_is_refused_rather_than_done_without_one(
    typed, amount, obstacle
):
    action = action_of(Ability.CANCEL, ORDER, {"money back": typed, "reason": ""}, tell_customer=False)
    assert action.amount == amount
    plan = plan_action(ORDER, action, STORE_KINDS["shopify"], Formats("en_US", "UTC"))
    assert plan.obstacle is obstacle
