"""Reading `rules.toml`. A rule with an error is left out and reported; the others run."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from deskterm.domain.query.parse import parse_query
from deskterm.domain.query.query_settings import QueryFrame
from deskterm.domain.query.terms import Query, QueryField, Term
from deskterm.domain.rules.file_text import name_of
from deskterm.domain.rules.letters import Caps, LetterKind
from deskterm.domain.rules.rule import Rule, RuleEffects, RuleLetter, RulesRead
from deskterm.domain.text import line
from deskterm.domain.tickets import Priority, Status

_STATES = {
    "open": Status.OPEN,
    "waiting": Status.WAITING,
    "hold": Status.HOLD,
    "solved": Status.SOLVED,
    "spam": Status.SPAM,
}
_PRIORITIES = {one.name.lower(): one for one in Priority}
_LETTERS = tuple(kind.value for kind in LetterKind)
_DOES = ("tag", "category", "priority", "status", "snooze_days", "sop", *_LETTERS)
_KEYS = frozenset({"name", "when", "on", "last", *_DOES})
_HEAD = frozenset({"rule", "run", "sending", "most_per_address", "most_per_day"})
_LONGEST_SNOOZE, _MOST_LETTERS = 365, 500
_FILE = "rules.toml"


def read_rules(text: str, now: datetime, frame: QueryFrame | None = None) -> RulesRead:
    """The rules in a file's text. `now` is in the owner's zone, for `after:7d`; `frame` is the shop's."""
    try:
        file = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        return RulesRead(problems=((_FILE, f"It is not TOML: {error}. No rule runs."),))
    tables = file.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        return RulesRead(problems=((_FILE, "Each rule begins with [[rule]]. No rule runs."),))
    wrong_head = [*_find_head_problems(file)]
    if wrong_head:
        return RulesRead(problems=tuple((_FILE, f"{words} No rule runs.") for words in wrong_head))
    return _read_tables(file, tables, now, frame or QueryFrame())


def _read_tables(file: Mapping[str, Any], tables: list[Any], now: datetime, frame: QueryFrame) -> RulesRead:
    first = file.get("run", "all") == "first"
    rules: list[Rule] = []
    problems: list[tuple[str, str]] = []
    for number, table in enumerate(tables, 1):
        name = name_of(table, number)
        wrong = [*_find_problems(table, now, {one.name for one in rules}, name)]
        problems += [(name, words) for words in wrong]
        if not wrong:
            rules.append(_read(table, name, now, frame, last=first))
    caps = Caps(file.get("most_per_address", Caps().an_address), file.get("most_per_day", Caps().a_day))
    return RulesRead(tuple(rules), tuple(problems), first, file.get("sending", False), caps)


def _read(table: Mapping[str, Any], name: str, now: datetime, frame: QueryFrame, *, last: bool) -> Rule:
    when = table["when"]
    return Rule(
        name,
        when,
        replace(parse_condition(when, now), frame=frame),
        _read_effects(table),
        table.get("on", False),
        table.get("last", last),
    )


def _read_effects(table: Mapping[str, Any]) -> RuleEffects:
    tags = table.get("tag", ())
    return RuleEffects(
        tags=(tags,) if isinstance(tags, str) else tuple(tags),
        category=table.get("category", ""),
        status=_STATES.get(table.get("status", "")),
        snooze_days=table.get("snooze_days", 0),
        priority=_PRIORITIES.get(table.get("priority", "")),
        sop=table.get("sop", ""),
        letter=next((RuleLetter(kind, table[kind]) for kind in LetterKind if kind.value in table), None),
    )


def parse_condition(when: str, now: datetime) -> Query:
    """Parse a rule's query, with its days counted from `now`; the space marks its last word as finished."""
    return parse_query(f"{when} ", now)


def _find_head_problems(file: Mapping[str, Any]) -> Iterable[str]:
    unknown = sorted(file.keys() - _HEAD)
    if unknown:
        yield f"{line(unknown[0])} is not known above the rules; there are {', '.join(sorted(_HEAD))}."
    if file.get("run", "all") not in ("all", "first"):
        yield 'run is "all" or "first".'
    if not isinstance(file.get("sending", False), bool):
        yield "sending is true or false."
    for key in ("most_per_address", "most_per_day"):
        if not _is_number(file.get(key, 1), 0, _MOST_LETTERS):
            yield f"{key} is a number, at most {_MOST_LETTERS}."


def _is_number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _find_problems(table: Mapping[str, Any], now: datetime, names: Iterable[str], name: str) -> Iterable[str]:
    unknown = sorted(table.keys() - _KEYS)
    if unknown:  # what else is wrong may follow from it
        near = get_close_matches(unknown[0].casefold(), sorted(_KEYS), n=1)
        hint = f"did you mean {near[0]}?" if near else f"a rule has {', '.join(sorted(_KEYS))}."
        yield f"{line(unknown[0])} is not known; {hint}"
        return
    if name in names:
        yield "Another rule has this name."
    yield from _find_query_problems(table.get("when"), now)
    yield from _find_wrong_values(table)
    if not table.keys() & set(_DOES):
        yield f"It says what to do: {', '.join(_DOES)}."


def _find_query_problems(when: object, now: datetime) -> Iterable[str]:
    if not isinstance(when, str) or not when.strip():
        yield 'It says for which mail it is: when = "from:jana is:first".'
        return
    query = parse_condition(when, now)
    yield from (problem.words for problem in query.problems)
    listed = next((one.values[0] for one in query.terms if _lists_words(one)), "")
    if listed:
        yield (
            f'{line(listed)} is looked for as it stands: a comma is "or" only behind a field, as in '
            "product:mug,bowl. Write a rule for each word, or quote them if you mean the comma."
        )
    if not query.problems and not query.terms and query.ticket is None:
        yield f"Nothing can be looked for by {line(when)!r}."


def _lists_words(term: Term) -> bool:
    """Whether a term is words with commas between them, and neither quoted nor of a field."""
    words = term.values[0].split(",") if term.field is QueryField.TEXT and not term.quoted else []
    return len(words) > 1 and all(word.isalpha() for word in words)


def _find_wrong_values(table: Mapping[str, Any]) -> Iterable[str]:
    for key, (is_right, words) in _RIGHT.items():
        if key in table and not is_right(table[key]):
            yield f"{key} {words}"
    letters = [kind for kind in _LETTERS if kind in table]
    if len(letters) > 1:
        yield f"It writes one letter: {' or '.join(letters)}."


def _are_words(value: object) -> bool:
    many = [value] if isinstance(value, str) else value
    return isinstance(many, list) and all(isinstance(one, str) and one.strip() for one in many)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


_RIGHT: dict[str, tuple[Callable[[object], bool], str]] = {
    "tag": (_are_words, 'is a word or a list of words: tag = ["vip"].'),
    "category": (_is_word, "is a word."),
    "sop": (_is_word, 'is the name of an SOP: sop = "late-parcel".'),
    **{kind: (_is_word, f'is the name of a macro: {kind} = "order-status".') for kind in _LETTERS},
    "status": (lambda value: isinstance(value, str) and value in _STATES, f"is one of {', '.join(_STATES)}."),
    "priority": (
        lambda value: isinstance(value, str) and value in _PRIORITIES,
        f"is one of {', '.join(_PRIORITIES)}.",
    ),
    "snooze_days": (
        lambda value: _is_number(value, 0, _LONGEST_SNOOZE),
        f"is a number of days, at most {_LONGEST_SNOOZE}.",
    ),
    "on": (_is_switch, "is true or false."),
    "last": (_is_switch, "is true or false."),
}
