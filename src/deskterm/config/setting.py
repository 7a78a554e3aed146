"""The declaration of a setting beside its type and default, made once at its field.

Checking config.toml, the form of `deskterm setup`, the tables of docs/config.md and the schema
for editors are all made from this record.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import given_fields

_T = TypeVar("_T")
_KEY = "setting"
_DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_STRETCH = rf"{_DAY}(-{_DAY})? ([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"
HOURS = rf"\s*{_STRETCH}(\s*,\s*{_STRETCH})*\s*"
_LOCALE = lazy_regex(r"([a-z]{2,3})(?:_[A-Z][a-z]{3})?(?:_([A-Z]{2}))?")


class Setting(NamedTuple):
    """One setting.

    `means` is its line in the documentation (Markdown). Its value is wrong unless it is one of
    `choices`, lies in `bounds` (both ends included), matches all of `pattern` and passes `check`, which
    returns what is wrong, or "" when all is well; each where given. `wrong` says what the pattern asks for.
    `label` and `hint` are its words in the setup form. `is_path`: relative to the file's folder.
    """

    means: str
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    pattern: str = ""
    wrong: str = ""
    check: Callable[[Any], str] | None = None
    label: str = ""
    hint: str = ""
    is_path: bool = False

    def complaint(self, name: str, value: Any) -> str:
        """What is wrong with a value of the right type, in words; "" if nothing is."""
        if self.choices and value not in self.choices:
            ending = ", or left out" if "" in self.choices else ""
            return f"`{name}` is one of {', '.join(filter(None, self.choices))}{ending}"
        if self.bounds and not self.bounds[0] <= value <= self.bounds[1]:
            return f"`{name}` is a number from {self.bounds[0]} to {self.bounds[1]}"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return self.wrong
        return self.check(value) if self.check else ""


def declare(default: _T, means: str, **more: Any) -> _T:
    """A dataclass field with its default and its record; `more` are fields of `Setting`."""
    made: Any = field(default=default, metadata={_KEY: Setting(means, **more)})
    return made  # type: ignore[no-any-return] # a Field here, a value of that type in each instance


def declare_table(means: str, **more: Any) -> dict[str, str]:
    """As `declare`, for a setting that is a table of texts, empty by default."""
    made: Any = field(default_factory=dict, metadata={_KEY: Setting(means, **more)})
    return made  # type: ignore[no-any-return] # as above


def default_of(one: Field[Any]) -> Any:
    """The value of a setting that is not in config.toml."""
    return one.default if one.default_factory is MISSING else one.default_factory()


@cache
def settings_of(kind: type) -> dict[str, tuple[Field[Any], Setting]]:
    """The settings that a class of values declares: name -> (its field, its record), in order."""
    given = given_fields(kind)
    return {
        name: (one, one.metadata[_KEY]) for name, one in given.items() if _KEY in getattr(one, "metadata", ())
    }


def setting(kind: type, name: str) -> Setting:
    """The record of one setting."""
    return settings_of(kind)[name][1]


def check_zone(zone: str) -> str:
    """What is wrong with the name of a time zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - the first paint needs it later

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f'there is no time zone "{zone}"; it is written as in "Europe/Berlin"'
    return ""


def check_locale(name: str) -> str:
    """What is wrong with a locale: language and country must exist.

    Babel has a file for each; importing it would take 0.1 s.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - only where there are settings

    wrong = f'there is no locale "{name}"; it is written as in "de_DE" or "en_GB"'
    found = _LOCALE.fullmatch(name)
    place = find_spec("babel")
    if not found or not place or not place.origin:
        return "" if found else wrong
    files = Path(place.origin).parent / "locale-data"
    if (files / f"{name}.dat").exists():
        return ""
    exists = (files / f"{found[1]}.dat").exists() and any(files.glob(f"*_{found[2] or '*'}.dat"))
    return "" if exists else wrong


TARGET = lazy_regex(
    r"(?P<what>reply|solve) (?P<number>\d{1,4}) (?P<unit>minutes?|hours?)"
    r"(?P<rest>(?:, (?:priority (?:high|normal|low)|category [^,]+|channel [^,]+))*)"
)


def check_targets(targets: tuple[str, ...]) -> str:
    """What is wrong with a list of targets."""
    for one in targets:
        if not TARGET.fullmatch(one):
            return (
                f'"{one}" is no target; write it as in "reply 4 hours", "reply 1 hour, priority high" or '
                '"solve 16 hours, category return"'
            )
    return ""


CODE_ENTRY = re.compile(r"\s*[^\s=]{2,60}\s*=\s*(\d{1,3}\s*%|\d+([.,]\d{1,3})?)\s*")


def check_codes(codes: tuple[str, ...]) -> str:
    """What is wrong with a list of discount codes."""
    for one in codes:
        if not CODE_ENTRY.fullmatch(one):
            return f'"{one}" is no discount code; write it as in "SORRY-1 = 10 %" or "SORRY-2 = 5.00"'
    return ""


def check_days(days: tuple[str, ...]) -> str:
    """What is wrong with a list of dates."""
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            return f'"{day}" is no date; a holiday is written as in "2027-12-25"'
    return ""


ORDER_STATES = (  # the words of domain/orders/order.py, which settings must not import; a test compares them
    "pending", "paid", "partly refunded", "refunded", "voided",
    "unfulfilled", "partly shipped", "shipped", "delivered", "cancelled",
)  # fmt: skip


def check_states(table: dict[str, str]) -> str:
    """What is wrong with a table of a store's words and what they mean."""
    for word, meaning in table.items():
        if not isinstance(meaning, str) or not {part.strip() for part in meaning.split(",")} <= {
            *ORDER_STATES
        }:
            return f'"{word}" in `status` must mean one or two of {", ".join(ORDER_STATES)}'
    return ""


def check_countries(table: dict[str, str]) -> str:
    """What is wrong with a table of texts by country (ISO 3166, two letters)."""
    return _check_texts(table, "[A-Z]{2}", "country; write its two letters, as in DE or US")


def check_sign_offs(table: dict[str, str]) -> str:
    """What is wrong with a table of sign-offs by language."""
    return _check_texts(table, "[a-z]{2}", "language; write its two letters, as in de or fr")


def _check_texts(table: dict[str, str], key: str, kind: str) -> str:
    """What is wrong with a table of texts whose keys have that pattern."""
    for name, words in table.items():
        if not re.fullmatch(key, name):
            return f'"{name}" is no {kind}'
        if not isinstance(words, str) or not words.strip():
            return f"{name} needs a text"
    return ""


def check_segments(table: dict[str, str]) -> str:
    """What is wrong with a table of segments of customers."""
    from deskterm.config.segments import FIGURES, parse_rule  # noqa: PLC0415 - only where there are some

    for name, rule in table.items():
        try:
            parse_rule(rule if isinstance(rule, str) else "")
        except ValueError as error:
            return (
                f'"{error}" in the segment "{name}" is no condition: write it as in "orders >= 5", with '
                f"{', '.join(FIGURES)}, several joined by `and` or `or`"
            )
    return ""


def check_folders(names: tuple[str, ...]) -> str:
    """What is wrong with a list of mail folders."""
    twice = len(set(names)) < len(names) or "" in names
    return "`folders` names each folder once" if twice else ""
