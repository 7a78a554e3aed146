"""The last filter before the terminal: no text takes other cells than were counted, whichever widget drew it.

Our own lines are made drawable before they are laid out (`drawing.cells`); this is for Textual's own widgets,
such as an editor or a field, whose cells are already counted.
"""

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from deskterm.domain.drawn_text import drawable, hold_direction


class SafeCells(LineFilter):
    """Draws every text as `drawable` says, in the cells it was counted for."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The segments; ASCII ones are unchanged."""
        return [one if one.text.isascii() else _redraw(one) for one in segments]


def _redraw(segment: Segment) -> Segment:
    text = _in_its_cells(segment.text)
    return segment if text == segment.text else Segment(text, segment.style, segment.control)


@lru_cache(4096)
def _in_its_cells(text: str) -> str:
    drawn = drawable(text)
    if drawn != text:
        drawn = set_cell_size(drawn, cell_len(text))
    return hold_direction(drawn)
