"""What is shown beside a ticket: customer, orders, SOP."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from deskterm.commands.keymap import default_key
from deskterm.domain.formats import Formats
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderFact,
    OrderLine,
    OrderNote,
    Payment,
    Refund,
    Shipment,
    TrackingSource,
)
from deskterm.domain.people.customers import Customer, CustomerFacts
from deskterm.widgets.customer_card import customer_lines
from deskterm.widgets.order_card import Now, order_lines, other_order_lines

DAY = 86400
AT = 1763718180  # 21 November 2025
NOW = Now(Formats("en_GB", "Europe/Berlin"), AT)
EURO = Money(4900, "EUR")
PARCEL = Shipment("DHL", "00340434161094042557", "", AT - 12 * DAY, None, AT - 9 * DAY)
ORDER = Order(
    "loom", "x1", "1042", "j@x.example", "Jana", AT - 14 * DAY, Payment.PAID, Fulfilment.SHIPPED, Money(9800, "EUR"),
    (OrderLine("T", "Wool throw", "grey", 2, EURO),), (PARCEL,), id=1,
)  # fmt: skip


def words(lines):
    return ["".join(bit.text for bit in line.bits).rstrip() for line in lines]


def shade(lines, text):
    return next(bit.shade for line in lines for bit in line.bits if text in bit.text)


def test_a_line_of_an_order_ends_with_its_money_at_the_right():
    lines = words(order_lines(ORDER, NOW, 44))
    assert lines[1] == "7 Nov    2 × Wool throw, grey         €98.00"
    assert cell_len(lines[1]) == 44


def test_an_unknown_price_is_a_question_mark_and_never_zero():
    order = replace(
        ORDER, lines=(OrderLine("T", "Throw", "", 1, Money(0, "EUR")),), unread=(OrderFact.PRICES,)
    )
    lines = words(order_lines(order, NOW, 44))
    assert lines[1].split() == ["7", "Nov", "1", "×", "Throw", "?"]
    assert not any("0.00" in line for line in lines)


def test_several_lines_have_a_total():
    order = replace(
        ORDER, lines=(*ORDER.lines, OrderLine("S", "Socks", "", 1, EURO)), total=Money(14700, "EUR")
    )
    assert any(
        line.startswith("total") and line.endswith("€147.00") for line in words(order_lines(order, NOW, 44))
    )


@pytest.mark.parametrize(
    ("scanned", "said", "colour"),
    [
        (9, "no scan for 9 days", "red"),
        (4, "no scan for 4 days", "amber"),
        (1, "last scan yesterday 10:43", "soft"),
    ],
)
def test_a_silent_parcel_is_named_and_coloured_by_its_days(scanned, said, colour):
    lines = list(
        order_lines(replace(ORDER, shipments=(replace(PARCEL, last_scan_at=AT - scanned * DAY),)), NOW, 44)
    )
    assert any(said in line for line in words(lines))
    assert shade(lines, said) == colour


def test_a_delivered_parcel_is_green_however_old_its_scan():
    lines = list(
        order_lines(replace(ORDER, shipments=(replace(PARCEL, delivered_at=AT - 8 * DAY),)), NOW, 44)
    )
    assert shade(lines, "delivered 13 Nov") == "green"


def test_a_refund_is_money_that_left():
    lines = words(
        order_lines(replace(ORDER, refunds=(Refund(AT, Money(2000, "EUR"), "one was torn"),)), NOW, 44)
    )
    assert any("refunded: one was torn" in line and line.endswith("−€20.00") for line in lines)


def test_the_stores_mark_and_the_reason_are_shown_where_they_matter():
    lines = words(order_lines(ORDER, NOW, 44, "the customer named it", "loom"))
    assert lines[0].endswith("loom")
    assert lines[1] == "the customer named it"


@pytest.mark.parametrize("width", [8, 12, 20, 33, 60])
def test_no_line_is_wider_than_the_panel(width):
    order = replace(
        ORDER,
        note="a long note that has to be wrapped somewhere",
        lines=(replace(ORDER.lines[0], title="ウールのブランケット、大きい"),),
    )
    lines = [*order_lines(order, NOW, width, "because", "loom"), *other_order_lines((ORDER,) * 9, NOW, width)]
    assert all(cell_len(line) <= max(width, 18) for line in words(lines))


def test_many_further_orders_are_counted_not_listed():
    lines = words(other_order_lines((replace(ORDER, fulfilment=Fulfilment.DELIVERED),) * 9, NOW, 44))
    assert lines[-1] == "⋯ 3 more orders"
    assert lines[0].startswith("#1042 delivered")


def test_the_customer_card_shows_who_it_is_how_much_was_spent_and_what_else_is_open():
    customer = Customer(1, "Jana Mertens", ("j@x.example", "jana@work.example"), AT - 240 * DAY)
    facts = CustomerFacts(customer, 3, (Money(18450, "EUR"),), 2, (1050,))
    lines = words(customer_lines(facts, 44, NOW.formats.money_list, lambda _: "March", default_key))
    assert lines == [
        "Jana Mertens",
        "3 orders · €184.50 · since March",
        "2 earlier tickets",
        "also open: T1050   M merges",
        "j@x.example",
        "jana@work.example",
    ]


def test_a_customer_without_a_name_is_shown_once_by_the_address():
    facts = CustomerFacts(Customer(1, "", ("j@x.example",), AT), 0, (), 0, ())
    assert words(customer_lines(facts, 44, str, lambda _: "November", default_key)) == [
        "j@x.example",
        "no orders · since November",
    ]


def test_lines_of_a_partly_shipped_order_say_what_is_sent_and_refunded():
    lines = (
        replace(ORDER.lines[0], quantity=2, sent=1, refunded=1),
        replace(ORDER.lines[0], quantity=1, sent=1),
        replace(ORDER.lines[0], quantity=1, sent=0, refunded=1),
    )
    drawn = words(order_lines(replace(ORDER, fulfilment=Fulfilment.PARTLY, lines=lines), NOW, 40))
    assert [one.strip() for one in drawn if "sent" in one] == [
        "1 of 2 sent · 1 refunded",
        "sent",
        "not sent · refunded",
    ]


@pytest.mark.parametrize(
    ("shipment", "said"),
    [
        (Shipment("DHL", "A1", "", AT - 6 * DAY), "shipped 6 days ago, no carrier data"),
        (
            Shipment("DHL", "A1", "", AT - 1 * DAY, source=TrackingSource.FILE),
            "shipped 1 day ago (label file), no",
        ),
        (Shipment("DHL", "A1", "", None), "no carrier data"),
        (Shipment("", "", "", None), "not shipped yet"),
    ],
)
def test_a_parcel_without_news_of_a_carrier_says_so(shipment, said):
    drawn = words(order_lines(replace(ORDER, shipments=(shipment,)), NOW, 60))
    assert said in " ".join(one.strip() for one in drawn)


def test_an_order_that_is_gone_and_a_test_order_are_named():
    drawn = "\n".join(words(order_lines(replace(ORDER, gone_at=AT, test=True), NOW, 60)))
    assert "no longer has it" in drawn
    assert "a test order" in drawn


def test_notes_tags_and_how_it_was_paid_are_on_the_card():
    notes = tuple(OrderNote(AT - DAY, f"note {number}", to_customer=number == 4) for number in range(5))
    order = replace(
        ORDER, notes=notes, tags=("gift", "VIP"), payment_method="PayPal", shop_total=Money(999, "EUR")
    )
    drawn = "\n".join(words(order_lines(order, NOW, 60)))
    for said in ("to the customer: note 4", "note 2", "2 earlier notes", "gift, VIP", "PayPal"):
        assert said in drawn
    assert "note 1" not in drawn


def test_segments_stand_out_on_the_customers_card():
    facts = CustomerFacts(
        Customer(1, "Jana", ("j@x.example",), AT), 3, (EURO,), 0, (), since=AT, segments=("VIP", "at risk")
    )
    lines = customer_lines(facts, 40, NOW.formats.money_list, lambda _: "May", default_key)
    assert "VIP · at risk" in words(lines)
    assert shade(lines, "VIP") == "accent"
