"""A Vendure server on loopback, and the access to it."""

from zoneinfo import ZoneInfo

import pytest

from counterparts.vendure import VendureShop
from deskterm.config.settings_file import Store
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.vendure.store import VendureStore

UTC = ZoneInfo("UTC")


@pytest.fixture
def shop():
    opened = VendureShop()
    yield opened
    opened.close()


@pytest.fixture
def access(shop):
    """Makes the way to the shop; the session is kept between two of them."""
    kept = [""]

    def way(key="owner", secret="kiln", path=""):
        store = Store(name="kiln", kind="vendure", address=shop.url + path, key=key)
        return StoreAccess(store, UTC, shop.now, lambda: secret, lambda: kept[-1], kept.append)

    return way


@pytest.fixture
def read(access):
    """All pages since a cursor."""

    def pages(cursor="", **given):
        with VendureStore(access(**given)) as store:
            return list(store.pages(cursor))

    return pages
