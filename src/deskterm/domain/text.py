"""Cleaning text from mails and orders before it can reach the terminal. All outside text passes here.

Escape sequences, C1 controls and direction marks can control the terminal. `line` and `block` remove them or
make them visible; both are linear and idempotent.
"""

import re
import unicodedata

from deskterm.lazy_regex import lazy_regex

_PICTURES = 0x2400  # U+2400 shows NUL, U+241B shows ESC …
_TAB = 8
_MOST_MARKS = 3
_JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ: part of Persian and Hindi words, and of emoji

_REPLACED = "\x7f-\x9f\ud800-\udfff"
_DROPPED = (
    "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# A run that may be combining marks: neither letters nor digits, outside the blocks of plain symbols.
_MARKS = (
    "[^\\w\\s\u0000-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u303f\uff00-\uffef"
    "\U0001f000-\U0001faff]"
)
_SUSPECT = lazy_regex(
    f"[\x00-\x09\x0b-\x1f\u2028\u2029{_REPLACED}{_DROPPED}{_JOINERS}]|{_MARKS}{{{_MOST_MARKS + 1}}}"
)
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_BREAKS = lazy_regex("\r\n?|[\u2028\u2029]")
_FFFD = lazy_regex(f"[{_REPLACED}]")
_GONE = lazy_regex(f"[{_DROPPED}]+")
_JOINER = lazy_regex(f"[{_JOINERS}]")
_MARK_RUN = lazy_regex(f"{_MARKS}{{{_MOST_MARKS + 1},}}")
_CONTROLS = {code: _PICTURES + code for code in range(0x20) if chr(code) not in "\t\n"}


def line(text: str) -> str:
    """`text` as one safe line: line breaks and tabs become a space."""
    if text.isascii() and text.isprintable():
        return text
    if "\n" in text or _SUSPECT.search(text):
        text = _clean_text(text).replace("\t", " ").replace("\n", " ")
    return text


def block(text: str) -> str:
    """`text` as safe lines that end in LF; tabs become spaces up to the next eighth column."""
    if _is_clean(text):
        return text
    return _clean_text(text).expandtabs(_TAB)


def _is_clean(text: str) -> bool:
    """Whether `text` needs no cleaning. Removing printable ASCII first makes this fast."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return not rest or not _SUSPECT.search(rest.decode("utf-8", "surrogatepass"))


def _clean_text(text: str) -> str:
    text = _BREAKS.sub("\n", text).translate(_CONTROLS)
    text = _GONE.sub("", _FFFD.sub("\ufffd", text))
    if _JOINER.search(text):
        text = _JOINER.sub(_joiner_between_letters, text)
    return _MARK_RUN.sub(_few_marks, text)


def _joiner_between_letters(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    before = unicodedata.category(text[at - 1]) if at else ""
    after = unicodedata.category(text[at + 1]) if at + 1 < len(text) else ""
    joins = (before[:1] in ("L", "M") or before in ("So", "Sk")) and (after[:1] == "L" or after == "So")
    return found.group() if joins else ""


def _few_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in found.group():
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
