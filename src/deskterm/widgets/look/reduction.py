"""Reduces a picture to the colours of a terminal that does not have them all."""

from functools import cache, lru_cache

from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color, ColorSystem, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter

from deskterm.config.terminal import Colours
from deskterm.widgets.look.themes import ALL, Shades

_FIRST = 16  # the lower ones of the 256 are set by the terminal's owner
_GREY = 7  # the last dark one; bold makes it white, which is fine
_BRIGHT = 128  # from which a ground is drawn reversed without colours
_DEFAULT = Color.default()


class Reduction(LineFilter):
    """Draws lines in the colours of one theme for its number of colours."""

    def __init__(self, shades: Shades) -> None:
        super().__init__()
        self._shades = shades

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The segments in colours that the terminal has."""
        shades = self._shades
        return [
            Segment(text, None if style is None else reduce_style(style, shades), control)
            for text, style, control in segments
        ]


@cache
def reduction(theme: str) -> Reduction | None:
    """The filter of a theme by the app's name for it; None if all colours are available."""
    shades = ALL.get(theme)
    return None if shades is None or shades.colours is Colours.TRUE else Reduction(shades)


@lru_cache(4096)
def reduce_style(style: Style, shades: Shades) -> Style:
    """A style in the terminal's colours.

    Without colours, the chosen and the bright grounds are reversed and the scrollbar is faint.
    """
    if shades.colours is Colours.NONE:
        faint = _hex(style.color) == shades.thumb or None
        reverse = _is_reversed(style, shades)
        return style + Style(color=_DEFAULT, bgcolor=_DEFAULT, reverse=reverse, dim=faint)
    ink, ground = style.color, style.bgcolor
    if shades.on_chosen and _hex(ground) == shades.chosen:
        ink = Color.parse(shades.on_chosen)
    ink, ground = ink and reduce_colour(ink, shades.colours), ground and reduce_colour(ground, shades.colours)
    return style + Style(color=ink, bgcolor=ground, bold=style.bold and not _is_lightened(ink))


def _is_lightened(ink: Color | None) -> bool:
    """Whether bold would change the colour: many terminals draw the dark ones of 16 bright when bold."""
    return ink is not None and ink.type is ColorType.STANDARD and (ink.number or 0) < _GREY


def _is_reversed(style: Style, shades: Shades) -> bool:
    below = style.bgcolor.triplet if style.bgcolor else None
    lit = below is not None and (below.hex == shades.chosen or max(below) > _BRIGHT)
    return lit is not bool(style.reverse)


@cache
def reduce_colour(colour: Color, colours: Colours) -> Color:
    """The terminal's colour. Colours from the table of 256 are kept: Rich would shift light greys by one."""
    if colour.triplet is None:
        return colour
    if colours is Colours.FEW:
        return colour.downgrade(ColorSystem.STANDARD)
    number = _table_of_256().get(colour.triplet.hex)
    return colour.downgrade(ColorSystem.EIGHT_BIT) if number is None else Color.from_ansi(number)


@cache
def _table_of_256() -> dict[str, int]:
    return {EIGHT_BIT_PALETTE[number].hex: number for number in reversed(range(_FIRST, 256))}


def _hex(colour: Color | None) -> str:
    return colour.triplet.hex if colour and colour.triplet else ""
