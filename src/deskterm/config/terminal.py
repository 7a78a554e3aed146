"""What the terminal can do, as far as its environment says: colours, and full screens."""

from collections.abc import Mapping
from contextlib import suppress
from enum import Enum

from deskterm.lazy_regex import lazy_regex

_TRUE = ("truecolor", "24bit")
_KNOWN_TRUE = lazy_regex(r"xterm-kitty|alacritty|foot|wezterm|xterm-ghostty|contour|iterm2|.*-direct\d*")
_KNOWN_256 = lazy_regex(r".*256colou?r.*")
_KNOWN_16 = lazy_regex(
    r"(xterm|linux|rxvt|rxvt-unicode|screen|tmux|st|ansi|cygwin|putty|konsole|gnome)(-color|-16color)?"
)
_BLIND = ("", "dumb", "unknown")
_MOST = 256


class Colours(Enum):
    """How many colours a terminal shows; the values are those of the setting `colours`."""

    TRUE = "true"
    MANY = "256"
    FEW = "16"
    NONE = "none"


def find_colours(environment: Mapping[str, str], setting: str = "auto") -> Colours:
    """The colours to draw with. The setting goes before NO_COLOR (https://no-color.org), that before TERM.

    COLORTERM is believed but inside GNU screen, which passes on what the terminal around it says and shows
    256 at most. Over ssh and mosh COLORTERM is missing: there TERM alone counts.
    """
    if setting != "auto":
        return Colours(setting)
    if environment.get("NO_COLOR"):
        return Colours.NONE
    term = environment.get("TERM", "")
    if _in_gnu_screen(environment):
        return Colours.MANY if _KNOWN_256.fullmatch(term) else Colours.FEW
    if _has_true_colour(environment) or _KNOWN_TRUE.fullmatch(term):
        return Colours.TRUE
    if _KNOWN_256.fullmatch(term):
        return Colours.MANY
    return Colours.FEW if _KNOWN_16.fullmatch(term) else _ask_terminfo(term)


def is_line_only(environment: Mapping[str, str]) -> bool:
    """Whether the terminal can only take lines of text: an editor's shell, a pipe of a screen reader."""
    return environment.get("TERM", "").strip().lower() in _BLIND


def _in_gnu_screen(environment: Mapping[str, str]) -> bool:
    """STY is set by GNU screen alone; a tmux inside it sets TMUX, and counts colours for itself."""
    return "STY" in environment and "TMUX" not in environment


def _has_true_colour(environment: Mapping[str, str]) -> bool:
    """COLORTERM, or the mark of a terminal that has all colours and does not always set it."""
    return environment.get("COLORTERM", "").strip().lower() in _TRUE or "WT_SESSION" in environment


def _ask_terminfo(term: str) -> Colours:
    """What the terminal database knows of a name not known here; a name nobody knows has no colours."""
    found = 0
    with suppress(ImportError):
        import curses  # noqa: PLC0415 - only for unknown names

        with suppress(curses.error):
            curses.setupterm(term, 1)
            found = curses.tigetnum("colors")
    if found > _MOST:
        return Colours.TRUE
    return Colours.MANY if found == _MOST else Colours.FEW if found >= 8 else Colours.NONE  # noqa: PLR2004
