"""The forms of exports, each known by its columns; and files of the same shops that hold no orders."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from deskterm.sync.stores.exports import shopify_csv, woo_csv
from deskterm.sync.stores.exports.sheet import OrderSheet
from deskterm.sync.stores.reading import Reading


class FileForm(NamedTuple):
    """An export: columns that all stand in it, and its reader."""

    marks: frozenset[str]
    read: Callable[[OrderSheet], Reading]


FORMS = (
    *(FileForm(marks, shopify_csv.read_rows) for marks in shopify_csv.MARKS),
    *(FileForm(marks, woo_csv.read_rows) for marks in woo_csv.MARKS),
)
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
    """The form whose columns these are."""
    found = set(columns)
    return next((form for form in FORMS if form.marks <= found), None)


def other_kind(columns: Iterable[str]) -> str:
    """What a known file without orders holds, "" for a file that is not known."""
    found = set(columns)
    return next((kind for marks, kind in _OTHERS if marks <= found), "")
