"""A rule as a value: which mail it is for, and what it does to the ticket."""

from dataclasses import dataclass

from deskterm.domain.query.terms import Query
from deskterm.domain.tickets import Status


@dataclass(frozen=True, slots=True)
class RuleEffects:
    """What a rule changes. What is empty or None changes nothing; `snooze_days` counts from the mail."""

    tags: tuple[str, ...] = ()
    category: str = ""
    status: Status | None = None
    snooze_days: int = 0

    @property
    def words(self) -> str:
        """For the owner: `tag vip, category damaged`."""
        parts = [f"tag {', '.join(self.tags)}"] if self.tags else []
        parts += [f"category {self.category}"] if self.category else []
        parts += [str(self.status)] if self.status else []
        days = f"{self.snooze_days} day{'s'[: self.snooze_days != 1]}"
        return ", ".join([*parts, *([f"snoozed {days}"] if self.snooze_days else [])])


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It runs on a customer's new mail that `query` finds, if it is `on`.

    `last` ends the list for a mail that it ran on.
    """

    name: str
    when: str  # the query as it was written
    query: Query
    effects: RuleEffects
    on: bool = False
    last: bool = False
