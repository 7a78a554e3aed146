"""What is said of an order that a macro is not for."""

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
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
def test_a_state_that_is_not_known_is_said_to_be_so(need, words):
    order = Order(
        "loom", "7", "7", "j@x.example", "J", 0, Payment.UNKNOWN, Fulfilment.UNKNOWN, Money(1, "EUR"),
        fulfilment_word="At work",
    )  # fmt: skip
    (said,) = unmet_needs([need], order)
    assert words in said
