"""Makes Textual parse each style sheet once per session instead of once per app."""

from collections import defaultdict
from functools import cache

from textual.css.stylesheet import Stylesheet

_parse = Stylesheet._parse_rules
_rules = defaultdict(dict)  # by a theme's variables: what was parsed under them


@cache
def begin():
    """Let all apps of this process share the parsed style sheets from now on."""
    Stylesheet._parse_rules = _parse_once


def _parse_once(sheet, css, **how):
    known = _rules[frozenset(sheet._variables.items())]
    key = css, *how.items()
    if key not in known:
        known[key] = _parse(sheet, css, **how)
    return known[key]
