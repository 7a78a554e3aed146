"""What a macro may say about an order, and about whom it greets."""

from deskterm.domain.liquid import facts
from deskterm.domain.liquid.names import NAMES
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)

ORDER = Order(
    "loom",
    "1",
    "1042",
    "j@m.example",
    "Jana",
    100,
    Payment.PAID,
    Fulfilment.SHIPPED,
    Money(9800, "EUR"),
    (
        OrderLine("A", "Wool throw", "grey", 2, Money(4900, "EUR")),
        OrderLine("B", "Mug", "", 1, Money(2200, "EUR")),
    ),
    (Shipment("DHL", "1", "u", 200), Shipment("DPD", "2", "v", 300)),
    (Refund(500, Money(100, "EUR")), Refund(900, Money(200, "EUR"))),
    PostalAddress("Jana Mertens", "Lindenallee 3", "10437", "Berlin"),
    synced_at=1000,
)


def test_an_orders_facts_name_the_order_and_its_age():
    found = facts.of_order(ORDER)
    assert found["order.number"].source == "order #1042"
    assert {fact.synced_at for fact in found.values()} == {1000}
    assert found.keys() <= NAMES.keys()


def test_the_latest_parcel_and_refund_are_meant():
    found = facts.of_order(ORDER)
    assert found["tracking.carrier"].value == "DPD"
    assert found["order.refund"].value == Money(200, "EUR")


def test_items_stand_in_a_sentence():
    assert facts.items(ORDER.lines) == "2 × Wool throw (grey) and 1 × Mug"
    assert facts.items(ORDER.lines[:1]) == "2 × Wool throw (grey)"
    assert facts.items(()) == ""
