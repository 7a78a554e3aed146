"""A theme for widgets and style sheets: greys, one accent, and colours with a meaning.

A theme declares every text it puts on every ground, once for each number of colours; a test checks that all
have a contrast of at least 4.5:1. Style sheets read the shades as variables (`$ground`, `$side` ...),
line-drawn widgets through `Look`; `reduction` decides what reaches the terminal.
"""

from dataclasses import fields
from functools import cache

from rich.color import Color
from rich.style import Style
from textual.theme import Theme

from deskterm.value_class import dataclass
from deskterm.widgets.look.themes import ALL, DARK, GROUNDS, TEXTS, Shades


def textual_theme(shades: Shades) -> Theme:
    """A theme for Textual, each shade a variable for the style sheets."""
    return Theme(
        name=shades.name,
        primary=shades.accent,
        secondary=shades.soft,
        accent=shades.accent,
        warning=shades.amber,
        error=shades.red,
        success=shades.green,
        foreground=shades.text,
        background=shades.ground,
        surface=shades.side,
        panel=shades.bar,
        dark=shades.dark,
        variables=variables(shades),
    )


def variables(shades: Shades) -> dict[str, str]:
    """The style sheets' variables of a theme."""
    own = {
        field.name: getattr(shades, field.name)
        for field in fields(shades)
        if field.name in (*GROUNDS, *TEXTS) and field.name not in ("text", "accent")
    }
    # The veil over what a picker covers; without colours nothing shows through.
    veil, edge = "100%" if shades.marks else "60%", f"round {shades.dim}"
    selected = {"screen-selection-background": shades.chosen, "screen-selection-foreground": shades.text}
    rest = {"ink": shades.text, "act": shades.accent, "thumb": shades.thumb, "veil": veil, "edge": edge}
    # Solid: mixed with the ground it would be light on light in 16 colours.
    selected |= {"input-selection-background": shades.chosen, "input-selection-foreground": shades.text}
    return own | rest | selected


@dataclass(frozen=True, slots=True)
class Look:
    """A theme's styles for widgets that draw their own lines."""

    shades: Shades

    def style(
        self, text: str = "text", ground: str = "ground", *, bold: bool = False, italic: bool = False
    ) -> Style:
        """The style of a named text on a named ground. Without colours, weight replaces them."""
        return _style(self.shades, text, ground, bold, italic)

    @property
    def marks(self) -> bool:
        """Whether symbols must replace colours."""
        return self.shades.marks


@cache
def _style(shades: Shades, text: str, ground: str, bold: bool, italic: bool) -> Style:  # noqa: FBT001 - cached by place
    if text == "dim" and ground == "chosen":
        text = "soft"
    tells_nothing = shades.red == shades.text
    heavy = bold or (tells_nothing and text in ("accent", "red", "amber", "green"))
    colour, below = getattr(shades, text), getattr(shades, ground)
    return Style(color=Color.parse(colour), bgcolor=Color.parse(below), bold=heavy, italic=italic)


@cache
def look(theme: str) -> Look:
    """The look of a theme by the app's name for it; an unknown name gives the dark one."""
    return Look(ALL.get(theme, DARK))
