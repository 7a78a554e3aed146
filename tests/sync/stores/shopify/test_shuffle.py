"""Shopify's rows after a shuffle: address, parcel, refund, deletion, new orders, edits while pages are read."""

import random

import pytest

from counterparts.shopify_rows import gid, order_row, parcel_row, refund_row
from counterparts.templates import fresh
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.stores.read_orders import read_orders
from sync.stores.same_rows import order_rows, store_rows

MANY = 230


@pytest.fixture
def db(tmp_path):
    opened = open_database(fresh(tmp_path / "desk.db"))
    yield opened
    opened.close()


class Shuffle:
    """Things that happen in a shop, one at a time."""

    def __init__(self, shop, seed):
        self.shop, self.chance = shop, random.Random(seed)
        self.number = 100
        for _ in range(MANY):
            self.add()

    def add(self):
        self.number += 1
        self.shop.now += self.chance.choice((0, 1, 30))
        self.shop.add(order_row(self.number, self.shop.now))

    def move(self, row):
        row["shippingAddress"]["address1"] = f"{self.chance.randrange(999)} Elm St"

    def track(self, row):
        row["fulfillments"] = [parcel_row(self.chance.randrange(10**6), self.shop.now)]
        row["displayFulfillmentStatus"] = "FULFILLED"

    def refund(self, row):
        made = refund_row(self.chance.randrange(10**6), self.shop.now, 100)
        row["refunds"] = [*row["refunds"], made]

    def edit(self, row):
        row["lineItems"]["nodes"][0]["currentQuantity"] = self.chance.randrange(1, 3)
        row["note"], row["tags"] = f"note {self.chance.randrange(99)}", ["edited"]

    def happen(self):
        row = self.chance.choice(list(self.shop.orders.values()))
        do = self.chance.choice((self.move, self.track, self.refund, self.edit, self.delete, self.add))
        if do == self.add:
            self.add()
        elif do == self.delete:
            del self.shop.orders[row["id"]]
        else:
            do(row)
            self.shop.touch(row)

    def delete(self, row):
        """Only named: it is done above."""


@pytest.mark.parametrize(("seed", "most"), [(0, 100), (1, 100), (2, 20)])
def test_after_a_shuffle_the_rows_are_the_shops(seed, most, *, shop, way, db, tmp_path):
    shuffle, shop.most = Shuffle(shop, seed), most
    read_orders(way.access(), db)
    for _ in range(3):
        for _ in range(40):
            shuffle.happen()
        for row in list(shop.orders.values())[:150]:
            shop.touch(row)  # more than a page has changed
        ask = shop.ask_orders

        def ask_while_edited(variables, errors, ask=ask):
            found = ask(variables, errors)
            shuffle.happen()
            return found

        shop.ask_orders = ask_while_edited
        read_orders(way.access(), db)
        shop.ask_orders = ask
    for _ in range(MANY // 50 + 2):  # fifty are looked at again in each pass: that finds the deleted ones
        shop.now += 300
        read_orders(way.access(), db)
    there = store_rows(way.access(), tmp_path)
    assert set(there) == {row["legacyResourceId"] for row in shop.orders.values()}
    assert order_rows(db) == there


def test_a_deleted_order_is_noticed_in_the_next_passes(shop, way, db):
    read_orders(way.access(), db)
    del shop.orders[gid("Order", 7002)]
    shop.now += 300
    read_orders(way.access(), db)
    assert set(order_rows(db)) == {"7001", "7003"}
