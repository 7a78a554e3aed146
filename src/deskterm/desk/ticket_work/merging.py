"""Merging tickets and splitting one. Both can be undone, and both tickets show it."""

from typing import Any

from deskterm.desk.action_words import describe_action, sentence
from deskterm.desk.shop import DeskContext
from deskterm.desk.ticket_work.namesakes import namesakes
from deskterm.domain.events import By
from deskterm.domain.messages import Direction
from deskterm.domain.suggest import suggest
from deskterm.domain.tickets import CategoryBy, Row, Status, Ticket, View, merged_status, split_status
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import changes, events, lists, tickets
from deskterm.storage.mail import messages, summaries
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

_MOST = 20


class Merging:
    """Merge and split."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def candidates(self, ticket_id: int) -> tuple[Row, ...]:
        """The customer's other tickets, unsolved ones first, at most twenty."""
        with self._shop.db.read() as tx:
            ticket = tickets.get(tx, ticket_id)
            own = tickets.for_customer(tx, ticket.customer_id, _MOST + 1)
            return tuple(lists.rows(tx, [one for one in own if one != ticket.id][:_MOST]))

    def find(self, ticket_id: int, other: int) -> Row | None:
        """The row of another ticket by its number; None if it cannot be merged."""
        with self._shop.db.read() as tx:
            root = tickets.root(tx, other)
            found = [] if root == tickets.root(tx, ticket_id) else lists.rows(tx, [root])
            return found[0] if found else None

    def merge(self, ids: tuple[int, ...], now: int) -> Done:
        """Merge the tickets under the number of the first, with the most urgent status.

        NotNow for a single ticket, and if two of them have a draft, so that no text is lost.
        """
        with self._shop.db.write() as tx:
            found = [tickets.get(tx, one) for one in dict.fromkeys(tickets.root(tx, one) for one in ids)]
            into, *others = found
            _refuse(tx, found)
            status = merged_status([one.status for one in found])
            action = 0
            for other in others:
                action = changes.change(tx, other.id, now, By.OWNER, action=action, status=status)
            columns = _columns(into, others, status)
            action = changes.change(tx, into.id, now, By.OWNER, action=action, **columns)
            for other in others:
                action = _join_customers(tx, into, other, now, action)
                action = changes.join(tx, into.id, other.id, now, By.OWNER, action=action)
            words = sentence(describe_action(events.for_action(tx, action)))
            return Done(words, action, (into.id,))

    def split(self, ticket_id: int, message_ids: tuple[int, ...], now: int) -> Done:
        """Give these messages a ticket of their own; later mail does not join the two again.

        NotNow if none of them is a mail, or none would be left behind.
        """
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            mails = messages.for_ticket(tx, ticket.id)
            moved = [one for one in mails if one.id in message_ids and one.direction is not Direction.NOTE]
            left = [one for one in mails if one.id not in message_ids and one.direction is not Direction.NOTE]
            if not moved or not left:
                raise NotNow("A ticket cannot be split there: both parts need a mail.")
            action, made = changes.split(tx, ticket.id, message_ids, now, By.OWNER)
            self._guess_category(tx, made, now, action)
            for one, before in ((ticket.id, ticket.status), (made, ticket.status)):
                status = split_status(before, unanswered=_is_unanswered(tx, one))
                changes.change(tx, one, now, By.OWNER, action=action, status=status)
            return Done(f"Split T{made} off T{ticket.id}", action, (ticket.id, made))

    def _guess_category(self, tx: Tx, ticket_id: int, now: int, action: int) -> None:
        first = summaries.first_words(tx, [ticket_id]).get(ticket_id)
        found = suggest.category(first.written, first.subject, self._shop.playbook.current()) if first else ""
        if found:
            changes.change(
                tx, ticket_id, now, By.OWNER, action=action, category=found, category_by=CategoryBy.GUESS
            )


def _join_customers(tx: Tx, into: Ticket, other: Ticket, now: int, action: int) -> int:
    """Make one customer of two who have one name, or of whom one named the other's address."""
    theirs = tickets.get(tx, other.id).customer_id
    alike = {one.id for one in (*namesakes(tx, into), *namesakes(tx, other))}
    if theirs == into.customer_id or not alike & {theirs, into.customer_id}:
        return action
    return changes.settle_writer(tx, into.id, theirs, into.customer_id, now, action=action)


def _is_unanswered(tx: Tx, ticket_id: int) -> bool:
    """Whether the customer wrote last, whatever the status."""
    state = summaries.conversation_states(tx, [ticket_id])[ticket_id]
    return state.heard is not None and (state.replied is None or state.replied < state.heard)


def _refuse(tx: Tx, found: list[Ticket]) -> None:
    if len(found) == 1:
        raise NotNow(f"{found[0].mark} is already one ticket.")
    with_draft = [one for one in found if drafts.find(tx, one.id) is not None]
    if len(with_draft) > 1:
        raise NotNow(
            f"{with_draft[0].mark} and {with_draft[1].mark} both have a draft.",
            safe="Nothing was changed.",
            todo="Send or discard one of them, then merge.",
        )


def _columns(into: Ticket, others: list[Ticket], status: Status) -> dict[str, Any]:
    """The columns of the merged ticket: it is visible if one of them was."""
    columns: dict[str, Any] = {"status": status}
    tags = tuple(dict.fromkeys(tag for one in (into, *others) for tag in one.tags))
    if tags != into.tags:
        columns["tags"] = tags
    if not into.category:
        named = next((one for one in others if one.category), into)
        columns |= {"category": named.category, "category_by": named.category_by}
    if any(one.view is View.CUSTOMERS for one in others):
        columns["view"] = View.CUSTOMERS
    if any(one.snoozed_until is None for one in others):
        columns["snoozed_until"] = None
    return columns
