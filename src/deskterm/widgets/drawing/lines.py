"""Widgets that draw their own lines: what a line is made of, and a scroll of such lines.

A `DrawnLine` is a row of `Bit`s; `strip` turns it into what Textual paints. Text is never read as markup
here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from deskterm.domain.drawn_text import draw_text
from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.look.styles import Look, look


class Bit(NamedTuple):
    """A run of text in one style. `shade` is one of `themes.TEXTS`; `ground` overrides the line's."""

    text: str
    shade: str = "text"
    bold: bool = False
    ground: str = ""


class DrawnLine(NamedTuple):
    """One line of a picture, on one of `themes.GROUNDS` ("" means the widget's own).

    `mark` is drawn in the margin of a `Scroll`, in the accent.
    """

    bits: tuple[Bit, ...] = ()
    ground: str = ""
    mark: str = ""

    @classmethod
    def of(cls, text: str, shade: str = "text", *, bold: bool = False, ground: str = "") -> "DrawnLine":
        """A line of one bit."""
        return cls((Bit(text, shade, bold),), ground)


def line(*bits: Bit | str, ground: str = "") -> DrawnLine:
    """A line of bits; a plain str gets the plain shade."""
    return DrawnLine(tuple(Bit(bit) if isinstance(bit, str) else bit for bit in bits), ground)


def cells(bits: Sequence[Bit]) -> int:
    """How many cells the bits take."""
    return sum(cell_len(bit.text) for bit in bits)


def spread(left: Sequence[Bit], right: Sequence[Bit], width: int, ground: str = "") -> DrawnLine:
    """A line whose `right` part ends at `width` cells; the left part gives way if both do not fit."""
    room = width - cells(right)
    kept: list[Bit] = []
    for bit in left:
        used = min(cell_len(bit.text), max(room, 0))
        if used:
            kept.append(bit if cell_len(bit.text) <= room else bit._replace(text=fit(bit.text, used)))
        room -= used
    return DrawnLine((*kept, Bit(" " * max(room, 0)), *right), ground)


def strip(picture: DrawnLine, width: int, look: Look, ground: str) -> Strip:
    """A line for Textual: exactly `width` cells on its ground.

    A style costs the terminal about forty bytes, so spaces take the style of the word before them.
    """
    below = picture.ground or ground
    used = cells(picture.bits)
    texts: list[str] = []
    styles: list[Style] = []
    last = ""
    for bit in (*picture.bits, Bit(" " * (width - used))):
        text = bit.text if bit.text.isascii() else draw_text(bit.text)
        on = bit.ground or below
        style = look.style(bit.shade, on, bold=bit.bold)
        if texts and (style == styles[-1] or (on == last and text.isspace())):
            texts[-1] += text
        elif text:
            texts.append(text)
            styles.append(style)
            last = on
    return Strip(map(Segment, texts, styles), max(used, width)).crop(0, width)


class Drawn(Widget):
    """A few lines that do not scroll, drawn by `lines(width)` on `GROUND`."""

    GROUND = "ground"
    ALLOW_SELECT = False

    def lines(self, width: int) -> list[DrawnLine]:
        """The picture at a width; lines beyond the widget's height are not shown."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw line `y` (Textual's line API)."""
        width = self.size.width
        drawn = self.lines(width)
        picture = drawn[y] if y < len(drawn) else DrawnLine()
        return strip(picture, width, look(self.app.theme), self.GROUND)


def changed_rows(before: Sequence[DrawnLine], after: Sequence[DrawnLine], width: int) -> list[Region]:
    """The rows in which two pictures of the same height differ, adjacent ones together.

    Of a row that differs in its mark only, the cell of the mark: an edge costs little over a slow line.
    """
    found: list[Region] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        changed = 1 if old._replace(mark=new.mark) == new else width
        if found and found[-1].bottom == y and found[-1].width == changed:
            found[-1] = found[-1].grow((0, 0, 1, 0))
        else:
            found.append(Region(0, y, changed, 1))
    return found


class Scroll(ScrollView, inherit_bindings=False):
    """Lines that scroll, with a margin of `MARGIN` cells at either side.

    A subclass has `picture(width)`: all lines at that width. It is called once per width, and again after
    `redraw()`. `go(lines)`, `go_page(pages)`, `go_end(last)` scroll.
    """

    GROUND = "ground"
    MARGIN = 2
    ALLOW_SELECT = False
    can_focus = False

    DEFAULT_CSS = """
    Scroll { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    _drawn: Sequence[DrawnLine] = ()
    _drawn_for = -1
    _laid_out = False  # at some width
    _painting = False

    @property
    def is_laid_out(self) -> bool:
        """Whether it was given a width: until then it has drawn nothing."""
        return self._laid_out

    def picture(self, width: int) -> list[DrawnLine]:
        """All lines at a width in cells."""
        raise NotImplementedError

    def redraw(self, *, keep: bool = True) -> None:
        """Draw again; from the top unless `keep`. Only lines that changed are painted."""
        before = self._in_sight()
        self._drawn_for = -1
        if not keep:
            self.set_reactive(ScrollView.scroll_y, 0.0)
            self.set_reactive(ScrollView.scroll_target_y, 0.0)
        self._measure()
        regions = changed_rows(before, self._in_sight(), self.size.width)
        if regions:
            self.refresh(*regions)

    def _in_sight(self) -> list[DrawnLine]:
        """The visible lines, with empty ones below the end."""
        top, height = self.scroll_offset.y, self.size.height
        seen = self._drawn[top : top + height]
        return [*seen, *[DrawnLine()] * (height - len(seen))]

    def on_resize(self) -> None:
        """Wrap again if the width changed, and paint everything once.

        Otherwise Textual paints lines of the old width together with the next changed ones, and cuts wide
        characters.
        """
        if self._laid_out:
            self.refresh()
        self._laid_out = self._laid_out or self.size.width > 0
        self._measure()
        if self._drawn_for > 0:
            self._say_size()

    def _measure(self) -> None:
        """Make the picture for the present width and set its height."""
        width = self.scrollable_content_region.width
        if width <= 0 or width == self._drawn_for:
            return
        self._drawn = self.picture(max(width - 2 * self.MARGIN, 1))
        self._drawn_for = width
        self._say_size()

    def _say_size(self) -> None:
        """Set the size of the picture without a new layout of the whole screen."""
        lines, height, of_style = len(self._drawn), self.container_size.height, self.styles.height
        if of_style is not None and of_style.is_auto:
            self.virtual_size = Size(self._drawn_for, lines)
            return
        self.set_reactive(ScrollView.virtual_size, Size(self._drawn_for, max(lines, height)))
        bar = self.vertical_scrollbar
        bar.window_virtual_size, bar.window_size = max(lines, height), height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
        bar.position = self.scroll_y

    def render_line(self, y: int) -> Strip:
        """Draw one visible line (Textual's line API)."""
        self._measure()  # it may be painted before it gets its size
        width = self.size.width
        at = y + self.scroll_offset.y
        if self._drawn_for < 0 or at >= len(self._drawn):
            return strip(DrawnLine(), width, look(self.app.theme), self.GROUND)
        found = self._drawn[at]
        margin = Bit(found.mark or " ", "accent"), Bit(" " * (self.MARGIN - 1))
        whole = DrawnLine((*margin, *found.bits), found.ground)
        return self._select(strip(whole, width, look(self.app.theme), self.GROUND), at)

    # selecting with the mouse

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint by `render_line` (Textual's line API), without the offsets only mouse selection needs."""
        self._painting = True
        try:
            return super().render_lines(crop)
        finally:
            self._painting = False

    def _select(self, drawn: Strip, at: int) -> Strip:
        """The strip of line `at`, with its selected part on the chosen ground."""
        selection = self.text_selection if self.ALLOW_SELECT else None
        span = selection.get_span(at) if selection is not None else None
        if span is not None:
            start = cell_len(drawn.text[: span[0]])
            end = drawn.cell_length if span[1] < 0 else max(start, cell_len(drawn.text[: span[1]]))
            ground = Style(bgcolor=look(self.app.theme).shades.chosen)
            parts = drawn.divide([start, end, drawn.cell_length])
            chosen = [Segment(text, (style or Style()) + ground) for text, style, _ in parts[1]]
            drawn = Strip.join([parts[0], Strip(chosen), *parts[2:]])
        return drawn if self._painting else drawn.apply_offsets(0, at)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text without the margin (Textual's API)."""
        text = "\n".join(" " * self.MARGIN + "".join(bit.text for bit in one.bits) for one in self._drawn)
        lines = selection.extract(text).splitlines()
        return "\n".join(line.removeprefix(" " * self.MARGIN).rstrip() for line in lines), "\n"

    # scrolling

    def go(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=max(0, self.scroll_offset.y + lines), animate=False)

    def go_page(self, pages: int) -> None:
        """Scroll by pages, keeping one line of the previous page visible."""
        self.go(pages * max(1, self.size.height - 1))

    def go_end(self, *, last: bool) -> None:
        """Scroll to the top or to the bottom."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)
