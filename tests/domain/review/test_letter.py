"""What is odd about a letter."""

import pytest

from deskterm.domain.review.letter import base_subject, count_greetings


@pytest.mark.parametrize("subject", ["", "Re:", "RE: ", "Re: Fwd:", "AW: WG: ", "Re[2]:"])
def test_a_subject_of_marks_alone_is_empty(subject):
    assert base_subject(subject) == ""


@pytest.mark.parametrize("subject", ["Re: Mug", "Red mug", "Reorder: 2 mugs"])
def test_a_subject_with_words_is_not(subject):
    assert base_subject(subject)


def test_a_macro_put_on_top_of_a_greeted_draft_greets_twice():
    assert count_greetings("Hello Jana,\n\nI have it here.\n\nHello Jana,\n\nyour order left.") == 2
    assert (
        count_greetings(
            "Liebe Frau Keller,\n\nhallo zusammen ist kein Gruß.\n\nSehr geehrte Damen und Herren,\n"
        )
        == 2
    )


@pytest.mark.parametrize(
    "words",
    ["Hello Jana,\n\nthe dear old throw, hey, is back.", "Hi!\nIt is here.", "Bonjour Claire,\nmerci."],
)
def test_one_greeting_is_one(words):
    assert count_greetings(words) == 1
