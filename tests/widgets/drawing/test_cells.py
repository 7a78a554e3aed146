"""Text by terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.domain.drawn_text import drawable
from deskterm.widgets.drawing.cells import fit, fit_right, wrap, wrap_parts

MIXED = st.text(alphabet=st.sampled_from("ab c-,.山本さくら、。ギé🎁\u0301"), max_size=60)


@given(MIXED, st.integers(0, 20))
def test_a_fitted_text_fills_its_width_exactly(text, width):
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit_right(text, width)) == width


def test_a_cut_is_marked_and_halves_no_wide_character():
    assert fit("Where is my order", 10) == "Where is…" + " "
    assert fit("山本さくら", 5) == "山本…"
    assert fit("山本さくら", 6) == "山本… "


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("block the sender", 12, "block the…"),
        ("promised by Sun 23 Nov 10:43", 26, "promised by Sun 23 Nov…"),
        ("delivered, 26 April", 12, "delivered…"),
        ("parcel 00340434161094042557", 20, "parcel 003404341610…"),  # a long one is cut, not left out
        ("Incomprehensibilities", 9, "Incompre…"),
        ("before shipping", 12, "before…"),  # however narrow the field
        ("1 Late parcel, trace opened", 13, "1 Late…"),
        ("s Dispute, lawyer or consumer office", 12, "s Dispute…"),
        ("Ed Featherstone", 12, "Ed Feathers…"),  # next to nothing would be left
        ("Agnieszka Dąbrowska", 15, "Agnieszka…"),
    ],
)
def test_words_are_left_out_whole(text, width, cut):
    assert fit(text, width).rstrip() == cut


@given(MIXED, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_no_word(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(drawable(text).split())


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one", 7, ["one"]),
        ("", 7, [""]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("<ann@post.example.org> is gone", 16, ["<ann@post.", "example.org> is", "gone"]),
        ("annabel.long@post.example", 14, ["annabel.long", "@post.example"]),
        ("贈り物です。包装", 6, ["贈り物", "です。", "包装"]),
        ("ab 贈り物です。", 12, ["ab 贈り物で", "す。"]),
    ],
)
def test_lines_break_at_spaces_and_between_wide_characters(text, width, lines):
    assert wrap(text, width) == lines


def test_a_full_stop_does_not_begin_a_line():
    assert wrap("贈り物です。", 10) == ["贈り物で", "す。"]


def test_lines_break_between_parts():
    assert wrap_parts(["3 orders", "", "€184.50", "since March"], 20) == ["3 orders · €184.50", "since March"]
