"""Handling time, by small days at the keyboard."""

from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.handling import Handled, HandlingClock


def worked(*keys, leaves=None):
    """What was reported of keys: (second, ticket in front since the last key)."""
    clock, found = HandlingClock(), []
    for at, ticket in keys:
        found.append(clock.press(ticket, at))
    found.append(clock.stop(leaves if leaves is not None else keys[-1][0]))
    return [one for one in found if one]


def test_the_time_between_keys_counts_for_the_ticket_in_front():
    """Enter at 0 opens T1; keys at 10 and 30 scroll it; at 40 `q` leaves it."""
    assert worked((0, None), (10, 1), (30, 1), (40, 1), (41, None)) == [Handled(1, 40, 40)]


def test_sixty_seconds_without_a_key_stop_the_clock():
    assert worked((0, None), (10, 1), (300, 1), (310, 1)) == [Handled(1, 70, 10), Handled(1, 10, 310)]


def test_two_tickets_are_two_stretches():
    assert worked((0, None), (20, 1), (50, 2), (60, 2)) == [Handled(1, 20, 20), Handled(2, 40, 60)]


def test_leaving_counts_up_to_then_or_a_minute():
    assert worked((0, None), (10, 1), leaves=25) == [Handled(1, 25, 25)]
    assert worked((0, None), (10, 1), leaves=5000)[0].seconds == 70


def test_a_cursor_that_only_passes_by_does_not_count():
    assert worked((0, None), (1, 1), (2, 2), (3, 3), (4, None)) == []


def test_a_clock_set_back_takes_nothing_away():
    assert worked((100, None), (110, 1), (50, 1), (60, 1)) == [Handled(1, 20, 60)]


def test_the_clock_is_looked_at_between_keys():
    clock = HandlingClock()
    clock.press(None, 0)
    clock.press(1, 20)
    assert clock.look(50) is None
    assert clock.look(80) == Handled(1, 80, 20)
    assert clock.look(500) is None


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, 1, 2])), min_size=1, max_size=30))
def test_no_second_counts_twice(steps):
    at, keys = 0, []
    for wait, ticket in steps:
        at += wait
        keys.append((at, ticket))
    total = sum(one.seconds for one in worked(*keys))
    assert total <= sum(min(60, wait) for wait, _ in steps[1:]) + len(steps)
