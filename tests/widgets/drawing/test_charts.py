"""Bars and sparklines."""

from deskterm.widgets.drawing import charts


def test_the_greatest_value_is_the_highest_step_and_zero_the_lowest():
    assert charts.sparkline([0, 5, 10], 10) == "▁▅█"


def test_a_week_without_a_value_is_a_dot_and_not_a_low_step():
    assert charts.sparkline([None, 4, 4], 10) == "·██"


def test_only_the_last_weeks_that_fit_are_drawn():
    assert charts.sparkline([9, 1, 1, 2], 3) == "▃▃█"
    assert charts.sparkline([9, 1], 0) == ""


def test_small_changes_stay_visible_and_the_least_is_never_nothing():
    assert charts.sparkline([100, 101, 102], 3) == "▃▆█"


def test_weeks_of_zero_are_flat():
    assert charts.sparkline([0, 0, 0], 3) == "▁▁▁"


def test_a_single_ticket_is_never_rounded_away():
    assert charts.length(1, 1000, 10) == 1
    assert charts.length(0, 1000, 10) == 0


def test_the_greatest_fills_the_width():
    assert charts.length(7, 7, 24) == 24


def test_this_week_stands_above_last_week_in_the_same_cells():
    assert charts.pair(4, 2, 4, 4) == ("██", "▀▀", "")
    assert charts.pair(1, 3, 4, 4) == ("█", "", "▄▄")
    assert charts.pair(0, 0, 4, 4) == ("", "", "")
