"""What every step of a reply looks at: the ticket, its customer, its messages."""

from deskterm.domain.messages import Direction, Message
from deskterm.domain.people.customers import Customer
from deskterm.domain.tickets import Ticket
from deskterm.storage import customers, tickets
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class TicketContext:
    """A ticket, its customer and its messages, oldest first."""

    ticket: Ticket
    customer: Customer
    messages: tuple[Message, ...]

    @property
    def question(self) -> Message | None:
        """The newest mail that a person wrote to us."""
        people = (one for one in reversed(self.messages) if one.direction is Direction.IN and one.human)
        return next(people, None)

    @property
    def asks_something(self) -> bool:
        """Whether a question mark stands in the customer's newest mail."""
        return self.question is not None and "?" in self.question.own_words

    @property
    def answered_mail(self) -> Message | None:
        """The mail a reply answers: the question, or our own last mail if nobody has answered yet."""
        mails = (one for one in reversed(self.messages) if one.direction is not Direction.NOTE and one.human)
        return self.question or next(mails, None)


def whose_orders(tx: Tx, at: TicketContext) -> TicketContext:
    """The ticket whose customer's orders are meant: for a side thread, the ticket it belongs to."""
    return at if at.ticket.beside is None else load_context(tx, at.ticket.beside)


def load_context(tx: Tx, ticket_id: int) -> TicketContext:
    """The ticket (or the one it was merged into) and what belongs to it. Raises NotFound."""
    ticket = tickets.get(tx, ticket_id)
    return TicketContext(ticket, customers.get(tx, ticket.customer_id), messages.for_ticket(tx, ticket.id))
