"""The grounds behind a widget's lines, remembered by their colours alone.

Textual remembers them by the widget's own cache of lines as well, and so holds the lines of the last thousand
widgets, whose screens were left long ago: a hundred megabytes after some hundred screens.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(maxsize=1024)
def inner_and_outer(base: Color, ground: Color) -> tuple[Style, Style]:
    """The style inside a widget's border and the one outside of it."""
    return Style(background=base + ground), Style(background=base)


def let_lines_go() -> None:
    """Have Textual's caches of lines ask here."""
    StylesCache.get_inner_outer = lambda _, base, ground: inner_and_outer(base, ground)  # type: ignore[assignment, method-assign]
