"""What a macro may say about an order, and about whom it greets."""

import pytest

from deskterm.domain.liquid import facts
from deskterm.domain.liquid.fill import fill
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
    found = facts.order_facts(ORDER)
    assert found["order.number"].source == "order #1042"
    assert {fact.synced_at for fact in found.values()} == {1000}
    assert found.keys() <= NAMES.keys()


def test_the_latest_parcel_and_refund_are_meant():
    found = facts.order_facts(ORDER)
    assert found["tracking.carrier"].value == "DPD"
    assert found["order.refund"].value == Money(200, "EUR")


def test_items_are_listed_in_a_sentence():
    assert facts.items(ORDER.lines) == "2 × Wool throw (grey) and 1 × Mug"
    assert facts.items(ORDER.lines[:1]) == "2 × Wool throw (grey)"
    assert facts.items(()) == ""


def test_each_parcel_has_a_line_with_its_page_and_the_lines_say_what_is_sent():
    price = Money(100, "EUR")
    order = Order(
        store="kiln", external_id="1", number="1", email="", customer_name="", placed_at=0, total=price,
        payment=Payment.PAID, fulfilment=Fulfilment.PARTLY,
        lines=(
            OrderLine("A", "Mug", "", 2, price, sent=1),
            OrderLine("B", "Bowl", "", 1, price, sent=1),
            OrderLine("C", "Vase", "", 3, price, sent=0, refunded=1),
        ),
        shipments=(Shipment("UPS", "1Z9", "", 5), Shipment("", "A7", "https://t.example/A7", 6), Shipment("DHL", "", "", 7)),
    )  # fmt: skip
    found = {name: fact.value for name, fact in facts.order_facts(order).items()}
    assert (
        found["order.tracking"] == "UPS 1Z9: https://www.ups.com/track?tracknum=1Z9\nA7: https://t.example/A7"
    )
    assert found["order.parcels"] == 2
    assert found["order.sent_items"] == "1 × Mug and 1 × Bowl"
    assert found["order.open_items"] == "1 × Mug and 2 × Vase"


@pytest.mark.parametrize(
    ("country", "words"),
    [("AT", "4 to 6 days"), ("FR", "2 to 4 days"), ("", "2 to 4 days"), ("at", "2 to 4 days")],
)
def test_how_long_parcels_take_is_said_for_the_country_that_an_order_goes_to(country, words):
    values = {"shipping_times": "2 to 4 days", "shipping_times_to": {"AT": "4 to 6 days"}}
    assert fill("{{ policy.shipping_times }}", facts.policy_facts(values, country)).text == words


def test_a_policy_that_is_not_set_is_a_missing_value():
    said = facts.policy_facts({"return_days": 30, "warranty_months": 0, "free_shipping_from": ""})
    filled = fill("{{ policy.return_days }} days, {{ policy.warranty_months }}", said)
    assert filled.text == "30 days, [policy.warranty_months?]"
    assert [one.name for one in filled.missing] == ["policy.warranty_months"]
