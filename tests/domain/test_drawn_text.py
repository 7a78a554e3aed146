"""How outside text is drawn: one plain code point, or letters, for what terminals count differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.drawn_text import LEFT_AGAIN, drawable, hold_direction, spell_out


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain", "plain"),
        ("Zoë – naïve", "Zoë – naïve"),
        ("👩‍🌾 farmer", "👩 farmer"),
        ("👨‍👩‍👧‍👦", "👨"),
        ("🏳️‍🌈", "🏳"),
        ("👍🏽 thanks", "👍 thanks"),
        ("🧑🏿‍🚀", "🧑"),
        ("❤️‍🔥", "❤"),
        ("I ❤️ it", "I ❤ it"),
        ("☂︎", "☂"),
        ("🇩🇪🇯🇵", "DEJP"),
        ("1️⃣ 2⃣ #️⃣", "1 2 #"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
        ("\U0001f3fd alone", "□ alone"),
        ("می\u200cخواهم", "میخواهم"),
        ("क्\u200dष", "क्ष"),
        ("e\u0302\u0301", "ế"),  # a Vietnamese stack becomes its letter
        ("\u1112\u1161\u11ab", "한"),
        ("a\u20dd", "a"),
        ("☰", "≡"),
        ("new \U0001fbff", "new □"),
        ("\u3164", " "),
    ],
)
def test_what_terminals_count_differently_is_drawn_plainly(text, drawn):
    assert drawable(text) == drawn


@given(st.text(max_size=40))
def test_drawing_what_was_drawn_changes_nothing(text):
    once = drawable(text)
    assert drawable(once) == once
    assert hold_direction(hold_direction(once)) == hold_direction(once)


def test_a_mark_follows_right_to_left_text_before_the_space_that_fills_a_column():
    assert hold_direction("כהן דנה    ") == f"כהן דנה{LEFT_AGAIN}    "
    assert hold_direction("محمد") == f"محمد{LEFT_AGAIN}"
    assert hold_direction("日本 ñ") == "日本 ñ"


def test_a_mail_as_it_came_shows_every_code_point():
    assert spell_out("👩\u200d🌾 1\ufe0f\u20e3") == "👩<U+200D>🌾 1<U+FE0F><U+20E3>"
    assert drawable(spell_out("👍🏽")) == "👍<U+1F3FD>"
