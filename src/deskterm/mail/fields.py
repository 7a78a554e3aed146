"""The head of a mail or of a part of it: where it ends, and its fields (RFC 5322, section 2.2)."""

import re

from deskterm.domain.text import line
from deskterm.mail.charset import decode
from deskterm.mail.words import decoded_words

Field = tuple[str, str]

_HEAD_BYTES = 1 << 20
_MOST_FIELDS = 1000
_VALUE_CHARS = 1 << 16
_NAME_CHARS = 100
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_FIRST_FIELD = re.compile(rb"^[!-9;-~]{1,100}[ \t]*:", re.MULTILINE)
_BLANKS = re.compile(rb"[\r\n]*")
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_CLEAN = bytes(range(0x20, 0x7F)) + b"\r\n\t"


def cut(raw: bytes, start: int, end: int) -> tuple[int, int, int]:
    """Find the head in raw[start:end]: give its start, its end, and where the body starts.

    Blank lines before the head are passed over. Without any field in front of the
    first blank line, all is body.
    """
    start = _BLANKS.match(raw, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    stop, body = _blank_line(raw, start, end)
    if not _FIELD.match(raw, start, end) and not _FIRST_FIELD.search(raw, start, min(stop, start + _HEAD_BYTES)):
        return start, start, start
    if body < 0:
        stop = body = _end_of_fields(raw, start, end)
    return start, stop, body


def _blank_line(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Give where the first blank line's line break starts, and what follows it; (end, -1) without one."""
    first = raw.find(b"\n", start, end)
    if first > start and raw[first - 1] == 0x0D:  # the mail's own line end is looked for first
        crlf = raw.find(b"\n\r\n", start, end)
        lf = raw.find(b"\n\n", start, crlf if crlf >= 0 else end)
    else:
        lf = raw.find(b"\n\n", start, end)
        crlf = raw.find(b"\n\r\n", start, lf if lf >= 0 else end)
    if lf >= 0:
        return lf, lf + 2
    return (crlf, crlf + 3) if crlf >= 0 else (end, -1)


def _end_of_fields(raw: bytes, start: int, end: int) -> int:
    """Give where the first line stands that is neither a field nor the continuation of one."""
    at = start
    while at < end:
        if raw[at : at + 1] not in (b" ", b"\t") and not _FIELD.match(raw, at, end):
            return at
        at = raw.find(b"\n", at, end) + 1 or end
    return end


def fields(head: bytes) -> list[Field]:
    """Give the fields of a head in order: lower case name, unfolded value, not decoded yet."""
    text = _head_text(_with_lf(head[:_HEAD_BYTES])).replace("\n ", " ").replace("\n\t", " ")
    if "\t" in text:
        text = text.replace("\t", " ")
    found: list[Field] = []
    for row in text.split("\n", _MOST_FIELDS)[:_MOST_FIELDS]:
        name, colon, value = row.partition(":")
        if colon and " " not in (name := name.rstrip(" ")):
            found.append((name.lower(), value.strip(" ")))
        elif found and not row.startswith((">From ", "From ")):
            found[-1] = (found[-1][0], f"{found[-1][1]} {row}".rstrip())
    return found if len(text) < _VALUE_CHARS else [(name[:_NAME_CHARS], _bounded(value)) for name, value in found]


def readable_fields(head: bytes, found: list[Field]) -> tuple[Field, ...]:
    """Give the same fields with encoded words read, as safe lines."""
    if b"=?" not in head and not head.translate(None, _CLEAN):
        return tuple(found)
    return tuple((line(name), readable(value)) for name, value in found)


def readable(value: str) -> str:
    """Give one unfolded field value with its encoded words read, as a safe line."""
    if "=?" in value:
        value = decoded_words(value)
    return line(value).strip()


def _bounded(value: str) -> str:
    """Keep the beginning and the end of a value that no honest mail has."""
    if len(value) <= _VALUE_CHARS:
        return value
    half = _VALUE_CHARS // 2
    return f"{value[:half]} {value[-half:]}"


def _with_lf(head: bytes) -> bytes:
    bare = head.replace(b"\r", b"")  # far quicker than to look for pairs
    if len(head) - len(bare) <= bare.count(b"\n"):
        return bare
    return head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _head_text(head: bytes) -> str:
    """Give a head's characters: ASCII, else UTF-8 (RFC 6532), else line by line as the mail's charset."""
    if b"\x1b" not in head:
        try:
            return head.decode("utf-8")
        except UnicodeDecodeError:
            pass
    named = _CHARSET.search(head)
    charset = named[1].decode("latin-1") if named else ""
    return "\n".join(decode(row, charset) for row in head.split(b"\n"))
