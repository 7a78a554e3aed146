"""Vendure: any other store. Its date of change stands still, so what is open and recent is read again."""

from dataclasses import replace

import pytest

from counterparts.templates import fresh
from counterparts.vendure import iso, vendure_row
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.order import Fulfilment, Money, Payment
from deskterm.errors import LoginRefused, NotFound, ServerNonsense, ServerRefused
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.line.failures import Busy
from deskterm.sync.stores.read_orders import read_orders
from deskterm.sync.stores.vendure.store import VendureStore
from sync.stores.same_rows import order_rows


def orders_of(pages):
    return {order.external_id: order for page in pages for order in page.orders}


def test_an_order_is_read_with_its_parcels_and_refunds(shop, read):
    row = shop.orders["1"]
    row["state"] = "Delivered"
    row["fulfillments"] = [
        {
            "id": "7",
            "state": "Delivered",
            "method": "UPS",
            "trackingCode": "1Z1",
            "createdAt": iso(10),
            "updatedAt": iso(90),
        },
        {
            "id": "8",
            "state": "Pending",
            "method": "UPS",
            "trackingCode": "",
            "createdAt": iso(10),
            "updatedAt": iso(90),
        },
    ]
    row["lines"][0]["fulfillmentLines"] = [{"fulfillmentId": "7", "quantity": 2}]
    row["payments"][0]["refunds"] = [
        {"id": "5", "total": 500, "state": "Pending", "reason": "chip", "createdAt": iso(99)},
        {"id": "6", "total": 900, "state": "Failed", "reason": "", "createdAt": iso(99)},
    ]
    order = orders_of(read())["1"]
    assert (order.payment, order.fulfilment, order.total) == (
        Payment.PARTLY_REFUNDED, Fulfilment.DELIVERED, Money(3500, "USD"),
    )  # fmt: skip
    assert [(one.number, one.shipped_at, one.delivered_at) for one in order.shipments] == [("1Z1", 10, 90)]
    assert [(one.title, one.variant, one.quantity, one.sent) for one in order.lines] == [
        ("Mug 1", "blue", 2, 2)
    ]
    assert [(one.amount.minor, one.reason) for one in order.refunds] == [(500, "chip")]
    assert (order.email, order.ship_to.street) == ("ada1@customer.example", "1 Mill Lane")


def test_yen_are_written_in_hundredths_and_read_as_yen(shop, read):
    shop.orders["1"] |= {"currencyCode": "JPY", "totalWithTax": 350_000}
    assert orders_of(read())["1"].total == Money(3500, "JPY")


def test_an_unknown_state_stays_the_stores_word(shop, read):
    shop.orders["1"]["state"] = "AtTheEngraver"
    assert orders_of(read())["1"].fulfilment_text == "AtTheEngraver"


def test_a_cancelled_order_shows_what_was_bought(shop, read):
    shop.orders["1"]["state"] = "Cancelled"
    shop.orders["1"]["lines"][0]["quantity"] = 0
    order = orders_of(read())["1"]
    assert (order.fulfilment, order.lines[0].quantity) == (Fulfilment.CANCELLED, 2)


def test_a_reading_that_broke_off_continues_after_its_last_page(shop, read):
    pages = read()
    assert [len(page.orders) for page in pages] == [2, 1]
    assert list(orders_of(read(pages[0].cursor))) == ["3"]


def test_an_order_changed_on_an_earlier_page_is_found_the_next_time(shop, access, read):
    """Also where the reading broke off and went on later, past changes of its own."""
    with VendureStore(access()) as store:
        pages = store.pages("")
        assert list(orders_of([next(pages)])) == ["1", "2"]
        shop.now += 60
        shop.orders["1"]["state"], shop.orders["1"]["updatedAt"] = "Cancelled", iso(shop.now)
        shop.now += 60
        shop.orders["3"]["updatedAt"] = iso(shop.now)
        cursor = [page.cursor for page in pages][-1]
    assert "1" in orders_of(read(cursor))


def test_an_order_changed_between_two_halves_of_a_reading_is_found_the_next_time(shop, read):
    half = read()[0].cursor
    shop.now += 60
    shop.orders["1"]["state"], shop.orders["1"]["updatedAt"] = "Cancelled", iso(shop.now)
    shop.now += 60
    shop.orders["3"]["updatedAt"] = iso(shop.now)
    cursor = read(half)[-1].cursor
    assert "1" in orders_of(read(cursor))


def test_an_order_placed_during_the_reading_moves_none_across_pages(shop, access):
    with VendureStore(access()) as store:
        pages = store.pages("")
        first = orders_of([next(pages)])
        shop.orders["9"] = vendure_row(9, shop.now - 90_000)  # its cart is older than all orders
        seen = set(first) | set(orders_of(pages))
    assert {"1", "2", "3"} <= seen


def test_only_what_moved_its_date_is_read_the_next_time(shop, read):
    cursor = read()[-1].cursor
    shop.orders["4"] = vendure_row(4, shop.now)
    assert set(orders_of(read(cursor))) == {"3", "4"}


def test_a_change_that_moved_no_date_is_found_when_the_order_is_read_again(shop, access):
    shop.orders["2"]["shippingAddress"]["streetLine1"] = "9 New Street"
    with VendureStore(access()) as store:
        assert store.read_again_at_once
        assert orders_of(store.read_again(["2"]))["2"].ship_to.street == "9 New Street"


def test_an_order_that_is_gone_is_reported(shop, access):
    del shop.orders["2"]
    with VendureStore(access()) as store:
        assert next(iter(store.read_again(["1", "2"]))).gone == ("2",)
        with pytest.raises(NotFound):
            store.one_order("2")


def test_a_state_of_the_shops_own_is_what_the_owner_says(shop, access, tmp_path):
    """Vendure's orders may go through states that a shop invents; there is no word for its payment."""
    shop.orders["2"]["state"] = "Engraving"
    way = access()
    way = replace(way, store=replace(way.store, status={"engraving": "unfulfilled"}))
    db = open_database(fresh(tmp_path / "desk.db"))
    try:
        read_orders(way, db)
        order = order_rows(db)["2"]
    finally:
        db.close()
    assert (order.fulfilment, order.fulfilment_word) == (Fulfilment.UNFULFILLED, "Engraving")


def test_a_broken_order_is_named_and_the_others_are_read(shop, read):
    shop.orders["2"]["totalWithTax"] = "a lot"
    pages = read()
    assert set(orders_of(pages)) == {"1", "3"}
    assert [gap.external_id for page in pages for gap in page.gaps] == ["2"]


def test_an_order_dated_in_the_future_does_not_hide_what_changes_before_it(shop, read):
    shop.orders["2"]["updatedAt"] = iso(shop.now + 30 * 86_400)
    cursor = read()[-1].cursor
    shop.now += 600
    shop.orders["1"]["updatedAt"] = iso(shop.now)
    assert "1" in [order.external_id for page in read(cursor) for order in page.orders]


def test_products_are_read_with_their_stock(access):
    with VendureStore(access()) as store:
        (product,) = next(iter(store.products(""))).products
    assert [(one.title, one.stock) for one in product.variants] == [("", 7), ("Mug blue", None)]


def test_a_session_that_has_ended_is_begun_again(shop, read):
    read()
    shop.sessions.clear()
    assert len(orders_of(read())) == 3
    assert sum("Login" in body for _, _, body in shop.asked) == 2


def test_a_wrong_password_is_a_refused_login_and_is_not_shown(read):
    with pytest.raises(LoginRefused) as refused:
        read(secret="wrong-1")
    assert "wrong-1" not in str(refused.value)


def test_a_user_without_the_permission_is_told_which(shop, read, access):
    shop.permissions -= {"ReadOrder", "UpdateOrder"}
    with pytest.raises(ServerRefused, match="does not allow"):
        read()
    with VendureStore(access()) as store:
        assert [one.name for one in store.check_rights() if not one.granted] == ["ReadOrder", "UpdateOrder"]


def test_an_api_key_needs_no_login(shop, read):
    assert len(orders_of(read(key="", secret="api-1"))) == 3
    with pytest.raises(LoginRefused, match="API key"):
        read(key="", secret="api-2")


def test_an_address_without_vendure_is_named(read):
    with pytest.raises(ServerNonsense, match="like a website"):
        read(path="/elsewhere")


def test_a_server_in_trouble_is_left_for_later(shop, read):
    shop.fault("500", "Orders")
    with pytest.raises(Busy):
        read()


@pytest.mark.parametrize(("status", "wait"), [(429, "30"), (503, "600")])
def test_a_server_that_asks_to_wait_is_left_alone_for_that_long(shop, read, status, wait):
    page = (status, {"Retry-After": wait, "Content-Type": "text/html"}, b"<html>In maintenance</html>")
    shop.fault("given", "Orders", given=page)
    with pytest.raises(Busy) as error:
        read()
    assert error.value.after == int(wait)


def test_a_redirect_is_named_and_the_key_not_given_to_it(shop, read):
    shop.fault("given", "Orders", given=(301, {"Location": "https://elsewhere.example/admin-api"}, b""))
    with pytest.raises(ServerRefused, match=r"elsewhere\.example") as refused:
        read()
    assert "key was not given" in refused.value.safe


def test_an_api_key_revoked_during_the_reading_is_a_refused_login(shop, read):
    cursor = read(key="", secret="api-1")[0].cursor
    shop.key = "another"
    with pytest.raises(LoginRefused, match="API key"):
        read(cursor, key="", secret="api-1")


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_a_clock_that_differs_from_the_servers_hides_no_change(shop, read, ahead):
    there, shop.now = shop.now, shop.now + ahead  # our clock; the server's rows keep theirs
    cursor = read()[-1].cursor
    shop.orders["1"]["updatedAt"] = iso(there + 60)
    shop.now += 120
    assert "1" in orders_of(read(cursor))


def test_a_schema_that_moved_on_is_named_with_the_field(shop, read):
    words = 'Cannot query field "totalWithTax" on type "Order".'
    moved = {"errors": [{"message": words, "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}
    shop.fault("given", "Orders", given=(200, {}, moved))
    with pytest.raises(ServerNonsense, match="totalWithTax") as error:
        read()
    assert "newer deskterm" in error.value.todo


def test_a_role_removed_during_the_reading_is_reported(shop, read):
    cursor = read()[0].cursor
    shop.permissions.clear()
    with pytest.raises(ServerRefused, match="does not allow that to owner"):
        read(cursor)


def test_an_answer_that_is_no_json_and_half_of_one_are_nonsense(shop, read):
    for body in (b"<html>Just a moment</html>", b'{"data": {"orders": {"totalItems": 3, "items": [{"id"'):
        shop.fault("given", "Orders", given=(200, {"Content-Type": "application/json"}, body))
        with pytest.raises(ServerNonsense):
            read()


def test_what_the_user_may_not_do_is_no_ability_once_orders_were_read(shop, access):
    shop.permissions -= {"CreateOrder"}
    with VendureStore(access()) as store:
        assert Ability.REPLACE in store.abilities
        list(store.pages(""))
        assert Ability.REPLACE not in store.abilities
        assert {Ability.CODE, Ability.REFUND} <= store.abilities
    shop.permissions = {"SuperAdmin", "ReadOrder"}
    with VendureStore(access()) as store:
        list(store.pages(""))
        assert Ability.REPLACE in store.abilities
