"""Contrast: every text a theme puts on a ground, by the formula of WCAG 2."""

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import ColorSystem
from rich.palette import Palette
from rich.style import Style

from deskterm.config.terminal import Colours
from deskterm.widgets.look.reduction import reduce_style
from deskterm.widgets.look.styles import look, textual_theme
from deskterm.widgets.look.themes import ALL, GROUNDS, TEXTS, THEMES

VGA = Palette([
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170),
    (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255),
])  # fmt: skip
XTERM = Palette([
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
])  # fmt: skip
# Which texts are drawn on which grounds. On `chosen`, `dim` is drawn as `soft` (see Look.style).
PAIRS = [(text, ground) for ground in GROUNDS for text in TEXTS if (text, ground) != ("dim", "chosen")]
REDUCED = {name: shades for name, shades in ALL.items() if shades.colours in (Colours.MANY, Colours.FEW)}
TABLES = {Colours.MANY: [EIGHT_BIT_PALETTE], Colours.FEW: [VGA, XTERM]}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def as_shown(theme, text, ground):
    """The two colours a terminal shows, as each of its tables has them."""
    shades = ALL[theme]
    for bold in (False, True):
        style = reduce_style(look(theme).style(text, ground, bold=bold), shades)
        brighter = 8 * bool(style.bold and style.color.number < 8)  # as most terminals draw it
        for table in TABLES[shades.colours]:
            yield table[style.color.number + brighter].hex, table[style.bgcolor.number].hex


@pytest.mark.parametrize("theme", REDUCED)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_stands_out_as_the_terminal_shows_it(theme, text, ground):
    for ink, below in as_shown(theme, text, ground):
        assert contrast(ink, below) >= 4.5, (ink, below)


@pytest.mark.parametrize("theme", REDUCED)
def test_the_shades_for_few_colours_are_what_the_terminal_gets(theme):
    """No shade is moved to a similar one: the declared shades are what is seen."""
    table = EIGHT_BIT_PALETTE if REDUCED[theme].colours is Colours.MANY else VGA
    for name in (*GROUNDS, *TEXTS):
        wanted = getattr(REDUCED[theme], name)
        got = reduce_style(Style(bgcolor=wanted), REDUCED[theme]).bgcolor
        assert got.downgrade(ColorSystem.TRUECOLOR).number is not None
        assert table[got.number].hex == wanted


@pytest.mark.parametrize("base", ["dark", "light"])
@pytest.mark.parametrize("system", ["256", "16"])
def test_colours_with_a_meaning_stay_apart_in_few_colours(base, system):
    shades = ALL[f"{base}-{system}"]
    told = {shades.text, shades.accent, shades.red, shades.amber, shades.green}
    assert len(told) == (5 if (base, system) != ("light", "16") else 4)  # no green is dark enough on white


@pytest.mark.parametrize("base", ["dark", "light"])
def test_grounds_stay_apart_in_256_colours(base):
    shades = ALL[f"{base}-256"]
    assert len({shades.ground, shades.side, shades.bar, shades.foot, shades.chosen}) == 5


def test_without_colours_the_row_under_the_cursor_is_reversed_and_nothing_else():
    shades = ALL["plain-none"]
    for ground in GROUNDS:
        style = reduce_style(look("plain-none").style("text", ground), shades)
        assert bool(style.reverse) is (ground == "chosen")
        assert style.color.is_default
        assert style.bgcolor.is_default


def test_without_colours_the_scrollbar_is_faint():
    shades = ALL["plain-none"]
    assert reduce_style(Style.parse(f"{shades.thumb} on {shades.ground}"), shades).dim
    assert not reduce_style(Style.parse(f"{shades.text} on {shades.ground}"), shades).dim


def test_without_colours_a_cursor_drawn_as_a_bright_cell_is_seen():
    style = reduce_style(Style(color="#000000", bgcolor="#ffffff"), ALL["plain-none"])
    assert style.reverse


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_stands_out_from_every_ground(theme, text, ground):
    shades = THEMES[theme]
    assert contrast(getattr(shades, text), getattr(shades, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_drawn_stands_out_too(theme, text, ground):
    """The style a widget really gets, the dimmest grey on the chosen ground included."""
    style = look(theme).style(text, ground)
    assert contrast(style.color.triplet.hex, style.bgcolor.triplet.hex) >= 4.5


@pytest.mark.parametrize("text", ["accent", "red", "amber", "green"])
def test_without_colours_weight_shows_the_meaning(text):
    assert look("plain").style(text).bold
    assert not look("plain").style("dim").bold


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda shades: shades.name)
def test_textual_gets_no_colour_of_its_own(theme):
    made = textual_theme(theme)
    assert {made.foreground, made.background, made.surface, made.panel} == {
        theme.text,
        theme.ground,
        theme.side,
        theme.bar,
    }
