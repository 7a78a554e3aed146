"""What was said elsewhere: a telephone call, a message in another app, a public review."""

from deskterm.desk.action_words import describe_action, sentence
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By
from deskterm.domain.matters.calls import Spoken
from deskterm.domain.text import block
from deskterm.domain.tickets import Status
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import changes, events, tickets
from deskterm.storage.matters import calls
from deskterm.storage.schema.database import Tx


class Calls:
    """Logging what mail does not know of. It counts as a word of the customer's, or as an answer of ours."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def log(self, ticket_id: int, said: Spoken, text: str, now: int) -> Done:
        """Put what was said into the ticket: ours makes it waiting, theirs open. NotNow without a word."""
        words = block(text).strip()
        if not words:
            raise NotNow("Nothing was written down.")
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            action = calls.log(tx, ticket.id, said, words, now)
            self._settle(tx, ticket.id, said, now, action)
            done = describe_action(events.of_action(tx, action))
            return Done(sentence(done), action, (ticket.id,))

    @staticmethod
    def _settle(tx: Tx, ticket_id: int, said: Spoken, now: int, action: int) -> None:
        status = Status.WAITING if said.ours else Status.OPEN
        changes.change(tx, ticket_id, now, By.OWNER, action=action, status=status, snoozed_until=None)
