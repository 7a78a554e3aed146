"""The order of an opened ticket is read again, and a store that fails disturbs nothing."""

import pytest

from counterparts.woo_shop import WooShop
from deskterm.config.paths import Home
from deskterm.domain.messages import Address
from deskterm.errors import ServerRefused
from deskterm.storage import customers, orders, tickets
from deskterm.sync.stores.fresh import refresh_orders
from deskterm.sync.stores.read_orders import read_orders


@pytest.fixture
def shop():
    return WooShop(hpos=False)


@pytest.fixture
def opened(db, shop, access, tmp_path):
    """A ticket about an order of the shop, and what happens when it opens."""
    key = shop.add(status="completed")
    read_orders(access(), db)
    with db.write() as tx:
        order = orders.by_keys(tx, "kiln", [str(key)])[str(key)]
        customer = customers.upsert(tx, Address("Ann", order.email), shop.clock)
        ticket = tickets.create(tx, customer_id=customer, subject="Where is it?", at=shop.clock)

    def open_ticket():
        return refresh_orders(ticket, {"kiln": access()}, db, Home(tmp_path), shop.clock)

    return key, open_ticket


def test_a_new_address_and_tracking_number_are_there_when_the_ticket_opens(shop, opened, db):
    key, open_ticket = opened
    shop.clock += 3600
    shop.track(key, "1Z8")
    assert open_ticket() == 1
    with db.read() as tx:
        assert orders.by_keys(tx, "kiln", [str(key)])[str(key)].shipments[0].number == "1Z8"
    shop.asked.clear()
    assert open_ticket() == 0
    assert not shop.asked  # seconds later it need not be asked again


def test_a_store_that_fails_leaves_the_order_as_it_was(shop, opened, db, access):
    key, open_ticket = opened
    shop.clock += 3600
    shop.active = False
    assert open_ticket() == 0
    with pytest.raises(ServerRefused):
        read_orders(access(), db)
    with db.read() as tx:
        assert orders.by_keys(tx, "kiln", [str(key)])[str(key)].gone_at is None


def test_an_order_that_is_gone_is_marked(shop, opened, db):
    key, open_ticket = opened
    shop.clock += 3600
    shop.delete(key)
    assert open_ticket() == 1
    with db.read() as tx:
        assert orders.by_keys(tx, "kiln", [str(key)])[str(key)].gone_at == shop.clock
