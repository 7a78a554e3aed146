"""Draws progress: what is being done, a bar if the end is known, the count and the pace."""

from typing import TYPE_CHECKING

from textual.content import Content

from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.drawing.lines import Bit, DrawnLine

if TYPE_CHECKING:
    from deskterm.domain.desk_state import Progress

_NAMES = {"text": "ink", "accent": "act"}  # shades with another name in style sheets
_LONGEST = 40  # cells of the words


def progress_bits(progress: "Progress", pace: str, width: int) -> list[Bit]:
    """The bits of a progress on a line of `width` cells; `pace` is shown as given."""
    words = progress.words  # may hold a store's name, which can be long
    words = words if cell_len(words) <= _LONGEST else fit(words, _LONGEST)
    full, rest = progress.bar(width)
    count = progress.count + pace
    bits = [Bit(words, "soft"), Bit(" " if full or rest else ""), Bit(full, "accent"), Bit(rest, "dim")]
    return [*bits, Bit(f" {count}" if count else "", "soft")]


def progress_words(progress: "Progress", now: float, width: int) -> Content:
    """The same for a widget that shows text."""
    bits = progress_bits(progress, progress.pace(now), width)
    return Content.assemble(*((bit.text, f"${_NAMES.get(bit.shade, bit.shade)}") for bit in bits))


def progress_line(progress: "Progress", now: float, width: int) -> DrawnLine:
    """The same as a line of a screen, as of `now` (UTC seconds)."""
    return DrawnLine((Bit("  "), *progress_bits(progress, progress.pace(now), width)))
