"""What a terminal can do, judged by its environment."""

import pytest

from deskterm.config.terminal import Colours, find_colours, is_line_only

TRUE, MANY, FEW, NONE = Colours.TRUE, Colours.MANY, Colours.FEW, Colours.NONE


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, TRUE),
        ({"TERM": "xterm-256color"}, MANY),  # over ssh and mosh
        ({"TERM": "xterm-kitty"}, TRUE),  # kitty over ssh
        ({"TERM": "alacritty"}, TRUE),
        ({"TERM": "xterm-direct"}, TRUE),
        ({"TERM": "rxvt-unicode-256color", "COLORTERM": "rxvt-xpm"}, MANY),
        ({"TERM": "st-256color"}, MANY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, MANY),
        ({"TERM": "xterm-256color", "WT_SESSION": "1f2e"}, TRUE),  # Windows Terminal over WSL
        ({"TERM": "screen", "STY": "1.pts-0", "COLORTERM": "truecolor"}, FEW),  # GNU screen passes on a lie
        ({"TERM": "screen-256color", "STY": "1.pts-0", "COLORTERM": "truecolor"}, MANY),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts-0", "COLORTERM": "24bit"}, MANY),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t", "STY": "1.pts-0", "COLORTERM": "truecolor"}, TRUE),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t"}, MANY),
        ({"TERM": "linux"}, FEW),
        ({"TERM": "xterm"}, FEW),
        ({"TERM": "screen"}, FEW),
        ({"TERM": "vt100"}, NONE),  # as terminfo knows it
        ({"TERM": "nobody-knows-me"}, NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, MANY),  # the standard says: non-empty
    ],
)
def test_colours_are_what_the_terminal_really_has(environment, colours):
    assert find_colours(environment) is colours


@pytest.mark.parametrize("colours", Colours)
def test_the_setting_goes_before_everything(colours):
    assert find_colours({"TERM": "vt100", "NO_COLOR": "1"}, colours.value) is colours


def test_a_line_only_terminal_is_recognised():
    assert is_line_only({"TERM": "dumb"})
    assert is_line_only({})
    assert not is_line_only({"TERM": "vt100"})
