"""Forms with labels and values in columns: `Name     Ivy Lee`, `| Name | Ivy Lee |`, `name = Ivy Lee`.

HTML tables look like this once laid out. Lines are read as `Label: value` if a neighbouring line has the same
separator; a single line proves nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

# What may separate a label from its value, the most certain first, and what a line that has it must contain.
_SEPARATORS = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        ("|", r"[ \t\xa0]*\|[ \t\xa0]*"),
        (">→⇒»", r"[ \t\xa0]*(?:[-=]{1,2}>|[→⇒»])[ \t\xa0]*"),
        ("=", r"[ \t\xa0]*(?<![=<>!])=(?![=<>])[ \t\xa0]*"),
        # a tab after 7 letters is 1 blank
        ("\t \xa0", r"[ \t\xa0]*\t[ \t\xa0]*|[ \xa0]{2,}|(?<=^\w{7}) (?=\w)(?!.*[ \xa0]{2})"),
        ("-–—", r"[ \xa0][-–—][ \xa0]"),
    )
)
_LABEL = re.compile(r"[ *_¿]{0,4}[^\W_][^\n@|<>]{0,58}")
_MOST_WORDS = 7
_WITHIN = 160  # characters of a line in which its label and the separator must be
_FEWEST = 2  # neighbouring lines
_LINES = 400
_NO_LABEL = re.compile(r"://|[.!,;]$")
_BARE = re.compile(r"[^\W\d_][^\n@|=<>:：.!,;]{1,39}[?？]?")
_BARE_WORDS = 4


class ColumnText(NamedTuple):
    """A text with its columns as `Label: value`. `written` maps each changed line to the original."""

    text: str = ""
    written: Mapping[str, str] = MappingProxyType({})

    def restore(self, words: str) -> str:
        """The customer's words with their original lines: `Mug   2` may look like a column and is none."""
        return "\n".join(self.written.get(line, line) for line in words.split("\n"))


NO_COLUMNS = ColumnText()


def with_colons(text: str) -> ColumnText:
    """The text with its columns as `Label: value`, the other lines as they are; "" if it has no columns."""
    if "@" not in text:  # quick way out: one of the values must be an address
        return NO_COLUMNS
    parts = text.split("\n", _LINES)
    lines, rest = parts[:_LINES], parts[_LINES:]
    for needed, separator in _SEPARATORS:
        if not any(sign in text for sign in needed):
            continue
        pairs = [_pair(line, separator) for line in lines]
        if (rows := _neighbours(pairs)) and any("@" in pair[1] for pair in pairs if pair):
            changed = {f"{pair[0]}: {pair[1].strip()}": lines[at] for at in rows if (pair := pairs[at])}
            return ColumnText("\n".join((*_rewrite(lines, pairs, rows), *rest)), changed)
    return NO_COLUMNS


def _pair(line: str, separator: re.Pattern[str]) -> tuple[str, str] | None:
    """The label and the value of a line, or None."""
    bare = line.strip(" \t\xa0|")
    found = separator.search(bare, 0, _WITHIN)
    if found is None or not found.start():
        return None
    label, value = bare[: found.start()].rstrip(" \t:：*_"), bare[found.end() :]
    is_label = _LABEL.fullmatch(label) and len(label.split()) <= _MOST_WORDS and not _NO_LABEL.search(label)
    return (label, value) if is_label and value.strip(" \xa0|-") else None


def _neighbours(pairs: Sequence[tuple[str, str] | None]) -> set[int]:
    """The numbers of the lines that have a neighbour of their kind, with at most one blank line between."""
    filled = [at for at, pair in enumerate(pairs) if pair]
    near = [(one, two) for one, two in pairwise(filled) if two - one <= _FEWEST]
    return {at for both in near for at in both}


def _rewrite(lines: list[str], pairs: Sequence[tuple[str, str] | None], rows: set[int]) -> Iterable[str]:
    """The lines, columns as `Label: value`; a value that was too long and stands below joins its label."""
    label, in_rows = "", False
    for at, line in enumerate(lines):
        pair = pairs[at] if at in rows else None
        bare = line.strip(" \t\xa0")
        if pair:
            yield f"{pair[0]}: {pair[1].strip()}"
        elif label:
            yield f"{label}: {bare}"
        elif in_rows and _is_label_above(line, lines[at + 1 : at + 2]):
            label = bare
            continue
        else:
            yield bare if in_rows else line
        in_rows = bool(pair) or (in_rows and (not bare or line[:1].isspace()))
        label = ""


def _is_label_above(line: str, below: list[str]) -> bool:
    short = _BARE.fullmatch(line) is not None and len(line.split()) <= _BARE_WORDS
    return short and any(len(one.split()) >= _BARE_WORDS for one in below)
