"""A WooCommerce shop with its server, and a desk to read it into."""

from zoneinfo import ZoneInfo

import pytest

from counterparts.templates import fresh
from counterparts.woo_shop import KEY, SECRET, WooServer, WooShop
from deskterm.config.store import Store
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.stores.adapter import StoreAccess


@pytest.fixture
def db(tmp_path):
    opened = open_database(fresh(tmp_path / "desk.db"))
    yield opened
    opened.close()


@pytest.fixture(params=[True, False], ids=["hpos", "posts tables"])
def shop(request):
    return WooShop(hpos=request.param)


@pytest.fixture
def server(shop):
    running = WooServer(shop)
    yield running
    running.close()


@pytest.fixture
def access(shop, server):
    """The way to the shop at its present time."""

    def at(secret=SECRET, key=KEY, **other):
        store = Store(name="kiln", kind="woocommerce", address=server.url, key=key, **other)
        return StoreAccess(store, ZoneInfo("UTC"), shop.clock, secret=lambda: secret)

    return at
