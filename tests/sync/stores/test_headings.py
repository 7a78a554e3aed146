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


# Number, sending and payment, total, parcel, goods: as further shop programs write their exports.
SHOPS = {
    "net goods beside the sum to pay, codes before states": (
        ("Auftrags-ID;Auftragsdatum;Auftragsstatus;Kunden-E-Mail;Warenwert brutto;Rechnungsbetrag;Paketnummern\n"
        "5001;20.11.2026 10:00:00;[7] Warenausgang gebucht;jo@lane.example;24,90;29,80;00340434161094000001"),
        (Payment.PAID, Fulfilment.SHIPPED, 2980, "00340434161094000001", []),
    ),
    "the day of the payment says that it was paid": (
        ("Auftragsnummer;Auftragsdatum;Versandstatus;Zahlungsdatum;Artikelname;Menge;Rechnungsbetrag;Trackingnummer\n"
        "AU-1;20.11.2026;Komplett versendet;20.11.2026;Krug;1;24,90;00340434161094000001"),
        (Payment.PAID, Fulfilment.SHIPPED, 2490, "00340434161094000001", [("Krug", 1)]),
    ),
    "two states with a dash, yes and no in columns": (
        ("Bestelnummer,Datum,Status,Totaal incl. btw,Betaald,Verzonden,Trackingcode\n"
        'ORD1,20-11-2026,In behandeling - wacht op betaling,"€ 24,90",Nee,Nee,'),
        (Payment.PENDING, Fulfilment.UNFULFILLED, 2490, "", []),
    ),
    "Czech headings": (
        ("Kód;Datum;Stav;E-mail;Celé jméno;Celkem s DPH;Číslo zásilky;Položka;Množství\n"
        "20261;20.11.2026 10:00;Vyřízena;jo@lane.example;Jo Lane;1 249,00;DR1234567890C;Hrnek;2"),
        (Payment.PAID, Fulfilment.SHIPPED, 124900, "DR1234567890C", [("Hrnek", 2)]),
    ),
    "names with underscores, times with T": (
        ("order_number;order_date_time;customer_email;payment_state;delivery_state;tracking_codes;product_name;quantity;total_price;amount_total\n"
        "2001;2026-11-03T10:12:00+00:00;jo@lane.example;Bezahlt;Versandt;00340434161094015902;Mug;2;39,80;44,70"),
        (Payment.PAID, Fulfilment.SHIPPED, 4470, "00340434161094015902", [("Mug", 2)]),
    ),
    "how many were ordered beside the total": (
        ("Order number,Date created,Total order quantity,Contact email,Item,Qty,Deposit amount,Payment status,Total tax,Total,Net amount,Fulfillment status\n"
        '2002,"Nov 3, 2026",2,jo@lane.example,Mug,2,,Paid,0,44.70,44.70,Fulfilled'),
        (Payment.PAID, Fulfilment.SHIPPED, 4470, "", [("Mug", 2)]),
    ),
    "with tax, and a payment denied": (
        ("Bestelnummer;Datum;Betaalstatus;Verzendstatus;E-mail;Totaal incl. btw;Productnaam;Aantal;Prijs incl. btw\n"
        "2003;03-11-2026;Niet betaald;Nog niet verzonden;jo@lane.example;€ 44,70;Kom;2;€ 19,90"),
        (Payment.PENDING, Fulfilment.UNFULFILLED, 4470, "", [("Kom", 2)]),
    ),
    "refunds beside the order": (
        ("Order,Order Date,Order Status,Recipient Email,Tracking Number,Item Name,Item Quantity,Order Total,Order Refunds\n"
        "2004,11/03/2026,Complete,jo@lane.example,9400111,Mug,2,€44.70,€0.00"),
        (Payment.PAID, Fulfilment.SHIPPED, 4470, "9400111", [("Mug", 2)]),
    ),
    "pieces within the titles": (
        ("N° commande;Date de commande;Adresse e-mail;Statut;Montant TTC;N° de suivi;Transporteur;Produits\n"
        "2005;03/11/2026;jo@lane.example;Partiellement expédiée;44,70 €;6A12345;Colissimo;2 x Bol bleu, 1 x Tasse"),
        (Payment.PAID, Fulfilment.PARTLY, 4470, "6A12345", [("Bol bleu", 2), ("Tasse", 1)]),
    ),
    "goods that are only called a name": (
        ("order_number,date,email,shipping_person_name,shipping_status,total,name,sku,quantity,price\n"
        "2006,2026-11-03,jo@lane.example,Jo Lane,AWAITING_PROCESSING,44.70,Mug,M-1,2,19.90"),
        (Payment.UNKNOWN, Fulfilment.UNFULFILLED, 4470, "", [("Mug", 2)]),
    ),
    "a reference, and a status in a sentence": (
        ("ID;Reference;Delivery;Customer;Total;Payment;Status;Date\n"
        "12;XKBK;France;J. Lane;54,90 €;Virement;En cours de préparation;2026-11-03 10:12:00"),
        (Payment.UNKNOWN, Fulfilment.UNFULFILLED, 5490, "", []),
    ),
}  # fmt: skip


@pytest.mark.parametrize("shop", SHOPS)
def test_exports_of_further_shop_programs_are_read(tmp_path, shop):
    text, wanted = SHOPS[shop]
    (order,) = read(tmp_path, text + "\n").orders
    parcel = "".join(one.number for one in order.shipments)
    goods = [(one.title, one.quantity) for one in order.lines]
    assert (order.payment, order.fulfilment, order.total.minor, parcel, goods) == wanted


def test_a_carrier_in_a_column_of_its_own_gives_the_parcel_its_page(tmp_path):
    text = "Order,Date,Total,Tracking number,Carrier\n7,2026-11-13,5.00,00340434161094015902,DHL Paket\n"
    (parcel,) = read(tmp_path, text).orders[0].shipments
    assert (parcel.carrier, "00340434161094015902" in parcel.url) == ("DHL", True)


def test_measures_in_a_title_are_no_pieces(tmp_path):
    text = "Order;Date;Total;Item\n7;2026-11-13;5,00;Print 30 x 40\n8;2026-11-13;5,00;Brick 4x4\n"
    assert [(one.lines[0].title, one.lines[0].quantity) for one in read(tmp_path, text).orders] == [
        ("Print 30 x 40", 1),
        ("Brick 4x4", 1),
    ]


@pytest.mark.parametrize("amount", ["447,00 kr", "$44.70", "44,70 zł"])
def test_an_amount_in_another_currency_than_the_settings_is_told_and_left_out(tmp_path, amount):
    found = read(
        tmp_path, f'Order,Date,Total\n7,2026-11-13,"{amount}"\n', "EUR" if "z" not in amount else "SEK"
    )
    assert OrderFact.TOTAL in found.orders[0].unread or found.orders[0].total.currency == "PLN"


@pytest.mark.parametrize("day", ["Versanddatum", "Versendet am", "Ship date"])
def test_a_day_of_sending_does_not_hide_the_tracking_number(tmp_path, day):
    text = f"Bestellnummer;Bestelldatum;Gesamtbetrag;Paketdienst;Sendungsnummer;{day}\n7;12.11.2026;5,00;GLS;123456789;13.11.2026\n"
    (parcel,) = read(tmp_path, text).orders[0].shipments
    assert (parcel.carrier, parcel.number) == ("GLS", "123456789")
    assert datetime.fromtimestamp(parcel.shipped_at, ZONE).date().isoformat() == "2026-11-13"


def test_a_gross_price_of_each_item_is_no_total_that_two_rows_of_an_order_differ_in(tmp_path):
    text = "Auftragsnummer;Auftragsdatum;Artikelname;Menge;VK brutto\n7;20.11.2026;Krug;1;24,90\n7;20.11.2026;Tasse;2;8,00\n"
    (order,) = read(tmp_path, text).orders
    assert [(one.title, one.price.minor) for one in order.lines] == [("Krug", 2490), ("Tasse", 800)]


@pytest.mark.parametrize(
    "heading",
    ["Not paid", "Unpaid", "To be paid", "Pay later", "Payment fee", "Noch nicht bezahlt", "Reste à payer",
     "Pendiente de pago", "Nog te betalen", "Nieopłacone", "Obetald", "Ikke betalt", "Payment failed",
     "Not shipped", "To ship", "Free shipping", "Delivery fee", "Express delivery", "Return shipped",
     "À expédier", "Pendiente de envío", "Te verzenden", "Niewysłane", "Ej skickad", "Nicht versendet", "未発送"],
)  # fmt: skip
def test_yes_below_what_was_not_done_is_no_state(tmp_path, heading):
    (order,) = read(tmp_path, f"Order no,Date,{heading},Total\n1,2026-11-13,yes,39.00\n").orders
    assert (order.payment, order.fulfilment) == (Payment.UNKNOWN, Fulfilment.UNKNOWN)


@pytest.mark.parametrize(
    "heading",
    ["Expected delivery date", "Ship by", "Deliver by date", "Voraussichtliches Lieferdatum", "Zahlbar bis"],
)
def test_a_day_to_come_is_none_of_paying_or_sending(tmp_path, heading):
    (order,) = read(tmp_path, f"Order no,Date,{heading},Total\n1,2026-11-13,2026-12-24,39.00\n").orders
    assert (order.payment, order.fulfilment) == (Payment.UNKNOWN, Fulfilment.UNKNOWN)
    assert (order.shipments, order.ship_to.lines) == ((), ())


@pytest.mark.parametrize("heading", ["Supplier mail", "Sales agent email", "Seller contact", "Lieferant"])
def test_the_address_of_the_sellers_side_is_no_customers(tmp_path, heading):
    head = f"Order no,Date,{heading},E-mail,Total"
    (order,) = read(tmp_path, f"{head}\n1,2026-11-13,us@shop.example,jo@lane.example,39.00\n").orders
    assert order.email == "jo@lane.example"
    (order,) = read(tmp_path, f"Order no,Date,{heading},Total\n1,2026-11-13,us@shop.example,39.00\n").orders
    assert not order.email


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Store name", "Kiln"), ("Customer since", "2019-01-01"), ("Shipping method name", "DHL Parcel"),
     ("Customer lifetime total", "3300.00"), ("Channel name", "Etsy"), ("Customer accepts marketing", "yes")],
)  # fmt: skip
def test_not_everything_called_a_name_or_said_of_a_customer_is_their_name(tmp_path, heading, cell):
    (order,) = read(tmp_path, f"Order no,Date,{heading},Total\n1,2026-11-13,{cell},39.00\n").orders
    assert not order.customer_name


def test_points_what_is_due_and_counts_of_goods_are_no_totals_or_titles(tmp_path):
    text = "Order no,Date,Points total,Amount due,Total items,Item,Amount paid\n1,2026-11-13,600,0.00,3,Mug,39.00\n"
    (order,) = read(tmp_path, text).orders
    assert (order.total.minor, [one.title for one in order.lines]) == (3900, ["Mug"])


def test_the_state_of_a_return_is_not_that_of_the_order(tmp_path):
    text = "Order no,Date,Return status,Refund reason,Refunded,Total\n1,2026-11-13,completed,5,0.00,39.00\n"
    (order,) = read(tmp_path, text).orders
    assert (order.payment, order.fulfilment) == (Payment.UNKNOWN, Fulfilment.UNKNOWN)
