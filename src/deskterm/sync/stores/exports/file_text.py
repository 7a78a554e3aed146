"""Decoding an orders file: by its byte order mark, as UTF-8, or in the encoding that fits best."""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from deskterm.errors import OrdersFileError
from deskterm.lazy_regex import lazy_regex

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOTHING = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n,;"  # byte order marks, blanks, empty cells
_SAMPLE = 400_000  # bytes from which the encoding is guessed


class _Encoding(NamedTuple):
    """An encoding without byte order mark, and the words in a file that suggest its countries."""

    name: str
    places: str = ""


_WESTERN = _Encoding("cp1252")
_OTHERS = (
    _Encoding("cp1250", "PL|CZ|SK|HU|SI|HR|RO|PLN|CZK|HUF|RON"),
    _Encoding("mac_roman"),
    _Encoding("mac_latin2", "PL|CZ|SK|HU|SI|HR|RO|PLN|CZK|HUF|RON"),
    _Encoding("cp932", "JP|JPY"),
    _Encoding("gb18030", "CN|CNY"),
    _Encoding("cp949", "KR|KRW"),
    _Encoding("big5", "TW|HK|TWD|HKD"),
    _Encoding("cp1251", "RU|UA|BG|BY|RS|RUB|UAH|BGN"),
    _Encoding("cp1253", "GR|CY"),
    _Encoding("cp1254", "TR|TRY"),
    _Encoding("cp1257", "LT|LV|EE"),
)
_EAST_ASIAN = lazy_regex("[\u3040-\u30fa\u30fc-\u9fff\uac00-\ud7af]")
_HALF_WIDTH = lazy_regex("[\uff61-\uff9f]")
_MIXED = lazy_regex("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
_BIG_INSIDE = lazy_regex(r"(?<=[A-Za-z])[À-ÖØ-ÞŒŠŸŽ](?=[a-z])")
_RUN = lazy_regex(r"[^\x00-\x7f]+")


def read_text(file: Path) -> str:
    """The text of an export. Raises OSError, and OrdersFileError for an empty file."""
    raw = file.read_bytes()
    if not raw.strip(_NOTHING):
        raise OrdersFileError(f"{file} is empty.", todo="Export it again; it is read once it has changed.")
    return decode_file(raw)


def decode_file(raw: bytes) -> str:
    """Decode an orders file. Never fails: undecodable bytes become U+FFFD."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if encoding := _wide(raw[:_SAMPLE]):
        return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_old_encoding(raw[:_SAMPLE]), "replace")


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of ASCII is zero."""
    odd, even = raw[1::2].count(0), raw[::2].count(0)
    if max(odd, even) < len(raw) // 5:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _old_encoding(raw: bytes) -> str:
    """The least odd encoding; ties go to one for the file's countries, then to a Western one."""
    places = raw.decode("ascii", "ignore")

    def rank(one: _Encoding) -> tuple[float, bool, bool]:
        hinted = bool(one.places) and bool(re.search(rf"(?<![A-Za-z])(?:{one.places})(?![A-Za-z])", places))
        return _oddities(raw, one.name), not hinted, bool(one.places)

    return min((_WESTERN, *_OTHERS), key=rank).name


def _oddities(raw: bytes, encoding: str) -> float:
    """How unlikely the decoded text is, per non-ASCII letter: undecodable bytes, controls, odd neighbours."""
    text = raw.decode(encoding, "replace")
    odd, letters = 0.0, 0
    for run in _RUN.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        letters += len(run[0])
        odd += _odd_in_run(run[0], before, after)
    return odd / max(1, letters)


def _odd_in_run(run: str, before: str, after: str) -> float:
    odd: float = (
        3 * run.count("\ufffd")
        + 2 * len(_HALF_WIDTH.findall(run))
        + sum("\x80" <= char < "\xa0" for char in run)
    )
    eastern = _EAST_ASIAN.findall(run)
    if eastern:
        joined = bool(re.search("[A-Za-z]", before + after))
        alone = len(run) == 1 and not (before + after).isdigit()  # 2026年11月
        return odd + (3 * len(eastern) if joined or alone else 0) + _foreign(run)
    within = f"{before if before.isalpha() else ''}{run}{after if after.isalpha() else ''}"
    if within != run or any(char.isalpha() for char in run):
        odd += 2 * sum(not char.isalpha() and char not in "’–—\xa0€£" for char in run)
        odd += 2 * len(re.findall(r"(?<=[^\W\d_])[–—](?=[^\W\d_])", within))
        odd += 3 * len(_MIXED.findall(within))
        odd += 2 * sum(char > "$" for char in re.findall(r"[£€](?=[a-z])", within))
    odd += sum(small.islower() and big.isupper() for small, big in pairwise(within))
    odd += len(_BIG_INSIDE.findall(within))
    latin = [char for char in run if "\xc0" <= char <= "\u024f"]
    return odd + (len(latin) / 2 if len(latin) > 3 else 0)  # noqa: PLR2004 - so many accents: another script


def _foreign(run: str) -> int:
    return sum(char.isalpha() and not _EAST_ASIAN.match(char) for char in run)
