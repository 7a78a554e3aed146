"""Measuring handling time: how long the owner actively worked on a ticket.

The time between two key presses counts for the ticket shown meanwhile, but 60 seconds at most: after that the
owner is assumed to be away. All times are seconds of the same clock.
"""

from typing import NamedTuple

IDLE = 60  # seconds without a key that stop the clock
LEAST = 2  # seconds; less is not recorded, because the cursor only moved past


class Handled(NamedTuple):
    """A period of work on a ticket: how many seconds, and when the last key was pressed."""

    ticket_id: int
    seconds: int
    at: int


class HandlingClock:
    """Counts handling time from key presses and the ticket shown; returns each period that has ended."""

    def __init__(self) -> None:
        self._ticket: int | None = None
        self._spent = 0.0
        self._last: float | None = None

    def press(self, ticket: int | None, now: float) -> Handled | None:
        """A key was pressed while `ticket` was shown; returns the period of work that has ended, if any."""
        ended = self.look(now)
        passed = 0.0 if self._last is None else max(0.0, now - self._last)
        if ticket != self._ticket:
            ended = ended or self._end()
            self._ticket = ticket
        self._spent += passed
        self._last = now
        return ended

    def look(self, now: float) -> Handled | None:
        """Stop the clock if the last key was too long ago; returns the period of work that ended so."""
        if self._last is None or now - self._last < IDLE:
            return None
        self._spent += IDLE
        return self.stop(self._last)

    def stop(self, now: float) -> Handled | None:
        """The owner leaves; returns the period of work that ended, if any."""
        if self._last is not None:
            self._spent += min(IDLE, max(0.0, now - self._last))
            self._last = now
        ended = self._end()
        self._ticket, self._last = None, None
        return ended

    def _end(self) -> Handled | None:
        spent, self._spent = round(self._spent), 0.0
        if self._ticket is None or spent < LEAST or self._last is None:
            return None
        return Handled(self._ticket, spent, int(self._last))
