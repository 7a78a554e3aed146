"""Parsing FETCH responses with one regular expression (RFC 9051, 7.5.2)."""

import calendar
import re
from collections.abc import Iterator, Sequence

_ATTRIBUTE = re.compile(rb'\bUID (\d{1,10})\b|INTERNALDATE "([^"]{20,40})"|RFC822\.SIZE (\d{1,12})\b')
_DATE = re.compile(rb" ?(\d\d?)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_SET = rb"(\d{1,10}(?::\d{1,10})?(?:,\d{1,10}(?::\d{1,10})?)*)"
_COPYUID = re.compile(rb"(\d{1,10}) " + _SET + b" " + _SET)
_MOST_COPIED = 1000
_MONTHS = b"janfebmaraprmayjunjulaugsepoctnovdec"
Found = tuple[int | None, int, bytes]  # arrival, size, bytes


def parts(found: Found) -> tuple[int | None, bytes, int]:
    """The same as (arrival, bytes, size)."""
    at, size, raw = found
    return at, raw, size


def items(answer: list[bytes | tuple[bytes, bytes] | None], sign: bytes) -> Iterator[tuple[int, Found]]:
    """Each mail of a FETCH answer. imaplib gives a literal as a pair, the rest of its line after it."""
    head, body = b"", b""
    for piece in answer:
        if isinstance(piece, tuple):
            head, body = head + piece[0], piece[1]
        elif piece is not None:
            head += piece
            uid, at, size = _attributes(head)
            if uid and sign in head.upper():
                yield uid, (at, size or len(body), body)
            head, body = b"", b""


def _attributes(head: bytes) -> tuple[int, int | None, int]:
    uid, at, size = 0, None, 0
    for found in _ATTRIBUTE.finditer(head):
        if found[1]:
            uid = int(found[1])
        elif found[2]:
            at = seconds(found[2])
        else:
            size = int(found[3])
    return uid, at, size


def parse_number(number: bytes | int, bits: int = 32) -> int:
    """A number no larger than the protocol allows. ValueError for others."""
    value = int(number)
    if not 0 <= value < 2**bits:
        raise ValueError(value)
    return value


def seconds(date: bytes) -> int | None:
    """An INTERNALDATE as UTC seconds; None if it is invalid."""
    found = _DATE.fullmatch(date)
    month = _MONTHS.find(found[2].lower()) if found else 0
    if not found or month % 3 or int(found[3]) < 1900:  # noqa: PLR2004 - no mail is older
        return None
    local = (int(found[3]), month // 3 + 1, *(int(found[n]) for n in (1, 4, 5, 6)), 0, 1, 0)
    ahead = (int(found[8]) * 3600 + int(found[9]) * 60) * (1 if found[7] == b"+" else -1)
    return calendar.timegm(local) - ahead


def uid_set(uids: Sequence[int]) -> str:
    """UIDs as IMAP writes them: `3:5,9`."""
    ranges: list[list[int]] = []
    for uid in sorted(uids):
        if ranges and uid == ranges[-1][1] + 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return ",".join(f"{low}:{high}" if high > low else str(low) for low, high in ranges)


def parse_copyuid(answer: Sequence[bytes | tuple[bytes, bytes]]) -> tuple[int, dict[int, int]]:
    """A COPYUID response (RFC 4315): the target's UIDVALIDITY, and the new UID of each moved UID."""
    for one in answer:
        found = _COPYUID.fullmatch(one.strip()) if isinstance(one, bytes) else None
        if found:
            here, there = (_numbers(found[group]) for group in (2, 3))
            if here and len(here) == len(there):
                return int(found[1]), dict(zip(here, there, strict=True))
    return 0, {}


def _numbers(uids: bytes) -> list[int]:
    """The UIDs of a set, in order; at most as many as we ever move at once."""
    found: list[int] = []
    for stretch in uids.split(b",", _MOST_COPIED)[:_MOST_COPIED]:
        low, _, high = stretch.partition(b":")
        found += range(int(low), min(int(high or low), int(low) + _MOST_COPIED) + 1)
        if len(found) > _MOST_COPIED:
            return []
    return found
