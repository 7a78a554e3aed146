"""A second file of parcels: as label services write it, before or after its orders, joined with the store's own."""

import os
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.store import Store
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, Shipment, TrackingSource
from deskterm.errors import OrdersFileError
from deskterm.storage import orders
from deskterm.storage.upkeep import forget
from deskterm.sync.stores.exports.shipments import find_columns
from deskterm.sync.stores.read_shipments import read_shipments

UTC = ZoneInfo("UTC")
NOW = 1_790_000_000


@pytest.fixture
def place(tmp_path):
    return tmp_path / "labels.csv"


def take(place, text, db, now=NOW):
    if text is not None:
        place.write_text(text)
        os.utime(place, (now, now))
    return read_shipments(Store(name="kiln", path="x", shipments=str(place)), UTC, db, now)


def add(db, number="1042", **more):
    order = Order(
        store="kiln", external_id=f"id-{number}", number=number, email="ann@x.example", customer_name="Ann",
        placed_at=NOW, payment=Payment.PAID, fulfilment=Fulfilment.UNFULFILLED, total=Money(100, "EUR"), **more,
    )  # fmt: skip
    with db.write() as tx:
        return next(iter(orders.upsert_all(tx, [order], NOW)), None)


def parcels(db, number="1042"):
    with db.read() as tx:
        return orders.by_numbers(tx, [number])[0].shipments


@pytest.mark.parametrize(
    "head",
    [
        "Order number,Tracking number,Carrier,Tracking link,Ship date",
        "Order - Number,Shipment - Tracking Number,Carrier - Name,Tracking URL,Date - Shipped Date",
        "order_id,tracking_code,courier,tracking_url,shipped_at",
        "Bestellnummer,Sendungsnummer,Versanddienstleister,Tracking-Link,Versanddatum",
        "Order reference,Tracking number,Carrier,Tracking URL,Despatch date",
        "Order,Tracking,Provider,Link,Date",
    ],
)
def test_columns_are_known_by_their_words(head, place, db):
    add(db)
    assert take(place, f"{head},Weight\n#1042,1Z 999,ups,https://t.example/1Z999,2026-09-20,2 kg\n", db) == 1
    (parcel,) = parcels(db)
    assert (parcel.carrier, parcel.number, parcel.url) == ("UPS", "1Z 999", "https://t.example/1Z999")
    assert parcel.shipped_at == 1_789_862_400
    assert parcel.source is TrackingSource.FILE


def test_columns_that_only_look_similar_are_no_order_number():
    names = [
        "Order date",
        "Order total",
        "Order status",
        "Tracking status",
        "Order No.",
        "Tracking no",
        "Shipped",
    ]
    found = find_columns(names)
    assert (found.order, found.tracking, found.date) == ("Order No.", "Tracking no", "Shipped")


def test_the_file_may_come_before_its_order(place, db):
    assert take(place, "Order,Tracking number\n1042,A1\n", db) == 1
    add(db)
    assert [one.number for one in parcels(db)] == ["A1"]


def test_the_stores_own_parcel_is_completed_and_a_new_reading_of_the_store_removes_nothing(place, db):
    own = Shipment("", "1Z-999", "", None)
    add(db, shipments=(own,))
    take(place, "Order,Tracking number,Carrier\n1042,1Z999,UPS\n1042,B2,DHL\n", db)
    assert [(one.number, one.carrier) for one in parcels(db)] == [("1Z-999", "UPS"), ("B2", "DHL")]
    assert add(db, shipments=(own,)) is None  # the store's own word did not change
    assert len(parcels(db)) == 2


def test_a_parcel_that_the_store_has_no_number_of_gets_the_files(place, db):
    add(db, shipments=(Shipment("", "", "", NOW - 86_400),))
    take(place, "Order,Tracking,Carrier\n1042,123456789,GLS\n", db)
    (parcel,) = parcels(db)
    assert (parcel.number, parcel.carrier, parcel.shipped_at) == ("123456789", "GLS", NOW - 86_400)
    assert parcel.source is TrackingSource.FILE


def test_an_unchanged_file_is_not_read_again_and_a_changed_row_is(place, db):
    assert take(place, "Order,Tracking number\n1042,A1\n", db) == 1
    assert take(place, None, db) == 0
    assert take(place, "Order,Tracking number,Carrier\n1042,A1,DHL\n", db, NOW + 60) == 1


def test_a_watched_folder_is_read_file_by_file(tmp_path, db):
    add(db)
    folder = tmp_path / "labels"
    folder.mkdir()
    for day, number in enumerate(["A1", "A2"]):
        file = folder / f"day{day}.csv"
        file.write_text(f"Order,Tracking number\n1042,{number}\n")
    (folder / "notes.pdf").write_text("no table")
    assert take(folder, None, db) == 2
    assert {one.number for one in parcels(db)} == {"A1", "A2"}


def test_a_cell_may_hold_several_parcels_and_a_label_without_number_is_none(place, db):
    add(db)
    assert take(place, 'Order,Tracking number\n1042,"A1, A2"\n1042,\n', db) == 2
    assert [one.number for one in parcels(db)] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Order,Weight\n1042,2\n", "no column for a tracking number"),
        ("Tracking number,Weight\nA1,2\n", "no column for an order's number"),
        ("Order,Tracking number\n,A1\n1042,A2\n", "names no order"),
        ("Order,Tracking number,Ship date\n1042,A1,soon\n", "is no time"),
    ],
)
def test_what_cannot_be_read_is_named(text, words, place, db):
    with pytest.raises(OrdersFileError, match=words):
        take(place, text, db)


def test_a_parcel_whose_date_cannot_be_read_is_kept_without_it(place, db):
    add(db)
    with pytest.raises(OrdersFileError, match="can be read two ways"):
        take(place, "Order,Tracking number,Ship date\n1042,A1,02/11/2026\n", db)
    assert [(one.number, one.shipped_at) for one in parcels(db)] == [("A1", None)]


def test_a_missing_file_is_named_and_removes_nothing(place, db):
    add(db)
    take(place, "Order,Tracking number\n1042,A1\n", db)
    place.unlink()
    with pytest.raises(OrdersFileError, match="cannot be read"):
        take(place, None, db)
    assert len(parcels(db)) == 1


def test_a_forgotten_customers_parcels_do_not_come_back(place, db):
    add(db)
    take(place, "Order,Tracking number\n1042,A1\n", db)
    with db.write() as tx:
        forget.erase(tx, frozenset({"ann@x.example"}))
    assert take(place, "Order,Tracking number,Carrier\n1042,A1,DHL\n", db, NOW + 60) == 0
    assert not parcels(db)
