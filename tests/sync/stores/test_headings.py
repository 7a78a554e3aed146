"""Orders files whose columns are recognised by the meaning of their headings and by their cells."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Fulfilment, OrderFact, Payment
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports.files import read_file

ZONE = ZoneInfo("Europe/Lisbon")
# Number, day, status, first and last name, address, goods, pieces, price, total.
HEADINGS = {
    "en": "Order no.;Ordered on (date);Order state status;First name;Last name;Billing mail;Product name;Qty;Item price;Order sum",
    "de": "Auftrags-Nr.;Datum der Bestellung;Status;Vorname;Nachname;Mailadresse;Produktname;Anzahl;Einzelpreis;Summe",
    "fr": "N° de commande;Date d'achat;Statut de la commande;Prénom;Nom;Courriel;Nom du produit;Qté;Prix;Montant TTC",
    "es": "Pedido n.º;Fecha;Estado;Nombre;Apellidos;Correo;Producto;Cantidad;Precio;Importe",
    "it": "Ordine n.;Data;Stato;Nome;Cognome;E-mail;Prodotto;Quantità;Prezzo;Importo totale",
    "nl": "Bestelling nr;Datum;Status;Voornaam;Achternaam;E-mailadres;Product;Aantal;Prijs;Bedrag",
    "pl": "Nr zamówienia;Data złożenia;Status;Imię;Nazwisko;E-mail;Produkt;Ilość;Cena;Suma",
    "pt": "Encomenda n.º;Data;Estado;Nome;Apelido;E-mail;Produto;Quantidade;Preço;Valor",
    "sv": "Beställningsnummer;Datum;Status;Förnamn;Efternamn;E-postadress;Produkt;Antal;Pris;Summa",
    "da": "Ordre nr.;Dato;Status;Fornavn;Efternavn;Mail;Vare navn;Antal;Pris;Beløb",
    "ja": "ご注文番号;ご注文日;状態;名;姓;メール;商品名;個数;単価;ご注文金額",
}  # fmt: skip
ROW = "1042;2026-11-13;completed;Jo;Lane;jo@lane.example;Mug;2;4,50;9,00"


def read(tmp_path, text, currency="EUR"):
    path = tmp_path / "orders.csv"
    path.write_text(text, "utf-8")
    written = int(datetime(2026, 11, 30, tzinfo=UTC).timestamp())
    os.utime(path, (written, written))
    return read_file(Store("kiln", path=str(path), currency=currency), ZONE)


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_are_read_by_their_meaning_in_each_language(tmp_path, language):
    (order,) = read(tmp_path, f"{HEADINGS[language]}\n{ROW}\n").orders
    assert (order.number, order.email, order.total.minor, order.unread) == (
        "1042",
        "jo@lane.example",
        900,
        (),
    )
    assert order.customer_name == "Jo Lane"
    assert datetime.fromtimestamp(order.placed_at, ZONE).date().isoformat() == "2026-11-13"
    assert [(one.title, one.quantity, one.price.minor) for one in order.lines] == [("Mug", 2, 450)]
    assert order.fulfilment is Fulfilment.SHIPPED


def test_a_column_of_addresses_is_known_by_its_cells(tmp_path):
    (order,) = read(tmp_path, "Order,Date,Reach them at,Total\n7,2026-11-13,jo@lane.example,5.00\n").orders
    assert order.email == "jo@lane.example"


def test_of_several_days_the_one_of_the_order_counts(tmp_path):
    head = "Commande;Date de paiement;Date de commande;Date d'envoi;Total"
    (order,) = read(tmp_path, f"{head}\n7;2026-11-15;2026-11-13;2026-11-17;5,00\n").orders
    assert datetime.fromtimestamp(order.placed_at, ZONE).day == 13
    assert order.fulfilment is Fulfilment.SHIPPED


def test_payment_and_sending_in_two_columns_are_told_apart(tmp_path):
    head = "Bestellnummer;Datum;Zahlungsstatus;Versandstatus;Betrag"
    (order,) = read(tmp_path, f"{head}\n7;13.11.2026;Bezahlt;Beim Töpfer;5,00\n").orders
    assert (order.payment, order.fulfilment_text) == (Payment.PAID, "Beim Töpfer")


def test_what_the_file_has_no_column_for_is_unknown(tmp_path):
    (order,) = read(tmp_path, "Pedido;Fecha;Producto\n7;13/11/2026;Taza\n").orders
    assert set(order.unread) == {OrderFact.TOTAL, OrderFact.PRICES, OrderFact.LINES}


@pytest.mark.parametrize(
    "head",
    [
        "id,Created (UTC),Amount,Currency,Customer Email",  # payments
        "Kundennummer,Vorname,E-Mail,Bestellungen,Gesamtumsatz",  # customers
        "Date,Text,Amount",
        "Order,Customer,Note",  # neither a day nor a total
    ],
)
def test_other_files_are_no_orders(tmp_path, head):
    row = ",".join(["7", "2026-11-13", "5.00", "EUR", "jo@lane.example"][: head.count(",") + 1])
    with pytest.raises(OrdersFileError):
        read(tmp_path, f"{head}\n{row}\n")


def test_rows_that_share_a_number_and_differ_in_who_ordered_are_refused(tmp_path):
    rows = "7;2026-11-13;jo@lane.example;5,00\n7;2026-11-13;al@hill.example;5,00"
    reading = read(tmp_path, f"Bestellnr;Datum;E-Mail;Summe\n{rows}\n")
    assert reading.orders == ()
    assert "two orders have this number" in reading.problems[0]
