"""Exports of marketplaces and shops: each format read exactly, two files joined, a folder watched, JSON lines."""

import json
import os
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.store import Store
from deskterm.domain.orders.order import Fulfilment, Money, Payment
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports.files import mark, read_file, written_at

UTC = ZoneInfo("UTC")
NOW = 1_790_000_000

ETSY = """Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Coupon Code,Order Total,Adjusted Order Total,SKU
09/21/26,2001,lena,Lena Ode,3,Credit Card,09/23/26,5 Kiln Ln,,Salem,OR,97301,United States,USD,TENOFF,"1,048.00",0.00,"A,B"
09/22/26,2002,,Max Orr,1,PayPal,,7 Elm,,Bonn,,53111,Germany,USD,,20.00,15.00,C
"""
ETSY_ITEMS = """Sale Date,Item Name,Quantity,Price,Currency,Transaction ID,Date Shipped,Order ID,Variations,SKU
09/21/26,Jug &amp; bowl,2,20.00,USD,1,09/23/2026,2001,"Colour:Green",A
09/21/26,Vase,1,"1,000.00",USD,2,09/23/2026,2001,,B
"""
EBAY = """\ufeff

"Sales Record Number","Order Number","Buyer Username","Buyer Name","Buyer Email","Ship To Name","Ship To Phone","Ship To Address 1","Ship To City","Ship To State","Ship To Zip","Ship To Country","Item Title","Custom Label","Quantity","Sold For","Total Price","Sale Date","Paid On Date","Shipped On Date","Shipping Service","Tracking Number","Variation Details"
"","","","","","","","","","","","","","","","","","","","","","",""
"8","17-1-2","lena","Lena Ode","x1@members.ebay.com","Lena Ode","+1 503 555 0100","5 Kiln Ln","Salem","OR","97301","United States","","","3","$60.00","$66.50","Sep-21-26","Sep-21-26","Sep-22-26","USPS","94001",""
"8","17-1-2","lena","","","","","","","","","","Jug","A","2","$20.00","","","","","","","[Colour:Green]"
"8","17-1-2","lena","","","","","","","","","","Bowl","B","1","$20.00","","","","","","",""
"9","17-1-3","max","Max Orr","x2@members.ebay.com","Max Orr","","7 Elm","Bonn","","53111","Germany","Vase","C","1","$5.00","$9.00","Sep-22-26","","","","",""

"2","record(s) downloaded,"," from ","Sep-01-26"," to ","Sep-30-26"
"Seller ID : kiln"
"""
BIGCOMMERCE = """Order ID,Customer Name,Customer Email,Order Date,Order Time,Order Status,Order Total (inc tax),Refund Amount,Order Currency Code,Date Shipped,Ship Method,Payment Method,Shipping Name,Shipping Street 1,Shipping Suburb,Shipping State,Shipping Zip,Shipping Country,Product Details
31,Lena Ode,lena@x.example,03/09/2026,10:00:00,Partially Shipped,45.00,5.00,EUR,04/09/2026,Post,Card,Lena Ode,5 Kiln Ln,Bonn,,53111,Germany,"Product ID: 1, Product Qty: 2, Product SKU: A, Product Name: Jug, large, Product Weight: 1, Product Variation Details: Colour: Green, Product Unit Price: 20.00, Product Total Price: 40.00|Product ID: 2, Product Qty: 1, Product SKU: B, Product Name: Bowl, Product Weight: 1, Product Variation Details: , Product Unit Price: 5.00, Product Total Price: 5.00"
32,Max Orr,max@x.example,14/09/2026,10:00:00,Waiting for clay,1.00,0.00,EUR,,,,,,,,,,"Product ID: 2, Product Qty: 1, Product SKU: B, Product Name: Bowl, Product Unit Price: 1.00, Product Total Price: 1.00"
"""
MAGENTO = """ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Shipping Address,Shipping Information,Customer Email,Payment Method,Total Refunded
000000071,"Main
   Store","Sep 3, 2026, 9:59:58 AM",Lena Ode,Lena Ode,45.0000,45.0000,processing,"5 Kiln Ln,Bonn,,53111",Flat Rate,lena@x.example,card,0.0000
000000072,"Main
   Store","Sep 3, 2026, 1:00:00 PM",Max Orr,Max Orr,45.0000,45.0000,closed,,Flat Rate,max@x.example,card,45.0000
"""
AMAZON = "\n".join(
    "\t".join(row)
    for row in (
        ("amazon-order-id", "purchase-date", "order-status", "product-name", "sku", "quantity", "currency", "item-price",
         "item-tax", "shipping-price", "item-promotion-discount", "ship-city", "ship-postal-code", "ship-country"),
        ("111-1", "2026-09-21T10:00:00+00:00", "Shipped", 'Jug "big"', "A", "2", "USD", "40.0", "2.5", "5.0", "1.5", "SALEM", "97301", "US"),
        ("111-1", "2026-09-21T10:00:00+00:00", "Shipped", "Bowl", "B", "1", "USD", "5.0", "", "", "", "SALEM", "97301", "US"),
        ("111-2", "2026-09-22T10:00:00+00:00", "Cancelled", "Vase", "C", "0", "", "", "", "", "", "", "", ""),
    )
)  # fmt: skip
AMAZON_ADDRESSES = (
    "order-id\torder-item-id\tpurchase-date\tbuyer-email\tquantity-purchased\trecipient-name\tship-address-1\n"
    "111-1\t1\t2026-09-21T10:00:00+00:00\tq1@marketplace.amazon.com\t2\tLena Ode\t5 Kiln Ln\n"
)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder


def read(place, texts, **more):
    for at, (name, text) in enumerate(texts.items()):
        (place / name).write_text(text)
        os.utime(place / name, (NOW + at, NOW + at))
    path = place if len(texts) > 1 else place / next(iter(texts))
    reading = read_file(Store(name="kiln", path=str(path), **more), UTC)
    assert not reading.problems
    return {order.number: order for order in reading.orders}


def goods(order):
    return [(line.title, line.sku, line.variant, line.quantity, line.price.minor) for line in order.lines]


def test_etsys_two_files_are_joined(place):
    found = read(place, {"orders.csv": ETSY, "items.csv": ETSY_ITEMS})
    lena, max_ = found["2001"], found["2002"]
    assert goods(lena) == [("Jug & bowl", "A", "Colour:Green", 2, 2000), ("Vase", "B", "", 1, 100_000)]
    assert (lena.total, lena.payment, lena.fulfilment) == (
        Money(104_800, "USD"),
        Payment.PAID,
        Fulfilment.SHIPPED,
    )
    assert lena.ship_to.lines == ("Lena Ode", "5 Kiln Ln", "Salem, OR 97301", "United States")
    assert (lena.email, lena.discount_codes, lena.shipments[0].shipped_at) == ("", ("TENOFF",), 1_790_121_600)
    assert (max_.payment, max_.fulfilment, goods(max_)) == (
        Payment.PARTLY_REFUNDED,
        Fulfilment.UNFULFILLED,
        [],
    )


def test_etsys_items_alone_are_refused_with_what_to_do(place):
    with pytest.raises(OrdersFileError, match="put Etsy's file of orders beside it"):
        read(place, {"items.csv": ETSY_ITEMS})


def test_ebays_report_is_read_with_its_empty_lines_and_footer(place):
    found = read(place, {"ebay.csv": EBAY}, currency="USD")
    assert found.keys() == {"17-1-2", "17-1-3"}
    lena = found["17-1-2"]
    assert goods(lena) == [("Jug", "A", "Colour:Green", 2, 2000), ("Bowl", "B", "", 1, 2000)]
    assert (lena.total, lena.payment, lena.fulfilment) == (
        Money(6650, "USD"),
        Payment.PAID,
        Fulfilment.SHIPPED,
    )
    assert (lena.shipments[0].carrier, lena.shipments[0].number) == ("USPS", "94001")
    assert (found["17-1-3"].payment, found["17-1-3"].fulfilment) == (Payment.PENDING, Fulfilment.UNFULFILLED)


def test_bigcommerces_packed_products_are_read_and_a_status_as_the_owner_says(place):
    found = read(place, {"orders.csv": BIGCOMMERCE})
    assert goods(found["31"]) == [("Jug, large", "A", "Colour: Green", 2, 2000), ("Bowl", "B", "", 1, 500)]
    assert (found["31"].payment, found["31"].fulfilment) == (Payment.PARTLY_REFUNDED, Fulfilment.PARTLY)
    assert found["31"].placed_at == 1_788_429_600  # the day comes first
    assert found["32"].payment_word == "Waiting for clay"


def test_magentos_grid_has_the_currency_of_the_settings(place):
    found = read(place, {"grid.csv": MAGENTO}, currency="EUR")
    first, second = found["000000071"], found["000000072"]
    assert (first.total, first.payment, first.fulfilment) == (
        Money(4500, "EUR"),
        Payment.PAID,
        Fulfilment.UNFULFILLED,
    )
    assert (second.payment, second.placed_at - first.placed_at) == (Payment.REFUNDED, 3 * 3600 + 2)


def test_amazons_two_reports_are_joined_and_amounts_added_up(place):
    found = read(place, {"all.txt": AMAZON, "unshipped.txt": AMAZON_ADDRESSES})
    order = found["111-1"]
    assert (order.total, order.fulfilment) == (Money(5100, "USD"), Fulfilment.SHIPPED)
    assert goods(order) == [('Jug "big"', "A", "", 2, 2000), ("Bowl", "B", "", 1, 500)]
    assert (order.email, order.customer_name, order.ship_to.street) == (
        "q1@marketplace.amazon.com",
        "Lena Ode",
        "5 Kiln Ln",
    )
    assert (found["111-2"].fulfilment, found["111-2"].lines) == (Fulfilment.CANCELLED, ())


def test_amazons_addresses_alone_are_refused(place):
    with pytest.raises(OrdersFileError, match="it has no amounts"):
        read(place, {"unshipped.txt": AMAZON_ADDRESSES})


def row(number, total="5", **more):
    order = {
        "number": number,
        "placed_at": "2026-09-21T10:00:00Z",
        "payment": "paid",
        "fulfilment": "shipped",
    }
    return json.dumps(order | {"total": total} | more)


def test_json_lines_are_orders_and_a_broken_line_is_named(place):
    found = read(place, {"orders.jsonl": f"{row('1')}\n\n{row('2', currency='USD')}\n"}, currency="EUR")
    assert [order.total.currency for order in found.values()] == ["EUR", "USD"]
    assert read(place, {"one.jsonl": row("3")}, currency="EUR").keys() == {"3"}
    (place / "half.jsonl").write_text(f"{row('1')}\n{row('2')[:20]}\n{row('3')}")
    reading = read_file(Store(name="kiln", path=str(place / "half.jsonl"), currency="EUR"), UTC)
    assert [order.number for order in reading.orders] == ["1", "3"]
    assert reading.problems == ("order 2: what stands at line 2 (#2) is no JSON",)


def test_a_return_is_read_and_one_of_no_known_state_is_named(place):
    told = {"opened_at": "2026-09-25T10:00:00Z", "back_at": "2026-09-28T10:00:00Z", "state": "closed"}
    found = read(place, {"orders.jsonl": f"{row('1', returns=[told])}\n"}, currency="EUR")
    (back,) = found["1"].returns
    assert (back.state, back.back_at - back.opened_at) == ("closed", 3 * 86_400)
    (place / "odd.jsonl").write_text(row("2", returns=[told | {"state": "gone"}]))
    reading = read_file(Store(name="kiln", path=str(place / "odd.jsonl"), currency="EUR"), UTC)
    assert '"gone" is none of' in reading.problems[0]


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '{"a": 1}\n{"b": 2}', "{"])
def test_json_without_orders_is_refused(text, place):
    with pytest.raises(OrdersFileError):
        read(place, {"orders.json": text})


def test_in_a_folder_the_file_written_last_counts_and_another_file_is_another_state(place):
    store = Store(name="kiln", path=str(place), currency="EUR")
    found = read(
        place, {"a.jsonl": row("1", "5"), "b.jsonl": row("1", "7") + "\n" + row("2")}, currency="EUR"
    )
    assert found["1"].total.minor == 700
    assert written_at(store) == NOW + 1
    before = mark(store, UTC)
    (place / "c.jsonl").write_text(row("3"))
    assert mark(store, UTC) != before


def test_a_file_of_no_known_format_in_a_folder_is_named(place):
    (place / "notes.csv").write_text("a,b\n1,2\n")
    with pytest.raises(OrdersFileError, match=r"notes\.csv has none of the columns"):
        read(place, {"a.jsonl": row("1"), "b.jsonl": row("2")}, currency="EUR")
