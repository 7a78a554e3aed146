"""The look: shades of one grey, one accent, and colours that mean something.

A theme declares every text it puts on every ground; a test holds all of them to a
contrast of at least 4.5:1. Style sheets read the shades as variables (`$ground`,
`$side` ...), line-drawn widgets through `Look`.
"""

from dataclasses import dataclass, fields
from functools import cache

from rich.color import Color
from rich.style import Style
from textual.theme import Theme

GROUNDS = ("ground", "side", "bar", "foot", "chosen", "note", "raised")
TEXTS = ("text", "soft", "dim", "accent", "red", "amber", "green")


@dataclass(frozen=True, slots=True)
class Shades:
    """One theme.

    Grounds: `ground` lies under mail, `side` under lists and cards, `bar` on top, `foot` under the
    truth, `chosen` under the cursor, `note` under internal notes, `raised` under pickers.
    `marks` says that colours cannot be told apart, so that signs have to say it.
    """

    name: str
    dark: bool
    ground: str
    side: str
    bar: str
    foot: str
    chosen: str
    note: str
    raised: str
    text: str
    soft: str
    dim: str
    accent: str
    red: str
    amber: str
    green: str
    marks: bool = False


DARK = Shades(
    name="dark",
    dark=True,
    ground="#0f141b",
    side="#151c25",
    bar="#1c2531",
    foot="#0b0f14",
    chosen="#22314d",
    note="#2b2518",
    raised="#1d2735",
    text="#e6ebf2",
    soft="#b4bdca",
    dim="#8d99a9",
    accent="#8ab4f8",
    red="#f5928c",
    amber="#f2c063",
    green="#9bd6a3",
)
LIGHT = Shades(
    name="light",
    dark=False,
    ground="#fcfcfa",
    side="#f2f4f6",
    bar="#e5e9ef",
    foot="#dfe4ea",
    chosen="#d3e1f8",
    note="#fbf0d2",
    raised="#eaeef4",
    text="#18202a",
    soft="#3c4756",
    dim="#56616f",
    accent="#174fb5",
    red="#a81f18",
    amber="#7a4b00",
    green="#1a6330",
)
PLAIN = Shades(
    name="plain",
    dark=True,
    ground="#000000",
    side="#000000",
    bar="#000000",
    foot="#000000",
    chosen="#303030",
    note="#000000",
    raised="#1c1c1c",
    text="#ffffff",
    soft="#d0d0d0",
    dim="#b0b0b0",
    accent="#ffffff",
    red="#ffffff",
    amber="#ffffff",
    green="#ffffff",
    marks=True,
)
THEMES = {shades.name: shades for shades in (DARK, LIGHT, PLAIN)}

# What is drawn on what. On the chosen ground `dim` is drawn as `soft`: see Look.style.
PAIRS = tuple((text, ground) for ground in GROUNDS for text in TEXTS if (text, ground) != ("dim", "chosen"))


def textual_theme(shades: Shades) -> Theme:
    """A theme as Textual takes it, each shade a variable for the style sheets."""
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
        if field.name not in ("name", "dark", "marks", "text", "accent")
    }
    veil = (
        "100%" if shades.marks else "60%"
    )  # over what a picker covers: without colours nothing shines through
    return own | {"ink": shades.text, "act": shades.accent, "veil": veil}


@dataclass(frozen=True, slots=True)
class Look:
    """A theme's styles for widgets that draw their own lines."""

    shades: Shades

    def style(
        self, text: str = "text", ground: str = "ground", *, bold: bool = False, italic: bool = False
    ) -> Style:
        """The style of a named text on a named ground. Where colours do not tell, weight does."""
        return _style(self.shades, text, ground, bold, italic)

    @property
    def marks(self) -> bool:
        """Whether signs have to say what colours cannot."""
        return self.shades.marks


@cache
def _style(shades: Shades, text: str, ground: str, bold: bool, italic: bool) -> Style:  # noqa: FBT001 - cached by place
    if text == "dim" and ground == "chosen":
        text = "soft"
    heavy = bold or (shades.marks and text in ("accent", "red", "amber", "green"))
    colour, below = getattr(shades, text), getattr(shades, ground)
    return Style(color=Color.parse(colour), bgcolor=Color.parse(below), bold=heavy, italic=italic)


@cache
def look(theme: str) -> Look:
    """The look of a theme by its name; an unknown name is the dark one."""
    return Look(THEMES.get(theme, DARK))
