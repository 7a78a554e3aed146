"""Tables in HTML mail: layout tables become plain blocks, data tables stay tables."""

import re

from lxml.html import HtmlElement

from deskterm.mail.text.html_blocks import BLOCKS
from deskterm.mail.text.html_bounds import bound_cell
from deskterm.mail.text.html_quotes import ANY_MARK
from deskterm.mail.text.html_tree import tree_text
from deskterm.value_class import dataclass

GAP = "\ufdd5"  # a noncharacter for two spaces, of which the layout would make one
_CELL_CHARS = 60
_CELL_MOST = 500  # characters of a cell with all its white space
_CELL_LINES = 3
_ROW_CHARS = 110
_BLOCKS = (*sorted(BLOCKS), "br")
_GROUPS = ("tbody", "thead", "tfoot")
_FIGURE = re.compile(r"(?:[A-Z]{3}|[€$£¥])?\s?-?\d[\d.,' ]*\s?(?:[A-Z]{3}|[€$£¥%]|zł|kr)?")
_CELLS = ("td", "th")


@dataclass(frozen=True, slots=True)
class _Row:
    element: HtmlElement
    cells: list[HtmlElement]
    widths: list[int]
    is_data: bool  # its cells fit side by side


def settle_tables(body: HtmlElement) -> None:
    """Rewrite the tables of a tree, the innermost first."""
    for table in reversed(list(body.iter("table"))):
        _settle(table)


def _settle(table: HtmlElement) -> None:
    rows = [_row(element) for element in _own_rows(table)]
    if rows and all(row.is_data or not any(row.widths) for row in rows):
        _tidy(rows)
        return
    if rows and sum(row.is_data for row in rows) * 2 > len(rows) and all(_fits(row) for row in rows):
        _tidy(rows)
        return
    for row in rows:
        if row.is_data:
            _side_by_side(row)
        for cell in row.cells:
            cell.tag = "span" if row.is_data else "div"
        row.element.tag = "div"
    for part in table:
        if part.tag in (*_GROUPS, "caption"):
            part.tag = "div"
    table.tag = "div"


def _own_rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table, without those of tables in its cells."""
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in _GROUPS:
            found += [row for row in child if row.tag == "tr"]
    return found


def _row(element: HtmlElement) -> _Row:
    cells = [cell for cell in element if cell.tag in _CELLS]
    widths = [_width(cell) for cell in cells]
    filled = [width for width in widths if width]
    fits = len(filled) > 1 and max(filled) <= _CELL_CHARS and sum(filled) <= _ROW_CHARS
    return _Row(element, cells, widths, fits)


def _tidy(rows: list[_Row]) -> None:
    """Align numbers to the right, remove margins inside cells, and drop empty columns."""
    for row in rows:
        for cell, width in zip(row.cells, row.widths, strict=True):
            if width and _FIGURE.fullmatch(" ".join(cell.text_content().split())):
                cell.set("align", "right")
            cell.set("valign", "top")  # so that a label is beside the first line of its value
            for spaced in cell.iterdescendants("p", "h1", "h2", "h3", "h4", "h5", "h6"):
                spaced.tag = "div"
            bound_cell(cell, _CELL_MOST)
    if len({len(row.cells) for row in rows}) == 1:
        for at in range(len(rows[0].cells)):
            if not any(row.widths[at] for row in rows):
                for row in rows:
                    row.cells[at].drop_tree()


def _fits(row: _Row) -> bool:
    return row.is_data or max(row.widths, default=0) <= _CELL_CHARS


def _side_by_side(row: _Row) -> None:
    """Put two spaces between the cells of a row that is not part of a data table."""
    filled = [cell for cell, width in zip(row.cells, row.widths, strict=True) if width]
    for cell in filled[:-1]:
        cell.tail = tree_text(GAP, (cell.tail or "").strip())


def _width(cell: HtmlElement) -> int:
    """A cell's width in characters; more than any row may have if it is not a plain cell."""
    if cell.find(".//table") is not None:
        return _ROW_CHARS + 1
    text = " ".join(cell.text_content().split())
    if ANY_MARK.search(text):
        return _ROW_CHARS + 1
    if sum(1 for _ in cell.iterdescendants(*_BLOCKS)) > _CELL_LINES and len(text) > _CELL_CHARS // 2:
        return _ROW_CHARS + 1
    return len(text) or (1 if cell.find(".//img[@alt]") is not None else 0)
