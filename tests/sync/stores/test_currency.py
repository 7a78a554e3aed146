"""The currency of an orders file: in a heading, with the amounts, in the settings, or nowhere."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Money, OrderFact
from deskterm.domain.sources import SourceKind
from deskterm.errors import StoreGaps
from deskterm.storage import orders, sources
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.exports.amounts import heading_currency
from deskterm.sync.stores.exports.files import read_file
from deskterm.sync.stores.read_orders import read_orders

ZONE = ZoneInfo("Europe/Berlin")
NOW = 1_796_000_000


def write(tmp_path: Path, text: str, currency: str = "") -> Store:
    path = tmp_path / "orders.csv"
    path.write_text(text, "utf-8")
    return Store("kiln", path=str(path), currency=currency)


@pytest.mark.parametrize(
    ("headings", "row", "total"),
    [
        ("Bestellnr;Datum;Artikel;Betrag (EUR)", "7;12.11.2026;Mug;89,00", Money(8900, "EUR")),
        ("Order no;Date;Item;Total €", "7;2026-11-12;Mug;89.00", Money(8900, "EUR")),
        ("Order no;Date;Item;Total in USD", "7;2026-11-12;Mug;89.00", Money(8900, "USD")),
        ("Order no;Date;Item;order_total_chf", "7;2026-11-12;Mug;89.00", Money(8900, "CHF")),
        ("Order no;Date;Item;Price (GBP);Total", "7;2026-11-12;Mug;89.00;89.00", Money(8900, "GBP")),
        ("Order no;Date;Item;Total", "7;2026-11-12;Mug;SEK 89.00", Money(8900, "SEK")),
        ("Order no;Date;Item;Total", "7;2026-11-12;Mug;89,00 PLN", Money(8900, "PLN")),
        ("Order no;Date;Item;Total", "7;2026-11-12;Mug;US$ 89.00", Money(8900, "USD")),
    ],
)
def test_a_currency_is_found_in_the_heading_or_with_the_amounts(tmp_path, headings, row, total):
    reading = read_file(write(tmp_path, f"{headings}\n{row}\n"), ZONE)
    assert reading.orders[0].total == total
    assert not reading.problems


@pytest.mark.parametrize("heading", ["TOTAL ALL ITEMS", "Price per cup", "EUR", "Total", "SKU", "Total VAT"])
def test_a_word_of_three_letters_is_no_currency(heading):
    assert heading_currency(heading) == ""


def test_a_row_without_a_sign_is_in_the_currency_of_the_others(tmp_path):
    text = "Order no;Date;Item;Total\n7;2026-11-12;Mug;89.00 EUR\n8;2026-11-12;Mug;9.00\n"
    assert [one.total for one in read_file(write(tmp_path, text), ZONE).orders] == [
        Money(8900, "EUR"),
        Money(900, "EUR"),
    ]


NAMELESS = "Order no;Date;Item;Price;Total;Status\n7;2026-11-12;Mug;9.00;9.00;paid\n8;2026-11-13;Bowl;4.00;4.00;sent\n"


def test_orders_of_an_unknown_currency_are_kept_without_their_amounts_and_the_remedy_is_named(db, tmp_path):
    store = write(tmp_path, NAMELESS)
    with pytest.raises(StoreGaps, match=r'2 \(7\) and 1 more: the currency.*\[\[store\]\].*= "EUR"'):
        read_orders(StoreAccess(store, ZONE, NOW), db)
    with db.read() as tx:
        found = orders.by_numbers(tx, ["7", "8"])
    assert {(one.known_total, one.lines[0].title) for one in found} == {(None, "Mug"), (None, "Bowl")}
    assert all({OrderFact.TOTAL, OrderFact.PRICES} <= set(one.unread) for one in found)


def test_a_changed_setting_reads_the_unchanged_file_again(db, tmp_path):
    store = write(tmp_path, NAMELESS)
    with pytest.raises(StoreGaps):
        read_orders(StoreAccess(store, ZONE, NOW), db)
    before = Path(store.path).stat().st_mtime_ns
    named = Store("kiln", path=store.path, currency="EUR")
    assert read_orders(StoreAccess(named, ZONE, NOW + 60), db) == 2
    assert Path(store.path).stat().st_mtime_ns == before
    with db.read() as tx:
        assert [one.known_total for one in orders.by_numbers(tx, ["7"])] == [Money(900, "EUR")]
        (state,) = sources.states(tx, SourceKind.ORDERS)
    assert state.failing_since is None
    assert not state.left_out


def test_json_orders_without_a_currency_are_kept_without_their_amounts(tmp_path):
    text = '{"orders": [{"number": "7", "total": "9.00", "placed_at": "2026-11-12"}]}'
    reading = read_file(write(tmp_path, text), ZONE)
    assert [one.known_total for one in reading.orders] == [None]
    assert "[[store]]" in reading.problems[0]


def test_an_empty_price_is_missing_and_not_nothing(tmp_path):
    text = "Order no;Date;Item;Price (EUR);Total\n7;2026-11-12;Mug;;89.00\n8;2026-11-12;Gift;0.00;0.00\n"
    reading = read_file(write(tmp_path, text), ZONE)
    assert [OrderFact.PRICES in one.unread for one in reading.orders] == [True, False]
    assert not reading.problems
    lines = '"lines": [{"title": "Mug", "quantity": 1}]'
    text = f'{{"currency": "EUR", "orders": [{{"number": "7", "total": "9.00", "placed_at": "2026-11-12", {lines}}}]}}'
    reading = read_file(write(tmp_path, text), ZONE)
    assert [OrderFact.PRICES in one.unread for one in reading.orders] == [True]
