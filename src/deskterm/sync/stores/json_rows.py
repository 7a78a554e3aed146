"""The orders of a JSON file as plain values, one by one where the file as a whole is no JSON."""

import json
import re
from typing import Any

from deskterm.errors import OrdersFileError
from deskterm.sync.stores.reading import BrokenRow

_ORDERS = re.compile(r'"orders"\s*:\s*\[')
_CURRENCY = re.compile(r'"currency"\s*:\s*"([A-Za-z]{3})"')
_NUMBER = re.compile(r'"number"\s*:\s*"?#?([\w-]{1,40})')
_LIST_ENDS = re.compile(r"\]\s*\}\s*\Z")
_BETWEEN = re.compile(r"[\s,]*")
_OF_AN_ORDER = frozenset({"number", "total"})
_MOST_TRIES = 1_000  # places where an order may begin, after broken ones


def load_rows(text: str) -> tuple[list[Any], str]:
    """The values in `orders` and the file's currency (""), or those of JSON lines.

    What is no JSON is given as a `BrokenRow`, in its place. Raises OrdersFileError for another format.
    """
    try:
        content = json.loads(text)
        if isinstance(content, dict) and isinstance(content.get("orders"), list):
            return content["orders"], str(content.get("currency") or "")
    except (ValueError, RecursionError):
        pass
    for rows, coin in (_read_lines(text), _read_one_by_one(text)):
        if any(isinstance(row, dict) for row in rows):
            return rows, coin
    raise OrdersFileError(
        "The orders file is no JSON of the form deskterm reads.",
        todo="docs/orders-json.md shows the form.",
    )


def _read_lines(text: str) -> tuple[list[Any], str]:
    """The values of JSON lines, if most of them are orders."""
    rows: list[Any] = []
    for at, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                rows.append(_broken(line, at))
    good = sum(isinstance(row, dict) and "number" in row for row in rows)
    return (rows if good * 2 > len(rows) else []), ""


def _read_one_by_one(text: str) -> tuple[list[Any], str]:
    """The orders of a file in which something is no JSON; each broken piece up to the next order.

    Raises OrdersFileError if the list does not end: such a file is still being written.
    """
    begin = _ORDERS.search(text)
    if begin is None:
        return [], ""
    decoder, rows, at, tries = json.JSONDecoder(), list[Any](), begin.end(), 0
    while at < len(text):
        at = _end_of(_BETWEEN, text, at)
        if text[at : at + 1] == "]":
            break
        try:
            row, at = decoder.raw_decode(text, at)
            rows.append(row)
        except (ValueError, RecursionError):
            following, tried = _next_order(decoder, text, at + 1, _MOST_TRIES - tries)
            rows.append(_broken(text[at:following], text.count("\n", 0, at) + 1))
            at, tries = following, tries + tried
    broken_end = any(isinstance(row, BrokenRow) for row in rows[-1:]) and _LIST_ENDS.search(text)
    if not text.rstrip().endswith("}") or (at >= len(text) and not broken_end):
        raise OrdersFileError(
            "The orders file ends in the middle of its list: it is still being written, or was cut off.",
            todo="It is read again once it has changed; if it stays so, export it again.",
        )
    coin = _CURRENCY.search(text, 0, begin.start())
    return rows, coin[1] if coin else ""


def _next_order(decoder: json.JSONDecoder, text: str, start: int, most: int) -> tuple[int, int]:
    """Where the next whole order begins, and in how many places it was looked for; else the text's end."""
    tried, at = 0, text.find("{", start)
    while at >= 0 and tried < most:
        tried += 1
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if found.keys() >= _OF_AN_ORDER:
                return at, tried
        at = text.find("{", end)
    return len(text), tried


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _broken(piece: str, line: int) -> BrokenRow:
    named = _NUMBER.search(piece)
    last = line + piece.rstrip(", \n]}").count("\n")
    where = f"at line {line}" if last == line else f"in lines {line} to {last}"
    return BrokenRow(f"what stands {where}{f' (#{named[1]})' if named else ''} is no JSON")
