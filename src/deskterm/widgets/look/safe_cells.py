"""The last door before the terminal: no text takes other cells than were counted, whichever widget drew it.

Our own lines are drawn by the same rule before they are laid out (`drawing.cells`); this is for the words of
Textual's widgets, an editor or a field, whose cells are counted already.
"""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from deskterm.domain.drawn_text import drawable, hold_direction


class SafeCells(LineFilter):
    """Draws every text as `drawable` says, in the cells it was counted for."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The segments, those of ASCII as they are."""
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(_in_its_cells(text), style, control) for text, style, control in segments]


def _in_its_cells(text: str) -> str:
    if text.isascii():
        return text
    drawn = drawable(text)
    if drawn != text:
        drawn = set_cell_size(drawn, cell_len(text))
    return hold_direction(drawn)
