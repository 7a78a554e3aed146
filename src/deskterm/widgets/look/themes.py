"""The themes: their shades, for each number of colours a terminal can have.

The shades for 256 colours are taken from the terminal's own table (greys 232 to 255 and the cube), those for
16 from the table Rich reduces to, so that the terminal shows exactly these.
"""

from dataclasses import replace

from deskterm.config.terminal import Colours
from deskterm.value_class import dataclass

GROUNDS = ("ground", "side", "bar", "foot", "chosen", "note", "raised")
TEXTS = ("text", "soft", "dim", "accent", "red", "amber", "green")


@dataclass(frozen=True, slots=True)
class Shades:
    """One theme.

    Grounds: `ground` is under mail, `side` under lists and cards, `bar` on top, `foot` under the status line,
    `chosen` under the cursor, `note` under internal notes, `raised` under pickers. `marks`: colours cannot be
    told apart, so symbols must be; `on_chosen` is then the one text colour on `chosen`. `thumb` is the
    scrollbar, which has no text.
    """

    base: str
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
    thumb: str
    marks: bool = False
    on_chosen: str = ""
    colours: Colours = Colours.TRUE
    about: str = ""  # a sentence for the palette

    @property
    def name(self) -> str:
        """The app's name for it: `dark`, `dark-256`."""
        return self.base if self.colours is Colours.TRUE else f"{self.base}-{self.colours.value}"


DARK = Shades(
    base="dark",
    about="Light text on a dark background.",
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
    thumb="#3d4c63",
)
LIGHT = Shades(
    base="light",
    about="Dark text on a light background.",
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
    thumb="#aab5c4",
)
PLAIN = Shades(
    base="plain",
    about="Black and white; symbols replace colours.",
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
    dim="#b2b2b2",
    accent="#ffffff",
    red="#ffffff",
    amber="#ffffff",
    green="#ffffff",
    thumb="#585858",
    marks=True,
)
_DARK_256 = Shades(
    base="dark",
    dark=True,
    ground="#121212",  # 233
    side="#1c1c1c",  # 234
    bar="#262626",  # 235
    foot="#080808",  # 232
    chosen="#3a3a3a",  # 237
    note="#303030",  # 236
    raised="#303030",
    text="#eeeeee",  # 255
    soft="#c6c6c6",  # 251
    dim="#9e9e9e",  # 247
    accent="#87afff",  # 111
    red="#ff8787",  # 210
    amber="#ffd75f",  # 221
    green="#87d787",  # 114
    thumb="#585858",  # 240
    colours=Colours.MANY,
)
_LIGHT_256 = Shades(
    base="light",
    dark=False,
    ground="#ffffff",  # 231
    side="#eeeeee",  # 255
    bar="#e4e4e4",  # 254
    foot="#dadada",  # 253
    chosen="#d7d7ff",  # 189
    note="#ffffd7",  # 230
    raised="#e4e4e4",
    text="#1c1c1c",  # 234
    soft="#444444",  # 238
    dim="#585858",  # 240
    accent="#005faf",  # 25
    red="#af0000",  # 124
    amber="#5f5f00",  # 58: the next browns are too light for the bars
    green="#005f00",  # 22
    thumb="#a8a8a8",  # 248
    colours=Colours.MANY,
)
# Of 16 colours, only black, white and the bright ones can be relied on.
_DARK_16 = replace(
    PLAIN,
    base="dark",
    chosen="#aaaaaa",  # 7 under black: reverse video
    on_chosen="#000000",
    raised="#000000",
    soft="#aaaaaa",
    dim="#aaaaaa",
    accent="#55ffff",  # 14: no blue is light enough on black
    red="#ff5555",  # 9
    amber="#ffff55",  # 11
    green="#55ff55",  # 10
    thumb="#555555",  # 8
    colours=Colours.FEW,
)
_LIGHT_16 = Shades(
    base="light",
    dark=False,
    ground="#ffffff",
    side="#ffffff",
    bar="#ffffff",
    foot="#ffffff",
    chosen="#000000",
    on_chosen="#ffffff",
    note="#ffffff",
    raised="#ffffff",
    text="#000000",
    soft="#000000",
    dim="#000000",
    accent="#0000aa",  # 4
    red="#aa0000",  # 1
    amber="#aa00aa",  # 5: yellow cannot be read on white
    green="#000000",  # nor can green
    thumb="#aaaaaa",  # 7
    marks=True,
    colours=Colours.FEW,
)
_PLAIN_16 = replace(_DARK_16, base="plain", accent="#ffffff", red="#ffffff", amber="#ffffff", green="#ffffff")
# Without colours only weight, symbols and reverse video reach the terminal.
_BARE = replace(PLAIN, on_chosen="#ffffff", colours=Colours.NONE)

# By name. The setting `theme` (config/all_settings.py) names them as well, because config imports no widget;
# tests/config/test_documented.py compares the two.
THEMES = {shades.base: shades for shades in (DARK, LIGHT, PLAIN)}
_REDUCED = (
    _DARK_256, _LIGHT_256, replace(PLAIN, colours=Colours.MANY), _DARK_16, _LIGHT_16, _PLAIN_16, _BARE,
)  # fmt: skip
ALL = {shades.name: shades for shades in (*THEMES.values(), *_REDUCED)}


def find_shades(base: str, colours: Colours) -> Shades:
    """A theme for that many colours; an unknown name gives the dark one."""
    if colours is Colours.NONE:
        return _BARE
    base = base if base in THEMES else DARK.base
    return next(one for one in ALL.values() if (one.base, one.colours) == (base, colours))
