"""What is said about an order that a macro is not for."""

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.orders.returns import OrderReturn
from deskterm.domain.review.order_needs import Need, unmet_needs


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (
            Need.NOT_SHIPPED,
            "does not show whether it was shipped (your shop calls it “At work”); this macro is for",
        ),
        (Need.SHIPPED, "this macro is for orders that are shipped."),
        (Need.PAID, "does not show whether it is paid or refunded; this macro is for orders that are paid."),
        (
            Need.REFUNDED,
            "does not show whether it is paid or refunded; this macro is for orders that are refunded.",
        ),
    ],
)
def test_an_unknown_state_is_named_as_such(need, words):
    order = Order(
        "loom", "7", "7", "j@x.example", "J", 0, Payment.UNKNOWN, Fulfilment.UNKNOWN, Money(1, "EUR"),
        fulfilment_word="At work",
    )  # fmt: skip
    (said,) = unmet_needs([need], order)
    assert words in said


@pytest.mark.parametrize(
    ("returns", "met"),
    [
        ((), False),
        ((OrderReturn(1, label_at=1),), True),
        ((OrderReturn(1, label_at=1, back_at=2),), False),
    ],
)
def test_a_return_is_asked_for_only_where_one_is_still_to_come(returns, met):
    order = Order(
        "loom",
        "7",
        "7",
        "j@x.example",
        "J",
        0,
        Payment.PAID,
        Fulfilment.SHIPPED,
        Money(1, "EUR"),
        returns=returns,
    )
    said = unmet_needs([Need.OPEN_RETURN], order)
    assert said == (
        ()
        if met
        else ("Order #7 has no return that is still to come; this macro is for orders that have one.",)
    )
