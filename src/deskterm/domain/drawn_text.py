"""Text from outside as it is drawn: every terminal takes as many cells for it as we count.

Terminals differ over emoji put together of several code points, over skin tones, selectors, flags, keycaps,
and over what their tables do not know. What is drawn is one plain code point, or letters, in their place. The
full text stays where it is searched, shown as it came, copied and sent. Giving the result in again changes
nothing.
"""

import unicodedata
from functools import lru_cache

from deskterm.late_pattern import late_pattern

_PICTURES = (  # symbols, and emoji
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_TONES = "\U0001f3fb-\U0001f3ff"
_SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_LETTERS = "\U0001f1e6-\U0001f1ff"  # regional indicators: two make a flag
_ENCLOSING = "\u20dd-\u20e0\u20e2-\u20e4"  # circles and keycaps around what stands before
_WITHOUT_WIDTH = "\u200b-\u200f\u2060-\u2064"
_BLANK = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: nothing to see, nought or two cells wide
_TRIGRAMS = "\u2630-\u2637\u268a-\u268f"  # narrow until Unicode 15, wide from 16 on
_RIGHT_TO_LEFT = late_pattern(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_AGAIN = "\u200e"  # LEFT-TO-RIGHT MARK

_SPECIAL = late_pattern(f"[{_TONES}{_SELECTORS}{_LETTERS}{_ENCLOSING}{_WITHOUT_WIDTH}{_BLANK}{_TRIGRAMS}]")
_ADDED = late_pattern(f"(?<=[{_PICTURES}])[{_TONES}]|[{_SELECTORS}{_ENCLOSING}]")
_JOINED = late_pattern(f"([{_PICTURES}])(?:\u200d[{_PICTURES}])+")
_TRANSLATED = {code: chr(code - 0x1F1E6 + ord("A")) for code in range(0x1F1E6, 0x1F200)}
_TRANSLATED |= dict.fromkeys(range(127995, 128000), "□")  # a tone of nothing
_TRANSLATED |= {ord(char): " " for char in _BLANK}
_TRANSLATED |= dict.fromkeys((*range(9776, 9784), *range(9866, 9872)), "≡")
_TRANSLATED |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x2060, 0x2065)), "")
_UNKNOWN = "□"


def drawable(text: str) -> str:
    """The text as it is drawn. ASCII is returned as it is, at once."""
    return text if text.isascii() else _drawable(text)


@lru_cache(8192)
def _drawable(text: str) -> str:
    text = unicodedata.normalize("NFC", text)  # stacks of marks become one letter where there is one
    if _SPECIAL.search(text):
        text = _JOINED.sub(r"\1", _ADDED.sub("", text)).translate(_TRANSLATED)
    return text if text.isprintable() else "".join(map(_box_unknown, text))


def spell_out(text: str) -> str:
    """The text with what `drawable` would leave out or put plainly written as its code points: `<U+200D>`."""
    return _SPECIAL.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def _box_unknown(char: str) -> str:
    """A code point that has no meaning yet, for our tables as for many a terminal's, is a box."""
    return _UNKNOWN if unicodedata.category(char) == "Cn" else char


@lru_cache(8192)
def draw_text(text: str) -> str:
    """What reaches the terminal of a text: drawable, its direction held."""
    return hold_direction(drawable(text))


def hold_direction(text: str) -> str:
    """The text, with a mark behind what is written from right to left.

    A terminal that turns such text round would else draw a number behind it in front of it. The mark takes
    no cell; it stands before the spaces that fill a column.
    """
    if text.isascii() or LEFT_AGAIN in text or not _RIGHT_TO_LEFT.search(text):
        return text
    words = text.rstrip(" ")
    return words + LEFT_AGAIN + " " * (len(text) - len(words))
