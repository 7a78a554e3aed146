"""The list of tickets: a line-drawn scroll that reads only the rows in view.

It reads by `page(first, count)`, so a hundred thousand tickets cost as much as forty. When the list changes,
the ticket under the cursor stays under it, on the same line of the screen.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from deskterm.domain.tickets import Row
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, changed_rows, strip
from deskterm.widgets.drawing.ticket_row import RowWords, one_line, two_lines
from deskterm.widgets.look.styles import look
from deskterm.widgets.row_pages import RowPages, RowSource

_NEVER = DrawnLine.of("not painted yet")
ROOMY = 180  # columns of the terminal from which the list is as wide as its longest subject
_BESIDE = 110  # columns left to the mail and the panel
LOW = 24  # terminal rows up to which a ticket has one line by default


class Selecting(Enum):
    """Which tickets to select."""

    ONE = auto()  # the one under the cursor; again unselects it
    RANGE = auto()  # from the last selected one to the cursor
    ALL = auto()  # all of the list; again none
    NONE = auto()


_NOT_THERE = object()


class TicketList(ScrollView, inherit_bindings=False):
    """The tickets of a list, with a cursor."""

    can_focus = False
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TicketList { height: 100%; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    class Highlighted(Message):
        """The cursor is on another ticket: its id; None if the list is empty."""

        def __init__(self, ticket_id: int | None) -> None:
            super().__init__()
            self.ticket_id = ticket_id

    class Clicked(Message):
        """The ticket under the cursor was clicked."""

    def __init__(self, words: Callable[[Row], RowWords]) -> None:
        super().__init__()
        self._words = words
        self._pages = RowPages()
        self._painted: dict[int, DrawnLine] = {}  # what is on the screen, by row
        self._laid_out = False  # at some width already
        self._empty: Callable[[], str] = str
        self.cursor = 0
        self.ticket_id: int | None = None
        self.selected: dict[int, object] = {}  # what the next command is for, in order of selection
        self.looked_at: dict[int, int] = {}  # tickets that were on the screen, with their newest mail
        self._anchor = 0  # the last selected row, where a range begins
        self._begin_at: int | None = None
        self._cells: int | None = None  # its width; None leaves that to the style sheet
        self.active = True  # whether the keys are the list's
        self.one_line: bool | None = None  # None: by the height of the terminal

    # what is shown

    @property
    def per_row(self) -> int:
        """How many lines a ticket takes."""
        low = self.app.size.height <= LOW if self.one_line is None else self.one_line
        return 1 if low else 2

    @property
    def top(self) -> int:
        """The first visible line, to return to."""
        return self.scroll_offset.y

    def show(
        self, source: RowSource, ticket_id: int | None = None, *, top: int = 0, empty: Callable[[], str] = str
    ) -> None:
        """Show another list, from its start or at a ticket; `top` is the first visible line.

        `empty` gives the text for a list without rows.
        """
        self._pages, self._empty = RowPages(source), empty
        self.selected.clear()
        self.looked_at = {}
        self.ticket_id, self.cursor = ticket_id, 0
        self.reload()
        self._fit_width()
        self._begin_at = top
        self._begin()

    def _begin(self) -> None:
        """Scroll to where the list begins, once its height is known."""
        if self._begin_at is not None and self.size.height > 0:
            self._scroll(self._begin_at)
            self._begin_at = None
            self._scroll_to_cursor()

    def reload(self) -> None:
        """Read the list again; the ticket under the cursor stays under it."""
        if not self._pages.read_again():
            return
        before = self.cursor
        place = None if self.ticket_id is None else self.place_of(self.ticket_id)
        self.cursor = max(0, min(before if place is None else place, self._pages.count - 1))
        self._measure()
        self._scroll(self.scroll_offset.y + (self.cursor - before) * self.per_row)
        self._scroll_to_cursor()
        self._tell()
        height = range(self.size.height)
        painted = [self._painted.get(y, _NEVER) for y in height]
        regions = changed_rows(painted, [self._line(y) for y in height], self.size.width)
        if regions:
            self.refresh(*regions)

    def set_density(self, *, one_line: bool | None) -> None:
        """Show a ticket in one line or two; None decides by the height. The cursor stays in place."""
        line = self.cursor * self.per_row - self.scroll_offset.y
        self.one_line = one_line
        self._measure()
        self._scroll(self.cursor * self.per_row - line)
        self._scroll_to_cursor()
        self.refresh()

    def row(self, index: int) -> Row | None:
        """A row by its place."""
        return self._pages.row(index)

    def place_of(self, ticket_id: int) -> int | None:
        """A ticket's place in the list on screen, or None."""
        return self._pages.place_of(ticket_id)

    def in_sight(self, ticket_ids: Sequence[int]) -> bool:
        """Whether one of the tickets is on the screen now."""
        first = self.scroll_offset.y // self.per_row
        rows = map(self.row, range(first, first + self.size.height // self.per_row))
        return any(row.ticket_id in ticket_ids for row in rows if row)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    # selecting

    def select(self, how: Selecting) -> None:
        """Select or unselect tickets; after a single one the cursor goes on."""
        if how is Selecting.ONE and self.ticket_id is not None:
            self._anchor = self.cursor
            if self.selected.pop(self.ticket_id, _NOT_THERE) is _NOT_THERE:
                self.selected[self.ticket_id] = None
            self.go(1)
        elif how is Selecting.RANGE:
            first, last = sorted((min(self._anchor, self._pages.count - 1), self.cursor))
            rows = map(self.row, range(first, last + 1))
            self.selected.update(dict.fromkeys(row.ticket_id for row in rows if row))
        elif how is Selecting.ALL and len(self.selected) < self._pages.count:
            self.selected.update(dict.fromkeys(self._pages.all_ids()))
        else:
            self.selected.clear()
        self.refresh()

    def set_active(self, *, active: bool) -> None:
        """Mark whether the keys are the list's."""
        if active != self.active:
            self.active = active
            self._refresh_row(self.cursor)

    # moving

    def go(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go_to(self.cursor + rows)

    def go_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.go(pages * max(1, self.size.height // self.per_row - 1))

    def go_end(self, *, last: bool) -> None:
        """Move the cursor to the first or the last row."""
        self.go_to(self._pages.count - 1 if last else 0)

    def go_to(self, index: int) -> None:
        """Move the cursor to a row by its place, or to the nearest one."""
        before, self.cursor = self.cursor, max(0, min(index, self._pages.count - 1))
        if self.cursor == before:
            return
        if not self._scroll_to_cursor():
            self._refresh_row(before)
            self._refresh_row(self.cursor)
        self._tell()

    def _tell(self) -> None:
        """Post where the cursor is, if that has changed."""
        row = self.chosen
        ticket_id = row.ticket_id if row else None
        if ticket_id != self.ticket_id or row is None:
            self.ticket_id = ticket_id
            self.post_message(self.Highlighted(ticket_id))

    def _scroll_to_cursor(self) -> bool:
        """Scroll as little as needed to show the cursor; gives whether it scrolled."""
        top, height, per_row = self.scroll_offset.y, self.size.height, self.per_row
        # When the cursor is next to it, the most urgent ticket stays visible.
        first = 0 if self.cursor == 1 and 2 * per_row <= height else self.cursor * per_row
        if height <= 0 or (top <= first and first + per_row <= top + height):
            return False
        self._scroll(first if first < top else first + per_row - height)
        return True

    def _scroll(self, line: int) -> None:
        highest = max(0, self._pages.count * self.per_row - self.size.height)
        self.scroll_to(y=max(0, min(line, highest)), animate=False, force=True)

    def _fit_width(self) -> None:
        """On a large screen, make the list as wide as its longest subject, leaving the mail enough room."""
        screen = self.app.size.width
        has_room = screen >= ROOMY and self.row(0) is not None
        cells = min(self._pages.whole_width + 2, screen - _BESIDE) if has_room else None
        if cells != self._cells:  # each change makes Textual lay out everything again
            self._cells = self.styles.width = cells

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, max(1, self._pages.count * self.per_row))

    def _refresh_row(self, index: int) -> None:
        first = index * self.per_row - self.scroll_offset.y
        self.refresh(Region(0, first, self.size.width, self.per_row))

    def on_resize(self) -> None:
        """Keep the cursor visible and paint everything once, as in `Scroll.on_resize`."""
        if self._laid_out:
            self.refresh()
        self._laid_out = self._laid_out or self.size.width > 0
        self._fit_width()
        self._measure()
        self._begin()
        self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row; a click on the cursor opens the ticket."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = (place.y + self.scroll_offset.y) // self.per_row
        if index == self.cursor:
            self.post_message(self.Clicked())
        elif index < self._pages.count:
            self.go_to(index)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one visible line (Textual's line API)."""
        self._painted[y] = self._line(y)
        if row := self.row((y + self.scroll_offset.y) // self.per_row):
            self.looked_at[row.ticket_id] = row.last_at
        return strip(self._painted[y], self.scrollable_content_region.width, look(self.app.theme), "side")

    def _line(self, y: int) -> DrawnLine:
        index, part = divmod(y + self.scroll_offset.y, self.per_row)
        row = self.row(index)
        if row is None:
            lines = [] if self._pages.count else wrap(self._empty(), self.size.width - 4)
            return DrawnLine.of(f"  {lines[y - 1]}" if 0 < y <= len(lines) else "", "soft")
        chosen = index == self.cursor
        room = self.scrollable_content_region.width - 1  # a cell of space before the next pane
        words_of, marks = self._words(row), look(self.app.theme).marks
        mark = Bit("▌" if chosen else " ", "accent" if self.active else "dim")
        if row.ticket_id in self.selected:
            mark = Bit("✓", "accent", bold=True)
        if self.per_row == 1:
            line = one_line(row, words_of, room, self._pages.columns, mark=mark, marks=marks)
        else:
            line = two_lines(row, words_of, room, mark=mark, marks=marks)[part]
        # The bright ground is where the keys are; a list without them keeps a faint one and the edge.
        return line._replace(ground=("chosen" if self.active else "bar") if chosen else "")
