"""Contrast: every text a theme puts on a ground, by the formula of WCAG 2."""

import pytest

from deskterm.widgets.theme import GROUNDS, PAIRS, TEXTS, THEMES, look, textual_theme


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
def test_without_colour_weight_tells(text):
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
