"""Bars and sparklines."""

from deskterm.widgets.drawing import charts


def test_the_greatest_value_is_the_highest_step_and_zero_the_lowest():
    assert charts.sparkline([0, 5, 10], 10) == "▁▄▇"


def test_a_week_without_a_value_is_a_dot_and_not_a_low_step():
    assert charts.sparkline([None, 4, 4], 10) == "·▇▇"


def test_only_the_last_weeks_that_fit_are_drawn():
    assert charts.sparkline([9, 1, 1, 2], 3) == "▃▃▇"
    assert charts.sparkline([9, 1], 0) == ""


def test_small_changes_stay_visible_and_the_least_is_never_nothing():
    assert charts.sparkline([100, 101, 102], 3) == "▃▅▇"


def test_weeks_of_zero_are_flat():
    assert charts.sparkline([0, 0, 0], 3) == "▁▁▁"


def test_a_single_ticket_is_never_rounded_away():
    assert charts.length(1, 1000, 10) == 1
    assert charts.length(0, 1000, 10) == 0


def test_the_largest_fills_the_width():
    assert charts.length(7, 7, 24) == 24


def test_last_week_is_a_tick_where_its_bar_would_end():
    assert charts.bar_with_tick(4, 2, 4, 5) == ("▄▄", "|", "▄")
    assert charts.bar_with_tick(1, 3, 4, 5) == ("▄  ", "|", "")
    assert charts.bar_with_tick(2, 2, 4, 5) == ("▄▄", "|", "")
    assert charts.bar_with_tick(2, 0, 4, 5) == ("▄▄", "", "")
    assert charts.bar_with_tick(0, 0, 4, 5) == ("", "", "")


def test_bars_and_sparklines_never_reach_the_row_above():
    drawn = charts.sparkline(range(20), 20) + "".join(charts.bar_with_tick(9, 4, 9, 30))
    assert "█" not in drawn
