"""Decoding bytes into text, whatever a mail says, or does not say, about its charset."""

import codecs
import re
from contextlib import suppress
from functools import lru_cache

from deskterm.mail.mime.guess import guess_charset

_NAME = re.compile(r"[A-Za-z0-9][\w.:+-]{0,39}")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 2048
_JAPANESE_ESCAPE = re.compile(rb"(\x1b\$[@B]|\x1b\([BJI])")
_JIS, _FIRST_HIGH_ROW, _AFTER_DEL = range(0x21, 0x7F), 0x5F, 0x60
_SURROGATE = re.compile("[\ud800-\udfff]")

# Codecs of Python that are not charsets of mail; some take quadratic time.
_NOT_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
# Senders name a charset but use its superset (WHATWG Encoding Standard, section 4.2).
_WIDER = {
    "ascii": "",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_NAMES = {
    "8bit": "",
    "cp-850": "cp850",
    "gb_2312-80": "gb18030",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-ce": "mac_latin2",
    "x-macroman": "mac_roman",
    "x-sjis": "cp932",
    "x-windows-949": "cp949",
}
# What senders write instead when they name one of these.
_MISTAKEN = {"iso2022_jp": ("euc_jp", "cp932"), "euc_jp": ("cp932",), "cp932": ("euc_jp",)}
_WIDE_WITHIN, _WIDE_LEAST = 400, 8  # bytes
_WITH_SURROGATES = ("utf-7", "utf-16", "utf-32")


def decode(data: bytes, charset: str = "", *, html: bool = False) -> str:
    """The text of `data`, said to be in `charset`. Never raises; has no lone surrogate.

    What is not valid in that charset is read as UTF-8 if it is valid UTF-8, else in the most likely charset.
    Unreadable bytes become U+FFFD.
    """
    codec = wide_codec(data) or codec_of(charset)
    if data.isascii() and b"\x1b" not in data and not _is_seven_bit(codec):
        return data.decode("ascii")
    if not codec and html and (meta := _META.search(data, 0, _META_WITHIN)):
        codec = codec_of(meta[1].decode("latin-1"))
    return _decode_as(data, codec)


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str:
    """Python's name for a mail's charset; "" if it is unknown or says nothing."""
    name = charset.strip(" \t\"'").lower()
    if name in _NAMES:
        return _NAMES[name]
    if not _NAME.fullmatch(name):
        return ""
    try:
        codec = _lookup(name)
        b"text".decode(codec, "replace")  # raises for codecs that are not text, such as "zlib"
    except (LookupError, UnicodeError, ValueError):
        return ""
    return "" if codec in _NOT_CHARSETS else _WIDER.get(codec, codec)


def _lookup(name: str) -> str:
    """Python's name for a charset, which some senders prefix with `x-`. Raises LookupError."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return codecs.lookup(name.removeprefix("x-")).name


def wide_codec(data: bytes) -> str:
    """The UTF-16 codec of bytes that have its byte order mark, or a zero in every other place; else ""."""
    head = data[:_WIDE_WITHIN]
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and len(data) % 2 == 0:
        return "utf-16"
    if b"\0" not in head or len(head) < _WIDE_LEAST:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) or max(even, odd) * 3 < len(head):
        return ""
    return "utf-16-be" if even else "utf-16-le"


def is_wide(codec: str) -> bool:
    """Whether each character of a codec, line ends too, takes two or four bytes."""
    return codec.startswith(("utf-16", "utf-32"))


def _is_seven_bit(codec: str) -> bool:
    """Whether ASCII bytes mean something else in this codec."""
    return codec.startswith(("iso2022", "utf-7", "utf-16", "utf-32", "hz", "cp037", "cp1140", "cp500"))


def _decode_as(data: bytes, codec: str) -> str:
    if not codec and b"\x1b$" in data[:4096]:
        codec = "iso2022_jp"
    if codec in ("", "utf-8", "cp1252", "cp1254"):  # UTF-8 that says so, or says Latin by mistake
        try:
            return data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
    if codec in ("", "utf-8"):
        return _decode_damaged(data)
    return _strict_or_guessed(data, codec)


def _strict_or_guessed(data: bytes, codec: str) -> str:
    text = None
    for likely in (codec, "utf-8", *_MISTAKEN.get(codec, ())):
        with suppress(UnicodeError, ValueError):
            text = data.decode(likely)
            break
    else:
        text = data.decode(codec, "replace")
    if codec == "iso2022_jp" and ("\ufffd" in text or "\x1b" in text):
        with suppress(UnicodeError):
            text = _decode_vendor_japanese(data)
    if codec.startswith(_WITH_SURROGATES):
        text = _SURROGATE.sub("\ufffd", text.removeprefix("\ufeff"))
    return text


def _decode_vendor_japanese(data: bytes) -> str:
    """Decode ISO-2022-JP with the vendors' characters (①, ㈱), as Windows writes it (CP50221).

    Each pair of JIS X 0208 maps to one of CP932. Raises UnicodeError.
    """
    if not data.isascii():
        raise UnicodeError
    out, escape = [], b""
    for part in _JAPANESE_ESCAPE.split(data):
        if _JAPANESE_ESCAPE.fullmatch(part):
            escape = part
        elif escape == b"\x1b(I":
            out.append(bytes(byte | 0x80 for byte in part))
        elif escape.startswith(b"\x1b$"):
            out += [_shift_jis(row, cell) for row, cell in zip(part[::2], part[1::2], strict=False)]
        else:
            out.append(part)
    return b"".join(out).decode("cp932")


def _shift_jis(row: int, cell: int) -> bytes:
    """A pair of JIS X 0208 as Shift_JIS (JIS X 0208:1997, annex 1); anything else unchanged."""
    if row not in _JIS or cell not in _JIS:
        return bytes((row, cell))
    high = (row + 1) // 2 + (0x70 if row < _FIRST_HIGH_ROW else 0xB0)
    low = cell + (0x7E if row % 2 == 0 else 0x1F + (cell >= _AFTER_DEL))
    return bytes((high, low))


def _decode_damaged(data: bytes) -> str:
    """Decode bytes that are not valid UTF-8: as damaged UTF-8 if most of it is valid, else as a guess."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = sum(1 for char in text[:20_000] if char > "\x7f") - broken
    return text if high > broken else data.decode(guess_charset(data), "replace")
