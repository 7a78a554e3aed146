"""What HTML may ask of its layout, brought within bounds: lengths, numbers of lists, white space in cells.

Inscriptis believes what it is told: a margin of 99,999 em, a number of 400 digits, a column as wide as
the longest run of spaces.
"""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

_ABSURD = re.compile(r"[\d.]{8,}")  # no length has so many digits
_LONG = re.compile(r"(?<![\w.])\d{3,}")
_MOVED_IN = re.compile(r"(padding-(?:left|start)\s*:\s*)-?[\d.]+(?=\s*[rq]?em)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}")


def bound_attributes(elements: Iterable[HtmlElement]) -> None:
    """Bound what the attributes of these elements say: at most 99 of any unit, 2 em moved in."""
    for element in elements:
        if not element.keys():
            continue  # most elements of most mails
        if style := element.get("style"):
            element.set("style", _MOVED_IN.sub(r"\g<1>2", _LONG.sub("99", _ABSURD.sub("0", style))))
        if element.tag == "li" and not _NUMBER.fullmatch(element.get("value", "1")):
            del element.attrib["value"]


def bound_cell(cell: HtmlElement, most: int) -> None:
    """Make single spaces of the white space in a cell that has much more of it than words."""
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
