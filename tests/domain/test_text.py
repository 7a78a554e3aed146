"""Text from outside, made safe to show (the rules: terminal safety)."""

import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.text import block, line

HOSTILE = [
    "\x1b]0;owned\x07",  # window title
    "\x1b]52;c;cm0gLXJm\x07",  # clipboard
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",  # a hyperlink
    "\x1b[2J\x1b[H",
    "\x9b31mred",  # the same in C1
    "\x9d0;title\x9c",
    "invoice\u202egpj.exe",  # read backwards
    "\u2066hidden\u2069",
    "a\U000e0041\U000e0042b",  # tag characters
    "pay\u200bpal",
    "\ufeffstart",
    "z" + "\u0335\u0336\u0337\u0338\u0334" * 40,
    "nul\x00nul",
    "bell\a backspace\b\b\b",
    "\ud83d alone",
    "del\x7f",
    "\u2028\u2029",
    "shy\xadphen",
    "form\x0cfeed\x0b",
    "joined\u200d\u200d\u200d",
    "[@click=app.quit()]x[/]",  # markup is plain text here
]


def is_safe(text: str) -> bool:
    """No control, surrogate, direction mark or hidden character; at most three marks in a row."""
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        if marks > 3 or kind in ("Cc", "Cs") or char in "\u200b\u200e\u200f\u061c\ufeff\u2028\u2029":
            return False
        if (
            "\u202a" <= char <= "\u202e"
            or "\u2060" <= char <= "\u206f"
            or "\U000e0000" <= char <= "\U000e007f"
        ):
            return False
    return True


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_safe(text):
    assert is_safe(line(text))
    assert all(is_safe(part) for part in block(text).split("\n"))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_safe_and_stays_as_it_is_then(text):
    once, lines = line(text), block(text)
    assert is_safe(once)
    assert line(once) == once
    assert all(is_safe(part) for part in lines.split("\n"))
    assert block(lines) == lines


@given(st.text(st.sampled_from("aé\u0301\u200d\u200c\u202e☂👩क्\n\r\t\x1b\ud800"), max_size=30))
def test_the_awkward_characters_in_any_order_are_safe(text):
    assert is_safe(line(text))
    assert line(line(text)) == line(text)
    assert block(block(text)) == block(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order #1042?",
        "Größe 42 — schön, 20 €",
        "注文の状況を教えてください",
        "Tiếng Việt có dấu",
        "क्‍षमा कीजिये",
        "می‌خواهم",
        "👩‍👩‍👧 and ❤️",
        "non-breaking\xa0space",
    ],
)
def test_honest_text_in_any_language_is_left_alone(text):
    assert line(text) == text
    assert block(text) == text


def test_line_breaks_become_spaces_in_a_line():
    assert line("a\r\nb\nc\rd\u2028e\tf") == "a b c d e f"


def test_line_breaks_become_lf_in_a_block():
    assert block("a\r\nb\rc\u2029d") == "a\nb\nc\nd"


def test_tabs_keep_their_columns_in_a_block():
    assert block("1\tMug\n22\tCup") == "1       Mug\n22      Cup"


def test_control_characters_are_shown_and_not_hidden():
    assert line("a\x1bb\x00c") == "a␛b␀c"
    assert line("a\x7fb\x85c\ud800") == "a\ufffdb\ufffdc\ufffd"


def test_a_joiner_that_joins_nothing_is_removed():
    assert line("a\u200d b\u200c, \u200dc") == "a b, c"


def test_a_tower_of_marks_is_cut_to_three():
    assert line("e" + "\u0301" * 50 + "x") == "e\u0301\u0301\u0301x"


def test_it_is_cheap_to_import():
    """The list screens need it before the first paint."""
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import sys; import deskterm.domain.text, deskterm.domain.links; print(len(sys.modules))"
    bare = "import sys, re, unicodedata; print(len(sys.modules))"
    ours, floor = (
        int(subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, env=path).stdout)
        for text in (code, bare)
    )
    assert ours - floor <= 8
