"""How the elements of HTML mail are set: by their tag, and by the little of CSS that matters in text.

Lengths are rows and columns; 8 pixels (or points, or per cent) are one.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml.html import HtmlElement

_LENGTH = re.compile(r"(-?[0-9.]{1,20})(\w+)")
_FONT_SIZES = ("em", "qem", "rem")
_PIXELS = 8
_MOST = 100  # rows or columns: nobody means more
_ALIGNED = {"left": str.ljust, "right": str.rjust, "center": str.center}
_RAISED = {"top": 0, "middle": 1, "bottom": 2}
_WHITE_SPACE = ("normal", "nowrap", "pre", "pre-line", "pre-wrap")
_LOOKED_AT = frozenset({"style", "align", "valign"})


class Look(NamedTuple):
    """What matters of an element in text.

    `before` and `after` are the blank rows around a block, `indent` its columns; `raised`
    is 0, 1 or 2 for the top, the middle, the bottom of a table's row.
    """

    is_block: bool = False
    is_hidden: bool = False
    is_pre: bool = False
    before: int = 0
    after: int = 0
    indent: int = 0
    quotes: str = ""
    align: Callable[[str, int], str] = str.ljust
    raised: int = _RAISED["middle"]


INLINE = Look()
_BLOCK = Look(is_block=True)
_HIDDEN = Look(is_hidden=True)
_BY_TAG = (
    dict.fromkeys("head link meta script title style".split(), _HIDDEN)
    | dict.fromkeys("p figure h1 h2 h3 h4 h5 h6".split(), Look(is_block=True, before=1, after=1))
    | dict.fromkeys("li address article aside div footer header hgroup layer main nav".split(), _BLOCK)
    | dict.fromkeys("figcaption blockquote".split(), _BLOCK)
    | dict.fromkeys("ul ol".split(), Look(is_block=True, indent=4))
    | dict.fromkeys("pre xmp listing plaintext".split(), Look(is_block=True, is_pre=True))
    | {"q": Look(quotes='"')}
)


def look_of(element: HtmlElement) -> Look:
    """Give how an element is set, what is around it apart."""
    look = _BY_TAG.get(element.tag, INLINE)
    names = element.keys()
    if not names or _LOOKED_AT.isdisjoint(names):
        return look
    for name, value in element.items():
        if name == "style":
            look = _styled(look, value)
        elif name == "align" and value in _ALIGNED:
            look = look._replace(align=_ALIGNED[value])
        elif name == "valign" and value in _RAISED:
            look = look._replace(raised=_RAISED[value])
    return look


def _styled(look: Look, style: str) -> Look:
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        look = _with(look, name.strip().replace("-webkit-", ""), value.strip())
    return look


def _with(look: Look, name: str, value: str) -> Look:
    """Give the look with one declaration of its style."""
    if name == "display" and not look.is_hidden:
        look = look._replace(is_block=value == "block", is_hidden=value == "none")
    elif name == "white-space" and value in _WHITE_SPACE:
        look = look._replace(is_pre=value.startswith("pre"))
    elif name == "horizontal-align" and value in _ALIGNED:
        look = look._replace(align=_ALIGNED[value])
    elif name == "vertical-align" and value in _RAISED:
        look = look._replace(raised=_RAISED[value])
    elif name in ("margin-top", "margin-before"):
        look = look._replace(before=_length(value, look.before))
    elif name in ("margin-bottom", "margin-after"):
        look = look._replace(after=_length(value, look.after))
    elif name in ("padding-left", "padding-start"):
        look = look._replace(indent=_length(value, look.indent))
    return look


def _length(value: str, otherwise: int) -> int:
    """Give a length in rows or columns."""
    found = _LENGTH.search(value)
    if not found:
        return otherwise
    try:
        length = float(found[1])
    except ValueError:
        return otherwise
    return round(max(-_MOST, min(_MOST, length if found[2] in _FONT_SIZES else length / _PIXELS)))
