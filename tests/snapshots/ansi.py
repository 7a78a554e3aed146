"""Pictures as text that `cat` shows: what a terminal with so many colours is sent, line after line."""

import re
from difflib import unified_diff

from textual.app import App

from deskterm.widgets.look.styles import textual_theme
from deskterm.widgets.look.themes import find_shades

_WEIGHTS = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("reverse", "7"),
    ("strike", "9"),
)
_SEEN_ON_BLANKS = ("4", "9")
_BLANKS, _GROUND = re.compile(r"( +)"), re.compile(r"4[0-9](;|$)|10[0-7]$")
_CODE = re.compile(r"\x1b\[[\d;]*m")


def draw_in(app, base, colours):
    """Have everything in sight drawn as in a terminal of so many colours, in the theme `base`; the real reduction is what draws it."""
    shades = find_shades(base, colours)
    app.register_theme(textual_theme(shades))
    app.colours = colours
    app.set_reactive(App.theme, shades.name)
    _use_sheet_of(app, shades.name)
    for screen in (*app._background_screens, app.screen):
        app.stylesheet.update(screen, animate=False)
        for widget in screen.walk_children(with_self=True):
            widget.notify_style_update()
            widget.refresh()


def _use_sheet_of(app, theme):
    """The style sheet with a theme's colours: parsed once, and again only when a screen has brought more of it."""
    sheet, parsed = app.stylesheet, app.__dict__.setdefault("_sheets_by_theme", {})
    app._invalidate_css()
    known, rules, by_name = parsed.get(theme, (None, None, None))
    if known == sheet.source.keys():
        sheet._variables, sheet._rules, sheet._rules_map = app.get_css_variables(), rules, by_name
        sheet._style_parse_cache.clear()
        return
    sheet.set_variables(app.get_css_variables())
    sheet.reparse()
    parsed[theme] = (set(sheet.source.keys()), sheet.rules, sheet.rules_map)


def picture(app):
    """What is in sight, a line a row, each ended by a reset."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return "".join(f"{_line(parts)}\x1b[m\n" for parts in update.strips)


def _line(parts):
    """One line. Blanks go with what stands before them where nothing is seen of that, however they were drawn."""
    runs = []
    for style, text in _pieces(parts):
        blank = text.isspace()
        codes = _codes(style, blank=blank)
        seen = runs[-1][0] if runs else None
        joins = blank and seen is not None and _left_on_blanks(seen) == codes
        if joins or seen == codes:
            runs[-1][1] += text
        else:
            runs.append([codes, text])
    if runs and not _left_on_blanks(runs[-1][0]):
        runs[-1][1] = runs[-1][1].rstrip()
    return "".join(f"\x1b[{';'.join(('0', *codes)) if codes else ''}m{text}" for codes, text in runs)


def _pieces(parts):
    """Blanks and words apart, each with its style."""
    for part in parts:
        for segment in part:
            if not segment.control:
                yield from ((segment.style, text) for text in _BLANKS.split(segment.text) if text)


def _codes(style, *, blank):
    """The codes of a style: a tuple of the weights, the ink and the ground; of blanks what is to be seen of them."""
    if style is None:
        return ()
    weights = [code for name, code in _WEIGHTS if getattr(style, name)]
    ink, ground = (
        ";".join(colour.get_ansi_codes(foreground=front))
        if colour is not None and not colour.is_default
        else ""
        for colour, front in ((style.color, True), (style.bgcolor, False))
    )
    codes = tuple(filter(None, (*weights, ink, ground)))
    return _left_on_blanks(codes) if blank else codes


def _left_on_blanks(codes):
    """What is to be seen of a style where there is nothing but blanks: not the ink, unless it is in reverse."""
    if "7" in codes:
        return codes
    return tuple(code for code in codes if code in _SEEN_ON_BLANKS or _GROUND.match(code))


def words(picture):
    """What a picture says, without its colours."""
    return [_CODE.sub("", line).rstrip() for line in picture.splitlines()]


def difference(kept, now):
    """What has changed, to be read in a failing test: the words, or else the rows whose colours have."""
    told = list(unified_diff(words(kept), words(now), "kept", "now", lineterm="", n=1))
    if told:
        return "\n".join(told)
    rows = zip(kept.splitlines(), now.splitlines(), strict=True)
    return "\n".join(
        f"row {number}: colours\n- {old!r}\n+ {new!r}"
        for number, (old, new) in enumerate(rows, 1)
        if old != new
    )
