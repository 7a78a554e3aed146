"""A short list of rows of one or more lines, with a cursor: for pickers, outbox, hits and figures.

All rows are drawn; the list of tickets has a widget of its own.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from textual.geometry import Region
from textual.message import Message

from deskterm.widgets.drawing.lines import Bit, DrawnLine, Scroll


class Item(NamedTuple):
    """One row: its lines, and its key. The cursor skips a row without a key."""

    lines: tuple[DrawnLine, ...]
    key: Hashable = None


Draw = Callable[[int], Sequence[Item]]


class Rows(Scroll):
    """The rows given by `draw(width)`. The cursor stays on its key when they are drawn again."""

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    class Picked(Message):
        """The row under the cursor was clicked."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, ground: str = "ground", ident: str | None = None) -> None:
        super().__init__(id=ident)
        self.GROUND = ground
        self._draw: Draw = lambda _width: ()
        self._items: Sequence[Item] = ()
        self._starts: list[int] = []
        self._key: Hashable = None

    @property
    def key(self) -> Hashable:
        """The key of the row under the cursor, or None."""
        return self._key

    @property
    def keys(self) -> list[Hashable]:
        """The keys of all rows, in order."""
        return [item.key for item in self._items if item.key is not None]

    def show(self, draw: Draw, *, first: bool = False) -> None:
        """Draw these rows; with `first` the cursor goes to the first."""
        self._draw = draw
        if first:
            self._key = None
        self.redraw(keep=not first)
        self.call_after_refresh(self._show_cursor)

    def picture(self, width: int) -> list[DrawnLine]:
        """All lines at that width; a bar and a different ground mark the row under the cursor."""
        self._items = self._draw(width)
        keys = self.keys
        if self._key in keys:
            self._key = keys[keys.index(self._key)]  # the same row, perhaps with new values
        else:
            self._key = keys[0] if keys else None
        lines: list[DrawnLine] = []
        self._starts = []
        for item in self._items:
            self._starts.append(len(lines))
            chosen = item.key is not None and item.key == self._key
            lines += [_mark_row(line) for line in item.lines] if chosen else item.lines
        return lines

    def go(self, by: int) -> None:
        """Move the cursor by rows; it stops at the ends."""
        keys = self.keys
        if keys:
            at = keys.index(self._key) if self._key in keys else 0
            self.choose(keys[min(max(at + by, 0), len(keys) - 1)])

    def choose(self, key: Hashable) -> None:
        """Put the cursor on the row with that key."""
        if key != self._key and key in self.keys:
            self._key = key
            self.redraw()
            self._show_cursor()
            self.post_message(self.Moved(key))

    def go_page(self, by: int) -> None:
        """Move the cursor by pages."""
        tall = max((len(item.lines) for item in self._items if item.key is not None), default=1)
        self.go(by * max(1, self.size.height // tall))

    def go_end(self, *, last: bool) -> None:
        """Put the cursor on the first or the last row."""
        keys = self.keys
        if keys:
            self.choose(keys[-1 if last else 0])

    def _show_cursor(self) -> None:
        """Scroll the cursor's row into view; for the first row, also what is above it."""
        for item, start in zip(self._items, self._starts, strict=True):
            if item.key is not None and item.key == self._key:
                top = 0 if self.keys[:1] == [item.key] else start
                height = start - top + len(item.lines)
                self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)

    def on_click(self, event: object) -> None:
        """A click chooses a row; a click on the chosen row picks it."""
        y = getattr(event, "y", 0) + self.scroll_offset.y
        for item, start in zip(self._items, self._starts, strict=True):
            if item.key is not None and start <= y < start + len(item.lines):
                if item.key == self._key:
                    self.post_message(self.Picked(item.key))
                self.choose(item.key)


def _mark_row(line: DrawnLine) -> DrawnLine:
    bits = line.bits
    if bits and bits[0].text.startswith(" "):
        bits = (Bit("▌", "accent"), bits[0]._replace(text=bits[0].text[1:]), *bits[1:])
    return DrawnLine(bits, "chosen")
