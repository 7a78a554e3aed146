"""A shop of Shopify's on loopback, and the way to it."""

from zoneinfo import ZoneInfo

import pytest

from counterparts.shopify import ShopifyShop
from deskterm.config.settings_file import Store
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.shopify.store import ShopifyStore

UTC = ZoneInfo("UTC")


@pytest.fixture
def shop():
    opened = ShopifyShop()
    yield opened
    opened.close()


class Way:
    """The way to a shop: what is kept between two readings, and what was slept."""

    def __init__(self, shop):
        self.shop, self.kept, self.naps = shop, "", []

    def access(self, *, key=None, secret=None, version=""):
        key = self.shop.client if key is None else key
        store = Store(name="ridge", kind="shopify", address=self.shop.url, key=key, version=version)
        secret = self.shop.secret if secret is None else secret
        return StoreAccess(store, UTC, self.shop.now, lambda: secret, lambda: self.kept, self.keep)

    def keep(self, text):
        self.kept = text

    def open(self, **given):
        return ShopifyStore(self.access(**given), sleep=self.naps.append)

    def read(self, cursor="", **given):
        """All pages since a cursor."""
        with self.open(**given) as store:
            return list(store.pages(cursor))

    def orders(self, cursor="", **given):
        """The orders since a cursor by their numbers, each as it was read last."""
        pages = self.read(cursor, **given)
        return {order.number: order for page in pages for order in page.orders}

    def gaps(self, cursor="", **given):
        return [gap.words for page in self.read(cursor, **given) for gap in page.gaps]


@pytest.fixture
def way(shop):
    return Way(shop)
