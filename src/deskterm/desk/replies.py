"""A reply from its first word to the outbox."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.messages import Address
from deskterm.domain.replies import Draft, Level, OrderOption, Review
from deskterm.domain.views import Done


class Replies:
    """Writing, reviewing and sending. One draft a ticket."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def begin(self, ticket_id: int, now: int) -> Draft:
        """The ticket's draft, or a new one, not saved yet: to all, our own addresses left out, signed."""
        raise NotImplementedError

    def compose(self, to: Address, subject: str, now: int) -> Draft:
        """A mail of our own to a customer: a new ticket, its draft saved."""
        raise NotImplementedError

    def orders_for(self, ticket_id: int) -> tuple[OrderOption, ...]:
        """The orders a reply may speak of, best first. Ask the owner when none is certain and there are several."""
        raise NotImplementedError

    def take(self, ticket_id: int, macro_id: str, order_id: int | None, now: int) -> Draft:
        """Fill a macro into the ticket's draft and save it; own words already there are kept above it.

        `order_id` None takes the best order of `orders_for`. Holes stand in the body as `[order.number?]`.
        """
        raise NotImplementedError

    def choose_order(self, ticket_id: int, order_id: int | None, now: int) -> Draft:
        """Fill the draft's macro again, from another order."""
        raise NotImplementedError

    def insert(self, draft: Draft, macro_id: str, now: int) -> str:
        """A macro's text filled for that draft, to be put at the cursor; nothing is saved."""
        raise NotImplementedError

    def save(self, draft: Draft, now: int) -> Draft:
        """Keep the draft as it is typed. One without a word of one's own is dropped, not kept."""
        raise NotImplementedError

    def discard(self, ticket_id: int, now: int) -> Done:
        """Throw the draft away; undo brings it back."""
        raise NotImplementedError

    def tick(self, ticket_id: int, claim: str, now: int) -> Draft:
        """Confirm a claim of the draft's macro, or take that back."""
        raise NotImplementedError

    def then(self, ticket_id: int, now: int) -> Draft:
        """The next status to follow the reply: waiting, solved, on hold, open, and round again."""
        raise NotImplementedError

    def attach(self, ticket_id: int, path: str, now: int) -> Draft:
        """Attach a file (NotFound when it cannot be read); one that is attached is taken off."""
        raise NotImplementedError

    def last_macro(self) -> str:
        """The id of the macro taken last, empty when there is none."""
        raise NotImplementedError

    def review(self, ticket_id: int, now: int) -> Review:
        """The saved draft exactly as it will go, with all that speaks against it. NotFound without a draft."""
        raise NotImplementedError

    def send(self, ticket_id: int, review: Review, now: int, confirmed: Level) -> Done:
        """Queue the reply; it goes out after the undo seconds. `confirmed` is AMBER for `Y`, GREEN for `y`.

        Everything is judged again inside the transaction. SendStopped when a new mail came since the
        review, when the draft is no longer the one reviewed, or when a concern is graver than `confirmed`.
        """
        raise NotImplementedError
