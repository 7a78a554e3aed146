"""The scrollbar: one thin line beside the text, visible without colours."""

from math import ceil

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

_LINE = "┃"


class ThinBar(ScrollBarRender):
    """Draws the visible part as a line; clicks work as on Textual's own."""

    @classmethod
    def render_bar(  # noqa: PLR0917 - Textual's signature
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,  # noqa: FBT001, FBT002, ARG003 - as above; ours are all vertical
        back_color: Color = Color.default(),  # noqa: B008 - a value
        bar_color: Color = Color.default(),  # noqa: B008 - a value
    ) -> Segments:
        """The cells of `size` rows, for `window_size` of `virtual_size` lines shown from `position` on."""
        first, last = _thumb(size, virtual_size, window_size, position)
        above = Style(bgcolor=back_color, meta={"@mouse.down": "scroll_up"})
        below = Style(bgcolor=back_color, meta={"@mouse.down": "scroll_down"})
        thumb = Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"})
        blank, line = " " * thickness, _LINE.ljust(thickness)
        rows = [Segment(blank, above)] * first + [Segment(line, thumb)] * (last - first)
        return Segments(rows + [Segment(blank, below)] * (size - last), new_lines=True)


def _thumb(size: int, lines: float, seen: float, position: float) -> tuple[int, int]:
    """The first and last row of the line; none if everything is visible."""
    if not (size and seen and lines > seen):
        return size, size
    height = max(1, min(size, ceil(size * seen / lines)))
    first = round((size - height) * min(1.0, position / (lines - seen)))
    return first, first + height
