"""Whatever a shop's customers and plugins write, an order is taken in safely or left out by name."""

import copy
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterparts.woo_shop import WooShop
from deskterm.errors import DesktermError, StoreGaps
from deskterm.storage import orders
from deskterm.sync.stores.read_orders import read_orders

ESCAPE = "\x1b]0;owned\x07\u202e"


@pytest.fixture
def shop():
    return WooShop()


def paths(value, path=()):
    """The place of each value in an order."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield from paths(inside, (*path, key))


def put(order, path, value):
    for key in path[:-1]:
        order = order[key]
    order[path[-1]] = value


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9), st.just([]), st.just({}),
    st.sampled_from(["1e400", "NaN", "-0", "9" * 50, ESCAPE, "0000-00-00T00:00:00", "9999-12-31T23:59:59Z", [None], {"a": [1]}]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_taken_in_or_left_out(data, shop, access, db):
    shop.orders.clear()
    good, bad = shop.add(), shop.add()
    shop.track(bad, "1Z1")
    whole = copy.deepcopy(shop.orders[bad])
    where = data.draw(st.sampled_from([path for path in paths(whole) if path and path[0] != "id"]))
    value = data.draw(ODD)
    put(shop.orders[bad], where, value)
    if not isinstance(shop.orders[bad]["date_modified_gmt"], str):
        return  # the counterpart could not list it
    shop.clock += 10
    with suppress(StoreGaps):
        read_orders(access(), db)
    with db.read() as tx:
        assert str(good) in orders.by_keys(tx, "kiln", [str(good)])
        assert (
            tx.execute(
                "SELECT count(*) FROM shop_order WHERE customer_name LIKE '%' || char(27) || '%'"
            ).fetchone()[0]
            == 0
        )


def test_nothing_from_a_shop_can_control_the_terminal(shop, access, db):
    key = shop.add(ESCAPE + "1", customer_note=ESCAPE, payment_method_title=ESCAPE, status=ESCAPE + "done")
    shop.orders[key]["billing"]["first_name"] = shop.orders[key]["line_items"][0]["name"] = ESCAPE + "Ann"
    shop.track(key, ESCAPE + "1Z1", ESCAPE)
    shop.orders[key]["meta_data"][0]["value"][0]["custom_tracking_link"] = "javascript:alert(1)"
    read_orders(access(), db)
    with db.read() as tx:
        stored = orders.by_keys(tx, "kiln", [str(key)])[str(key)]
        dump = "".join(line for table in ("shop_order", "order_line", "shipment") for row in tx.execute(f"SELECT * FROM {table}")
                       for line in map(str, row))  # fmt: skip
    assert "\x1b" not in dump
    assert "\u202e" not in dump
    assert stored.shipments[0].url == ""


def test_every_failure_is_in_words(shop, access, db):
    shop.answers = [(200, {}, b"[" * 100_000)]
    with pytest.raises(DesktermError):
        read_orders(access(), db)
