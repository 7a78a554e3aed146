"""The known export formats, recognised by their columns; and the same shops' files without orders."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from deskterm.sync.stores.exports import marketplaces as shops
from deskterm.sync.stores.exports import shopify_csv, woo_csv
from deskterm.sync.stores.exports.sheet import OrderSheet
from deskterm.sync.stores.reading import Reading


class FileForm(NamedTuple):
    """An export format: the columns it must have, and its reader."""

    marks: frozenset[str]
    read: Callable[[OrderSheet], Reading]


FORMS = (
    *(FileForm(marks, shopify_csv.read_rows) for marks in shopify_csv.MARKS),
    *(FileForm(marks, woo_csv.read_rows) for marks in woo_csv.MARKS),
    FileForm(frozenset({"Sale Date", "Order ID", "Order Total", "Number of Items"}), shops.ETSY.read),
    FileForm(
        frozenset({"Sales Record Number", "Order Number", "Item Title", "Total Price"}), shops.EBAY.read
    ),
    FileForm(frozenset({"Order ID", "Order Total (inc tax)", "Product Details"}), shops.read_bigcommerce),
    FileForm(frozenset({"ID", "Purchase Date", "Grand Total (Purchased)", "Status"}), shops.MAGENTO.read),
    FileForm(frozenset({"amazon-order-id", "order-status", "item-price"}), shops.AMAZON.read),
)


class SideForm(NamedTuple):
    """A file in the same folder that is joined to an export by the order's number."""

    kind: str
    marks: frozenset[str]
    number: tuple[str, ...]
    lacks: str


SIDE_FORMS = (
    SideForm(
        shops.ETSY_ITEMS, frozenset({"Sale Date", "Item Name", "Transaction ID", "Order ID"}), ("Order ID",),
        "it has no totals: put Etsy's file of orders beside it in a folder, and name that as `path`",
    ),
    SideForm(
        shops.AMAZON_ADDRESSES, frozenset({"order-id", "order-item-id", "quantity-purchased"}), ("order-id",),
        "it has no amounts: put Amazon's report of all orders beside it in a folder, and name that as `path`",
    ),
)  # fmt: skip
_OTHERS = (
    (frozenset({"First Name", "Last Name", "Total Spent"}), "Shopify's customers"),
    (frozenset({"Handle", "Title", "On hand (current)"}), "Shopify's stock"),
    (frozenset({"Handle", "Title", "On hand"}), "Shopify's stock"),
    (frozenset({"Handle", "Title", "Variant SKU"}), "Shopify's products"),
    (frozenset({"Handle", "Title", "Variant Price"}), "Shopify's products"),
    (frozenset({"Title", "URL handle"}), "Shopify's products"),
    (frozenset({"SKU", "Name", "Regular price"}), "WooCommerce's products"),
    (frozenset({"Order #", "N. Revenue (formatted)"}), "WooCommerce's analytics (no addresses, no lines)"),
    (frozenset({"Username", "Last active", "Total spend"}), "WooCommerce's customers"),
)  # fmt: skip


def find_form(columns: Iterable[str]) -> FileForm | None:
    """The export format with these columns, if it is known."""
    found = set(columns)
    return next((form for form in FORMS if form.marks <= found), None)


def find_side_form(columns: Iterable[str]) -> SideForm | None:
    """The side file format with these columns, if it is known."""
    found = set(columns)
    return next((form for form in SIDE_FORMS if form.marks <= found), None)


_OF_AN_ORDER = re.compile(
    r"\b(?:order|bestell|auftrag|commande|pedido|ordine|ordre|zam[óo]wieni|注文)", re.IGNORECASE
)
_OF_A_PRODUCT = re.compile(
    r"\b(?:sku|price|preis|prix|precio|prezzo|prijs|cena|stock|quantity|lager\w*|bestand|bestände|inventory|variant"
    r"|artikel\w*|product\w*|produkt\w*|description|beschreibung|titel|title)\b",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    r"\b(?:e-?mail\w*|first.?name|last.?name|vorname|nachname|prénom|nom|apellidos?|cognome|subscri\w*|newsletter)\b",
    re.IGNORECASE,
)
_ENOUGH = 3  # columns


def is_of_others(columns: Iterable[str]) -> bool:
    """Whether these are the columns of a known file without orders."""
    found = set(columns)
    return any(marks <= found for marks, _ in _OTHERS)


def other_kind(columns: Iterable[str]) -> str:
    """What a known kind of file without orders contains, or "".

    Files of unknown shops are recognised by the words in their columns, if none is about orders.
    """
    found = set(columns)
    known = next((kind for marks, kind in _OTHERS if marks <= found), "")
    if known or any(map(_OF_AN_ORDER.search, found)):
        return known
    if sum(bool(_OF_A_PRODUCT.search(one)) for one in found) >= _ENOUGH:
        return "a list of products"
    return "a list of customers" if sum(bool(_OF_A_PERSON.search(one)) for one in found) >= _ENOUGH else ""
