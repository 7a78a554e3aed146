"""A round through the inbox: counting what was done, for the summary at its end."""

from collections.abc import Iterable
from dataclasses import field

from deskterm.value_class import dataclass

_PAUSE = 20 * 60  # seconds without a key after which another round begins
_FEW = 2  # keys that a routine answer takes


@dataclass(slots=True)
class Round:
    """The tickets handled since a round began, with the number of keys pressed for each."""

    begun_at: int = 0
    last_at: int = 0
    keys: int = 0  # pressed since the previous ticket
    handled: dict[int, int] = field(default_factory=dict)

    def note_key(self, now: int) -> None:
        """Count a key with an effect, pressed at `now` (UTC seconds)."""
        if now - self.last_at > _PAUSE:
            self.begun_at, self.keys = now, 0
            self.handled.clear()
        self.last_at = now
        self.keys += 1

    def count_handled(self, tickets: Iterable[int]) -> None:
        """Count tickets as handled, with the keys pressed since the previous one."""
        for ticket in tickets:
            self.handled[ticket] = self.handled.get(ticket, 0) + self.keys
        self.keys = 0

    def receipt(self, took: str, promised: int) -> str:
        """`25 in 14 min, 17 of them in two keys, 3 promises for today`; empty before anything was done."""
        if not self.handled:
            return ""
        few = sum(keys <= _FEW for keys in self.handled.values())
        parts = [f"{len(self.handled)} in {took}"]
        if few:
            parts.append(f"{few} of them in two keys")
        if promised:
            parts.append(f"{promised} {'promise' if promised == 1 else 'promises'} for today")
        return ", ".join(parts)
