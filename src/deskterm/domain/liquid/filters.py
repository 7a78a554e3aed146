"""The filters that macros may use. A filtered value keeps its name and source."""

from collections.abc import Callable
from decimal import Decimal

from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

from deskterm.domain.liquid.names import Kind, kind_of
from deskterm.domain.liquid.values import Leaf, plain
from deskterm.domain.orders.order import Money


def _there(found: object) -> bool:
    return not isinstance(found, Undefined) and (not isinstance(found, Leaf) or found.there)


def _default(found: object, other: object = "") -> object:
    """`default`: the value, or `other` if it is missing; then it no longer counts as missing."""
    if _there(found):
        return found
    if isinstance(other, str) and other and isinstance(found, Leaf):
        return Leaf(found.name, other).with_source("the macro's default", None)
    return other


def _words(change: Callable[..., str]) -> Callable[..., object]:
    def apply(found: object, *arguments: object) -> object:
        if isinstance(found, Leaf):
            text = change(found.text, *arguments)
            return Leaf(found.name, text, text).with_source(found.source, found.synced_at)
        return found if isinstance(found, Undefined) else change(plain(found), *arguments)

    return apply


def _truncate(text: str, length: object = 50, end: object = "…") -> str:
    if not isinstance(length, int) or isinstance(length, bool):
        raise FilterArgumentError("truncate: takes a number of characters", token=None)
    tail = str(end)
    return text if len(text) <= length else text[: max(length - len(tail), 0)] + tail


def _only(kind: Kind) -> Callable[[object], object]:
    """`date` and `money`: return the value unchanged, or raise if it is not a date or money."""

    def apply(found: object) -> object:
        if isinstance(found, Leaf) and found.there and _kind(found) is not kind:
            raise FilterArgumentError(f"{found.name} is not {kind.value}", token=None)
        return found

    return apply


def _kind(leaf: Leaf) -> Kind | None:
    if isinstance(leaf.value, Money | Decimal):
        return Kind.MONEY
    return kind_of(leaf.name)


FILTERS: dict[str, Callable[..., object]] = {
    "default": _default,
    "upcase": _words(str.upper),
    "downcase": _words(str.lower),
    "capitalize": _words(lambda text: text[:1].upper() + text[1:]),
    "truncate": _words(_truncate),
    "date": _only(Kind.DATE),
    "money": _only(Kind.MONEY),
}
