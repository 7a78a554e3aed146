"""The survey: one question to a customer, once, a day after the ticket was solved. Off until switched on."""

from deskterm.desk.reply.replies import Replies
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By
from deskterm.domain.figures.survey_answers import SURVEYS
from deskterm.domain.review.replies import Level
from deskterm.domain.suggest.disputes import is_dispute
from deskterm.domain.tickets import Status
from deskterm.errors import DesktermError
from deskterm.storage import changes
from deskterm.storage.figures import surveys

_AT_ONCE = 5  # questions per call, so that a mistake does not send hundreds


class Surveys:
    """The question goes through review and outbox like any letter, and only if its review is green."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop, self._replies = shop, Replies(shop)
        self._tried: set[int] = set()  # tickets whose letter was not green

    def ask(self, now: int) -> int:
        """Ask the customers who are due; gives how many. Solves tickets again that a good score reopened."""
        macro = next((one for one, kind in SURVEYS.items() if kind == self._shop.settings.survey), "")
        if not macro or self._shop.db.read_only:
            return 0
        with self._shop.db.write() as tx:
            for ticket in surveys.answered_well(tx):
                changes.change(tx, ticket, now, By.RULE, status=Status.SOLVED)
        with self._shop.db.read() as tx:
            due = [
                one for one in surveys.due(tx, now) if one not in self._tried and not self._is_dispute(one)
            ]
        return sum(self._ask(ticket, macro, now) for ticket in due[:_AT_ONCE])

    def _is_dispute(self, ticket: int) -> bool:
        with self._shop.db.read() as tx:
            return is_dispute(surveys.customers_words(tx, ticket))

    def _ask(self, ticket: int, macro: str, now: int) -> bool:
        """Whether the question was queued. If its review is not green, everything is rolled back."""
        self._tried.add(ticket)
        try:
            with self._shop.db.write() as tx:
                self._replies.take(ticket, macro, None, now)
                review = self._replies.review(ticket, now)
                done = self._replies.send(ticket, review, now, Level.GREEN)  # raises if it is not green
                # Nobody pressed a key for it, so undo skips it; the outbox shows it.
                tx.execute("UPDATE events SET by = ? WHERE action = ?", (By.RULE, done.action))
        except DesktermError:
            return False
        return True
