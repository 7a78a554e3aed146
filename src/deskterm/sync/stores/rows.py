"""Decoding and validating rows of a store's answer: an invalid row is reported, never guessed at."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from deskterm.domain.text import line
from deskterm.errors import ServerNonsense
from deskterm.sync.line import failures
from deskterm.sync.stores.http import StoreAnswer

T = TypeVar("T")
_MARK = b"\xef\xbb\xbf"  # some PHP files begin with one


def decode(answer: StoreAnswer, kind: type[T]) -> T:
    """The answer's JSON as a value of that type. Raises ServerNonsense if it does not match."""
    try:
        return msgspec.json.decode(answer.body.lstrip(_MARK), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ServerNonsense(
            f"{answer.host} answers in another form than deskterm knows ({line(str(error))[:120]}).",
            safe=failures.KEPT,
            todo="The store may have been upgraded: see whether there is a newer deskterm.",
        ) from error


def split_rows(answer: StoreAnswer) -> list[msgspec.Raw]:
    """The rows of a JSON list, each as undecoded text."""
    return decode(answer, list[msgspec.Raw])


def decode_row(raw: msgspec.Raw | bytes, kind: type[T]) -> T:
    """One row as a value of that type. Raises msgspec.ValidationError if it does not match."""
    return msgspec.json.decode(raw, type=kind)


def describe_row(error: msgspec.DecodeError) -> str:
    """What is wrong with a row, as safe words: `Expected str, got null - at $.number`."""
    return line(str(error))[:120]


def find_key(raw: msgspec.Raw | bytes, names: Iterable[str] = ("id",)) -> str:
    """The key of an otherwise invalid row, or ""."""
    try:
        row = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return ""
    found = [row[name] for name in names if isinstance(row, dict) and isinstance(row.get(name), str | int)]
    return line(str(found[0]))[:60] if found else ""
