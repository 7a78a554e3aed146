"""What a mail is about: its words between greeting and closing."""

from datetime import date

import pytest

from deskterm.domain.suggest.days import named_days
from deskterm.domain.suggest.features import matter_of


@pytest.mark.parametrize(
    "closing", ["\nBest, Jana", "\n \n\nKind regards\nJana Mertens", " Thanks!", "\n\n\tMerci"]
)
def test_a_closing_is_left_out_however_it_is_set_off(closing):
    assert matter_of(f"Hello,\nwhere is my bowl?{closing}").strip() == "where is my bowl?"


@pytest.mark.parametrize("gap", ["\n", "\n ", ". "])
def test_a_mail_of_gaps_alone_is_soon_read(gap):
    """Quadratic time would take minutes here."""
    for end in range(20):
        assert matter_of(f"Where is it?{gap * 4000}{end}").startswith("Where is it?")


def test_in_a_line_of_numbers_at_most_the_last_two_are_a_day():
    assert len(list(named_days("1." * 50_000, date(2026, 12, 1)))) <= 1
