"""Limiting what HTML can demand of its layout: lengths, list numbers, white space in table cells.

Inscriptis obeys a margin of 99,999 em, a list number of 400 digits, or a column as wide as the longest run of
spaces.
"""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

_ABSURD = re.compile(r"[\d.]{8,}")  # no length has so many digits
_LONG = re.compile(r"(?<![\w.])\d{3,}")
_MOVED_IN = re.compile(r"(padding-(?:left|start)\s*:\s*)-?[\d.]+(?=\s*[rq]?em)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}")


def bound_attributes(elements: Iterable[HtmlElement]) -> None:
    """Limit lengths in the attributes of elements: 99 of any unit, 2 em of indentation."""
    for element in elements:
        if not element.keys():
            continue  # quick way out for most elements
        if style := element.get("style"):
            element.set("style", _MOVED_IN.sub(r"\g<1>2", _LONG.sub("99", _ABSURD.sub("0", style))))
        if element.tag == "li" and not _NUMBER.fullmatch(element.get("value", "1")):
            del element.attrib["value"]


def bound_cell(cell: HtmlElement, most: int) -> None:
    """Collapse white space in a table cell whose text has more than `most` characters."""
    if len(cell.text_content()) <= most:
        return
    for element in cell.iter():
        element.text = _single_spaced(element.text)
        if element is not cell:
            element.tail = _single_spaced(element.tail)


def _single_spaced(text: str | None) -> str | None:
    if not text:
        return text
    words = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}" if words else " "
