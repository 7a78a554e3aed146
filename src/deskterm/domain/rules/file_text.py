"""Changing one thing in the text of `rules.toml`; all other lines stay as the owner wrote them.

A comment directly above a rule belongs to it and moves with it; other comments stay in place. The result of
each change is parsed and compared: if the change did not work, it is refused.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from deskterm.domain.text import line

_RULE = re.compile(r"""[ \t]*\[\[[ \t]*(?:rule|"rule"|'rule')[ \t]*\]\]""")
_OTHER_FORM = "Its rules are not written as [[rule]] tables of plain lines."


class CannotEdit(ValueError):
    """The text is not TOML, or is written in a form that only a person can change; the message says which."""


def name_of(table: Mapping[str, Any], number: int) -> str:
    """A rule's name as one line; without a name, `rule` and its number from 1."""
    return line(str(table.get("name", ""))) or f"rule {number}"


def put_switch(text: str, name: str, *, on: bool) -> str:
    """The text with a rule switched on or off. Raises CannotEdit."""
    wanted = _read(text)
    head, rules = _split(text)
    at = _place(wanted, rules, name)
    rules[at] = _put(rules[at], "on", on=on)
    wanted["rule"][at]["on"] = on
    return _check(head + "".join(rules), wanted)


def put_sending(text: str, *, on: bool) -> str:
    """The text with `sending` switched on or off. Raises CannotEdit."""
    wanted = _read(text) | {"sending": on}
    head, rules = _split(text)
    return _check(_put(head, "sending", on=on) + "".join(rules), wanted)


def move_rule(text: str, name: str, by: int) -> str:
    """The text with a rule moved down by that many places, at most to an end. Raises CannotEdit."""
    wanted = _read(text)
    head, rules = _split(text)
    at = _place(wanted, rules, name)
    to = min(max(at + by, 0), len(rules) - 1)
    bodies, gaps = zip(*(_part(rule) for rule in rules), strict=True)
    moved = list(bodies)
    moved.insert(to, moved.pop(at))
    wanted["rule"].insert(to, wanted["rule"].pop(at))
    both = zip(moved, gaps, strict=True)
    return _check(head + "".join(f"{body}{gap}" for body, gap in both), wanted)


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        raise CannotEdit(f"It is not TOML: {error}.") from error


def _place(file: Mapping[str, Any], rules: Sequence[str], name: str) -> int:
    """The index of the rule with that name. Raises CannotEdit if the text does not show every rule."""
    names = [name_of(table, number) for number, table in enumerate(file.get("rule", []), 1)]
    if len(names) != len(rules) or name not in names:
        raise CannotEdit(_OTHER_FORM)
    return names.index(name)


def _split(text: str) -> tuple[str, list[str]]:
    """The text above the rules, and each rule with the comments directly above it."""
    lines = text.splitlines(keepends=True)
    starts = [_first_comment(lines, at) for at, one in enumerate(lines) if _RULE.match(one)]
    bounds = [*starts, len(lines)]
    return "".join(lines[: bounds[0]]), ["".join(lines[start:end]) for start, end in pairwise(bounds)]


def _first_comment(lines: list[str], at: int) -> int:
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _part(rule: str) -> tuple[str, str]:
    """A rule's own text, and the gap after it: blank lines and comments that do not belong to it."""
    lines = rule.splitlines(keepends=True)
    end = _last_value(lines) + 1
    while end < len(lines) and lines[end].lstrip().startswith("#"):
        end += 1
    body = "".join(lines[:end])
    own = body.rstrip("\r\n")
    return own, body[len(own) :] + "".join(lines[end:])


def _put(part: str, key: str, *, on: bool) -> str:
    value = "true" if on else "false"
    there = re.compile(rf"""(?m)^([ \t]*(?:{key}|"{key}"|'{key}')[ \t]*=[ \t]*)(?:true|false)\b""")
    if there.search(part):
        return there.sub(rf"\g<1>{value}", part, count=1)
    lines = part.splitlines(keepends=True)
    at = _last_value(lines)
    at = at if at >= 0 else max((at for at, one in enumerate(lines) if one.strip()), default=-1)
    end = "\r\n" if "\r\n" in part else "\n"
    if at >= 0 and not lines[at].endswith("\n"):
        lines[at] += end
    return "".join([*lines[: at + 1], f"{key} = {value}{end}", *lines[at + 1 :]])


def _last_value(lines: list[str]) -> int:
    """The last line that is neither blank nor a comment; -1 for none."""
    places = (at for at, one in enumerate(lines) if one.strip() and not one.lstrip().startswith("#"))
    return max(places, default=-1)


def _check(made: str, wanted: Mapping[str, Any]) -> str:
    if _read(made) != wanted:
        raise CannotEdit(_OTHER_FORM)
    return made
