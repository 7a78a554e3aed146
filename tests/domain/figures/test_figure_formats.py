"""Figures in words."""

import pytest

from deskterm.domain.figures.figure_formats import FigureWords, is_small, never_noted, span
from deskterm.domain.figures.values import Figure
from deskterm.domain.formats import Formats

words = FigureWords(Formats("en_GB", "Europe/Berlin"))


def figure(unit="seconds", value=None, before=None, n=30, before_n=30, **more):
    return Figure("f", "Title", "definition", unit, value, before, n, (), before_n=before_n, **more)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0m"),
        (17, "<1m"),
        (40, "1m"),
        (59, "1m"),
        (42 * 60, "42m"),
        (3599, "1h"),
        (3 * 3600 + 20 * 60, "3h 20m"),
        (47 * 3600, "1d 23h"),
        (2 * 86400 + 4 * 3600, "2d 4h"),
    ],
)
def test_a_duration_is_shown_in_two_units_at_most(seconds, said):
    assert span(seconds) == said


def test_a_share_of_few_tickets_is_shown_as_a_count():
    assert words.value(figure("share", 3 / 7, n=7)) == "3 of 7"
    assert words.value(figure("share", 0.5, n=10)) == "50 %"


def test_a_share_of_few_tickets_before_is_shown_as_a_count_and_not_compared():
    few = figure("share", 0.5, 0.4, n=20, before_n=5)
    assert words.before(few) == "2 of 5"
    assert words.change(few) == ""
    assert words.trend(few) == ""


def test_shares_are_compared_in_points():
    assert words.change(figure("share", 0.62, 0.55)) == "+7 points"


def test_a_shorter_wait_is_better_and_a_longer_one_worse():
    assert words.trend(figure(value=3600, before=7200)) == "better"
    assert words.trend(figure(value=7200, before=3600)) == "worse"
    assert words.change(figure(value=3600, before=7200)) == "−1h"


def test_more_can_be_better():
    assert words.trend(figure("share", 0.7, 0.5, better=1)) == "better"
    assert words.trend(figure("count", 9, 4, better=0)) == ""


def test_nothing_to_compute_is_a_dash_without_a_change():
    assert words.value(figure()) == "–"
    assert words.change(figure(value=60)) == ""


def test_a_difference_too_small_to_see_is_the_same():
    assert words.change(figure(value=3600, before=3610)) == "same"


def test_nine_in_ten_is_shown_only_where_it_was_computed():
    assert words.worst(figure(value=60)) == ""
    assert words.worst(figure(value=60, p90=7200)) == "9 of 10 within 2h"


def test_a_difference_is_that_of_what_is_read():
    """6h 22m beside 13h 46m is 7h 24m less, whatever the seconds say."""
    value, before = 6 * 3600 + 22 * 60 + 20, 13 * 3600 + 45 * 60 + 50
    assert (words.value(figure(value=value)), words.before(figure(before=before))) == ("6h 22m", "13h 46m")
    assert words.change(figure(value=value, before=before)) == "−7h 24m"
    assert words.change(figure("share", 0.548, 0.634)) == "−8 points"
    assert words.change(figure("per 100 orders", 98.57, 81.63)) == "+17"


def test_a_balance_of_few_answers_is_shown_as_those_for_and_against():
    few = figure("balance", 100, -100, n=1, before_n=2, sides=((1, 0), (0, 2), (0, 0)))
    assert (words.value(few), words.before(few), words.change(few)) == ("+1 −0", "+0 −2", "")
    assert "1 promoter, 0 detractors of 1" in words.explanation(few)
    many = figure("balance", 40, n=10, sides=((6, 2), (0, 0), (0, 0)))
    assert words.value(many) == "40"


@pytest.mark.parametrize("unit", ["seconds", "share", "count", "money", "balance", "per 100 orders"])
def test_a_mean_or_a_median_of_few_is_marked_and_a_number_is_not(unit):
    assert is_small(figure(unit, 1, n=9))
    assert not is_small(figure(unit, 1, n=9, total=True))
    assert not is_small(figure(unit, 1, n=10))


def test_why_a_figure_is_empty_is_said_only_where_nothing_of_it_is_known():
    assert never_noted(figure(n=0, before_n=0, asks="Nobody is asked."))
    assert not never_noted(figure(n=0, before_n=0, asks="Nobody is asked.", left_out=(("too young", 9),)))
    assert not never_noted(figure(n=0, before_n=3, asks="Nobody is asked."))
    assert not never_noted(figure(n=0, before_n=0))
