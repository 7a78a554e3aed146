"""The program against the independent definitions (`naive/`), on random histories."""

import os
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.business_hours import Hours
from deskterm.domain.figures.families import BY_ID
from deskterm.domain.figures.measure import Unit
from deskterm.domain.figures.periods import week
from deskterm.domain.figures.stories import build_stories
from domain.figures.counted import counting
from domain.figures.histories import HOUR, MONDAY, SHOPS, Logged
from domain.figures.naive import FIGURES
from domain.figures.naive.history import WEEK

HISTORIES = int(os.environ.get("DESKTERM_HISTORIES", "60"))  # `make torture` asks for 1,000
OPEN = Hours("Mon-Fri 09:00-17:00", ZoneInfo("UTC")).business_seconds
IN_SECONDS = ("handling", "handling per ticket", "sop time")  # noted as such; all other times are whole hours


def test_every_figure_has_an_independent_definition():
    assert set(FIGURES) == set(BY_ID)


@settings(max_examples=HISTORIES, deadline=None)
@given(SHOPS, st.booleans(), st.sampled_from((WEEK + 24, 5 * WEEK, 10**5)))
def test_the_program_agrees_with_the_independent_definitions(drawn, business, now):
    logged = Logged(drawn, now)
    stories, targets, records = build_stories(logged.logs), logged.targets, logged.records
    before = {}  # the figures of the week before
    for start in range(0, 4 * WEEK, WEEK):
        window = week(
            MONDAY + (start + WEEK + 24) * HOUR, 1, ZoneInfo("UTC")
        )  # on a Tuesday, the week before
        assert window.period.start == MONDAY + start * HOUR
        count = counting(
            stories,
            window,
            MONDAY + now * HOUR,
            business=OPEN,
            hours=business,
            targets=targets,
            records=records,
        )
        for name, count_by_hand in FIGURES.items():
            figure, unit = count.figure(name), _unit(name)
            value, number = count_by_hand(logged.naive, start, start + WEEK, business)
            assert figure.n == number, (name, start)
            assert figure.value == (None if value is None else pytest.approx(value * unit)), (name, start)
            assert (figure.before, figure.before_n) == before.get(name, (figure.before, figure.before_n))
            before[name] = figure.value, figure.n


def _unit(name):
    """Times are whole hours in the histories, but for those that the program notes in seconds."""
    return HOUR if BY_ID[name].unit is Unit.SECONDS and name not in IN_SECONDS else 1
