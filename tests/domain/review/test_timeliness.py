"""What a letter says that is untrue on the day it goes."""

from datetime import date

import pytest

from deskterm.domain.review.timeliness import untimely_words

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 4)


@pytest.mark.parametrize(
    ("letter", "untrue"),
    [
        ("I send it today.", ("today",)),
        ("Es geht heute noch los.", ("heute",)),
        ("Je vous écris demain.", ("demain",)),
        ("Lo envío hoy.", ("hoy",)),
        ("You hear from me by 1 Dec 2026.", ("1 Dec 2026",)),
        ("Bis zum 1. Dezember 2026 hören Sie von mir.", ("1. Dezember 2026",)),
        ("It is with you on Tuesday.", ("Tuesday",)),
        ("You hear from me by 3 Dec 2026.", ()),
        ("It left on 27 Nov 2026.", ()),
        ("Guten Morgen, Jana", ()),
        ("Preparo los paquetes por la mañana.", ()),
    ],
)
def test_words_are_judged_for_the_day_on_which_it_goes(letter, untrue):
    assert untimely_words(letter, MONDAY, WEDNESDAY) == untrue


@pytest.mark.parametrize(
    "letter", ["I send it today.", "By 3 Dec 2026 you hear from me.", "It left yesterday."]
)
def test_what_goes_on_the_day_it_was_written_is_true(letter):
    assert untimely_words(letter, MONDAY, MONDAY) == ()


def test_a_draft_left_past_its_own_promise_is_untrue():
    assert untimely_words("You hear from me by 2 Dec 2026.", MONDAY, FRIDAY) == ("2 Dec 2026",)
    assert untimely_words("You hear from me by 2 Dec 2026.", FRIDAY, FRIDAY) == ("2 Dec 2026",)


def test_this_week_is_another_one_when_a_letter_goes_in_the_next():
    letter = "I send it this week, spätestens nächste Woche, ce week-end."
    assert untimely_words(letter, MONDAY, FRIDAY) == ()
    assert untimely_words(letter, FRIDAY, date(2026, 12, 7)) == ("this week", "nächste Woche", "ce week-end")
