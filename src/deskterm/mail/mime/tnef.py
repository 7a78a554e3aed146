"""Opening winmail.dat: the files and the text that Outlook packed into it (MS-OXTNEF).

Only what a reader needs is unpacked. From a damaged file we get what comes before the damage, marked so.
"""

import re
from dataclasses import field
from struct import Struct, error, unpack_from

from deskterm.mail.mime.charset import decode
from deskterm.mail.mime.rtf import unpack_rtf
from deskterm.value_class import dataclass

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD = Struct("<BII")  # level, id with type, length
_FIRST = 6  # the signature and a key
_CHECKSUM = 2
_BODY, _PROPERTIES, _CODEPAGE = 0x0002800C, 0x00069003, 0x00069007
_NEW_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_TEXT8, _TEXT16, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_LONG = frozenset({_TEXT8, _TEXT16, _OBJECT, _BINARY})  # value types that are preceded by their length
_SIZES = {0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}  # bytes of the others; 4 if not listed
_SEVERAL, _NAMED, _BY_NAME = 0x1000, 0x8000, 1
_PR_BODY, _PR_HTML, _PR_RTF, _PR_SUBJECT = 0x1000, 0x1013, 0x1009, 0x0037
_PR_NAME, _PR_SHORT_NAME, _PR_SHOWN_NAME, _PR_TYPE, _PR_CONTENT = 0x3707, 0x3704, 0x3001, 0x370E, 0x3701
_MOST, _DEEPEST = 500, 4
_GUID = 16
_LEVELS = (1, 2)  # of the message, of a file
_PADDING = b"\0\r\n "  # what mailers may add after the end
_TYPE = re.compile(r"[\w!#$&^.+-]{1,127}/[\w!#$&^.+-]{1,127}", re.ASCII)  # RFC 6838, 4.2


@dataclass(slots=True)
class PackedFile:
    """A file inside; `type` is "" if the sender named none."""

    name: str = ""
    type: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Winmail:
    """The contents: the text in the forms that are there, and the files in their order.

    `damaged`: there was more inside that could not be read.
    """

    plain: str = ""
    html: str = ""
    subject: str = ""
    files: list[PackedFile] = field(default_factory=list)
    charset: str = ""
    damaged: bool = False


def open_winmail(data: bytes, *, depth: int = 0) -> Winmail:
    """Open a winmail.dat. Never raises; linear in time. Anything else gives an empty result."""
    opened = Winmail()
    if not data.startswith(_SIGNATURE):
        return opened
    at = _FIRST
    while at + _HEAD.size <= len(data) and len(opened.files) <= _MOST:
        level, kind, length = _HEAD.unpack_from(data, at)
        end = at + _HEAD.size + length
        if level not in _LEVELS or end > len(data):
            break
        _take(opened, kind, data[end - length : end], depth)
        at = end + _CHECKSUM
    opened.damaged = opened.damaged or bool(data[at:].strip(_PADDING))
    opened.files = [one for one in opened.files if one.data]
    return opened


def _take(opened: Winmail, kind: int, value: bytes, depth: int) -> None:
    if kind == _NEW_FILE:
        opened.files.append(PackedFile())
    elif kind == _CODEPAGE and len(value) >= 4:  # noqa: PLR2004 - a number of four bytes
        opened.charset = f"cp{unpack_from('<I', value)[0]}"
    elif kind == _BODY:
        opened.plain = opened.plain or _text(value, opened.charset)
    elif kind == _PROPERTIES:
        _take_text(opened, _properties(opened, value))
    elif opened.files:
        _take_file(opened, opened.files[-1], kind, value, depth)


def _take_text(opened: Winmail, found: dict[int, str | bytes]) -> None:
    opened.subject = _string(found.get(_PR_SUBJECT), opened.charset)
    opened.html = _string(found.get(_PR_HTML), opened.charset)
    opened.plain = _string(found.get(_PR_BODY), opened.charset) or opened.plain
    packed = found.get(_PR_RTF)
    if not opened.plain.strip() and isinstance(packed, bytes):
        opened.plain = unpack_rtf(packed)


def _take_file(opened: Winmail, one: PackedFile, kind: int, value: bytes, depth: int) -> None:
    if kind == _TITLE:
        one.name = one.name or _text(value, opened.charset)
    elif kind == _DATA:
        one.data = one.data or value
    elif kind == _FILE_PROPERTIES:
        found = _properties(opened, value)
        names = (_string(found.get(name), opened.charset) for name in (_PR_NAME, _PR_SHOWN_NAME))
        one.name = next(filter(None, names), one.name) or _string(found.get(_PR_SHORT_NAME), opened.charset)
        kind_of_file = _string(found.get(_PR_TYPE), opened.charset).lower()
        one.type = kind_of_file if _TYPE.fullmatch(kind_of_file) else ""
        content = found.get(_PR_CONTENT)
        if isinstance(content, bytes):
            _take_content(opened, one, content, depth)


def _take_content(opened: Winmail, one: PackedFile, content: bytes, depth: int) -> None:
    """Take a file's bytes, or the text and files of a mail that was attached as one."""
    if content[_GUID:].startswith(_SIGNATURE):
        if depth < _DEEPEST:
            inner = open_winmail(content[_GUID:], depth=depth + 1)
            one.name = f"{one.name or inner.subject or 'message'}.{'txt' if inner.plain else 'html'}"
            one.type = "text/plain" if inner.plain else "text/html"
            one.data = (inner.plain or inner.html).encode("utf-8", "replace")
            opened.files += inner.files
            opened.damaged = opened.damaged or inner.damaged
        else:
            opened.damaged = True
    elif not one.data:
        one.data = content


def _properties(opened: Winmail, value: bytes) -> dict[int, str | bytes]:
    """The properties (MS-OXTNEF, 2.1.3.2) whose values are texts, files or bytes, by number."""
    found: dict[int, str | bytes] = {}
    try:
        at = 4
        for _ in range(min(unpack_from("<I", value)[0], 10 * _MOST)):
            kind, number = unpack_from("<HH", value, at)
            at = _after_name(value, at + 4, number)
            values, at = _values(value, at, kind)
            if values:
                found[number] = _read(values[0], kind, opened.charset)
        opened.damaged = opened.damaged or at > _round_up(len(value))  # the last is cut off
    except error:  # it ends here
        opened.damaged = True
    return found


def _after_name(value: bytes, at: int, number: int) -> int:
    if number < _NAMED:
        return at
    how, size = unpack_from("<II", value, at + _GUID)
    return at + _GUID + 8 + (_round_up(size) if how == _BY_NAME else 0)


def _values(value: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """The values of one property if its type is preceded by its length, and where they end."""
    plain, several = kind & ~_SEVERAL, bool(kind & _SEVERAL)
    count, step = 1, _SIZES.get(plain, 4)
    if several or plain in _LONG:
        count, at = unpack_from("<I", value, at)[0], at + 4
    if plain not in _LONG:
        return [], at + count * step
    found = []
    for _ in range(min(count, _MOST)):
        size, at = unpack_from("<I", value, at)[0], at + 4
        found.append(value[at : at + size])
        at += _round_up(size)
    return found, at


def _round_up(size: int) -> int:
    return -(-size // 4) * 4


def _read(value: bytes, kind: int, charset: str) -> str | bytes:
    if kind & ~_SEVERAL == _TEXT16:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _text(value, charset) if kind & ~_SEVERAL == _TEXT8 else value


def _string(value: str | bytes | None, charset: str) -> str:
    return _text(value, charset) if isinstance(value, bytes) else value or ""


def _text(value: bytes, charset: str) -> str:
    return decode(value.rstrip(b"\0"), charset).replace("\r\n", "\n")
