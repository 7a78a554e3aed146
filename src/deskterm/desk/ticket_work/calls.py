"""What was said outside mail: a phone call, a message in another app, a public review."""

from deskterm.desk.action_words import describe_action, sentence
from deskterm.desk.reply.follow_up import replace_follow_ups
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction
from deskterm.domain.people.customers import Preferred
from deskterm.domain.text import block, line
from deskterm.domain.ticket_work.calls import Spoken, numbers_in
from deskterm.domain.ticket_work.promises import Promise, PromisedDate
from deskterm.domain.tickets import Status
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.intake.planned_replies import queued_follow_ups
from deskterm.storage import changes, customers, events, tickets
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import calls, promises


class Calls:
    """Logs what mail does not know. It counts as a message of the customer, or as an answer of ours."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def log(self, ticket_id: int, spoken: Spoken, text: str, now: int) -> Done:
        """Add what was said to the ticket: our words make it waiting, theirs open. NotNow without text."""
        words = block(text).strip()
        if not words:
            raise NotNow("No text was written.")
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            action = calls.log(tx, ticket.id, spoken, words, now)
            self._settle(tx, ticket.id, spoken, now, action)
            if spoken.ours:  # counts as an answer
                earlier = [row.id for row in queued_follow_ups(tx, ticket.id)]
                replace_follow_ups(tx, ticket.id, earlier, now, action)
            done = describe_action(events.for_action(tx, action))
            return Done(sentence(done), action, (ticket.id,))

    def numbers(self, ticket_id: int) -> tuple[str, ...]:
        """The customer's phone numbers: from their mails, newest first, and from orders."""
        with self._shop.db.read() as tx:
            at = load_context(tx, ticket_id)
            theirs = [one for one in reversed(at.messages) if one.direction is Direction.IN]
            written = [number for one in theirs for number in numbers_in(one.own_words)]
            placed = [one.order.phone for one in options(tx, at)]
            by_digits = {_digits(number): number for number in reversed([*written, *placed]) if number}
            return tuple(reversed(by_digits.values()))

    def call_back(self, ticket_id: int, number: str, due_at: int, now: int) -> Done:
        """Promise to call a number at that time; hides the ticket until then. NotNow for the past."""
        if due_at <= now:
            raise NotNow("That time is past.", todo="Choose a later one.")
        number = line(number).strip()
        when = self._shop.formats.ahead(due_at, now)
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            call = PromisedDate(f"to call {number}", due_at, due_at, number)
            value = {"promises": promises.add(tx, ticket.id, [call], now)}
            action = events.new_action(tx)
            events.add(tx, action, ticket.id, now, By.OWNER, What.PROMISE, None, value)
            changes.change(tx, ticket.id, now, By.OWNER, action=action, snoozed_until=due_at)
            return Done(f"Call {number} {when}: {ticket.mark} comes back then", action, (ticket.id,))

    def to_make(self, ticket_id: int) -> Promise | None:
        """The promised call that has not been made yet."""
        with self._shop.db.read() as tx:
            standing = promises.standing(tx, tickets.root(tx, ticket_id))
            return next((one for one in standing if one.number), None)

    def prefer(self, ticket_id: int, how: Preferred, now: int) -> Done:
        """Note how the ticket's customer wants to be reached; UNKNOWN removes the note."""
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            customer = customers.get(tx, ticket.customer_id)
            was, new = ({"customer": customer.id, "prefers": one} for one in (customer.prefers, how))
            customers.prefer(tx, customer.id, how)
            action = events.new_action(tx)
            events.add(tx, action, ticket.id, now, By.OWNER, What.PREFERS, was, new)
            wish = how.words or "may be reached in any way"
            return Done(f"{customer.display_name} {wish}", action, (ticket.id,))

    @staticmethod
    def _settle(tx: Tx, ticket_id: int, spoken: Spoken, now: int, action: int) -> None:
        status = Status.WAITING if spoken.ours else Status.OPEN
        changes.change(tx, ticket_id, now, By.OWNER, action=action, status=status, snoozed_until=None)


def _digits(number: str) -> str:
    """The last digits of a number, which are equal however it is written."""
    return "".join(char for char in number if char.isdigit())[-8:]
