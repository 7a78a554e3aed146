"""Progress of long work: what is reported, how it is counted, and the time that is left."""

import pytest

from deskterm.domain.desk_state import Progress, ProgressReporter


@pytest.mark.parametrize(
    ("done", "total", "gone", "words"),
    [
        (300, 1200, 30, ", 10/s, 2 min left"),
        (300, 1200, 20, ", 15/s, 60 s left"),
        (10, 10_000, 10, ", 1/s, 2 h 46 min left"),
        (1, 3, 20, ", 3/min, 40 s left"),
        (12, 9, 6, ", 2/s, 0 s left"),
        (0, 9, 9, ""),
        (9, 9, 1, ""),
        (500, 0, 9, ", 56/s"),
    ],
)
def test_the_pace_is_shown_once_it_is_known_and_the_time_left_if_the_end_is(done, total, gone, words):
    assert Progress("x", done, total, 1000.0).pace(1000.0 + gone) == words
    assert Progress("x", done, total).pace(1000.0 + gone) == ""


def test_a_bar_fits_the_line_and_is_shown_only_if_the_end_is_known():
    assert Progress("x", 50, 200, 1.0).bar(200) == ("━" * 5, "─" * 15)
    assert Progress("x", 50, 200, 1.0).bar(80) == ("━" * 2, "─" * 6)
    assert Progress("x", 50).bar(80) == ("", "")
    assert (Progress("x", 1500).count, Progress("x", 0, 1500).count) == ("1,500", "0 of 1,500")


def test_a_long_stage_is_reported_a_hundred_times_and_each_stage_is_counted_from_its_start():
    told, clock = [], iter(range(10, 100)).__next__
    reporter = ProgressReporter(told.append, clock)
    reporter.begin("reading", 1000)
    assert list(reporter.each(range(1000), then="comparing")) == list(range(1000))
    assert told[0] == Progress("reading", 0, 1000, 10)
    assert told[-2:] == [Progress("reading", 1000, 1000, 10), Progress("comparing", 0, 0, 11)]
    assert len(told) == 102


def test_what_a_source_says_is_left_gives_the_total_and_without_it_each_step_is_reported():
    told = []
    reporter = ProgressReporter(told.append, lambda: 5.0)
    reporter.begin("reading")
    reporter.step(100)
    reporter.step(100, left=1000)
    reporter.step(100)
    assert [(one.done, one.total) for one in told] == [(0, 0), (100, 0), (200, 1200), (300, 1200)]
