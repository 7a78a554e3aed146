"""A store's orders from a file: which form it is, and the file as text."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.settings import Store
from deskterm.errors import OrdersFileError
from deskterm.sync.stores import orders_json, shopify_csv, woo_csv
from deskterm.sync.stores.reading import Reading

_KEPT = "The orders read before are kept."
_CELL = 5_000_000  # characters of one CSV cell


def mark(store: Store) -> str:
    """What tells one state of the file from another, without reading it."""
    try:
        told = Path(store.path).stat()
    except OSError as error:
        raise _missing(store, error) from error
    return f"{told.st_mtime_ns}:{told.st_size}"


def written_at(store: Store) -> int:
    """When the file was written (UTC seconds): its orders are complete to then."""
    return int(Path(store.path).stat().st_mtime)


def read_file(store: Store, zone: ZoneInfo) -> Reading:
    """The orders of the file. OrdersFileError when it is none of the known forms."""
    text = _text(store)
    if text.lstrip()[:1] in ("{", "["):
        return orders_json.read_json(text, store.name, zone)
    try:
        return _from_csv(text, store, zone)
    except csv.Error as error:
        raise OrdersFileError(f"{store.path} is no CSV file: {error}.", safe=_KEPT) from error


def _from_csv(text: str, store: Store, zone: ZoneInfo) -> Reading:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = {name.strip() for name in reader.fieldnames or ()}
    rows = _rows(reader)
    if columns >= shopify_csv.MARKS:
        return shopify_csv.read_rows(rows, store.name, zone)
    if any(columns >= marks for marks in woo_csv.MARKS):
        return woo_csv.read_rows(rows, store.name, zone, store.currency)
    raise OrdersFileError(
        f"{store.path} has none of the columns of an export deskterm knows.",
        safe=_KEPT,
        todo="Export them from Shopify or WooCommerce anew; docs/orders-json.md has a form for other shops.",
    )


def _rows(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line it begins on; a cell that may be quoted can span several."""
    begins = reader.line_num + 1
    for row in reader:
        yield begins, {(name or "").strip(): value or "" for name, value in row.items() if name is not None}
        begins = reader.line_num + 1


def _text(store: Store) -> str:
    try:
        raw = Path(store.path).read_bytes()
    except OSError as error:
        raise _missing(store, error) from error
    for encoding in ("utf-8-sig", "cp1252"):  # the second is what spreadsheets still write
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _missing(store: Store, error: OSError) -> OrdersFileError:
    return OrdersFileError(
        f"The orders file {store.path} cannot be read: {error.strerror}.",
        safe=_KEPT,
        todo="Put it there, or name another as `path` of this store in config.toml.",
    )
