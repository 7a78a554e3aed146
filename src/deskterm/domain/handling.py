"""The clock of handling time: how long a ticket was in front of the owner who was at work on it.

What passes between two keys counts for the ticket in front meanwhile, but 60 seconds at most: then the
owner is taken to have gone. Times are seconds of one clock.
"""

from typing import NamedTuple

IDLE = 60  # seconds without a key that stop the clock
LEAST = 2  # seconds below which nothing is recorded: the cursor only passed by


class Handled(NamedTuple):
    """A stretch of work on a ticket: how many seconds, and when the last key was pressed."""

    ticket_id: int
    seconds: int
    at: int


class HandlingClock:
    """Told of every key and of the ticket in front; tells of each stretch that has ended."""

    def __init__(self) -> None:
        self._ticket: int | None = None
        self._spent = 0.0
        self._last: float | None = None

    def press(self, ticket: int | None, now: float) -> Handled | None:
        """A key, with the ticket in front since the last one; returns the stretch that ended before it."""
        ended = self.look(now)
        passed = 0.0 if self._last is None else max(0.0, now - self._last)
        if ticket != self._ticket:
            ended = ended or self._end()
            self._ticket = ticket
        self._spent += passed
        self._last = now
        return ended

    def look(self, now: float) -> Handled | None:
        """Stop the clock where the last key is too long ago; returns the stretch that ended so."""
        if self._last is None or now - self._last < IDLE:
            return None
        self._spent += IDLE
        return self.stop(self._last)

    def stop(self, now: float) -> Handled | None:
        """The owner leaves."""
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
