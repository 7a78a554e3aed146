"""Two lines over the bars for who is new here: a step of the tour, or a hint."""

from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine

_LINES = 2


class GuideBar(Drawn):
    """What to try next, and on the right how to be rid of it."""

    GROUND = "raised"
    DEFAULT_CSS = "GuideBar { height: 2; width: 100%; background: $raised; }"

    def __init__(self, words: str, way_out: str) -> None:
        super().__init__()
        self._words, self._way_out = words, way_out

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def show(self, words: str, way_out: str) -> None:
        """Say something else."""
        self._words, self._way_out = words, way_out
        self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """The words on two lines at most; what leaves it at the end of the second."""
        room = max(20, width - len(self._way_out) - 4)
        parts = [*wrap(self._words, room), ""][:_LINES]
        last = parts[1].ljust(room)
        return [
            DrawnLine((Bit(" ▸ ", "accent"), Bit(parts[0]))),
            DrawnLine((Bit("   "), Bit(last), Bit(self._way_out, "dim"))),
        ]
