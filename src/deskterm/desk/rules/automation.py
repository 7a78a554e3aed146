"""Everything that runs by itself; each part is imported when first used."""

# ruff: noqa: PLC0415

from functools import cached_property
from typing import TYPE_CHECKING

from deskterm.desk.shop import DeskContext

if TYPE_CHECKING:
    from deskterm.desk.rules.day import Day
    from deskterm.desk.rules.dry_run import DryRun
    from deskterm.desk.rules.letters import RuleLetters
    from deskterm.desk.rules.rules import Rules
    from deskterm.desk.rules.self_review import SelfReviews


class Automation:
    """The use cases of rules, day switches and the self-review."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    @property
    def has_rules(self) -> bool:
        """Whether there is a rules file; without one nothing needs to be read."""
        return self._shop.home.rules_file.exists()

    @cached_property
    def rules(self) -> "Rules":
        """The rules for arriving mail."""
        from deskterm.desk.rules.rules import Rules

        return Rules(self._shop)

    @cached_property
    def dry_run(self) -> "DryRun":
        """What a rule would have done."""
        from deskterm.desk.rules.dry_run import DryRun

        return DryRun(self._shop)

    @cached_property
    def letters(self) -> "RuleLetters":
        """The letters rules write."""
        from deskterm.desk.rules.letters import RuleLetters

        return RuleLetters(self._shop)

    @cached_property
    def day(self) -> "Day":
        """The day switches."""
        from deskterm.desk.rules.day import Day

        return Day(self._shop)

    @cached_property
    def self_reviews(self) -> "SelfReviews":
        """The self-review of answered tickets."""
        from deskterm.desk.rules.self_review import SelfReviews

        return SelfReviews(self._shop)

    def clock_words(self, now: int) -> str:
        """How long the 72-hour clock still runs; empty if it does not."""
        from deskterm.desk.rules.stored_day import clock_words

        return clock_words(self._shop, now)
