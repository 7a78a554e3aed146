"""Row 23, as far as orders come from a file: edited, doubled, in another order, half written."""

import json
import os
import random
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from counterparts.templates import fresh
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Store
from deskterm.domain.sources import Source, SourceKind
from deskterm.errors import OrdersFileError, StoreGaps
from deskterm.intake.values import Context
from deskterm.storage import orders, sources
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.read_orders import read_orders

NOW = 1_760_000_000


@pytest.fixture
def db(tmp_path):
    opened = open_database(fresh(tmp_path / "desk.db"))
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "orders.json"


def order(number, total, day=1):
    return {
        "external_id": f"id-{number}", "number": f"#{number}", "email": f"c{number}@mertens.example",
        "placed_at": f"2025-10-{day:02}T10:00:00Z", "payment": "paid", "fulfilment": "shipped", "total": total,
        "lines": [{"title": "Mug", "quantity": 1, "price": total}],
    }  # fmt: skip


def put(file, *listed):
    file.write_text(json.dumps({"currency": "EUR", "orders": listed}))
    os.utime(file, ns=(0, random.Random(file.read_text()).getrandbits(60)))


def read(db, file, now=NOW):
    return read_orders(StoreAccess(Store(name="kiln", path=str(file)), ZoneInfo("UTC"), now), db)


def test_a_file_that_is_back_as_it_was_is_read_again(db, file):
    """To the second and the byte: what was reported about its absence must end."""
    put(file, order(1000, "1.00"))
    stood, kept = file.stat(), file.read_text()
    assert read(db, file) == 1
    file.unlink()
    with pytest.raises(OrdersFileError):
        read(db, file, NOW + 60)
    file.write_text(kept)
    os.utime(file, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    with db.read() as tx:
        assert sources.cursor(tx, Source("kiln", SourceKind.ORDERS)) == ""
    read(db, file, NOW + 120)
    with db.read() as tx:
        (state,) = sources.states(tx, SourceKind.ORDERS)
    assert state.complete_to is not None


def totals(db):
    with db.read() as tx:
        found = orders.by_numbers(tx, [str(number) for number in range(1000, 1020)])
    return {one.number.lstrip("#"): one.total.minor for one in found}


def test_the_last_state_of_each_order_counts_whatever_happened_in_between(db, file):
    """Twenty exports of ten orders, each edited at random, some listed twice, in any order."""
    rng = random.Random(23)
    prices = dict.fromkeys(range(1000, 1010), 100)
    for step in range(20):
        for number in rng.sample(sorted(prices), 4):
            prices[number] = rng.randrange(100, 9999)
        listed = [order(number, f"{price / 100:.2f}") for number, price in prices.items()]
        listed += rng.sample(listed, 3)
        rng.shuffle(listed)
        put(file, *listed)
        read(db, file, NOW + step)
    assert totals(db) == {str(number): price for number, price in prices.items()}


def test_an_order_that_is_no_longer_in_the_file_is_kept(db, file):
    """An export of the last month says nothing about older orders: none counts as deleted."""
    put(file, order(1000, "1.00"), order(1001, "2.00"))
    read(db, file)
    put(file, order(1001, "3.00"))
    read(db, file)
    assert totals(db) == {"1000": 100, "1001": 300}


def test_a_file_that_is_half_written_changes_nothing_and_is_read_once_it_is_whole(db, file):
    put(file, order(1000, "1.00"))
    read(db, file)
    whole = json.dumps({"currency": "EUR", "orders": [order(1000, "5.00"), order(1001, "6.00")]})
    for end in range(1, len(whole)):
        Path(file).write_text(whole[:end])
        os.utime(file, ns=(0, end))
        with pytest.raises(OrdersFileError):
            read(db, file)
        assert totals(db) == {"1000": 100}
    file.write_text(whole)
    read(db, file)
    assert totals(db) == {"1000": 500, "1001": 600}


@pytest.mark.parametrize("off", [-86400 * 3650, 86400 * 3650])
def test_a_clock_that_is_off_reads_the_same_orders(db, file, off):
    put(file, order(1000, "1.00"))
    read(db, file, NOW + off)
    put(file, order(1000, "2.00"))
    read(db, file, NOW)
    assert totals(db) == {"1000": 200}


def test_an_odd_cell_does_not_keep_other_products_from_being_read_and_counted(db, tmp_path):
    rows = ["Name,Email,Financial Status,Currency,Total,Created at,Lineitem name,Lineitem price,Id"]
    rows += [
        f"#{n},a@x.example,paid,EUR,{total},2025-10-03 08:00,Mug,7.00,{n}"
        for n, total in ((1, "7"), (2, "x"))
    ]
    (tmp_path / "orders.csv").write_text("\n".join(rows))
    (tmp_path / "goods.csv").write_text("Handle,Title,Variant SKU,Variant Price\nmug,Mug,M,7.00\n")
    store = Store(
        name="kiln", path=str(tmp_path / "orders.csv"), products=str(tmp_path / "goods.csv"), currency="EUR"
    )
    home = Home(tmp_path)
    what = Pass(Settings(stores=(store,)), home, Secrets(home), Context(own=frozenset(), now=NOW), NOW)
    done = run_pass(what, db, lambda _: None, Event())
    assert (done.orders, [type(one) for one in done.failed]) == (2, [StoreGaps])
    with db.read() as tx:
        assert tx.execute("SELECT count(*) FROM product").fetchone()[0] == 1
