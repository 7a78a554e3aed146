"""Facts as values for Liquid, each with its name and source."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from deskterm.domain.liquid.names import ITEMS, NAMES, Kind, kind_of
from deskterm.domain.liquid.value_formats import ValueFormats
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Fact
from deskterm.domain.text import block, line


class Leaf:
    """A value with its name, its text and its source.

    Without a text it is missing. Conditions see `__liquid__`: the plain value, or nil if it is missing, so
    that `{% if tracking.number %}` is false for a blank one.
    """

    __slots__ = ("name", "source", "synced_at", "text", "value")

    def __init__(self, name: str, value: object = None, text: str | None = None) -> None:
        self.name = name
        self.value = value
        self.text = text if text is not None else plain(value)
        self.source = ""
        self.synced_at: int | None = None

    @property
    def there(self) -> bool:
        """Whether the value is not missing. Only text from the macro itself may be blank."""
        return not self.name or bool(self.text and not self.text.isspace())

    def with_source(self, source: str, synced_at: int | None) -> "Leaf":
        """The same value with its source."""
        self.source, self.synced_at = source, synced_at
        return self

    def __liquid__(self) -> object:
        if not self.there:
            return None
        return as_decimal(self.value) if isinstance(self.value, Money) else self.value

    def __str__(self) -> str:
        return self.text


def plain(value: object) -> str:
    """A plain value as text; "" for None."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


_NO_FACT = Fact(None)


def tree(
    facts: Mapping[str, Fact], formats: ValueFormats, used: Collection[str]
) -> dict[str, dict[str, object]]:
    """Turn flat facts into Liquid's nested names. All known names are in it.

    Only those that are `used` (by name or root) get a value, because formatting dates and money takes time.
    """
    roots: dict[str, dict[str, object]] = {}
    for name in (*NAMES, *(extra for extra in facts if extra not in NAMES)):
        root, _, rest = name.partition(".")
        fact = facts.get(name, _NO_FACT) if name in used or root in used else _NO_FACT
        roots.setdefault(root, {})[rest] = Leaf(name) if fact is _NO_FACT else _node(name, fact, formats)
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
        text = block(plain(value)) if kind is Kind.BLOCK else line(plain(value))
        value = text if isinstance(value, str) else value
    return Leaf(name, value, text).with_source(fact.source, fact.synced_at)
