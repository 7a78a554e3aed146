"""A tree of HTML set as rows of text: blocks with their margins, lists, preformatted text, tables of data."""

from lxml.html import HtmlElement

from deskterm.mail.looks import INLINE, Look, look_of
from deskterm.mail.sheet import Sheet

_BULLETS = ("* ", "+ ", "o ", "- ")
_BETWEEN_CELLS = "  "
_WIDEST = 200  # characters that a column is widened to
_LONGEST_NUMBER = 6  # digits of a list's number


def typeset(body: HtmlElement) -> str:
    """Give the text of a tree. A line may end in spaces, blank lines may follow each other."""
    sheet = Sheet()
    _Setter().take(body, _Box(INLINE, sheet))
    return sheet.text()


class _Box:
    """An element that is being set, and the sheet it is written on."""

    __slots__ = ("bullet", "look", "margin", "sheet")

    def __init__(self, look: Look, sheet: Sheet, margin: int = 0) -> None:
        self.look = look
        self.sheet = sheet
        self.margin = margin  # blank rows above
        self.bullet = ""

    def write(self, text: str | None) -> None:
        look = self.look
        if not text or look.is_hidden:
            return
        if look.quotes:
            text = f"{look.quotes}{text}{look.quotes}"
        if look.is_pre:
            self.sheet.write_as_it_is(text)
        else:
            self.sheet.write(text)

    def open(self) -> None:
        if self.look.is_block:
            self.sheet.open_block(self.look, self.bullet, self.margin)

    def close(self) -> None:
        if self.look.is_block:
            self.sheet.close_block(self.look, self.bullet)


class _Cell:
    """A cell of a table: where it is written, and how it is aligned."""

    __slots__ = ("look", "sheet")

    def __init__(self, sheet: Sheet, look: Look) -> None:
        self.sheet = sheet
        self.look = look

    @property
    def lines(self) -> list[str]:
        return self.sheet.text().split("\n")

    def filled(self, lines: list[str], width: int, height: int) -> list[str]:
        """Give the cell's lines brought to a width and a height."""
        above = (height - len(lines)) * self.look.raised // 2
        below = height - len(lines) - above
        return [self.look.align(line, width) for line in ([""] * above + lines + [""] * below)]


class _Table:
    """The cells of a table, row by row."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[list[_Cell]] = []

    def add(self, cell: _Cell) -> None:
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)

    def text(self) -> str:
        """Give the table with its columns aligned."""
        if not self.rows:
            return "\n"
        rows = [[cell.lines for cell in row] for row in self.rows]
        widths = [0] * max(map(len, rows), default=0)
        for row in rows:
            for at, lines in enumerate(row):
                widths[at] = min(_WIDEST, max(widths[at], *map(len, lines)))
        return "".join(f"{_side_by_side(*row, widths)}\n" for row in zip(self.rows, rows, strict=True))


def _side_by_side(cells: list[_Cell], lines: list[list[str]], widths: list[int]) -> str:
    height = max(map(len, lines), default=0)
    columns = [
        cell.filled(its, width, height) for cell, its, width in zip(cells, lines, widths, strict=False)
    ]
    return "\n".join(map(_BETWEEN_CELLS.join, zip(*columns, strict=True)))


class _Setter:
    """The lists and tables that are open while a tree is set."""

    def __init__(self) -> None:
        self._counters: list[int | str] = []  # the next number of each list, or its bullet
        self._tables: list[_Table] = []

    def take(self, element: HtmlElement, above: _Box) -> None:
        """Set an element and the text behind it."""
        tag = element.tag
        look = look_of(element)
        if above.look.is_hidden:
            look = look._replace(is_hidden=True, is_block=False)
        margin = max(look.before, above.look.after) if above.look.is_block else look.before
        box = _Box(look, above.sheet, margin)
        if tag in _STARTS:
            _STARTS[tag](self, element, box)
        box.open()
        box.write(element.text)
        for child in element:
            self.take(child, box)
        if tag == "table":
            self._end_table(box, above)
        elif tag in ("ul", "ol"):
            self._counters.pop()
        box.close()
        above.write(element.tail)

    def start_list(self, element: HtmlElement, _: _Box) -> None:
        bullet = _BULLETS[len(self._counters) % len(_BULLETS)]
        self._counters.append(1 if element.tag == "ol" else bullet)

    def start_item(self, element: HtmlElement, box: _Box) -> None:
        counter = self._counters[-1] if self._counters else _BULLETS[0]
        if isinstance(counter, str):
            box.bullet = counter
            return
        value = element.get("value", "")
        if value.isdecimal() and len(value) <= _LONGEST_NUMBER:
            counter = int(value)
        box.bullet = f"{counter}. "
        self._counters[-1] = counter + 1

    def start_table(self, _: HtmlElement, box: _Box) -> None:
        box.sheet = Sheet()
        self._tables.append(_Table())

    def start_row(self, _: HtmlElement, __: _Box) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def start_cell(self, _: HtmlElement, box: _Box) -> None:
        if self._tables:
            box.sheet = Sheet()
            self._tables[-1].add(_Cell(box.sheet, box.look))

    def break_row(self, _: HtmlElement, box: _Box) -> None:
        box.sheet.break_row()

    def _end_table(self, box: _Box, above: _Box) -> None:
        """Write a table as it is; what stands in it outside its cells comes first."""
        table, sheet = self._tables.pop(), above.sheet
        if outside := box.sheet.text().strip():
            above.write(outside)
            sheet.break_row()
        above.open()
        sheet.write_as_it_is(table.text())
        if above.look.is_block:
            sheet.keep_apart(above.look.after)
        sheet.flush()
        if above.look.is_block:
            sheet.leave_block()


_STARTS = {
    "ul": _Setter.start_list,
    "ol": _Setter.start_list,
    "li": _Setter.start_item,
    "table": _Setter.start_table,
    "tr": _Setter.start_row,
    "td": _Setter.start_cell,
    "th": _Setter.start_cell,
    "br": _Setter.break_row,
}
