"""Textual as a test needs it: a style sheet is parsed once a session and not anew for each app."""

from collections import defaultdict
from functools import cache

from textual.css.stylesheet import Stylesheet

_parse = Stylesheet._parse_rules
_rules = defaultdict(dict)  # by a theme's variables: what was parsed under them


@cache
def begin():
    """From now on all apps of this process share what was parsed."""
    Stylesheet._parse_rules = _parse_once


def _parse_once(sheet, css, **how):
    known = _rules[frozenset(sheet._variables.items())]
    key = css, *how.items()
    if key not in known:
        known[key] = _parse(sheet, css, **how)
    return known[key]
