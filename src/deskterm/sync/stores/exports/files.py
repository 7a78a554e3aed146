"""A store's orders from a file: which form it is, and its orders."""

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.settings import Store
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports import forms, orders_json
from deskterm.sync.stores.exports.csv_rows import read_csv
from deskterm.sync.stores.exports.file_text import decode_file
from deskterm.sync.stores.exports.sheet import OrderSheet
from deskterm.sync.stores.reading import Reading

_KEPT = "The orders read before are kept."
_ANEW = "Export the orders anew; docs/orders.md lists the forms, docs/orders-json.md one for others."


def mark(store: Store) -> str:
    """What differs between two states of the file, without reading it: its time and size."""
    try:
        found = Path(store.path).stat()
    except OSError as error:
        raise _missing(store, error) from error
    return f"{found.st_mtime_ns}:{found.st_size}"


def written_at(store: Store) -> int:
    """When the file was written (UTC seconds): its orders are complete to then."""
    return int(Path(store.path).stat().st_mtime)


def read_file(store: Store, zone: ZoneInfo) -> Reading:
    """The orders of the file. OrdersFileError when it is none of the known forms."""
    try:
        text = decode_file(Path(store.path).read_bytes())
    except OSError as error:
        raise _missing(store, error) from error
    if text.lstrip()[:1] in ("{", "["):
        return orders_json.read_json(text, store.name, zone)
    try:
        return _from_csv(text, store, zone)
    except csv.Error as error:
        raise OrdersFileError(f"{store.path} is no CSV file: {error}.", safe=_KEPT) from error


def _from_csv(text: str, store: Store, zone: ZoneInfo) -> Reading:
    columns, rows = read_csv(text)
    form = forms.find_form(columns)
    if form is not None:
        return form.read(OrderSheet(rows, zone, store))
    if kind := forms.other_kind(columns):
        raise OrdersFileError(f"{store.path} holds {kind}, no orders.", safe=_KEPT, todo=_ANEW)
    raise OrdersFileError(
        f"{store.path} has none of the columns of an export deskterm knows.", safe=_KEPT, todo=_ANEW
    )


def _missing(store: Store, error: OSError) -> OrdersFileError:
    return OrdersFileError(
        f"The orders file {store.path} cannot be read: {error.strerror}.",
        safe=_KEPT,
        todo="Put it there, or name another as `path` of this store in config.toml.",
    )
