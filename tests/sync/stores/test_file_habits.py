"""How files write characters, amounts and dates, decided by the file itself; what could be read two ways is refused."""

import csv
import io
import os
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.domain.liquid.facts import order_facts
from deskterm.domain.liquid.fill import fill
from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderFact, OrderLine, Payment
from deskterm.sync.stores.exports.amounts import common_mark, read_amount
from deskterm.sync.stores.exports.csv_rows import read_csv
from deskterm.sync.stores.exports.dates import DAY_FIRST, MONTH_FIRST, common_order, read_moment
from deskterm.sync.stores.exports.file_text import decode_file
from deskterm.sync.stores.exports.files import read_file
from deskterm.sync.stores.exports.forms import other_kind
from deskterm.sync.stores.exports.sheet import OrderSheet
from deskterm.sync.stores.exports.tracking_cells import parcels_in
from deskterm.sync.stores.reading import BrokenRow

LISBON = ZoneInfo("Europe/Lisbon")
HEAD = "Order Number,Total,Name,Country\n77,9.90,"


@pytest.mark.parametrize(
    ("encoding", "name", "country"),
    [
        ("cp1252", "Bjørn Ødegård", "NO"), ("cp1252", "Chloé Lefèvre", "FR"), ("cp1252", "Jörg Weiß", "AT"),
        ("cp1252", "IÑIGO PEÑA", "ES"), ("cp1250", "Bolesław Wąsik", "PL"), ("cp1250", "Jiří Čermák", "CZ"),
        ("cp1250", "Gyöngyvér Fűző", "HU"), ("mac_roman", "Jörg Weiß", "AT"), ("mac_roman", "Chloé Lefèvre", "FR"),
        ("cp932", "鈴木 花子", "JP"), ("cp932", "コーヒー カップ", "JP"), ("cp1251", "Ольга Смирнова", "UA"),
        ("cp1253", "Ελένη Παππά", "GR"), ("gb18030", "李小龙", "CN"), ("cp949", "박지성", "KR"),
        ("mac_roman", "Jürgen Müller", "EUR"), ("cp932", "2026年11月2日 湯のみ", "JPY"), ("utf-16", "Łucja", "PL"), ("utf-16-le", "Łucja", "PL"), ("utf-8-sig", "Łucja", "PL"),
    ],
)  # fmt: skip
def test_text_is_read_in_the_encoding_that_makes_words_of_it(encoding, name, country):
    assert name in decode_file(f"{HEAD}{name},{country}\n".encode(encoding))


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("7", "EUR", 700), ("7,5", "EUR", 750), ("€7.00", "EUR", 700), ("7,00 €", "EUR", 700), ("EUR 7,00", "EUR", 700),
        ("US $7.00", "USD", 700), ("CHF 2'300.50", "CHF", 230050), ("2 300,50 kr", "SEK", 230050), ("￥2,300", "JPY", 2300),
        ("2\u202f300,50", "EUR", 230050), ("2.300.400", "EUR", 230040000), ("7,-", "EUR", 700), ("(7.00)", "EUR", -700),
        ("gratis", "EUR", 0), ("−7.00", "EUR", -700), ("7.00-", "EUR", -700), ("7.0000", "EUR", 700), ("12,34,567.00", "INR", 123456700),
    ],
)  # fmt: skip
def test_amounts_that_can_be_read_one_way_are_read(text, currency, minor):
    assert read_amount(text, currency, "total", lambda: "").minor == minor


@pytest.mark.parametrize(
    "text", ["2,300", "2.300", "1.2.3", "", "abc 5", "7 USD", "5 6", "1,2,3", "--7", "1e5", "٣"]
)
def test_invalid_and_ambiguous_amounts_are_refused(text):
    with pytest.raises(BrokenRow):
        read_amount(text, "EUR", "total", lambda: "")


def test_a_column_is_read_one_way_unless_its_cells_disagree():
    assert common_mark(["2,300", "7.50", ""]) == "."
    assert common_mark(["2,300", "7,50"]) == ","
    assert common_mark(["2,300", "7,50", "7.50"]) == ""
    assert common_order(["03/04/2026", "25/04/2026"]) == DAY_FIRST
    assert common_order(["03/04/2026", "04/25/2026"]) == MONTH_FIRST
    assert common_order(["03/04/2026", "25/04/2026", "04/25/2026"]) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-07-03 08:05", (3, 7, 8, 5)), ("3.7.2026 08:05", (3, 7, 8, 5)), ("03.07.26, 08:05 Uhr", (3, 7, 8, 5)),
        ("Jul-03-26", (3, 7, 0, 0)), ("03-Jul-26", (3, 7, 0, 0)), ("July 3, 2026 8:05 PM", (3, 7, 20, 5)),
        ("3. Juli 2026", (3, 7, 0, 0)), ("3 juillet 2026 à 08:05", (3, 7, 8, 5)), ("3 de julio de 2026", (3, 7, 0, 0)),
        ("3 lipca 2026", (3, 7, 0, 0)), ("2026/07/03 08:05", (3, 7, 8, 5)), ("2026年7月3日", (3, 7, 0, 0)),
        ("vrijdag 3 juli 2026", (3, 7, 0, 0)), ("Freitag, den 3.7.2026", (3, 7, 0, 0)),
        ("2026-07-03 kl. 08:05", (3, 7, 8, 5)), ("2026年7月3日 8時05分", (3, 7, 8, 5)), ("7/31/2026 12:05 AM", (31, 7, 0, 5)), ("46206.5", (3, 7, 12, 0)), ("2026-07-03 08:05:00 +0100", (3, 7, 8, 5)),
    ],
)  # fmt: skip
def test_dates_that_can_be_read_one_way_are_read(text, wanted):
    found = datetime.fromtimestamp(read_moment(text, LISBON, "time", lambda: ""), LISBON)
    assert (found.day, found.month, found.hour, found.minute) == wanted
    assert found.year == 2026


@pytest.mark.parametrize(
    "text", ["03/04/2026", "", "soon", "31.02.2026", "2026-07-03 25:00", "99999-01-01", "3 foo 2026"]
)
def test_invalid_and_ambiguous_dates_are_refused(text):
    with pytest.raises(BrokenRow):
        read_moment(text, LISBON, "time", lambda: "")


def test_the_head_row_is_found_below_sep_and_blanks_and_once():
    text = "sep=;\n\nA;B\n1;2\n;\n\nA;B\n3;4;5\n6\n"
    columns, rows = read_csv(text)
    assert columns == ["A", "B"]
    assert rows == [(4, {"A": "1", "B": "2"}), (8, {"A": "3", "B": "4"}), (9, {"A": "6"})]


def test_quoted_cells_among_plain_lines_keep_their_breaks_and_later_lines_their_numbers():
    text = 'A,B,C\r\n1,"x, y\r\nz",2\r\n\r\n3,5" pot,"say ""hi"""\r\n4,,\r\n,,\r\n5,6,7\n8,9,10\r11,12,13'
    columns, rows = read_csv(text)
    assert columns == ["A", "B", "C"]
    assert rows == [
        (2, {"A": "1", "B": "x, y\r\nz", "C": "2"}), (5, {"A": "3", "B": '5" pot', "C": 'say "hi"'}), (6, {"A": "4"}),
        (8, {"A": "5", "B": "6", "C": "7"}), (9, {"A": "8", "B": "9", "C": "10"}), (10, {"A": "11", "B": "12", "C": "13"}),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(200))
def test_lines_are_split_as_the_csv_module_splits_them(seed):
    made = random.Random(seed)
    cells = [
        "",
        " ",
        "a",
        "7,5",
        "x;y",
        'in "quotes"',
        '"',
        "\t",
        "é",
        "two\nlines",
        "cr\rlf\r\n",
        "'0123",
        "\x85",
        "\u2028",
    ]
    rows = [["A", "B", "C"], *([made.choice(cells) for _ in range(made.randrange(1, 5))] for _ in range(30))]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=made.choice(",;"), lineterminator=made.choice(["\n", "\r\n"])).writerows(
        rows
    )
    text = written.getvalue()
    mark = text[1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    wanted = [
        {name: cell for name, cell in zip("ABC", row, strict=False) if cell}
        for row in list(reader)[1:] if any(map(str.strip, row))
    ]  # fmt: skip
    assert [row for _, row in read_csv(text)[1]] == wanted


SHOPIFY = (
    "Name,Email,Financial Status,Fulfillment Status,Fulfilled at,Currency,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem fulfillment status,Note Attributes,Id\n"
)


def shopify(tmp_path, *rows):
    path = tmp_path / "orders.csv"
    path.write_text(SHOPIFY + "\n".join(rows) + "\n", "utf-8")
    return Store("kiln", path=str(path))


def test_keys_rounded_by_a_spreadsheet_are_ignored_and_shared_ones_refused(tmp_path):
    row = "#{0},a@x.example,paid,,,EUR,7.00,2026-07-03 08:00,1,Mug,7.00,,,{1}"
    rounded = [row.format(number, "5.55E+12") for number in (1, 2)]
    shared = [row.format(number, "880") for number in (3, 4)]
    reading = read_file(shopify(tmp_path, *rounded, *shared, row.format(5, "881")), LISBON)
    assert [(order.number, order.external_id) for order in reading.orders] == [
        ("1", "1"),
        ("2", "2"),
        ("5", "881"),
    ]
    assert len(reading.problems) == 2
    assert "belongs to 2 orders" in reading.problems[0]


def test_one_number_for_two_orders_is_refused_and_sorted_rows_are_joined(tmp_path):
    first = "#{0},{1},paid,partial,2026-07-04 08:00,EUR,7.00,2026-07-03 08:00,1,Mug,7.00,fulfilled,,{2}"
    later = "#{0},{1},,,,,,2026-07-03 08:00,2,Bowl,3.00,pending,,"
    rows = (
        first.format(1, "a@x.example", "71"), first.format(2, "b@x.example", "72"), later.format(1, "a@x.example"),
        first.format(3, "c@x.example", "73"), first.format(3, "d@x.example", "74"),
    )  # fmt: skip
    reading = read_file(shopify(tmp_path, *rows), LISBON)
    assert [[(line.title, line.sent) for line in order.lines] for order in reading.orders] == [
        [("Mug", 1), ("Bowl", 0)],
        [("Mug", 1)],
    ]
    assert "two orders have this number" in reading.problems[0]


def test_tracking_in_note_attributes_is_a_parcel(tmp_path):
    row = (
        "#1,a@x.example,paid,fulfilled,2026-07-04 08:00,EUR,7.00,2026-07-03 08:00,1,Mug,7.00,fulfilled,"
        '"Tracking Number: LX99\nTracking Company: CTT\nTracking URL: https://t.example/LX99",1'
    )
    (order,) = read_file(shopify(tmp_path, row), LISBON).orders
    assert [(one.carrier, one.number, one.url) for one in order.shipments] == [
        ("CTT", "LX99", "https://t.example/LX99")
    ]


def test_a_word_nobody_knows_is_the_shops_own_and_the_owners_table_maps_it(tmp_path):
    row = "#1,a@x.example,chargeback,in customs,,EUR,7.00,2026-07-03 08:00,1,Mug,7.00,,,1"
    store = shopify(tmp_path, row)
    (order,) = read_file(store, LISBON).orders
    assert (order.state_text, order.on_its_way) == ("chargeback · in customs", False)
    owned = Store("kiln", path=store.path, status={"In Customs": "shipped", "chargeback": "voided"})
    (order,) = read_file(owned, LISBON).orders
    assert (order.payment, order.fulfilment) == ("voided", "shipped")
    assert order.fulfilment_text == "in customs"


WOO = (
    "order_id,order_number,order_number_formatted,order_date,status,order_total,order_currency,customer_email,"
    "refund_items,meta:_tracking_number,meta:_tracking_provider,line_item_1,line_item_2\n"
    "5,5,LX-5,2026-07-03 08:00,completed,20.00,EUR,a@x.example,amount:-4.00|reason:chip|date:2026-07-05 09:00,"
    "00340,DHL,name:Cup &amp; saucer; blue|sku:C|quantity:2|total:16.00,name:Bowl|quantity:0|total:0\n"
)


TITLES = (
    "Order Number;Order Status;Order Date;Email (Billing);Order Total Amount;Order Currency;Order Refund Amount;"
    "Item Name;Quantity;Item Cost\n"
)


def titled(tmp_path, *rows, at=None):
    path = tmp_path / "orders.csv"
    path.write_text(TITLES + "\n".join(rows) + "\n", "utf-8")
    if at:
        os.utime(path, (at, at))
    return read_file(Store("kiln", path=str(path), currency="EUR"), LISBON)


def days(reading):
    return [datetime.fromtimestamp(one.placed_at, LISBON).strftime("%d.%m.") for one in reading.orders]


def test_dates_are_read_as_in_the_rest_of_the_file_and_never_in_its_future(tmp_path):
    row = "{};completed;{};a@x.example;{};EUR;;Mug;1;5"
    both = [row.format(1, "03/11/2026", "5,00"), row.format(2, "04/11/2026", "5,50")]
    assert days(titled(tmp_path, *both)) == ["03.11.", "04.11."]
    written = int(datetime(2026, 11, 30, tzinfo=LISBON).timestamp())
    ahead = [row.format(1, "03/12/2026", "5.00"), row.format(2, "03/11/2026", "5.50")]
    assert days(titled(tmp_path, *ahead, at=written)) == ["12.03.", "11.03."]
    unclear = titled(tmp_path, row.format(1, "03/11/2026", "5.00"), at=written)
    assert (unclear.orders[0].known_day, unclear.orders[0].total.minor) == (None, 500)
    assert "can be read two ways" in unclear.problems[0]


def test_cells_that_say_nothing_or_count_in_words_leave_no_order_out(tmp_path):
    reading = titled(
        tmp_path,
        "1.0;completed;2026-07-03;a@x.example;50;EUR;N/A;Salt &amp; Pepper;2 Stk;25",
        "2;completed;2026-07-03;a@x.example;5;;–;Bowl;1,00;free",
    )
    assert not reading.problems
    assert [(order.number, order.payment) for order in reading.orders] == [("1", "paid"), ("2", "paid")]
    lines = [
        (line.quantity, line.title, line.price.minor) for order in reading.orders for line in order.lines
    ]
    assert lines == [(2, "Salt & Pepper", 2500), (1, "Bowl", 0)]


def test_a_part_refund_is_not_paid_whatever_the_status_says(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        SHOPIFY.replace(",Id\n", ",Refunded Amount,Id\n")
        + "#1,a@x.example,paid,,,EUR,7.00,2026-07-03 08:00,1,Mug,7.00,,,2.00,9\n",
        "utf-8",
    )
    (order,) = read_file(Store("kiln", path=str(path)), LISBON).orders
    assert order.payment == "partly refunded"


TRACKED = [
    (("meta:_wc_shipment_tracking_items",
      '[{"tracking_provider": "GLS", "tracking_number": "11223344", "date_shipped": "1762300000"}]'),),
    (("meta:Sendungsnummer", "11223344"), ("meta:Sendungsnummer Status", "zugestellt 2026")),
    (("Gift note: keep on track", "yes"), ("numéro de suivi", "11223344")),
    (("Track & Trace", "11223344"),),
]  # fmt: skip


def test_a_tracking_number_is_found_whatever_its_column_is_called():
    assert [[one.number for one in parcels_in(cells)] for cells in TRACKED] == [["11223344"]] * len(TRACKED)
    several = parcels_in([("Tracking Numbers", "0034043411, 0034043412"), ("tracking company", "dhl")])
    assert [(one.carrier, one.number) for one in several] == [("DHL", "0034043411"), ("DHL", "0034043412")]


def test_a_file_without_orders_is_described_by_what_it_has():
    assert other_kind(["Artikelnummer", "Artikelname", "Lagerbestand", "VK-Preis"]) == "a list of products"
    assert other_kind(["Email Address", "First Name", "Last Name", "Opt-in"]) == "a list of customers"
    assert other_kind(["Order date", "First Name", "Last Name", "E-mail"]) == ""


def test_packed_cells_keep_their_semicolons_refunds_and_tracking(tmp_path):
    path = tmp_path / "woo.csv"
    path.write_text(WOO, "utf-8")
    (order,) = read_file(Store("kiln", path=str(path)), LISBON).orders
    assert (order.number, order.external_id, order.state_text) == ("LX-5", "5", "partly refunded · shipped")
    assert [(line.quantity, line.title, line.price.minor) for line in order.lines] == [
        (2, "Cup & saucer; blue", 800)
    ]
    assert [(one.amount.minor, one.reason) for one in order.refunds] == [(400, "chip")]
    assert [(one.carrier, one.number) for one in order.shipments] == [("DHL", "00340")]


def test_rows_that_say_the_same_in_some_columns_are_read_once_and_by_these_columns_alone():
    def read(_: OrderSheet, row, coin):
        seen.append((dict(row), coin))
        return f"{row.get('Item', 'none')} {coin}"

    seen: list[object] = []
    sheet = OrderSheet([], LISBON, Store(name="oak", path="", currency="EUR"))
    rows = [{"Item": "Mug", "Order": "1"}, {"Item": "Mug", "Order": "2"}, {"Order": "3"}]
    made = [sheet.read_once(read, row, ("Item", "Size"), "EUR") for row in rows]
    assert made == ["Mug EUR", "Mug EUR", "none EUR"]
    assert sheet.read_once(read, rows[1], ("Item", "Size"), "USD") == "Mug USD"
    assert seen == [({"Item": "Mug"}, "EUR"), ({}, "EUR"), ({"Item": "Mug"}, "USD")]


ODD = {
    "total": ("1;completed;2026-11-03;a@x.example;on request;EUR;;Mug;2;5", "on request", OrderFact.TOTAL),
    "no total": ("1;completed;2026-11-03;a@x.example;N/A;EUR;;Mug;2;5", "no total", OrderFact.TOTAL),
    "day": ("1;completed;some day;a@x.example;5.00;EUR;;Mug;2;5", "some day", OrderFact.PLACED),
    "no day": ("1;completed;;a@x.example;5.00;EUR;;Mug;2;5", "time it was placed", OrderFact.PLACED),
    "pieces": ("1;completed;2026-11-03;a@x.example;5.00;EUR;;Mug;a pair;5", "a pair", OrderFact.LINES),
    "price": ("1;completed;2026-11-03;a@x.example;5.00;EUR;;Mug;2;tbd", "tbd", OrderFact.PRICES),
    "money back": ("1;completed;2026-11-03;a@x.example;5.00;EUR;some;Mug;2;5", "some", OrderFact.PAYMENT),
    "currency": ("1;completed;2026-11-03;a@x.example;5.00;??;;Mug;2;5", "EUR is taken", None),
}
FINE = "2;completed;2026-11-04;b@x.example;7.00;EUR;;Bowl;1;7"


@pytest.mark.parametrize("name", ODD)
def test_an_order_with_one_odd_cell_is_kept_without_it_and_named(tmp_path, name):
    row, said, fact = ODD[name]
    reading = titled(tmp_path, row, FINE)
    first, second = reading.orders
    assert (first.email, second.total.minor, second.unread) == ("a@x.example", 700, ())
    assert first.unread == ((fact,) if fact else ())
    assert len(reading.problems) == 1
    assert reading.problems[0].startswith("line 2 (1): ")
    assert said in reading.problems[0]


def test_orders_that_share_an_odd_cell_are_each_named(tmp_path):
    rows = (f"{number};completed;2026-11-03;a@x.example;5.00;EUR;;Mug;a pair;5" for number in (1, 2))
    reading = titled(tmp_path, *rows)
    assert [one.partition(":")[0] for one in reading.problems] == ["line 2 (1)", "line 3 (2)"]
    assert all(one.unread == (OrderFact.LINES,) for one in reading.orders)


def test_what_could_not_be_read_of_an_order_is_a_gap_in_a_letter():
    order = Order("kiln", "1", "1", "a@x.example", "", 5, Payment.PAID, Fulfilment.SHIPPED, Money(0, "EUR"),
                  (OrderLine("", "Mug", "", 1, Money(0, "EUR")),), unread=tuple(OrderFact))  # fmt: skip
    body = "{{ order.total }}{{ order.date }}{{ order.items }}{{ order.payment }}{{ order.days }} {{ order.number }}"
    holes = {one.name for one in fill(body, order_facts(order, now=10**9)).missing}
    assert holes == {"order.total", "order.date", "order.items", "order.payment", "order.days"}
