"""What the words of a file say about paying and sending: everyday words, one column or two, any heading."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.domain.sources import SourceKind
from deskterm.errors import OrdersFileError
from deskterm.storage import sources
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.exports.files import read_file
from deskterm.sync.stores.read_orders import read_orders

NOW = 1_796_000_000
ZONE = ZoneInfo("Europe/Berlin")
OWED, PAID, UNKNOWN = Payment.PENDING, Payment.PAID, Payment.UNKNOWN
WAITS, GONE = Fulfilment.UNFULFILLED, Fulfilment.SHIPPED


def read(tmp_path: Path, headings: str, *rows: str):
    path = tmp_path / "orders.csv"
    numbered = (f"{at};2026-11-12;Mug;9,00 €;{row}" for at, row in enumerate(rows, 1))
    path.write_text("\n".join((f"Order no;Date;Item;Total;{headings}", *numbered)), "utf-8")
    reading = read_file(Store("kiln", path=str(path)), ZONE)
    return [(one.payment, one.fulfilment) for one in reading.orders]


WORDS = {
    (PAID, WAITS): "paid bezahlt payé pagado pagato betaald opłacone pago betald betalt 支払い済み",
    (OWED, WAITS): "unpaid unbezahlt impayé sin-pagar non-pagato onbetaald nieopłacone não-pago obetald 未払い",
    (UNKNOWN, WAITS): "open new offen neu ouvert nouvelle abierto nuevo aperto nuovo openstaand nieuw otwarte nowe"
    " aberto novo öppen ny åben 新規",
    (PAID, GONE): "sent unterwegs verschickt envoyée enviado spedito verstuurd wysłane enviada skickad sendt 発送済み",
}  # fmt: skip


@pytest.mark.parametrize("heading", ["Status", "Zustand", "Wie es steht"])
@pytest.mark.parametrize("wanted", WORDS)
def test_everyday_words_in_one_column_say_what_is_paid_and_what_has_left(tmp_path, heading, wanted):
    words = WORDS[wanted].split()
    found = read(tmp_path, heading, *words)
    assert dict(zip(words, found, strict=True)) == dict.fromkeys(words, wanted)


@pytest.mark.parametrize(
    ("headings", "row", "wanted"),
    [
        ("Bezahlt;Versendet", "ja;nein", (PAID, WAITS)),
        ("Payment;Shipping", "open;shipped", (OWED, GONE)),
        ("Zahlung;Versand", "eingegangen;offen", (PAID, WAITS)),
        ("Payment status;Shipping status", "paid;delivered", (PAID, Fulfilment.DELIVERED)),
        ("Payment;Note", "PayPal;fragile", (UNKNOWN, Fulfilment.UNKNOWN)),
    ],
)
def test_each_of_two_columns_has_its_own_words(tmp_path, headings, row, wanted):
    assert read(tmp_path, headings, row) == [wanted]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("bezahlt, versendet", (PAID, GONE)),
        ("unpaid / shipped", (OWED, GONE)),
        ("paid and delivered", (PAID, Fulfilment.DELIVERED)),
        ("offen, bezahlt", (PAID, WAITS)),
        ("[3] Warten auf Zahlung", (OWED, WAITS)),
        ("7.0 Versendet", (PAID, GONE)),
        ("In behandeling - wacht op betaling", (OWED, WAITS)),
        ("En attente du paiement par chèque", (OWED, WAITS)),
    ],
)
def test_a_cell_may_name_both_states(tmp_path, cell, wanted):
    assert read(tmp_path, "Status", cell) == [wanted]


def take_in(db, path: Path, now: int = NOW, **settings):
    return read_orders(StoreAccess(Store("kiln", path=str(path), **settings), ZONE, now), db)


def left_out(db):
    with db.read() as tx:
        (state,) = sources.states(tx, SourceKind.ORDERS)
    assert state.failing_since is None
    return state.left_out


def test_a_word_nobody_knows_is_named_with_what_to_write_and_is_no_failure(db, tmp_path):
    path = tmp_path / "orders.csv"
    row = "2026-11-12;Mug;9,00 €;At the engraver"
    path.write_text(f"Order no;Date;Item;Total;Status\n1;{row}\n2;{row}\n", "utf-8")
    assert take_in(db, path) == 2
    (words,) = left_out(db)
    assert words.startswith('the state "At the engraver" (2 orders) is not known; say what it means')
    take_in(db, path, status={"At the engraver": "paid, unfulfilled"})
    assert left_out(db) == ()


def test_a_file_without_a_column_for_states_is_named(db, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Order no;Date;Item;Total\n1;2026-11-12;Mug;9,00 €\n", "utf-8")
    take_in(db, path)
    assert left_out(db) == ("no column says whether an order is paid or has been shipped",)


def test_an_empty_file_is_named_so_and_only_orders_that_were_read_are_kept(db, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("\n", "utf-8")
    with pytest.raises(OrdersFileError, match="is empty") as first:
        take_in(db, path)
    assert "kept" not in str(first.value)
    path.write_text("Order no;Date;Item;Total;Status\n1;2026-11-12;Mug;9,00 €;paid\n", "utf-8")
    take_in(db, path, NOW + 60)
    path.write_text("", "utf-8")
    with pytest.raises(OrdersFileError, match=r"is empty.*The orders read before are kept"):
        take_in(db, path, NOW + 120)
