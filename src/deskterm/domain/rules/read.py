"""Reading `rules.toml`. A rule that cannot be read is left out and named; the others run."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from deskterm.domain.query.parse import parse_query
from deskterm.domain.rules.rule import Rule, RuleEffects
from deskterm.domain.text import line
from deskterm.domain.tickets import Status

_STATES = {
    "open": Status.OPEN,
    "waiting": Status.WAITING,
    "hold": Status.HOLD,
    "solved": Status.SOLVED,
    "spam": Status.SPAM,
}
_KEYS = frozenset({"name", "when", "on", "last", "tag", "category", "status", "snooze_days"})
_LONGEST_SNOOZE = 365


class RulesRead(NamedTuple):
    """The rules that can run, in their order, and what is wrong with the others, each with its name."""

    rules: tuple[Rule, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


def read_rules(text: str, now: datetime) -> RulesRead:
    """The rules of a file's text. `now` is on the owner's clock, for `after:7d` and the like."""
    try:
        tables = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        return RulesRead(problems=(("rules.toml", f"It is no TOML: {error}. No rule runs."),))
    if not isinstance(tables, list):
        return RulesRead(problems=(("rules.toml", "Each rule begins with [[rule]]. No rule runs."),))
    rules: list[Rule] = []
    problems: list[tuple[str, str]] = []
    for number, table in enumerate(tables, 1):
        name = line(str(table.get("name", ""))) or f"rule {number}"
        wrong = [*_find_problems(table, now, {one.name for one in rules}, name)]
        problems += [(name, words) for words in wrong]
        if not wrong:
            rules.append(_read(table, name, now))
    return RulesRead(tuple(rules), tuple(problems))


def _read(table: Mapping[str, Any], name: str, now: datetime) -> Rule:
    tags = table.get("tag", ())
    effects = RuleEffects(
        tags=(tags,) if isinstance(tags, str) else tuple(tags),
        category=table.get("category", ""),
        status=_STATES.get(table.get("status", "")),
        snooze_days=table.get("snooze_days", 0),
    )
    when = table["when"]
    return Rule(
        name, when, parse_query(f"{when} ", now), effects, table.get("on", False), table.get("last", False)
    )


def _find_problems(table: Mapping[str, Any], now: datetime, names: Iterable[str], name: str) -> Iterable[str]:
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        yield f"{unknown[0]} is not known; a rule has {', '.join(sorted(_KEYS))}."
    if name in names:
        yield "Another rule has this name."
    when = table.get("when")
    if not isinstance(when, str) or not when.strip():
        yield 'It says for which mail it is: when = "from:jana is:open".'
    else:
        yield from (problem.words for problem in parse_query(f"{when} ", now).problems)
    yield from _find_wrong_values(table)
    if not table.keys() & {"tag", "category", "status", "snooze_days"}:
        yield "It says what to do: tag, category, status or snooze_days."


def _find_wrong_values(table: Mapping[str, Any]) -> Iterable[str]:
    tags, days = table.get("tag", ()), table.get("snooze_days", 0)
    many = [tags] if isinstance(tags, str) else tags
    if not isinstance(many, list | tuple) or not all(isinstance(one, str) for one in many):
        yield 'tag is a word or a list of words: tag = ["vip"].'
    if not isinstance(table.get("category", ""), str):
        yield "category is a word."
    if table.get("status", "open") not in _STATES:
        yield f"status is one of {', '.join(_STATES)}."
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= _LONGEST_SNOOZE:
        yield "snooze_days is a number of days, at most 365."
    for key in ("on", "last"):
        if not isinstance(table.get(key, False), bool):
            yield f"{key} is true or false."
