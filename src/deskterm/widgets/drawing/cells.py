"""Measures text in terminal cells: cut, fill, wrap. A wide character takes two.

Text is measured and returned in its drawable form (`domain.drawn_text`).
"""

from collections.abc import Sequence
from functools import cache

from rich.cells import cell_len as _count_cells
from rich.cells import chop_cells, set_cell_size

from deskterm.domain.drawn_text import drawable
from deskterm.lazy_regex import lazy_regex

_WORDS = lazy_regex(r"\s*\S+")
_JOINTS = lazy_regex(r"(?<=\w)[./?&=_-](?=\w)|(?<=\w)(?=@)")  # behind these, and before an @
_WIDE = 2
_LONGEST_LEFT_OUT = 12  # cells of a word that is left out instead of cut
_LEAST_WHOLE = 3  # the whole words must take this part of the width: a third
_NOT_FIRST = frozenset(  # must not begin a line
    ",.;:!?)、。，．・：；？！）」』】〕》〉”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)


def cell_len(text: str) -> int:
    """How many cells a text takes when drawn."""
    return len(text) if text.isascii() else _count_cells(drawable(text))


@cache
def _is_wide(char: str) -> bool:
    return _count_cells(char) == _WIDE


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: filled with spaces, or cut with an ellipsis.

    It is cut between words, unless that would leave out a long one or leave next to nothing.
    """
    if width <= 0:
        return ""
    text = drawable(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    kept = set_cell_size(text, width - 1)
    whole, _, part = kept.rpartition(" ")
    is_in_word = not kept[-1:].isspace() and not text[len(kept)].isspace() and not _is_wide(text[len(kept)])
    if is_in_word and cell_len(part) <= _LONGEST_LEFT_OUT and _LEAST_WHOLE * cell_len(whole) >= width:
        kept = whole
    return set_cell_size(kept.rstrip(" ,;:·(–—-") + "…", width)


def fit_right(text: str, width: int) -> str:
    """`text` in exactly `width` cells, right-aligned."""
    text = drawable(text)
    space = width - cell_len(text)
    return " " * space + text if space >= 0 else fit(text, width)


def wrap(text: str, width: int) -> list[str]:
    """Break one line into lines of at most `width` cells, at spaces and between wide characters."""
    if width <= 0:
        return [""]
    text = drawable(text)
    if cell_len(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        cells = cell_len(piece)
        if used + cells > width and line:
            lines.append(line.rstrip())
            piece = piece.lstrip()  # noqa: PLW2901 - no space at the start of a line
            line, used, cells = "", 0, cell_len(piece)
        while cells > width:
            whole = _beginning(piece, width)
            lines.append(whole)
            piece = piece[len(whole) :]  # noqa: PLW2901
            cells = cell_len(piece)
        line, used = line + piece, used + cells
    return [*lines, line.rstrip()]


def _beginning(word: str, width: int) -> str:
    """As much of a long word as a line takes; an address or a link breaks where a reader would break it."""
    chopped = chop_cells(word, width)[0]
    joints = (found.end() for found in _JOINTS.finditer(chopped))
    place = max((at for at in joints if at > len(chopped) // 2), default=len(chopped))
    return word[: max(1, place)]  # at least a character, however narrow the line


def wrap_parts(parts: Sequence[str], width: int, between: str = " · ") -> list[str]:
    """Join parts into lines of at most `width` cells, breaking between them; empty parts are left out."""
    lines: list[str] = []
    for part in filter(None, parts):
        if lines and cell_len(lines[-1]) + cell_len(between) + cell_len(part) <= width:
            lines[-1] += between + part
        else:
            lines += wrap(part, width)
    return lines


def _pieces(text: str) -> list[str]:
    """The unbreakable parts of a line: words with the space before them, single wide characters."""
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        if word.isascii() or not any(map(_is_wide, word)):
            pieces.append(word)
        else:
            pieces += _wide_pieces(word)
    return pieces


def _wide_pieces(word: str) -> list[str]:
    pieces: list[str] = []
    for char in word:
        together = pieces and (
            char in _NOT_FIRST or pieces[-1].isspace() or not (_is_wide(char) or _is_wide(pieces[-1][-1]))
        )
        if together:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
