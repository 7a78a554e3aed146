"""The program against the definitions written apart (`naive.py`), on random histories."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.figures.periods import week
from deskterm.domain.figures.stories import tell
from deskterm.domain.figures.ticket_logs import (
    Matter,
    Post,
    TicketLogs,
    Turn,
)
from deskterm.domain.tickets import Status, View
from domain.figures import naive
from domain.figures.counted import counting

HOUR = 3600
MONDAY = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp())
HISTORIES = int(os.environ.get("DESKTERM_HISTORIES", "60"))  # `make torture` asks for 1,000
WHATS = ("in", "out", "solved", "waiting", "open", "on hold")

# A step is (hours since the last one, what happens).
STEPS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(WHATS)), min_size=0, max_size=12)
BEGIN = st.tuples(st.integers(0, 400), st.sampled_from(("in", "in", "in", "out")))


def as_log(begin, steps):
    """[(hour, what)], in which a change to the status that holds already is left out, and mail in opens."""
    at, log, status = begin[0], [(begin[0], begin[1])], "open"
    for wait, what in steps:
        at += wait
        if what in ("in", "out"):
            log.append((at, what))
            if what == "in" and status != "open":
                status = "open"
                log.append((at, "open"))
        elif what != status:
            status = what
            log.append((at, what))
    return log


def stories(logs):
    matters, posts, turns, action = [], [], [], 0
    for ticket, log in enumerate(logs, 1):
        status = Status.OPEN
        for hour, what in log:
            at = MONDAY + hour * HOUR
            action += 1
            if what in ("in", "out"):
                posts.append(Post(ticket, at, what == "out"))
            else:
                turns.append(Turn(ticket, at, status, Status(what), action, 0))
                status = Status(what)
        matters.append(
            Matter(
                ticket,
                MONDAY + log[0][0] * HOUR,
                "",
                status,
                View.CUSTOMERS,
                snoozed=False,
                customer_id=ticket,
            )
        )
    return tell(TicketLogs(matters, posts, turns))


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(st.tuples(BEGIN, STEPS), min_size=1, max_size=5), st.integers(0, 3))
def test_the_program_agrees_with_the_definitions_written_apart(drawn, which):
    logs = [as_log(begin, steps) for begin, steps in drawn]
    start, end = which * naive.WEEK, (which + 1) * naive.WEEK
    window = week(MONDAY + (end + 24) * HOUR, 1, ZoneInfo("UTC"))  # on a Tuesday, the week before
    assert window.period == (MONDAY + start * HOUR, MONDAY + end * HOUR)
    count = counting(stories(logs), window, MONDAY + 10**5 * HOUR)

    def value(name, unit=HOUR):
        found = count.figure(name).value
        return None if found is None else pytest.approx(found / unit)

    assert value("created", 1) == naive.created(logs, start, end)
    assert value("solved", 1) == naive.solved(logs, start, end)
    assert value("backlog", 1) == naive.backlog(logs, end)
    assert value("first reply") == naive.middle(naive.first_replies(logs, start, end))
    assert value("next reply") == naive.middle(naive.next_replies(logs, start, end))
    assert value("resolution") == naive.middle(naive.resolutions(logs, start, end))
    assert value("requester wait") == naive.middle(naive.hours_in(logs, ("open", "on hold"), start, end))
    assert value("customer wait") == naive.middle(naive.hours_in(logs, ("waiting",), start, end))
    assert value("hold") == naive.middle(naive.hours_in(logs, ("on hold",), start, end))
    assert value("messages", 1) == naive.messages(logs, start, end)
    assert (value("unanswered"), count.figure("unanswered").n) == naive.longest_unanswered(logs, end)
    for name, (part, of) in (
        ("one-touch", naive.one_touch(logs, start, end)),
        ("reopened", naive.reopened(logs, start, end)),
    ):
        figure = count.figure(name)
        assert (figure.n, figure.value) == (of, pytest.approx(part / of) if of else None), name
