"""Simplifying text for drawing, so that every terminal uses as many cells for it as we count.

Terminals disagree about emoji made of several code points, skin tones, selectors, flags, keycaps and unknown
characters. We draw one plain code point, or letters, instead. The full text is still used for search, raw
view, copying and sending. Simplifying twice changes nothing.
"""

import unicodedata
from functools import lru_cache

from deskterm.lazy_regex import lazy_regex

_PICTURES = (  # symbols, and emoji
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_TONES = "\U0001f3fb-\U0001f3ff"
_SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_LETTERS = "\U0001f1e6-\U0001f1ff"  # regional indicators: two make a flag
_ENCLOSING = "\u20dd-\u20e0\u20e2-\u20e4"  # circles and keycaps around the character before
_WITHOUT_WIDTH = "\u200b-\u200f\u2060-\u2064"
_BLANK = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: invisible, zero or two cells wide
_TRIGRAMS = "\u2630-\u2637\u268a-\u268f"  # narrow until Unicode 15, wide from 16 on
_RIGHT_TO_LEFT = lazy_regex(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_AGAIN = "\u200e"  # LEFT-TO-RIGHT MARK

_SPECIAL = lazy_regex(f"[{_TONES}{_SELECTORS}{_LETTERS}{_ENCLOSING}{_WITHOUT_WIDTH}{_BLANK}{_TRIGRAMS}]")
_ADDED = lazy_regex(f"(?<=[{_PICTURES}])[{_TONES}]|[{_SELECTORS}{_ENCLOSING}]")
_JOINED = lazy_regex(f"([{_PICTURES}])(?:\u200d[{_PICTURES}])+")
_TRANSLATED = {code: chr(code - 0x1F1E6 + ord("A")) for code in range(0x1F1E6, 0x1F200)}
_TRANSLATED |= dict.fromkeys(range(127995, 128000), "□")  # a skin tone without an emoji
_TRANSLATED |= {ord(char): " " for char in _BLANK}
_TRANSLATED |= dict.fromkeys((*range(9776, 9784), *range(9866, 9872)), "≡")
_TRANSLATED |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x2060, 0x2065)), "")
_UNKNOWN = "□"


def drawable(text: str) -> str:
    """The text simplified for drawing. ASCII is returned at once."""
    return text if text.isascii() else _drawable(text)


@lru_cache(8192)
def _drawable(text: str) -> str:
    text = unicodedata.normalize("NFC", text)  # a letter with marks becomes one code point if it can
    if _SPECIAL.search(text):
        text = _JOINED.sub(r"\1", _ADDED.sub("", text)).translate(_TRANSLATED)
    return text if text.isprintable() else "".join(map(_box_unknown, text))


def spell_out(text: str) -> str:
    """The text with the characters that `drawable` changes written as code points: `<U+200D>`."""
    return _SPECIAL.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def _box_unknown(char: str) -> str:
    """A box for a code point that is not assigned yet, so that terminals disagree about it."""
    return _UNKNOWN if unicodedata.category(char) == "Cn" else char


@lru_cache(8192)
def draw_text(text: str) -> str:
    """A text as it is sent to the terminal: simplified, with its direction marked."""
    return hold_direction(drawable(text))


def hold_direction(text: str) -> str:
    """The text, with a left-to-right mark after it if it has right-to-left letters.

    Otherwise a terminal that reverses such text would draw a number that follows before it. The mark has no
    width; it goes before the spaces that fill a column.
    """
    if text.isascii() or LEFT_AGAIN in text or not _RIGHT_TO_LEFT.search(text):
        return text
    words = text.rstrip(" ")
    return words + LEFT_AGAIN + " " * (len(text) - len(words))
