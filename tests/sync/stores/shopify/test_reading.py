"""Orders of a Shopify shop: all at first, then what changed; what is hidden is named and the rest is used."""

from dataclasses import replace

import pytest

from counterparts.shopify_rows import gid, iso, line_row, order_row, parcel_row, refund_row
from deskterm.domain.orders.order import Fulfilment, Money, Payment, TrackingSource
from deskterm.domain.orders.returns import ReturnState
from deskterm.errors import NotFound, ServerNonsense
from deskterm.storage import orders as stored
from deskterm.sync.stores.read_orders import read_orders


def cursor_of(pages):
    return pages[-1].cursor


def test_a_small_shop_is_read_page_by_page_without_a_file(shop, way):
    assert set(way.orders()) == {"1001", "1002", "1003"}
    assert "BulkRun" not in shop.questions()


def test_an_order_is_read_with_its_lines_parcels_and_refunds(shop, way):
    row = next(iter(shop.orders.values()))
    row["fulfillments"] = [parcel_row(1, shop.now - 3600)]
    row["refunds"] = [refund_row(1, shop.now, 500, "late"), refund_row(1, shop.now, 0, "taken out", key="b")]
    row["displayFinancialStatus"], row["displayFulfillmentStatus"] = "PARTIALLY_REFUNDED", "FULFILLED"
    order = way.orders()["1001"]
    assert (order.payment, order.fulfilment, order.total) == (
        Payment.PARTLY_REFUNDED, Fulfilment.SHIPPED, Money(6500, "USD"),
    )  # fmt: skip
    assert [(one.sku, one.quantity, one.sent, one.price.minor) for one in order.lines] == [
        ("MUG-1", 2, 2, 1500), ("MUG-2", 2, 2, 1500),
    ]  # fmt: skip
    assert [(one.amount.minor, one.reason) for one in order.refunds] == [(500, "late")]
    assert (order.admin_url, order.customer_id, order.lines[0].external_id, order.payment_method) == (
        f"{shop.url}/admin/orders/7001", "1", "101", "shopify payments",
    )  # fmt: skip
    parcel = order.shipments[0]
    assert (parcel.carrier, parcel.number, parcel.last_scan_at, parcel.status) == (
        "UPS", "1Z0000000000000001", shop.now, "in transit",
    )  # fmt: skip
    assert (order.email, order.ship_to.lines) == (
        "ada1@customer.example", ("Ada Vale1", "1 Mill Lane", "Salem, OR 97301", "US"),
    )  # fmt: skip


def test_a_reply_names_the_amount_in_the_customers_own_currency(shop, way):
    shop.add(order_row(9, shop.now, currency="JPY", rate=1.5))
    order = way.orders()["1009"]
    assert (order.total, order.shop_total) == (Money(9750, "JPY"), Money(6500, "USD"))


@pytest.mark.parametrize(
    ("parcels", "state"),
    [
        ([{"deliveredAt": iso(1_763_000_000)}], Fulfilment.DELIVERED),
        ([{"deliveredAt": iso(1_763_000_000)}, {}], Fulfilment.SHIPPED),
        ([{"status": "CANCELLED"}, {"deliveredAt": iso(1_763_000_000)}], Fulfilment.DELIVERED),
    ],
)
def test_an_order_is_delivered_when_each_of_its_parcels_is(shop, way, parcels, state):
    row = shop.orders[gid("Order", 7001)]
    row["displayFulfillmentStatus"] = "FULFILLED"
    row["fulfillments"] = [parcel_row(n, shop.now, **more) for n, more in enumerate(parcels)]
    order = way.orders()["1001"]
    assert order.fulfilment is state
    assert len(order.shipments) == sum(one.get("status") != "CANCELLED" for one in parcels)


def test_what_was_removed_from_an_edited_order_is_no_line_of_it(shop, way):
    row = shop.orders[gid("Order", 7001)]
    row["edited"] = True
    row["lineItems"]["nodes"][0]["currentQuantity"] = 0
    row["lineItems"]["nodes"][1]["currentQuantity"] = 1
    assert [(one.sku, one.quantity) for one in way.orders()["1001"].lines] == [("MUG-2", 1)]


def test_a_refunded_piece_stays_a_line_as_the_customer_did_buy_it(shop, way):
    row = shop.orders[gid("Order", 7001)]
    row["lineItems"]["nodes"][0]["currentQuantity"] = 0
    row["refunds"] = [refund_row(1, shop.now, 3000)]
    assert [one.quantity for one in way.orders()["1001"].lines] == [2, 2]


def test_an_unknown_state_is_shown_in_shopifys_word(shop, way):
    row = shop.orders[gid("Order", 7001)]
    row["displayFulfillmentStatus"], row["displayFinancialStatus"] = "AT_THE_ENGRAVER", "PARTIALLY_PAID"
    order = way.orders()["1001"]
    assert (order.fulfilment, order.fulfilment_text) == (Fulfilment.UNKNOWN, "at the engraver")
    assert (order.payment, order.payment_text) == (Payment.PENDING, "partially paid")


def test_only_what_changed_since_is_read_the_next_time(shop, way):
    cursor = cursor_of(way.read())
    shop.now += 7200
    row = shop.orders[gid("Order", 7002)]
    row["shippingAddress"]["address1"] = "9 New Street"
    shop.touch(row)
    found = way.orders(cursor)
    assert "1001" not in found
    assert found["1002"].ship_to.street == "9 New Street"


def test_a_change_that_the_search_finds_late_is_found_the_next_time(shop, way):
    cursor = cursor_of(way.read())
    shop.orders[gid("Order", 7001)]["updatedAt"] = iso(shop.now - 7200 - 250)
    assert "1001" in way.orders(cursor)


def test_an_order_edited_during_the_reading_is_read_again_at_the_end(shop, way):
    shop.most = 1
    cursor = f"since {iso(0)}"
    with way.open() as store:
        pages = store.pages(cursor)
        first = next(pages)
        row = shop.orders[gid("Order", 7001)]
        row["note"] = "ring twice"
        shop.touch(row)
        later = [order for page in pages for order in page.orders]
    assert first.orders[0].number == "1001"
    assert [order.note for order in later if order.number == "1001"] == ["ring twice"]


def test_a_shop_that_allows_smaller_pages_is_asked_for_smaller_ones(shop, way):
    shop.most = 2
    assert len(way.orders(f"since {iso(0)}")) == 3


def test_a_long_order_is_read_to_its_last_line(shop, way):
    shop.add(order_row(9, shop.now, lines=95))
    assert len(way.orders()["1009"].lines) == 95


# -- the first reading of a large shop


@pytest.fixture
def large(shop):
    shop.most = 2
    for n in range(4, 9):
        shop.add(order_row(n, shop.now - 600 * n, lines=n))
    return shop


@pytest.mark.parametrize("grouped", [True, False])
def test_a_large_shop_is_read_from_a_file_and_its_lines_find_their_order(large, way, grouped):
    large.grouped = grouped
    row = large.orders[gid("Order", 7005)]
    row["returns"]["nodes"] = [
        {
            "id": gid("Return", 1),
            "name": "#1005-R1",
            "status": "OPEN",
            "createdAt": iso(large.now),
            "totalQuantity": 1,
        }
    ]
    large.steps[gid("Return", 1)] = {
        "id": gid("Return", 1),
        "refunds": {"nodes": []},
        "reverseFulfillmentOrders": {
            "nodes": [
                {
                    "reverseDeliveries": {
                        "nodes": [{"deliverable": {"label": {"createdAt": iso(large.now + 60)}}}]
                    },
                    "lineItems": {"nodes": [{"dispositions": [{"createdAt": iso(large.now + 9000)}]}]},
                }
            ]
        },
    }
    found = way.orders()
    (back,) = found["1005"].returns
    assert (back.name, back.state, back.pieces) == ("#1005-R1", ReturnState.OPEN, 1)
    assert (back.label_at, back.back_at, back.money_at) == (large.now + 60, large.now + 9000, None)
    assert {number: len(order.lines) for number, order in found.items()} == {
        "1001": 2, "1002": 2, "1003": 2, "1004": 4, "1005": 5, "1006": 6, "1007": 7, "1008": 8,
    }  # fmt: skip


def test_a_file_and_pages_give_the_same_orders(large, way):
    by_file = way.orders()
    assert way.orders(f"since {iso(0)}") == by_file


def test_a_reading_that_broke_off_goes_on_with_the_same_file(large, way):
    large.polls = 3
    with way.open() as store:
        begun = next(page for page in store.pages("") if page.cursor)
    assert way.orders(begun.cursor).keys() == {f"100{n}" for n in range(1, 9)}
    assert large.questions().count("BulkRun") == 1


def test_after_the_file_only_changes_since_it_was_begun_are_read(large, way):
    cursor = cursor_of(way.read())
    large.now += 86_400
    assert way.orders(cursor) == {}


@pytest.mark.parametrize("ends", ["FAILED", "CANCELED", "EXPIRED"])
def test_a_file_that_fails_does_not_end_the_reading(large, way, ends):
    large.bulk_ends = ends
    assert len(way.orders()) == 8


def test_an_expired_file_is_replaced_by_reading_page_by_page(large, way):
    assert len(way.orders(f"bulk {gid('BulkOperation', 1)} {iso(large.now)}")) == 8


# -- what is hidden, missing or broken


def test_hidden_names_are_reported_and_the_rest_is_used(shop, way):
    shop.hides = {"email", "shippingAddress"}
    pages = way.read()
    order = pages[0].orders[0]
    assert (order.number, order.email, order.ship_to.lines) == ("1001", "ada1@customer.example", ())
    assert [(gap.words, gap.is_limit) for gap in pages[0].gaps] == [
        ("addresses are hidden: the app lacks access to protected customer data", True),
        ("mail addresses are hidden: the app lacks access to protected customer data", True),
    ]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("read_returns", "returns are not known: the app lacks read_returns"),
        (
            "read_all_orders",
            "orders older than 60 days are not shown to this app: the app lacks read_all_orders",
        ),
        (
            "read_customers",
            "who ordered is known by what stands on the order alone: the app lacks read_customers",
        ),
    ],
)
def test_a_missing_permission_is_reported_and_orders_are_read_all_the_same(shop, way, scope, words):
    shop.scopes -= {scope, scope.replace("read", "write")}  # one to write includes that to read
    assert way.gaps() == [words]
    assert len(way.orders()) == 3


def test_an_order_of_another_form_is_named_and_the_others_are_read(shop, way):
    shop.orders[gid("Order", 7002)]["totalPriceSet"] = None
    shop.orders[gid("Order", 7003)]["processedAt"] = "yesterday"
    pages = way.read()
    assert [order.number for page in pages for order in page.orders] == ["1001"]
    assert [gap.external_id for page in pages for gap in page.gaps] == ["7002", "7003"]


def test_an_ignored_search_term_is_an_error_instead_of_every_order(shop, way):
    shop.warnings = [
        {"query": "udpated_at:1", "warnings": [{"field": "udpated_at", "message": "Invalid search field"}]}
    ]
    with pytest.raises(ServerNonsense, match="Invalid search field"):
        way.read()


def test_an_order_is_read_as_it_is_now(shop, way):
    with way.open() as store:
        shop.orders[gid("Order", 7001)]["note"] = "call first"
        assert store.one_order("7001").note == "call first"
        with pytest.raises(NotFound):
            store.one_order("4711")


def test_an_order_read_now_has_its_carriers_last_event(shop, way):
    said = {
        "status": "OUT_FOR_DELIVERY",
        "happenedAt": iso(shop.now),
        "message": None,
        "city": "Salem",
        "country": "US",
    }
    parcels = [parcel_row(1, shop.now - 9000, events=[said]), parcel_row(2, shop.now - 9000)]
    shop.orders[gid("Order", 7001)]["fulfillments"] = parcels
    with way.open() as store:
        first, second = store.one_order("7001").shipments
    assert (first.status, first.last_scan_at, first.source) == (
        "out for delivery (Salem, US)", shop.now, TrackingSource.CARRIER,
    )  # fmt: skip
    assert second.last_scan_at == shop.now - 5400


def test_an_order_that_was_deleted_is_reported(shop, way):
    del shop.orders[gid("Order", 7002)]
    with way.open() as store:
        page = next(iter(store.read_again(["7001", "7002"])))
    assert ([order.external_id for order in page.orders], page.gone) == (["7001"], ("7002",))


def test_an_order_too_old_to_be_shown_is_not_taken_for_deleted(shop, way):
    shop.scopes.discard("read_all_orders")
    shop.orders[gid("Order", 7002)]["createdAt"] = iso(shop.now - 61 * 86_400)
    with way.open() as store:
        page = next(iter(store.read_again(["7001", "7002"])))
    assert ([order.external_id for order in page.orders], page.gone) == (["7001"], ())


def test_an_order_dated_in_the_future_does_not_hide_what_changes_before_it(shop, way):
    """The shop's clock, or an import, was ahead: the next reading still begins at the present."""
    ahead = order_row(9, shop.now - 100)
    ahead["updatedAt"] = iso(shop.now + 30 * 86_400)
    shop.add(ahead)
    cursor = way.read()[-1].cursor
    row = shop.orders[gid("Order", 7001)]
    shop.now += 600
    shop.touch(row)
    assert "1001" in way.orders(cursor)


def test_an_order_that_is_edited_during_the_reading_is_read_again(shop, way):
    """It moves from its page to the end; none of those behind it is passed over."""
    shop.most = 2
    for n in range(4, 9):
        shop.add(order_row(n, shop.now - 3600 * (10 - n)))
    before, asked = shop.ask_orders, []

    def edited_meanwhile(variables, errors):
        answer = before(variables, errors)
        if not asked:
            asked.append(1)
            shop.touch(shop.orders[gid("Order", 7004)])
        return answer

    shop.ask_orders = edited_meanwhile
    assert way.orders(f"since {iso(1)}").keys() == {f"100{n}" for n in range(1, 9)}


def test_products_are_read_with_stock_and_what_is_on_its_way(shop, way):
    with way.open() as store:
        found = [one for page in store.products("") for one in page.products]
    assert [(one.title, one.variants[0].stock, one.variants[0].incoming) for one in found] == [
        ("Mug 1", 0, 20), ("Mug 2", 1, 40), ("Mug 3", None, None),
    ]  # fmt: skip
    assert found[0].variants[0].title == ""


def test_orders_are_stored_and_a_hidden_field_is_no_failure(shop, way, db):
    shop.hides = {"phone"}
    assert read_orders(way.access(), db) == 3
    with db.read() as tx:
        assert [order.number for order in stored.for_email(tx, ["ada2@customer.example"])] == ["1002"]
    row = shop.orders[gid("Order", 7003)]
    row["lineItems"]["nodes"].append(line_row(3, 3))
    shop.now += 600
    shop.touch(row)
    assert read_orders(replace(way.access(), now=shop.now), db) == 1
