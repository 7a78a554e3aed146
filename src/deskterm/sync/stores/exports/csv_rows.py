"""Reading CSV files from spreadsheets and shops, with `sep=`, blank rows and repeated headers.

A cell may be packed with several values: `name:Mug|sku:M1;name:Bowl|…`, and with HTML entities.
"""

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, compress
from typing import Literal

from deskterm.sync.stores.exports.sheet import NumberedRow

_CELL = 5_000_000  # characters of one cell
_DELIMITERS = ",;\t|"
_SEARCHED = 20  # lines among which the head row is looked for
_SEPARATOR = "sep="
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|[a-z]{2,6}|#[0-9]{2,5}|#x[0-9a-f]{2,4})$", re.IGNORECASE)
PackedItem = Mapping[str, str]
_ITEM_BEGINS = re.compile(r";\s*(?=(?:id|name|code|amount|refund_id|product_id):)")
_FIELD_BEGINS = re.compile(r"\|(?=[A-Za-z_]\w*:)")


def read_csv(text: str) -> tuple[list[str], list[NumberedRow]]:
    """The columns, and the rows with their line numbers, without their empty cells. Raises csv.Error.

    Blank rows and repeated head rows are skipped, and cells beyond the last column are dropped.
    """
    csv.field_size_limit(_CELL)
    columns: list[str] = []
    rows: list[NumberedRow] = []
    for line, cells in _with_line_numbers(text, *_dialect(text)):
        if not columns:
            columns = [] if _is_preamble(cells) else [cell.strip() for cell in cells]
        elif cells[0].strip() != columns[0] or [cell.strip() for cell in cells] != columns:
            whole = _with_whole_entities(cells, len(columns)) if len(cells) > len(columns) else cells
            rows.append((line, dict(compress(zip(columns, whole, strict=False), whole))))
    return columns, rows


def _with_whole_entities(cells: list[str], count: int) -> list[str]:
    """The cells of a row, rejoined where a delimiter `;` split an entity such as `&amp;`."""
    whole: list[str] = []
    for at, cell in enumerate(cells):
        lacks = len(whole) + len(cells) - at > count
        if whole and lacks and _ENTITY.search(whole[-1]):
            whole[-1] += f";{cell}"
        else:
            whole.append(cell)
    return whole


def _with_line_numbers(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins on. Raises csv.Error.

    Only a row with a quote goes through `csv`, which takes seven times as long as splitting the line.
    """
    lines = iter(io.StringIO(text, newline=""))
    begins = 1
    for line in lines:
        if len(line) > _CELL or (quoting == csv.QUOTE_MINIMAL and '"' in line):
            reader = csv.reader(chain((line,), lines), delimiter=delimiter, quoting=quoting)
            cells, count = next(reader), reader.line_num  # it takes as many lines as the row has
        else:
            cells, count = line.rstrip("\r\n").split(delimiter), 1
        if any(map(str.strip, cells)):
            yield begins, cells
        begins += count


def _is_preamble(cells: list[str]) -> bool:
    """Whether a row comes before the head row: `sep=;`, or a single cell."""
    return cells[0].casefold().startswith(_SEPARATOR) or sum(bool(cell.strip()) for cell in cells) < 2  # noqa: PLR2004


def _dialect(text: str) -> tuple[str, Literal[0, 3]]:
    """The delimiter, and whether quotes are ordinary characters (as in tab-separated files)."""
    lines = [line for line in text[:200_000].splitlines()[:_SEARCHED] if line.strip()]
    first = lines[0] if lines else ""
    if first.strip('"').casefold().startswith(_SEPARATOR) and len(first.strip('"')) > len(_SEPARATOR):
        return first.strip('"')[len(_SEPARATOR)], csv.QUOTE_MINIMAL
    head = max(lines, key=lambda line: max(map(line.count, _DELIMITERS)), default="")
    delimiter = max(_DELIMITERS, key=first.count if max(map(first.count, _DELIMITERS)) > 1 else head.count)
    return delimiter, csv.QUOTE_NONE if delimiter == "\t" and '"' not in first else csv.QUOTE_MINIMAL


def unescape(text: str) -> str:
    """Text with HTML entities decoded: exporters write `&amp;` as the shop's page does."""
    return html.unescape(text) if "&" in text else text


def unpack_items(cells: Iterable[str]) -> list[PackedItem]:
    """The items of packed cells. A `;` separates items only if a field name follows."""
    return [fields for cell in cells for fields in _items(cell)]


@lru_cache(maxsize=2048)  # most orders are of what others bought
def _items(cell: str) -> list[PackedItem]:
    return [fields for item in _ITEM_BEGINS.split(unescape(cell)) if (fields := _fields(item))]


def _fields(item: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _FIELD_BEGINS.split(item) if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}
