"""When the key that sends may send: never by type-ahead, by a paste, or by a key that is held down."""

from dataclasses import field

from deskterm.value_class import dataclass

SHOWN_FOR = 0.4  # seconds the picture must have stood before the key counts
APART = 0.06  # a key nearer to the one before belongs to a paste or to a key held down
ALONE = 0.12  # and so does one that another follows this soon: a held key starts repeating late


@dataclass(slots=True)
class SendGuard:
    """Judges the keys of one screen. All times are seconds of one monotonic clock.

    The picture must have stood for `SHOWN_FOR` seconds with no key in the last
    `SHOWN_FOR` of them: what was typed ahead, and a key held since before, keep
    pushing the moment away. Afterwards a key counts when it stands alone.
    """

    painted_at: float | None = None
    _last: float = field(default=float("-inf"))
    _ready_at: float = field(default=float("inf"))

    def start_waiting(self, at: float) -> None:
        """The picture (or another one) is on the screen since `at`: all starts anew."""
        self.painted_at = at
        self._ready_at = max(at, self._last) + SHOWN_FOR

    def stop_waiting(self) -> None:
        """Another picture is in front."""
        self.painted_at, self._ready_at = None, float("inf")

    def is_armed(self, at: float) -> bool:
        """Whether a key that arrives at `at` could count."""
        return self.painted_at is not None and at >= self._ready_at

    def remaining(self, at: float) -> float:
        """Give the seconds until the key is armed if no other key comes; infinite while covered."""
        return max(0.0, self._ready_at - at)

    def note_key(self, at: float) -> bool:
        """Take note of any key; give whether this one may count (once it has stood alone too)."""
        apart = at - self._last >= APART
        counts = self.is_armed(at) and apart
        self._last = max(self._last, at)
        if self.painted_at is not None and not self.is_armed(at):
            self._ready_at = max(self._ready_at, at + SHOWN_FOR)
        return counts

    def is_last_key(self, at: float) -> bool:
        """Whether the key of `at` is still the last one that came."""
        return self._last <= at
