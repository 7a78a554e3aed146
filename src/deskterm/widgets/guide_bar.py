"""Two lines above the bars for a new owner: a step of the tour, or a hint."""

from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine

_MARGINS = 4  # cells at both sides


class GuideBar(Drawn):
    """What to try next, and on the right how to close it."""

    GROUND = "raised"
    DEFAULT_CSS = "GuideBar { height: 2; width: 100%; background: $raised; }"

    def __init__(self, words: str, way_out: str) -> None:
        super().__init__()
        self._words, self._way_out = words, way_out

    @property
    def words(self) -> str:
        """The text on screen."""
        return self._words

    def show(self, words: str, way_out: str) -> None:
        """Show another text."""
        if (words, way_out) != (self._words, self._way_out):
            self._words, self._way_out = words, way_out
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """The text on two lines, with how to close it at the end of the second."""
        first, *rest = wrap(self._words, width - _MARGINS)
        room = max(0, width - len(self._way_out) - _MARGINS - 1)
        last = fit(" ".join(rest), room)
        return [
            DrawnLine((Bit(" ▸ ", "accent"), Bit(first))),
            DrawnLine((Bit("   "), Bit(last + " "), Bit(self._way_out, "dim"))),
        ]
