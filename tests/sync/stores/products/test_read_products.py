"""Products of each store in the desk: what changed, what is gone, and who waited for what is back."""

from dataclasses import replace
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from counterparts.shopify import ShopifyShop
from counterparts.shopify_rows import iso
from counterparts.templates import fresh
from counterparts.vendure import VendureShop
from counterparts.woo_shop import KEY, SECRET, WooServer, WooShop
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Shop
from deskterm.config.store import Store
from deskterm.domain.products.product import ProductChoice
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.domain.tickets import WakesOn
from deskterm.errors import OrdersFileError
from deskterm.intake.values import Context
from deskterm.storage import changes, lists, sources, tickets
from deskterm.storage.products import products, waits
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.read_products import _ProductReading, read_products
from storage.making import ticket

UTC = ZoneInfo("UTC")


@pytest.fixture
def db(tmp_path):
    opened = open_database(fresh(tmp_path / "desk.db"))
    yield opened
    opened.close()


class Shopify:
    """Three mugs; `restock` and `delete` are what the shop's owner does to the first."""

    def __init__(self):
        self.shop = ShopifyShop()
        self.now = self.shop.now

    def access(self):
        store = Store(name="kiln", kind="shopify", address=self.shop.url, key=self.shop.client)
        return StoreAccess(store, UTC, self.now, lambda: self.shop.secret)

    def restock(self, count):
        self.shop.products[0]["variants"]["nodes"][0]["inventoryQuantity"] = count
        self.shop.products[0]["updatedAt"] = iso(self.now)

    def delete(self):
        del self.shop.products[0]

    def close(self):
        self.shop.close()


class Woo:
    def __init__(self):
        self.shop = WooShop()
        self.server = WooServer(self.shop)
        self.now = self.shop.clock
        for number in (1, 2):
            self.shop.products[number] = {
                "id": number, "type": "simple", "name": f"Mug {number}", "sku": f"MUG-{number}", "price": "12.00",
                "stock_quantity": number - 1, "manage_stock": True, "date_modified_gmt": "2026-09-01T00:00:00",
            }  # fmt: skip

    def access(self):
        store = Store(name="kiln", kind="woocommerce", address=self.server.url, key=KEY)
        return StoreAccess(store, UTC, self.now, lambda: SECRET)

    def restock(self, count):
        self.shop.products[1]["stock_quantity"] = count  # its date stands still, as with a plugin's own SQL

    def delete(self):
        del self.shop.products[1]

    def close(self):
        self.server.close()


class Vendure:
    def __init__(self):
        self.shop = VendureShop()
        self.now = self.shop.now
        self.shop.sells = 2

    def access(self):
        store = Store(name="kiln", kind="vendure", address=self.shop.url, key="owner")
        return StoreAccess(store, UTC, self.now, lambda: "kiln")

    def restock(self, count):
        self.shop.sells = count + 2

    def delete(self):
        self.shop.sells = 0

    def close(self):
        self.shop.close()


@pytest.fixture(params=[Shopify, Woo, Vendure])
def place(request):
    made = request.param()
    yield made
    made.close()


def read(place, db, later=0):
    place.now += later
    return read_products(place.access(), db, lambda _: None, Event())


def first(db):
    with db.read() as tx:
        found = products.matching(tx, "mug", 10)
    return next((one for one in found if one.external_id == "1"), None)


def test_returning_stock_marks_those_who_wait_and_wakes_their_tickets(place, db):
    read(place, db)
    product = first(db)
    assert product.variants[0].stock == 0
    with db.write() as tx:
        waiting, other = ticket(tx), ticket(tx)
        waits.add(tx, waiting, ProductChoice(product, product.variants[0]), place.now)
        for one in (waiting, other):
            changes.change(
                tx, one, place.now, "owner", snoozed_until=place.now + 9**6, wakes_on=WakesOn.STOCK
            )
    read(place, db, 300)
    place.restock(5)
    read(place, db, 300)
    with db.read() as tx:
        (wait,) = waits.waiting_list(tx)
        assert (wait.ticket_id, wait.back_at, lists.counts(tx).back) == (waiting, place.now, 1)
        woken, asleep = tickets.get(tx, waiting), tickets.get(tx, other)
    assert (woken.snoozed_until, woken.due) == (None, f"{wait.title} is back in stock")
    assert asleep.snoozed_until
    place.restock(0)
    read(place, db, 300)
    with db.read() as tx:
        assert lists.counts(tx).back == 0


def test_what_was_deleted_is_gone_once_all_are_read_again(place, db):
    read(place, db)
    place.delete()
    read(place, db, 13 * 3600)
    assert first(db) is None
    with db.read() as tx:
        (known,) = products.by_keys(tx, [("kiln", "1")])
    assert known.gone_at == place.now


def test_only_what_changed_is_asked_for_within_the_day(db):
    place = Shopify()
    try:
        assert read(place, db) == 3
        place.restock(4)
        assert read(place, db, 300) == 1
        assert [one for _, _, one in place.shop.asked if "updated_at:>=" in one]
    finally:
        place.close()


SHOPIFY = """Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Status
mug,Mug,Color,Blue,MUG-1,shopify,12,deny,12.00,active
mug,,,Green,MUG-2,shopify,0,continue,10.00,
bowl,Bowl,Title,Default Title,,,,deny,20.00,draft
"""
STOCKS = """Handle,Title,Option1 Name,Option1 Value,SKU,Location,Incoming (not editable),Available (not editable)
mug,Mug,Color,Blue,MUG-1,Home,4,3
mug,Mug,Color,Blue,MUG-1,Away,1,2
mug,Mug,Color,Green,MUG-2,Home,not stocked,not stocked
"""
WOO = """ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,Sale price,Parent,Attribute 1 name,Attribute 1 value(s)
7,variable,SHIRT,Shirt,1,1,,,,,Size,"S, L"
8,variation,SHIRT-L,Shirt - L,1,0,0,20.00,,SHIRT,Size,L
9,"simple, virtual",CARD,Gift card,1,1,,25.00,15.00,,,
10,variation,SHIRT-S,Shirt - S,1,1,4,20.00,,id:7,Size,S
"""


def file_of(tmp_path, **files):
    folder = tmp_path / "products"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    store = Store(name="kiln", path="orders.csv", products=str(folder), currency="EUR")
    return StoreAccess(store, UTC, 1_790_000_000)


def shown(db):
    with db.read() as tx:
        found = products.matching(tx, "", 50)
    return {
        (one.title, variant.title): (variant.sku, variant.price.minor, variant.stock, variant.incoming, variant.in_stock)
        for one in found
        for variant in one.variants
    }  # fmt: skip


def test_exports_of_shopify_are_read_with_its_stock_beside_them(tmp_path, db):
    access = file_of(tmp_path, products=SHOPIFY, inventory=STOCKS)
    read_products(access, db, lambda _: None, Event())
    assert shown(db) == {
        ("Mug", "Blue"): ("MUG-1", 1200, 5, 5, True),
        ("Mug", "Green"): ("MUG-2", 1000, 0, None, False),
        ("Bowl", ""): ("", 2000, None, None, False),
    }


def test_an_export_of_woocommerce_is_read_and_a_new_one_removes_what_it_lacks(tmp_path, db):
    access = file_of(tmp_path, products=WOO)
    assert read_products(access, db, lambda _: None, Event()) == 2
    assert shown(db) == {
        ("Shirt", "L"): ("SHIRT-L", 2000, 0, None, False),
        ("Shirt", "S"): ("SHIRT-S", 2000, 4, None, True),
        ("Gift card", ""): ("CARD", 1500, None, None, True),
    }
    assert read_products(access, db, lambda _: None, Event()) == 0
    rows = WOO.splitlines()
    (tmp_path / "products" / "products.csv").write_text("\n".join([rows[0], rows[3]]) + "\n")
    read_products(replace(access, now=access.now + 60), db, lambda _: None, Event())
    assert list(shown(db)) == [("Gift card", "")]


class Undated:
    """A store that does not say what changed; nothing of it is to be read within the hour."""

    def products_again(self, keys):
        return iter(())


@pytest.mark.parametrize(
    ("failing", "after"), [(Failure.OFFLINE, Failure.NONE), (Failure.GAPS, Failure.GAPS)]
)
def test_a_store_that_answers_again_fails_only_for_what_cannot_be_read(db, failing, after):
    access = StoreAccess(Store(name="kiln", kind="woocommerce"), UTC, 1_790_000_000)
    part = Source("kiln", SourceKind.ORDERS, SourcePart.PRODUCTS)
    with db.write() as tx:
        sources.mark_complete(tx, part, complete_to=access.now, at=access.now)
        sources.keep_cursor(tx, part, f"{access.now - 60} ")
        sources.mark_failed(tx, part, failing, at=access.now, words="x", todo="")
    _ProductReading(access, db, lambda _: None, Event()).of_store(Undated())
    with db.read() as tx:
        assert sources.failure(tx, part) is after
        assert sources.cursor(tx, part) == f"{access.now - 60} "


def test_a_file_taken_out_of_the_settings_fails_no_more_and_orders_left_out_stay_named(tmp_path, db):
    (tmp_path / "orders.json").write_text('{"orders": []}')
    store = Store(name="kiln", path=str(tmp_path / "orders.json"))
    with db.write() as tx:
        for part in (SourcePart.PRODUCTS, SourcePart.TRACKING):
            source = Source("kiln", SourceKind.ORDERS, part)
            sources.mark_failed(tx, source, Failure.ORDERS_FILE, at=1, words="x", todo="")
        sources.keep_left_out(tx, "kiln", ["line 3"])
        sources.forget(tx, Source("kiln", SourceKind.ORDERS, SourcePart.TRACKING))
        assert sources.left_out(tx, "kiln", 9) == ("line 3",)
        sources.mark_failed(tx, source, Failure.ORDERS_FILE, at=1, words="x", todo="")
    home = Home(tmp_path)
    settings = Settings(shop=Shop(), stores=(store,))
    what = Pass(settings, home, Secrets(home), Context(frozenset(), 1_790_000_000), 1_790_000_000)
    run_pass(what, db, lambda _: None, Event())
    with db.read() as tx:
        assert [
            one.words for one in sources.states(tx, SourceKind.ORDERS) if one.failing_since is not None
        ] == []


def test_a_broken_row_is_named_and_the_others_are_taken_in(tmp_path, db):
    access = file_of(tmp_path, products=WOO.replace("25.00,15.00", "25.00,cheap"))
    with pytest.raises(OrdersFileError, match=r"line 4 \(Gift card\).*cheap.* is no amount"):
        read_products(access, db, lambda _: None, Event())
    assert ("Shirt", "L") in shown(db)
    with db.read() as tx:
        part = Source("kiln", SourceKind.ORDERS, SourcePart.PRODUCTS)
        assert sources.cursor(tx, part)
