"""The state of the day: away, a notice for everybody, macros on hold, the 72-hour clock."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta

from deskterm.value_class import dataclass

CLOCK_HOURS = 72  # within which a leak of personal data must be reported (GDPR, article 33)
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class DayState:
    """What the owner has switched on; nothing at first.

    `away_until` is the last day away (`2026-12-27`), "" if not away. `notice` is a text for everybody, for
    example about an outage. `held` are the macros whose letters are not sent. `clock_from` is when the
    72-hour clock was started (UTC seconds), 0 if it is not running.
    """

    away_until: str = ""
    notice: str = ""
    held: tuple[str, ...] = ()
    clock_from: int = 0

    @property
    def back_on(self) -> date | None:
        """The first day back; None if not away."""
        return date.fromisoformat(self.away_until) + timedelta(days=1) if self.away_until else None

    def is_away(self, today: date) -> bool:
        """Whether today is before the first day back."""
        return self.back_on is not None and today < self.back_on

    def clock_words(self, now: int, say_time: Callable[[int], str]) -> str:
        """`72-hour clock: 61 h left, until Thu 14:00`; "" if it is not running."""
        if not self.clock_from:
            return ""
        ends = self.clock_from + CLOCK_HOURS * _HOUR
        left = (ends - now) // _HOUR
        rest = f"{left} h left, until" if now < ends else "over since"
        return f"{CLOCK_HOURS}-hour clock: {rest} {say_time(ends)}"


def to_text(state: DayState) -> str:
    """The state as text to be stored."""
    return json.dumps(asdict(state), ensure_ascii=False)


def from_text(text: str) -> DayState:
    """The state from its text; an empty text means that nothing is switched on."""
    kept = json.loads(text) if text else {}
    return DayState(**{**kept, "held": tuple(kept.get("held", ()))})
