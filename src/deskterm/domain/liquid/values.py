"""Facts as Liquid sees them, and the filters: a value keeps its name and source through all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

from deskterm.domain.liquid.names import ITEMS, NAMES, Kind, kind_of
from deskterm.domain.liquid.value_formats import ValueFormats
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Fact
from deskterm.domain.text import block, line


class Leaf:
    """One value with its name, the text it is written as, and where it comes from.

    A leaf without a text is a hole. Conditions see `__liquid__`: the bare value,
    or nil for a hole, so that `{% if tracking.number %}` is false for a blank one.
    """

    __slots__ = ("name", "source", "synced_at", "text", "value")

    def __init__(self, name: str, value: object = None, text: str | None = None) -> None:
        self.name = name
        self.value = value
        self.text = text if text is not None else _plain(value)
        self.source = ""
        self.synced_at: int | None = None

    @property
    def there(self) -> bool:
        """Whether there is something to write. A text of the macro's own may be blank."""
        return not self.name or bool(self.text and not self.text.isspace())

    def said_by(self, source: str, synced_at: int | None) -> "Leaf":
        """The same value with where it comes from."""
        self.source, self.synced_at = source, synced_at
        return self

    def __liquid__(self) -> object:
        if not self.there:
            return None
        return as_decimal(self.value) if isinstance(self.value, Money) else self.value

    def __str__(self) -> str:
        return self.text


def _plain(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def tree(facts: Mapping[str, Fact], formats: ValueFormats) -> dict[str, dict[str, object]]:
    """Turn flat facts into the nested names of Liquid; every name of the vocabulary is there."""
    roots: dict[str, dict[str, object]] = {}
    for name in (*NAMES, *(extra for extra in facts if extra not in NAMES)):
        root, _, rest = name.partition(".")
        roots.setdefault(root, {})[rest] = _node(name, facts.get(name, Fact(None)), formats)
    return roots


def _node(name: str, fact: Fact, formats: ValueFormats) -> object:
    value = fact.value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_item(name, item, fact, formats) for item in value] or Leaf(name)
    return _leaf(name, value, fact, formats)


def _item(name: str, item: object, fact: Fact, formats: ValueFormats) -> object:
    if not isinstance(item, Mapping):
        return _leaf(name, item, fact, formats)
    fields: Iterator[str] = iter({**ITEMS.get(name, {}), **dict.fromkeys(map(str, item))})
    return {field: _leaf(f"{name}.{field}", item.get(field), fact, formats) for field in fields}


def _leaf(name: str, value: object, fact: Fact, formats: ValueFormats) -> Leaf:
    kind = kind_of(name)
    if isinstance(value, Money):
        text = formats.money(value)
    elif kind is Kind.DATE and isinstance(value, int):
        text = formats.date(value)
    else:
        text = block(_plain(value)) if kind is Kind.BLOCK else line(_plain(value))
        value = text if isinstance(value, str) else value
    return Leaf(name, value, text).said_by(fact.source, fact.synced_at)


def _there(found: object) -> bool:
    return not isinstance(found, Undefined) and (not isinstance(found, Leaf) or found.there)


def _default(found: object, other: object = "") -> object:
    """`default`: the value, or `other` in its place, which then is no hole even if blank."""
    if _there(found):
        return found
    if isinstance(other, str) and other and isinstance(found, Leaf):
        return Leaf(found.name, other).said_by("the macro's default", None)
    return other


def _words(change: Callable[..., str]) -> Callable[..., object]:
    def apply(found: object, *arguments: object) -> object:
        if isinstance(found, Leaf):
            text = change(found.text, *arguments)
            return Leaf(found.name, text, text).said_by(found.source, found.synced_at)
        return found if isinstance(found, Undefined) else change(_plain(found), *arguments)

    return apply


def _truncate(text: str, length: object = 50, end: object = "…") -> str:
    if not isinstance(length, int) or isinstance(length, bool):
        raise FilterArgumentError("truncate: takes a number of characters", token=None)
    tail = str(end)
    return text if len(text) <= length else text[: max(length - len(tail), 0)] + tail


def _only(kind: Kind) -> Callable[[object], object]:
    """`date` and `money` write what they are given as it is; what is no date or money is an error."""

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
