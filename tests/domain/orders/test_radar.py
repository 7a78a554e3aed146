"""Which orders are on the radar, each a small case."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.business_hours import Hours
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, Shipment
from deskterm.domain.orders.radar import Limits, Worry, find_worry

DAY = 86400
NOW = 1763718180  # Friday 21 November 2025, 10:43 in Berlin
HOURS = Hours("Mon-Fri 09:00-17:00", ZoneInfo("Europe/Berlin"), ("2025-11-19",))
PAID = Order(
    "loom", "x1", "1042", "jana@mertens.example", "Jana", NOW - 9 * DAY, Payment.PAID, Fulfilment.UNFULFILLED,
    Money(4900, "EUR"),
)  # fmt: skip


def parcel(days: int | None = None, scan: int | None = None, delivered: int | None = None) -> Shipment:
    at = [None if one is None else NOW - one * DAY for one in (days, delivered, scan)]
    return Shipment("DHL", "0034", "", *at)


SENT = replace(PAID, fulfilment=Fulfilment.SHIPPED)
ARRIVED, STANDS = parcel(9, scan=7, delivered=7), parcel(9, scan=7)
CASES = [
    ("paid long ago", PAID, Worry.UNSHIPPED),
    ("not paid yet", replace(PAID, payment=Payment.PENDING), None),
    ("cancelled", replace(PAID, cancelled_at=NOW), None),
    ("a test", replace(PAID, test=True), None),
    ("gone from the store", replace(PAID, gone_at=NOW), None),
    ("placed on Monday with a holiday between", replace(PAID, placed_at=NOW - 4 * DAY), None),
    ("placed on Thursday of the week before", replace(PAID, placed_at=NOW - 8 * DAY), Worry.UNSHIPPED),
    ("scanned yesterday", replace(SENT, shipments=(parcel(8, scan=1),)), None),
    ("scanned six days ago", replace(SENT, shipments=(parcel(8, scan=6),)), Worry.SILENT),
    ("shipped yesterday, nobody says where it is", replace(SENT, shipments=(parcel(1),)), None),
    ("shipped long ago, nobody says where it is", replace(SENT, shipments=(parcel(9),)), Worry.NO_DATA),
    ("delivered", replace(SENT, shipments=(ARRIVED,)), None),
    ("one of two delivered, the other silent", replace(SENT, shipments=(ARRIVED, STANDS)), Worry.SILENT),
    ("said to be shipped, without a parcel", SENT, None),
]


@pytest.mark.parametrize(("order", "worry"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_order_is_on_the_radar_or_not(order, worry):
    found = find_worry(order, NOW, Limits(3, 5), HOURS)
    assert (found and found[0]) == worry


def test_it_is_on_the_radar_since_its_last_movement():
    order = replace(SENT, shipments=(parcel(9, scan=6),))
    assert find_worry(order, NOW, Limits(3, 5), HOURS) == (Worry.SILENT, NOW - 6 * DAY)
