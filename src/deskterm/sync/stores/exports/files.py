"""Reading a store's orders from a file or a watched folder, in whichever known format."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.domain.orders.order import Order
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports import forms, orders_json
from deskterm.sync.stores.exports.by_meaning import find_meant_form
from deskterm.sync.stores.exports.csv_rows import read_csv
from deskterm.sync.stores.exports.file_text import read_text
from deskterm.sync.stores.exports.folder import ROWS_OR_JSON, list_files, mark_files, missing_file
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.reading import Reading, number, words

_EXPORT_AGAIN = "Export the orders again; docs/orders.md lists the forms, docs/orders-json.md one for others."
_Beside = Mapping[str, Mapping[str, Sequence[Row]]]


class _Table(NamedTuple):
    """The rows of a file."""

    file: Path
    columns: list[str]
    rows: list[NumberedRow]


def mark(store: Store, zone: ZoneInfo) -> str:
    """A value that changes when the files or the settings they are read with do."""
    return mark_files(_files(store), store, zone)


def written_at(store: Store) -> int:
    """When the newest file was written (UTC seconds): its orders are complete up to then."""
    return max((int(file.stat().st_mtime) for file in _files(store)), default=0)


def read_file(store: Store, zone: ZoneInfo) -> Reading:
    """The orders of the file, or of all files in a folder. Raises OrdersFileError for an unknown format.

    If an order is in several files, the one written last counts.
    """
    files = _files(store)
    if not Path(store.path).is_dir():
        return _read(files[0], _load(files[0], store, zone), store, zone, {})
    loaded = [(file, _load(file, store, zone)) for file in files]
    beside = _collect_side_rows([one for _, one in loaded if isinstance(one, _Table)])
    orders: dict[str, Order] = {}
    problems: list[str] = []
    for file, content in loaded:
        if isinstance(content, _Table) and forms.find_side_form(content.columns):
            continue
        reading = _read(file, content, store, zone, beside)
        orders |= {order.external_id: order for order in reading.orders}
        problems += [f"{file.name}, {one}" for one in reading.problems]
    return Reading(tuple(orders.values()), tuple(problems))


def _files(store: Store) -> list[Path]:
    return list_files(store, suffixes=ROWS_OR_JSON)


def _load(file: Path, store: Store, zone: ZoneInfo) -> Reading | _Table:
    try:
        text = read_text(file)
    except OSError as error:
        raise missing_file(store, "path", error) from error
    if text.lstrip()[:1] in ("{", "["):
        written_at = int(file.stat().st_mtime)
        return orders_json.read_json(text, store.name, zone, store.currency, written_at=written_at)
    try:
        return _Table(file, *read_csv(text))
    except csv.Error as error:
        raise OrdersFileError(f"{file} is no CSV file: {error}.") from error


def _collect_side_rows(tables: Sequence[_Table]) -> _Beside:
    """The rows of side files, by kind and order."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table in tables:
        if form := forms.find_side_form(table.columns):
            for _, row in table.rows:
                found[form.kind][number(words(row, *form.number))].append(row)
    return found


def _read(file: Path, content: Reading | _Table, store: Store, zone: ZoneInfo, beside: _Beside) -> Reading:
    if isinstance(content, Reading):
        return content
    side = forms.find_side_form(content.columns)
    form = forms.find_form(content.columns) or (
        None
        if side or forms.is_of_others(content.columns)
        else find_meant_form(content.columns, content.rows)
    )
    if form is not None:
        columns, written_at = tuple(content.columns), int(file.stat().st_mtime)
        sheet = OrderSheet(content.rows, zone, store, columns, beside=beside, written_at=written_at)
        return form.read(sheet)
    if side:
        raise OrdersFileError(f"{file} holds {side.kind}; {side.lacks}.")
    if kind := forms.other_kind(content.columns):
        raise OrdersFileError(f"{file} holds {kind}, no orders.", todo=_EXPORT_AGAIN)
    raise OrdersFileError(f"{file} has none of the columns of an export deskterm knows.", todo=_EXPORT_AGAIN)
