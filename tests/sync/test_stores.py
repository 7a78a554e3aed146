"""Orders files: each format read exactly, and what cannot be read is named with its line and left out."""

import json
import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Fulfilment, Money, OrderFact, Payment
from deskterm.domain.sources import SourceKind
from deskterm.errors import OrdersFileError, StoreGaps
from deskterm.storage import orders, sources
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.exports import files
from deskterm.sync.stores.read_orders import read_orders
from deskterm.sync.stores.reading import BrokenRow, amount, moment, quantity

BERLIN = ZoneInfo("Europe/Berlin")
UTC = ZoneInfo("UTC")
NOW = 1_760_000_000

ORDER = {
    "external_id": "#1042",
    "number": "#1042",
    "email": "jana@mertens.example",
    "customer_name": "Jana Mertens",
    "placed_at": "2025-10-01T10:00:00+02:00",
    "payment": "paid",
    "fulfilment": "shipped",
    "total": "49.90",
    "lines": [{"sku": "M1", "title": "Mug", "variant": "blue", "quantity": 2, "price": "22.45"}],
    "shipments": [
        {"carrier": "DHL", "number": "00340", "url": "https://t.example/00340", "shipped_at": "2025-10-02"}
    ],
    "refunds": [{"at": "2025-10-05T08:00:00Z", "amount": "5", "reason": "scratch"}],
    "ship_to": {"name": "Jana Mertens", "street": "Am Hang 1", "postcode": "01067", "city": "Dresden"},
    "discount_codes": ["SPRING"],
    "note": "Ring\ntwice",
}


@pytest.fixture
def store(tmp_path):
    return Store(name="kiln", path=str(tmp_path / "orders"))


def written(store, content, encoding="utf-8"):
    text = content if isinstance(content, str) else json.dumps(content)
    Path(store.path).write_bytes(text.encode(encoding))
    return store


def read(store):
    return files.read_file(store, BERLIN)


def test_json_is_read_whole(store):
    (order,) = read(written(store, {"store": "kiln", "currency": "EUR", "orders": [ORDER]})).orders
    assert (order.store, order.number, order.external_id) == (
        "kiln",
        "1042",
        "#1042",
    ) or order.external_id == "1042"
    assert order.placed_at == 1759305600
    assert (order.payment, order.fulfilment) == (Payment.PAID, Fulfilment.SHIPPED)
    assert order.total == Money(4990, "EUR")
    assert order.lines[0].price == Money(2245, "EUR")
    assert order.shipments[0].shipped_at == 1759356000
    assert order.refunds[0].amount == Money(500, "EUR")
    assert order.ship_to.lines == ("Jana Mertens", "Am Hang 1", "01067 Dresden")
    assert order.note == "Ring\ntwice"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"total": "49.905"}, "more digits"),
        ({"total": "1,234"}, "no amount"),
        ({"total": ""}, "no amount"),
        ({"total": "NaN"}, "no amount"),
        ({"currency": "euro"}, "currency"),
        ({"placed_at": "yesterday"}, "no time"),
        ({"payment": "maybe"}, "none of pending"),
        ({"lines": [{"quantity": 1.5}]}, "no whole number"),
        ({"lines": [{"quantity": "1e999999999"}]}, "no whole number"),
        ({"lines": "two mugs"}, "no list"),
        ({"ship_to": "Dresden"}, "no table"),
    ],
)
def test_a_json_order_with_an_unreadable_value_is_kept_without_it(store, change, words):
    second = {**ORDER, "external_id": "2", "number": "7", **change}
    reading = read(written(store, {"currency": "EUR", "orders": [ORDER, second]}))
    assert [one.number for one in reading.orders] == ["1042", "7"]
    assert reading.orders[1].email == ORDER["email"]
    (problem,) = reading.problems
    assert problem.startswith("order 2 (#7)")
    assert words in problem
    assert problem.endswith("the order is here without it")


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"total": "NaN"}, OrderFact.TOTAL), ({"placed_at": "yesterday"}, OrderFact.PLACED),
        ({"lines": [{"title": "Mug", "quantity": 1.5, "price": "1"}]}, OrderFact.LINES), ({"lines": "two mugs"}, OrderFact.LINES),
        ({"lines": [{"title": "Mug", "price": "?"}]}, OrderFact.PRICES), ({"refunds": [{"at": "2025-10-05"}]}, OrderFact.PAYMENT),
    ],
)  # fmt: skip
def test_what_could_not_be_read_of_a_json_order_is_unknown(store, change, fact):
    (order,) = read(written(store, {"currency": "EUR", "orders": [{**ORDER, **change}]})).orders
    assert order.unread == (fact,)


def test_a_state_of_the_stores_own_is_kept_as_its_word(store):
    order = {**ORDER, "payment": "half paid", "fulfilment": "at the kiln"}
    reading = read(written(store, {"currency": "EUR", "orders": [order]}))
    assert reading.orders[0].state_text == "half paid · at the kiln"
    assert len(reading.problems) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [({"number": ""}, "no number"), ({"currency": "", "total": "1"}, "currency is not named")],
)
def test_what_is_no_order_is_named_and_left_out(store, change, words):
    other = {**ORDER, "currency": "EUR"}
    reading = read(written(store, {"orders": [{**other, **change}, other, "mug"]}))
    assert len(reading.orders) == 1
    assert words in reading.problems[0]
    assert reading.problems[1].startswith("order 3: the order is no table")


@pytest.mark.parametrize(
    "broken",
    [
        '{"number": "7", "total": "1", "lines": [{"title": "Mug}]}', '{"number": "7" "total": "1"}',
        '{"number": "7", "total": 1,50, "shipments": [{"number": "00340"}]}', '{"number": "7", "total": }',
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_order_that_is_no_json_spoils_none_of_the_others(store, broken, place):
    good = [json.dumps({**ORDER, "external_id": str(n), "number": f"10{n}"}, indent=1) for n in range(2)]
    listed = [*good[:place], broken, *good[place:]]
    text = '{"store": "kiln", "currency": "EUR", "orders": [\n' + ",\n".join(listed) + "\n]}"
    reading = read(written(store, text))
    assert [one.number for one in reading.orders] == ["100", "101"]
    (problem,) = reading.problems
    assert problem.startswith(f"order {place + 1}: what stands at line")
    assert "(#7) is no JSON" in problem


def test_orders_of_two_numbers_with_one_key_are_left_out_and_of_the_same_number_the_last_counts(store):
    again = {**ORDER, "external_id": "5", "number": "5", "total": "1"}
    rows = [ORDER, {**ORDER, "number": "7"}, again, {**again, "total": "2"}]
    reading = read(written(store, {"currency": "EUR", "orders": rows}))
    assert [(one.number, one.total.minor) for one in reading.orders] == [("5", 200)]
    assert ["belongs to 2 orders" in one for one in reading.problems] == [True, True]


@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000, '{"a": 1}', '{"orders": {}}', "[1]"])
def test_json_of_another_format_is_refused(store, text):
    with pytest.raises(OrdersFileError) as caught:
        read(written(store, text))
    assert caught.value.todo


SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,\
Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,\
Shipping Street,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Notes,Cancelled at,\
Refunded Amount,Id,Phone
#1042,jana@mertens.example,paid,2025-10-01 10:00:01 +0200,fulfilled,2025-10-02 09:00:00 +0200,EUR,44.90,5.00,\
0.00,49.90,SPRING,2025-10-01 10:00:00 +0200,2,Mug - blue,22.45,M1,Jana Mertens,Am Hang 1,Dresden,'01067,SN,DE,\
"Ring
twice",,0.00,450789469,'+49 351 1
#1042,jana@mertens.example,,,,,,,,,,,,1,"Bowl, large",10.00,B2,,,,,,,,,,,
#1043,tom@x.example,partially_refunded,,,,EUR,,,,20.00,,2025-10-03 10:00:00 +0200,1,Plate,20.00,,Tom,,,,,,,,5.00,2,
#1044,eva@x.example,paid,,,,EUR,,,,"1,2,3",,2025-10-03 10:00:00 +0200,1,Plate,20.00,,Eva,,,,,,,,,3,
#1045,ida@x.example,voided,,,,EUR,,,,20.00,,2025-10-03 10:00:00 +0200,1,Plate,20.00,,Ida,,,,,,,2025-10-04 10:00:00 +0200,,4,
"""


def test_shopifys_several_rows_are_one_order(store):
    reading = read(written(store, SHOPIFY))
    first = reading.orders[0]
    assert (first.number, first.external_id) == ("1042", "450789469")
    assert [(line.title, line.quantity, line.price.minor) for line in first.lines] == [
        ("Mug - blue", 2, 2245),
        ("Bowl, large", 1, 1000),
    ]
    assert first.total == Money(4990, "EUR")
    assert first.ship_to.postcode == "01067"
    assert (first.fulfilment, first.shipments[0].number) == (Fulfilment.SHIPPED, "")
    assert first.note == "Ring\ntwice"
    assert first.discount_codes == ("SPRING",)


def test_shopifys_refund_without_a_date_is_noted(store):
    second = read(written(store, SHOPIFY)).orders[1]
    assert (second.payment, second.fulfilment) == (Payment.PARTLY_REFUNDED, Fulfilment.UNFULFILLED)
    assert second.refunds == ()
    assert "Refunded: 5.00 EUR" in second.note


def test_a_cancelled_shopify_order_is_cancelled(store):
    assert read(written(store, SHOPIFY)).orders[-1].fulfilment is Fulfilment.CANCELLED


def test_an_order_whose_total_cannot_be_read_is_kept_and_named_by_its_line(store):
    reading = read(written(store, SHOPIFY))
    assert [order.number for order in reading.orders] == ["1042", "1043", "1044", "1045"]
    assert [order.number for order in reading.orders if order.known_total is None] == ["1044"]
    (problem,) = reading.problems
    assert problem.startswith("line 6 (#1044)")
    assert '"1,2,3" is no amount' in problem


WOO_ROWS = """\
Order Number;Order Status;Order Date;Customer Note;First Name (Billing);Last Name (Billing);Email (Billing);\
Phone (Billing);First Name (Shipping);Last Name (Shipping);Address 1&2 (Shipping);City (Shipping);\
Postcode (Shipping);Country Code (Shipping);Order Refund Amount;Order Total Amount;SKU;Item #;Item Name;\
Quantity (- Refund);Item Cost;Coupon Code;Currency
812;Completed;2025-10-01 10:00;;Jürgen;Groß;j@gross.example;;Jürgen;Groß;Weg 2;Köln;50667;DE;0;1.234,50;M1;1;Mug;2;8.4034;SPRING;EUR
812;Completed;2025-10-01 10:00;;Jürgen;Groß;j@gross.example;;Jürgen;Groß;Weg 2;Köln;50667;DE;0;1.234,50;B1;2;Bowl;1;10;;EUR
813;Processing;2025-10-02 10:00;;Eva;Lind;e@lind.example;;;;;;;;5;20;P;1;Plate;1;20;;EUR
814;Lost;2025-10-02 10:00;;Eva;Lind;e@lind.example;;;;;;;;0;20;P;1;Plate;1;20;;EUR
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_woocommerces_format_with_a_row_for_each_item_is_read(store, encoding):
    reading = read(written(store, WOO_ROWS, encoding))
    first, second, third = reading.orders
    assert (first.number, first.customer_name, first.ship_to.city) == ("812", "Jürgen Groß", "Köln")
    assert first.total == Money(123450, "EUR")
    assert [(line.title, line.price.minor) for line in first.lines] == [("Mug", 840), ("Bowl", 1000)]
    assert first.placed_at == 1759305600
    assert (first.payment, first.fulfilment) == (Payment.PAID, Fulfilment.SHIPPED)
    assert (second.payment, second.fulfilment) == (Payment.PARTLY_REFUNDED, Fulfilment.UNFULFILLED)
    assert (third.payment, third.fulfilment, third.state_text) == (
        Payment.UNKNOWN,
        Fulfilment.UNKNOWN,
        "Lost",
    )


WOO_PACKED = """\
order_id,order_number,order_date,status,order_total,order_currency,billing_first_name,billing_last_name,\
billing_email,shipping_first_name,shipping_last_name,shipping_address_1,shipping_address_2,shipping_postcode,\
shipping_city,shipping_country,customer_note,coupons,line_items
31,K-812,2025-10-01 10:00:00,wc-completed,6400,JPY,Aiko,Sato,a@sato.example,Aiko,Sato,1-2,B,100,Tokyo,JP,,\
code:SPRING|amount:5,name:湯呑み|product_id:5|sku:M1|quantity:2|total:5000;name:Bowl|sku:B|quantity:1|total:1400
"""


def test_woocommerces_packed_format_is_read(store):
    (order,) = read(written(store, WOO_PACKED)).orders
    assert (order.number, order.external_id, order.total) == ("K-812", "31", Money(6400, "JPY"))
    assert [(line.title, line.quantity, line.price.minor) for line in order.lines] == [
        ("湯呑み", 2, 2500),
        ("Bowl", 1, 1400),
    ]
    assert order.ship_to.street == "1-2 B"
    assert order.discount_codes == ("SPRING",)


def test_an_export_without_a_currency_needs_one_in_the_settings(store):
    text = WOO_PACKED.replace("order_currency", "x")
    assert "currency" in read(written(store, text)).problems[0]
    assert len(read(replace(written(store, text), currency="JPY")).orders) == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01", "Name\n"])
def test_a_file_of_no_known_format_is_refused(store, text):
    with pytest.raises(OrdersFileError):
        read(written(store, text))


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12", "EUR", 1200), ("12.5", "EUR", 1250), ("12,50", "EUR", 1250), ("1,234.50", "EUR", 123450),
        ("1.234,50", "EUR", 123450), ("-3.10", "EUR", -310), ("12.500", "EUR", 1250), ("500", "JPY", 500),
        ("1.234", "KWD", 1234), ("12.50 EUR", "EUR", 1250), ("0", "EUR", 0),
    ],
)  # fmt: skip
def test_amounts_are_exact(text, currency, minor):
    assert amount(text, currency, "total") == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "1.2.3",
        "12.345",
        "",
        "€",
        "1e5",
        "--1",
        "12,5",
        "1 234",
        "Infinity",
        "٣",
        "92233720368547758.08",
    ],
)
def test_what_could_be_read_two_ways_is_no_amount(text):
    with pytest.raises(BrokenRow):
        amount(text, "EUR", "total")


def test_times_without_an_offset_are_the_shops():
    assert moment("2025-10-01 10:00", BERLIN, "time") == moment("2025-10-01T08:00:00Z", BERLIN, "time")
    assert moment("2025-10-01 10:00:00 +0200", BERLIN, "time") == 1759305600
    for wrong in ("", "10/01/2025", "99999-01-01"):
        with pytest.raises(BrokenRow):
            moment(wrong, BERLIN, "time")


def test_quantities_are_whole():
    assert quantity("2.0") == 2
    for wrong in ("1.5", "x", "nan", "1e9"):
        with pytest.raises(BrokenRow):
            quantity(wrong)


def test_an_unchanged_file_is_not_read_again(db, store):
    written(store, {"currency": "EUR", "orders": [ORDER]})
    assert read_orders(StoreAccess(store, UTC, NOW), db) == 1
    told = Path(store.path).stat()
    Path(store.path).write_bytes(b"x" * told.st_size)
    os.utime(store.path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert read_orders(StoreAccess(store, UTC, NOW), db) == 0
    os.utime(store.path, ns=(told.st_atime_ns, told.st_mtime_ns + 1))
    with pytest.raises(OrdersFileError):
        read_orders(StoreAccess(store, UTC, NOW), db)


def test_broken_rows_keep_the_source_red_until_the_file_changes(db, store):
    written(
        store,
        {"currency": "EUR", "orders": [ORDER, {**ORDER, "external_id": "7", "number": "7", "total": "x"}]},
    )
    with pytest.raises(StoreGaps, match=r"could not be read whole: .*order 2 \(#7\)"):
        read_orders(StoreAccess(store, UTC, NOW), db)
    assert read_orders(StoreAccess(store, UTC, NOW + 60), db) == 0
    with db.read() as tx:
        (state,) = sources.states(tx, SourceKind.ORDERS)
        assert state.failing_since == NOW
        assert len(orders.by_numbers(tx, ["1042", "7"])) == 2
    written(store, {"currency": "EUR", "orders": [ORDER]})
    read_orders(StoreAccess(store, UTC, NOW + 120), db)
    with db.read() as tx:
        assert sources.states(tx, SourceKind.ORDERS)[0].failing_since is None


def test_a_file_that_is_gone_is_reported_and_read_again_when_it_is_back(db, store):
    written(store, {"currency": "EUR", "orders": [ORDER]})
    read_orders(StoreAccess(store, UTC, NOW), db)
    aside = Path(store.path + ".aside")
    Path(store.path).rename(aside)
    with pytest.raises(OrdersFileError, match="cannot be read"):
        read_orders(StoreAccess(store, UTC, NOW), db)
    aside.rename(store.path)
    assert read_orders(StoreAccess(store, UTC, NOW), db) == 0
    with db.read() as tx:
        assert sources.states(tx, SourceKind.ORDERS)[0].complete_to


def test_json_may_have_everything_that_a_live_store_says(store):
    more = {
        "notes": [
            {"at": "2025-10-03T08:00:00Z", "text": "Sent\ntoday", "author": "Lena", "to_customer": True}
        ],
        "tags": ["gift", "vip"],
        "admin_url": "https://kiln.example/admin/1042",
        "shop_total": {"amount": "54.10", "currency": "USD"},
        "payment_method": "Card",
        "shipping_method": "Post",
        "customer_id": "c7",
        "test": True,
        "lines": [{"title": "Mug", "quantity": 2, "price": "5", "sent": 1, "refunded": 1}],
    }
    (order,) = read(written(store, {"currency": "EUR", "orders": [{**ORDER, **more}]})).orders
    assert [(one.at, one.text, one.author, one.to_customer) for one in order.notes] == [
        (1759478400, "Sent\ntoday", "Lena", True)
    ]
    assert (order.tags, order.admin_url, order.customer_id, order.test) == (
        ("gift", "vip"),
        more["admin_url"],
        "c7",
        True,
    )
    assert order.shop_total == Money(5410, "USD")
    assert (order.payment_method, order.shipping_method) == ("Card", "Post")
    assert (order.lines[0].sent, order.lines[0].refunded) == (1, 1)
    bad = read(written(store, {"currency": "EUR", "orders": [{**ORDER, "admin_url": "javascript:x"}]}))
    assert "no web address" in bad.problems[0]


def test_progress_through_a_file_counts_all_its_orders(db, store):
    written(store, {"currency": "EUR", "orders": [{**ORDER, "external_id": f"{n}"} for n in range(1100)]})
    told = []
    read_orders(StoreAccess(store, UTC, NOW), db, told.append)
    assert {one.words for one in told} == {"reading the orders of kiln"}
    assert [(one.done, one.total) for one in told] == [(0, 0), (500, 1100), (1000, 1100), (1100, 1100)]
    assert all(one.started_at for one in told)
