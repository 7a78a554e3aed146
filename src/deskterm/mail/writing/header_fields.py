"""Writing header fields: ASCII, folded, encoded where needed (RFC 5322, 2047, 2231)."""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from deskterm.domain.messages import Address
from deskterm.domain.text import line
from deskterm.mail.writing.wire_addresses import wire_address

_LINE = 76
_WORD_BYTES = 42  # of UTF-8 in one encoded word: 75 characters at most with B, and whole characters
_LONGEST_BARE = 60
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_QUOTABLE = re.compile(r"[\"\\]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._,()+=@-]{1,70}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PIECE = 54
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_field(name: str, value: str) -> str:
    """A field of free text: as it is if it is short ASCII words, else in encoded words."""
    value = line(value).strip()
    words = value.split(" ")
    plain = value.isascii() and "=?" not in value and all(0 < len(word) <= _LONGEST_BARE for word in words)
    return fold_field(name, words if plain else encoded_words(value))


def address_field(name: str, entries: Iterable[Address]) -> str:
    """A field of addresses. Raises `SendStopped` for an invalid one."""
    written = [_mailbox(entry) for entry in entries]
    words = [word for entry in written[:-1] for word in (*entry[:-1], entry[-1] + ",")]
    return fold_field(name, words + written[-1])


def fold_field(name: str, words: Iterable[str]) -> str:
    """A field, folded between words into lines of at most 76 characters if the words are short enough."""
    rows, row = [], f"{name}:"
    for word in words:
        if len(row) + 1 + len(word) > _LINE and row != f"{name}:":
            rows.append(row)
            row = ""
        row = f"{row} {word}"
    return "\r\n".join([*rows, row]) + "\r\n"


def encoded_words(value: str) -> list[str]:
    """A text as encoded words of whole characters (RFC 2047, B encoding)."""
    chunks, chunk = [], b""
    for char in value:
        data = char.encode("utf-8", "replace")
        if len(chunk) + len(data) > _WORD_BYTES:
            chunks.append(chunk)
            chunk = b""
        chunk += data
    chunks.append(chunk)
    return [
        f"=?utf-8?b?{binascii.b2a_base64(part, newline=False).decode('ascii')}?=" for part in chunks if part
    ]


def date_value(at: int, zone: int) -> str:
    """UTC seconds as a Date value, in a zone of that many minutes east of Greenwich."""
    there = datetime.fromtimestamp(at + 60 * zone, UTC)
    sign, minutes = "-" if zone < 0 else "+", abs(zone)
    day = f"{_DAYS[there.weekday()]}, {there.day:02d} {_MONTHS[there.month - 1]} {there.year:04d}"
    return f"{day} {there:%H:%M:%S} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def name_parameter(parameter: str, name: str) -> list[str]:
    """A file name as a parameter: quoted, or in pieces (RFC 2231)."""
    if _PLAIN_NAME.fullmatch(name):
        return [f'{parameter}="{name}"']
    coded = [chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in name.encode("utf-8", "replace")]
    pieces, piece = [], "utf-8''"
    for part in coded:
        if len(piece) + len(part) > _PIECE:
            pieces.append(piece)
            piece = ""
        piece += part
    pieces.append(piece)
    if len(pieces) == 1:
        return [f"{parameter}*={pieces[0]}"]
    rows = [f"{parameter}*{at}*={text};" for at, text in enumerate(pieces)]
    return [*rows[:-1], rows[-1].rstrip(";")]


def _mailbox(entry: Address) -> list[str]:
    address = wire_address(entry.address)
    name = " ".join(line(entry.name).split())
    if not name:
        return [address]
    if name.isascii() and "=?" not in name and len(name) <= _LONGEST_BARE:
        quoted = name if _ATOMS.fullmatch(name) else '"' + _QUOTABLE.sub(r"\\\g<0>", name) + '"'
        return [quoted, f"<{address}>"]
    return [*encoded_words(name), f"<{address}>"]
