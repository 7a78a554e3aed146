"""All that is done by itself, each part imported when it is first asked for."""

# ruff: noqa: PLC0415

from functools import cached_property
from typing import TYPE_CHECKING

from deskterm.desk.shop import DeskContext

if TYPE_CHECKING:
    from deskterm.desk.rules.day import Day
    from deskterm.desk.rules.letters import RuleLetters
    from deskterm.desk.rules.rules import Rules
    from deskterm.desk.rules.self_review import SelfReviews
    from deskterm.desk.rules.trying import Trying


class ByItself:
    """The use cases around rules, the kind of day and the self-review."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    @property
    def has_rules(self) -> bool:
        """Whether there is a file of rules: without one nothing of theirs need be looked at."""
        return self._shop.home.rules_file.exists()

    @cached_property
    def rules(self) -> "Rules":
        """What is done with arriving mail."""
        from deskterm.desk.rules.rules import Rules

        return Rules(self._shop)

    @cached_property
    def trying(self) -> "Trying":
        """What a rule would have done."""
        from deskterm.desk.rules.trying import Trying

        return Trying(self._shop)

    @cached_property
    def letters(self) -> "RuleLetters":
        """What rules write."""
        from deskterm.desk.rules.letters import RuleLetters

        return RuleLetters(self._shop)

    @cached_property
    def day(self) -> "Day":
        """What kind of day it is."""
        from deskterm.desk.rules.day import Day

        return Day(self._shop)

    @cached_property
    def self_reviews(self) -> "SelfReviews":
        """Answered tickets looked at again."""
        from deskterm.desk.rules.self_review import SelfReviews

        return SelfReviews(self._shop)

    def clock_words(self, now: int) -> str:
        """How long the 72-hour clock still runs, where one was started; else empty."""
        from deskterm.desk.rules.clock import clock_words

        return clock_words(self._shop, now)
