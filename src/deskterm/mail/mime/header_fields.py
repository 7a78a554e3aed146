"""The header of a mail or of a part: where it ends, and its fields (RFC 5322, section 2.2)."""

import re

from deskterm.domain.text import line
from deskterm.mail.mime.charset import decode
from deskterm.mail.mime.encoded_words import decode_words

Field = tuple[str, str]

_HEAD_BYTES = 1 << 20
_MOST_FIELDS = 1000
_VALUE_CHARS = 1 << 16
_NAME_CHARS = 100
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_FIRST_FIELD = re.compile(rb"^[!-9;-~]{1,100}[ \t]*:", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BLANKS = re.compile(rb"[\r\n]*")
_FIELD_STARTS = re.compile(r"\n(?![ \t])")
_CHARSET_WITHIN = 100_000  # bytes of a mail
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)


def find_head(raw: bytes, start: int, end: int) -> tuple[int, int, int]:
    """Find the header in raw[start:end]: returns its start, its end, and where the body starts.

    Blank lines before the header are skipped. If there is no field before the first blank line, all is body.
    """
    start = _BLANKS.match(raw, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    blank = _BLANK_LINE.search(raw, start, end)
    if not _FIELD.match(raw, start, end):
        within = min(blank.start() if blank else end, start + _HEAD_BYTES)
        if not _FIRST_FIELD.search(raw, start, within):
            return start, start, start
    if blank is None:
        body = _end_of_fields(raw, start, end)
        return start, body, body
    return start, blank.start(), blank.end()


def _end_of_fields(raw: bytes, start: int, end: int) -> int:
    """The start of the first line that is neither a field nor the continuation of one."""
    at = start
    while at < end:
        if raw[at : at + 1] not in (b" ", b"\t") and not _FIELD.match(raw, at, end):
            return at
        at = raw.find(b"\n", at, end) + 1 or end
    return end


def fields(head: bytes, mail: bytes = b"") -> list[Field]:
    """The fields of a header in order: name in lower case, value unfolded but not decoded yet.

    Raw bytes are read in the charset that the header names, else in the first one that the `mail` names.
    """
    head = head[:_HEAD_BYTES]
    text = _head_text(b"\n".join(head.splitlines()) if b"\r" in head else head.removesuffix(b"\n"), mail)
    if len(text) >= _VALUE_CHARS:
        return _too_many(text)
    rows = text.replace("\n\t", " ").replace("\n ", " ").split("\n")
    found = [
        (name.lower(), value.replace("\t", " ").strip(" "))
        for name, colon, value in [row.partition(":") for row in rows]
        if colon and " " not in name
    ]
    return found if len(found) == len(rows) else _untidy(rows)


def _unfold(text: str) -> str:
    return text.replace("\n\t", " ").replace("\n ", " ").replace("\t", " ")


def _too_many(text: str) -> list[Field]:
    """Read an absurdly long header: the first thousand fields, their names and values cut short."""
    rows = _FIELD_STARTS.split(text, _MOST_FIELDS)[:_MOST_FIELDS]
    return [(name[:_NAME_CHARS], _bound_value(value)) for name, value in _untidy(rows)]


def _untidy(rows: list[str]) -> list[Field]:
    """Read a header with lines that are not fields: broken folding, and "From " lines of mbox files."""
    found: list[Field] = []
    for row in rows:
        name, colon, value = row.partition(":")
        if colon and " " not in (name := name.rstrip(" \t")):
            found.append((name.lower(), _unfold(value).strip(" \n")))
        elif found and not row.startswith((">From ", "From ")):
            rest = _unfold(row).strip(" \n")
            found[-1] = (found[-1][0], f"{found[-1][1]} {rest}".strip())
    return found


def readable(value: str) -> str:
    """An unfolded field value with its encoded words decoded, as a safe line."""
    if "=?" in value:
        value = decode_words(value)
    return line(value).strip()


def _bound_value(value: str) -> str:
    """The beginning and the end of an absurdly long value."""
    if len(value) <= _VALUE_CHARS:
        return value
    half = _VALUE_CHARS // 2
    return f"{value[:half]} {value[-half:]}"


def _head_text(head: bytes, mail: bytes) -> str:
    """A header as text: ASCII, else UTF-8 (RFC 6532), else line by line in the mail's charset."""
    if b"\x1b" not in head:
        try:
            return head.decode("utf-8")
        except UnicodeDecodeError:
            pass
    named = _CHARSET.search(head) or _CHARSET.search(mail, 0, _CHARSET_WITHIN)
    charset = named[1].decode("latin-1") if named else ""
    return "\n".join(decode(row, charset) for row in head.split(b"\n"))
