"""Textual as a test needs it: a style sheet is parsed once a session, and what nobody looks at yet is not painted.

An app paints whatever changes at once, a dozen times until a test looks once. Here the newest state is painted
when the pilot pauses, when the app ends, and at the latest after a moment: all that comes to rest is still drawn.
"""

from collections import defaultdict
from functools import cache

from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

LATEST = 0.5  # seconds a picture may wait

_paint = Screen._compositor_refresh
_pause, _shutdown = Pilot.pause, App._shutdown
_parse = Stylesheet._parse_rules
_rules = defaultdict(dict)  # by a theme's variables: what was parsed under them


@cache
def begin():
    """From now on all apps of this process are drawn at rest."""
    Screen._compositor_refresh, Pilot.pause, App._shutdown = _owe, _pause_painted, _shutdown_painted
    Stylesheet._parse_rules = _parse_once


def _owe(screen):
    if screen is not screen.app.screen or screen.app.is_inline:
        _paint(screen)
        return
    screen._dirty_widgets.clear()  # the compositor knows their regions
    if not getattr(screen, "_owes_picture", False):
        screen._owes_picture = True
        screen.set_timer(LATEST, lambda: _pay(screen))
    screen.app._update_mouse_over(screen)


def _pay(screen):
    if getattr(screen, "_owes_picture", False):
        screen._owes_picture = False
        if screen.is_attached and screen is screen.app.screen:
            _paint(screen)


async def _pause_painted(pilot, delay=None):
    await _pause(pilot, delay)
    _pay(pilot.app.screen)


async def _shutdown_painted(app):
    if app._screen_stack and app._exception is None:
        _pay(app.screen)
    await _shutdown(app)


def _parse_once(sheet, css, **how):
    known = _rules[frozenset(sheet._variables.items())]
    key = css, *how.items()
    if key not in known:
        known[key] = _parse(sheet, css, **how)
    return known[key]
