"""When the key that sends counts: never typed ahead, pasted, or held down."""

from dataclasses import field

from deskterm.value_class import dataclass

SHOWN_FOR = 0.4  # seconds the picture must be on screen before the key counts
APART = 0.06  # a key closer to the previous one is part of a paste or a held key
ALONE = 0.12  # so is one followed this soon: a held key starts repeating late


@dataclass(slots=True)
class SendGuard:
    """Judges the keys of one screen. All times are seconds of one monotonic clock.

    The picture must have been on screen for `SHOWN_FOR` seconds, with no key in the last `SHOWN_FOR`: keys
    typed ahead, and a key held since before, keep pushing the moment away. After that a key counts if it
    comes alone.
    """

    painted_at: float | None = None
    _last: float = field(default=float("-inf"))
    _ready_at: float = field(default=float("inf"))

    def start_waiting(self, at: float) -> None:
        """The picture (or another one) is on screen since `at`: start again."""
        self.painted_at = at
        self._ready_at = max(at, self._last) + SHOWN_FOR

    def stop_waiting(self) -> None:
        """Another picture is in front."""
        self.painted_at, self._ready_at = None, float("inf")

    def is_armed(self, at: float) -> bool:
        """Whether a key that arrives at `at` could count."""
        return self.painted_at is not None and at >= self._ready_at

    def remaining(self, at: float) -> float:
        """The seconds until a key counts if no other comes; infinite while covered."""
        return max(0.0, self._ready_at - at)

    def note_key(self, at: float) -> bool:
        """Note a key; gives whether it may count, once it has been alone too."""
        apart = at - self._last >= APART
        counts = self.is_armed(at) and apart
        self._last = max(self._last, at)
        if self.painted_at is not None and not self.is_armed(at):
            self._ready_at = max(self._ready_at, at + SHOWN_FOR)
        return counts

    def is_last_key(self, at: float) -> bool:
        """Whether the key of time `at` is still the last one."""
        return self._last <= at
