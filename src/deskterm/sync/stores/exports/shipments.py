"""Reading a file of parcels as label services write them: order, tracking number, carrier, link, date.

Its columns are recognised by words in their names, in any order and among others.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.domain.orders.carriers import find_carrier, tracking_page
from deskterm.domain.orders.reported import ReportedParcel
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports.csv_rows import read_csv
from deskterm.sync.stores.exports.file_text import read_text
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.exports.tracking_cells import CARRIER, LINK, TRACKING, plain_name
from deskterm.sync.stores.reading import BrokenRow, number, words
from deskterm.value_class import dataclass

_ORDER = re.compile(
    r"\border|bestell|\bbest\b|auftrag|referen[czt]|commande|pedido|ordine|zamówieni|beställning|ordre"
)
_ORDER_NAMES = re.compile(r"number|numéro|número|numero|numer|nummer|\bno\b|\bnr\b|\bid\b|name|#|referen")
_NO_NUMBER = re.compile(
    r"date|datum|total|amount|status|value|wert|items?\b|source|notes?\b|tags?\b|e-?mail|weight|store|url|link"
)
_SENT = r"(?:ship|despatch|dispatch|versand|verzend|sent|label|post|exp[ée]di|env[ií]o|spedizione|wysyłk)"
_DAY = r"(?:dat[eau]|datum|fecha|\bat\b|\bon\b)"
_DATE = re.compile(rf"{_SENT}.*{_DAY}|{_DAY}.*{_SENT}|^shipped$|^date$|^datum$|^data$|^fecha$")


class _Columns(NamedTuple):
    """The column for each field, or ""."""

    order: str
    tracking: str
    carrier: str
    link: str
    date: str


@dataclass(frozen=True, slots=True)
class ParcelReading:
    """The parcels of a file; `problems` names each row that could not be read, with line and reason."""

    parcels: tuple[ReportedParcel, ...]
    problems: tuple[str, ...] = ()


def read_parcels(file: Path, store: Store, zone: ZoneInfo) -> ParcelReading:
    """The parcels of a file. Raises OrdersFileError if it lacks columns for order and tracking number."""
    try:
        columns, rows = read_csv(read_text(file))
    except (OSError, csv.Error) as error:
        raise OrdersFileError(f"The shipments file {file} cannot be read: {error}.") from error
    found = find_columns(columns)
    if not found.order or not found.tracking:
        lacking = "an order's number" if not found.order else "a tracking number"
        raise OrdersFileError(
            f"The shipments file {file} has no column for {lacking}.",
            todo='Name the columns as in "Order number, Tracking number, Carrier, Tracking link, Ship date".',
        )
    return _read_rows(OrderSheet(rows, zone, store), rows, found)


def find_columns(columns: Sequence[str]) -> _Columns:
    """Find the column for each field by words in the column names."""
    plain = {name: plain_name(name) for name in columns}
    links = [name for name, text in plain.items() if LINK.search(text)]
    carriers = [name for name, text in plain.items() if CARRIER.search(text) and name not in links]
    tracking = [
        name
        for name, text in plain.items()
        if TRACKING.search(text) and name not in links and name not in carriers and "status" not in text
    ]
    orders = [
        name
        for name, text in plain.items()
        if _ORDER.search(text) and not _NO_NUMBER.search(text) and name not in tracking
    ]
    orders.sort(key=lambda name: not _ORDER_NAMES.search(plain[name]))
    dates = [name for name, text in plain.items() if _DATE.search(text)]
    return _Columns(*(next(iter(found), "") for found in (orders, tracking, carriers, links, dates)))


def _read_rows(sheet: OrderSheet, rows: Iterable[NumberedRow], found: _Columns) -> ParcelReading:
    parcels: list[ReportedParcel] = []
    problems: list[str] = []
    for line, row in rows:
        shipped = sheet.moment_or_none(row, "date of a parcel", found.date) if found.date else None
        problems += (f"line {line}: {why}; its parcel is kept without it" for why, _ in sheet.take_unread())
        try:
            parcels += _read_row(row, found, shipped)
        except BrokenRow as broken:
            problems.append(f"line {line}: {broken}")
    return ParcelReading(tuple(parcels), tuple(problems))


def _read_row(row: Row, found: _Columns, shipped: int | None) -> Iterator[ReportedParcel]:
    """The parcels of a row: a label not bought yet has no number, a cell may have several."""
    order = number(words(row, found.order))
    carrier = words(row, found.carrier) if found.carrier else ""
    link = words(row, found.link) if found.link else ""
    for tracking in re.split(r"[;,|]\s*", words(row, found.tracking)):
        if not tracking.strip():
            continue
        if not order:
            raise BrokenRow(f'the parcel "{tracking[:30]}" names no order')
        page = link if link.startswith(("https://", "http://")) else tracking_page(carrier, tracking)
        yield ReportedParcel(order, tracking.strip(), find_carrier(carrier), page, shipped)
