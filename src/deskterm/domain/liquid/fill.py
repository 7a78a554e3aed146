"""Macros' placeholders: what a macro needs, whether it is sound, and its text with the facts in it.

The language is Liquid (Shopify's), cut down to what a letter needs: `if`, `unless`,
`case`, `for`, `assign`, `comment`, and the filters default, upcase, downcase,
capitalize, truncate, date and money. Names are those of `vocabulary`; lists are
limited so that no macro can hang the desk. The library is imported on first use.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.domain.liquid.value_formats import PLAIN, ValueFormats
from deskterm.domain.playbook import Fact, Filled

if TYPE_CHECKING:
    from types import ModuleType


def needs(body: str) -> tuple[str, ...]:
    """Every name the macro uses, in the order of the text: `("customer.first_name", "order.number")`."""
    return _engine().needs(body)  # type: ignore[no-any-return]


def check(body: str, first_line: int = 1) -> None:
    """Raise PlaybookError, naming the line and what to do, if the macro cannot be used.

    `first_line` is the line of its file on which the body starts.
    """
    _engine().check(body, first_line)


def fill(body: str, facts: Mapping[str, Fact], formats: ValueFormats = PLAIN) -> Filled:
    """Write the facts into the macro's text and say where each stands.

    `facts` go by dotted name; an `order.lines` fact holds a list of mappings.
    Whatever a `{{ … }}` names and no fact gives (absent, None or blank, and no
    `default`) is marked `[name?]` and listed as missing: all of them at once.
    A value is text: it is cleaned, and never read as Liquid. Raises
    PlaybookError for a broken macro or one that writes too much.
    """
    return _engine().fill(body, facts, formats)  # type: ignore[no-any-return]


def _engine() -> "ModuleType":
    """Import python-liquid (0.12 s) when the first macro is looked at, not before."""
    from deskterm.domain.liquid import engine  # noqa: PLC0415 - the one border

    return engine
