"""Filling macros: which names a macro uses, whether it is valid, and its text with the facts put in.

The language is Shopify's Liquid, reduced to what a letter needs: `if`, `unless`, `case`, `for`, `assign`,
`comment`, and the filters default, upcase, downcase, capitalize, truncate, date and money. The names are in
`names.py`; loops are limited so that no macro can hang the desk. The library is imported on first use.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.domain.liquid.value_formats import PLAIN, ValueFormats
from deskterm.domain.playbook import Fact, Filled

if TYPE_CHECKING:
    from types import ModuleType


def needs(body: str) -> tuple[str, ...]:
    """The names a macro uses, in the order of the text: `("customer.first_name", "order.number")`."""
    return _engine().needs(body)  # type: ignore[no-any-return]


def check(body: str, first_line: int = 1) -> None:
    """Raise PlaybookError, with the line and what to do, if a macro cannot be used.

    `first_line` is the line of its file at which the body starts.
    """
    _engine().check(body, first_line)


def fill(body: str, facts: Mapping[str, Fact], formats: ValueFormats = PLAIN) -> Filled:
    """Fill a macro's text with facts, and return where each value is.

    `facts` are by dotted name; the `order.lines` fact is a list of mappings. A placeholder without a value
    (absent, None or blank, and without `default`) becomes `[name?]` and is listed as missing. Values are
    cleaned text and never read as Liquid. Raises PlaybookError for an invalid macro or one whose text is too
    long.
    """
    return _engine().fill(body, facts, formats)  # type: ignore[no-any-return]


def _engine() -> "ModuleType":
    """Import python-liquid (0.12 s) for the first macro, not before."""
    from deskterm.domain.liquid import engine  # noqa: PLC0415 - as the docstring says

    return engine
