"""Reading products from Shopify's product and inventory exports and WooCommerce's product export."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.domain.products.product import ProductVariant, StoreProduct, sku_key
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.exports.csv_rows import read_csv
from deskterm.sync.stores.exports.file_text import read_text
from deskterm.sync.stores.exports.folder import list_files, mark_files
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.reading import BrokenRow, quantity, words
from deskterm.value_class import dataclass

_SHOPIFY = {"Handle", "Title", "Variant SKU", "Variant Price"}
_STOCK = {"Handle", "SKU", "Location"}
_WOO = {"ID", "Type", "SKU", "Name"}
_OPTIONS = ("Option1 Value", "Option2 Value", "Option3 Value")
_WOO_OPTIONS = tuple(f"Attribute {number} value(s)" for number in range(1, 5))
_Stocks = Mapping[tuple[str, tuple[str, ...]], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ProductReading:
    """The products of files; `problems` names each that could not be read, with line and reason."""

    products: tuple[StoreProduct, ...]
    problems: tuple[str, ...] = ()


def mark_of(store: Store, zone: ZoneInfo) -> str:
    """A value that changes when the files or the settings they are read with do."""
    return mark_files(list_files(store, "products"), store, zone)


def read_product_file(store: Store) -> ProductReading:
    """The products of the file or folder; Shopify's inventory export is joined to its products.

    Raises OrdersFileError if none has a known format.
    """
    tables = [(file, *_load(file)) for file in list_files(store, "products")]
    stocks: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for _, columns, rows in tables:
        if columns >= _STOCK and not columns >= _SHOPIFY:
            stocks |= _read_stocks(rows)
    reading = ProductReading(())
    known = False
    for file, columns, rows in tables:
        sheet = OrderSheet(rows, ZoneInfo("UTC"), store, mark=".")
        if columns >= _SHOPIFY:
            one = _read_groups(sheet, _shopify_groups(rows), partial(_shopify, sheet, stocks))
        elif columns >= _WOO:
            one = _read_groups(sheet, _woo_groups(rows), partial(_woo, sheet))
        else:
            continue
        known = True
        named = (f"{file.name}, {words_}" for words_ in one.problems)
        reading = ProductReading((*reading.products, *one.products), (*reading.problems, *named))
    if not known:
        raise OrdersFileError(
            f"{store.products} has none of the columns of a product export deskterm knows.",
            todo="Export the products as CSV in Shopify or WooCommerce.",
        )
    return reading


def _load(file: Path) -> tuple[set[str], list[NumberedRow]]:
    try:
        columns, rows = read_csv(read_text(file))
    except (OSError, csv.Error) as error:
        raise OrdersFileError(f"The products file {file} cannot be read: {error}.") from error
    return set(columns), rows


def _read_groups(
    sheet: OrderSheet,
    groups: Iterator[tuple[int, list[Row]]],
    read: Callable[[Sequence[Row]], StoreProduct],
) -> ProductReading:
    """The products; one with a cell that cannot be read is left out and named: 0 is nobody's price."""
    products: dict[str, StoreProduct] = {}
    problems: list[str] = []
    for line, rows in groups:
        try:
            one = read(rows)
            why = ", ".join(words_ for words_, _ in sheet.take_unread())
        except BrokenRow as broken:
            why = str(broken)
            sheet.take_unread()
        if why:
            problems.append(f"line {line} ({words(rows[0], 'Title', 'Name')}): {why}")
        else:
            products[one.external_id] = one
    return ProductReading(tuple(products.values()), tuple(problems))


# Shopify: rows of one handle are a product's variants; rows without a price are further pictures.


def _shopify_groups(rows: Sequence[NumberedRow]) -> Iterator[tuple[int, list[Row]]]:
    groups: dict[str, tuple[int, list[Row]]] = {}
    for line, row in rows:
        if handle := words(row, "Handle"):
            groups.setdefault(handle, (line, []))[1].append(row)
    yield from groups.values()


def _shopify(sheet: OrderSheet, stocks: _Stocks, rows: Sequence[Row]) -> StoreProduct:
    handle = words(rows[0], "Handle")
    coin = sheet.currency(rows[0])
    active = words(rows[0], "Status").casefold() in ("", "active")
    own = (row for row in rows if words(row, "Variant Price", "Variant SKU"))
    variants = [_shopify_variant(sheet, row, coin, stocks) for row in own]
    if not active:
        variants = [replace(one, for_sale=False) for one in variants]
    return StoreProduct(sheet.store.name, handle, words(rows[0], "Title") or handle, tuple(variants))


def _shopify_variant(sheet: OrderSheet, row: Row, coin: str, stocks: _Stocks) -> ProductVariant:
    options = tuple(words(row, name) for name in _OPTIONS)
    title = " / ".join(one for one in options if one and one != "Default Title")
    sku = words(row, "Variant SKU")
    stock, incoming = stocks.get((words(row, "Handle"), options), (None, None))
    if stock is None and words(row, "Variant Inventory Tracker") and words(row, "Variant Inventory Qty"):
        stock = quantity(row["Variant Inventory Qty"])
    goes_on = words(row, "Variant Inventory Policy").casefold() == "continue"
    return ProductVariant(
        external_id=sku or title or words(row, "Handle"),
        sku=sku,
        title=title,
        price=sheet.amount(row, coin, "price", "Variant Price", default="0"),
        stock=stock,
        incoming=incoming,
        for_sale=goes_on or stock > 0 if stock is not None else None,
    )


def _read_stocks(rows: Sequence[NumberedRow]) -> dict[tuple[str, tuple[str, ...]], tuple[int, int]]:
    """The available and incoming stock over all locations, by handle and options."""
    found: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for _, row in rows:
        cells = {name.partition(" (")[0]: value.strip() for name, value in row.items()}
        if not cells.get("Available", "").lstrip("-").isdecimal():
            continue  # not stocked at this location
        key = (words(row, "Handle"), tuple(words(row, name) for name in _OPTIONS))
        there, coming = found.get(key, (0, 0))
        more = cells.get("Incoming", "")
        found[key] = there + int(cells["Available"]), coming + (int(more) if more.isdecimal() else 0)
    return found


# WooCommerce: a variation names its parent, by `id:12` or by its SKU.


def _woo_groups(rows: Sequence[NumberedRow]) -> Iterator[tuple[int, list[Row]]]:
    heads: dict[str, str] = {}
    children: dict[str, list[Row]] = defaultdict(list)
    for _, row in rows:
        if "variation" not in _woo_types(row):
            own = words(row, "ID")
            heads |= {f"id:{own}": own, sku_key(words(row, "SKU")): own}
    for _, row in rows:
        if "variation" in _woo_types(row):
            parent = words(row, "Parent")
            children[heads.get(parent) or heads.get(sku_key(parent), "")].append(row)
    for line, row in rows:
        if "variation" not in _woo_types(row):
            yield line, [row, *children[words(row, "ID")]]


def _woo_types(row: Row) -> set[str]:
    return {one.strip() for one in words(row, "Type").casefold().split(",")}


def _woo(sheet: OrderSheet, rows: Sequence[Row]) -> StoreProduct:
    head, *variations = rows
    if not words(head, "ID") or not words(head, "Name"):
        raise BrokenRow("it has no ID or no name")
    coin = sheet.currency(head)
    several = variations if "variable" in _woo_types(head) else [head]
    shown = words(head, "Published") in ("", "1")
    variants = [_woo_variant(sheet, row, coin, shown=shown, alone=row is head) for row in several]
    return StoreProduct(sheet.store.name, words(head, "ID"), words(head, "Name"), tuple(variants))


def _woo_variant(sheet: OrderSheet, row: Row, coin: str, *, shown: bool, alone: bool) -> ProductVariant:
    title = "" if alone else ", ".join(filter(None, (words(row, name) for name in _WOO_OPTIONS)))
    stock = quantity(row["Stock"]) if words(row, "Stock") else None
    in_stock = words(row, "In stock?").casefold()
    return ProductVariant(
        external_id=words(row, "ID"),
        sku=words(row, "SKU"),
        title=title,
        price=sheet.amount(row, coin, "price", "Sale price", "Regular price", default="0"),
        stock=stock,
        for_sale=(in_stock != "0" if in_stock else None) if shown else False,
    )
