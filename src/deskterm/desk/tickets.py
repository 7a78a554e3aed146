"""One ticket: reading it, and every change of it except replies."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskterm.desk.action_words import describe_action, marks, sentence
from deskterm.desk.reply.claim_steps import tick_claims
from deskterm.desk.shop import DeskContext
from deskterm.desk.ticket_view import view_ticket
from deskterm.domain.events import By, What
from deskterm.domain.handling import Handled
from deskterm.domain.text import block, line
from deskterm.domain.tickets import Priority, Status, View
from deskterm.domain.views import Done, TicketView
from deskterm.errors import NotFound, NotNow
from deskterm.storage import changes, events, labels, orders, sops, tickets
from deskterm.storage.answers import offers
from deskterm.storage.mail import messages, originals
from deskterm.storage.read_once import reading_once
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx


class Tickets:
    """Read and change tickets. Every change can be undone; `ids` may name several."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def view(self, ticket_id: int, now: int) -> TicketView:
        """Everything the ticket screen shows. A merged ticket gives the one it went into. Raises NotFound."""
        with self._shop.db.read() as tx, reading_once():
            return view_ticket(tx, self._shop, ticket_id, now)

    def solve(self, ids: tuple[int, ...], now: int) -> Done:
        """Solve tickets; snoozes and due dates end."""
        return self._change(ids, now, status=Status.SOLVED)

    def set_status(self, ids: tuple[int, ...], status: Status, now: int) -> Done:
        """Set the status by hand: open, waiting, on hold or solved; a snooze ends."""
        return self._change(ids, now, status=status, snoozed_until=None)

    def snooze(self, ids: tuple[int, ...], until: int, now: int, *, asked: bool = False) -> Done:
        """Hide tickets until `until` (UTC seconds). NotNow if that is past.

        `asked`: their customers asked us to wait that long, so it does not count as waiting.
        """
        if until <= now:
            raise NotNow("That time is past.", todo="Choose a later one.")
        return self._change(ids, now, asked=asked, snoozed_until=until)

    def categorise(self, ids: tuple[int, ...], category: str, tags: tuple[str, ...] | None, now: int) -> Done:
        """Set the category by hand, and the tags unless None."""
        columns: dict[str, Any] = {"category": line(category).strip()}
        if tags is not None:
            columns["tags"] = tuple(dict.fromkeys(tag for tag in (line(one).strip() for one in tags) if tag))
        return self._change(ids, now, **columns)

    def record_handling(self, handled: Handled) -> None:
        """Record how long a ticket was worked on, for the figures; undo skips it."""
        with self._shop.db.write(durable=False) as tx:
            ticket_id = tickets.root(tx, handled.ticket_id)
            action = events.new_action(tx)
            events.add(tx, action, ticket_id, handled.at, By.CLOCK, What.HANDLED, None, handled.seconds)

    def prioritise(self, ids: tuple[int, ...], priority: Priority, now: int) -> Done:
        """Set the priority of tickets."""
        return self._change(ids, now, priority=int(priority))

    def tag(self, ids: tuple[int, ...], tag: str, now: int, *, on: bool) -> Done:
        """Add a tag to tickets, or remove it; other tags stay."""
        action, name = 0, line(tag).strip()
        with self._shop.db.write() as tx:
            found = [tickets.get(tx, one) for one in ids]
            for ticket in found:
                left = tuple(one for one in ticket.tags if one != name)
                tags = (*left, name) if on and name else left
                if on and name in ticket.tags:
                    continue
                action = changes.change(tx, ticket.id, now, By.OWNER, action=action, tags=tags)
            return _describe_change(tx, action, tuple(one.id for one in found))

    def note(self, ticket_id: int, text: str, now: int) -> Done:
        """Add an internal note. It is never sent and never quoted."""
        return self.note_all((ticket_id,), text, now)

    def note_all(self, ids: tuple[int, ...], text: str, now: int) -> Done:
        """Add an internal note to each ticket, as one change."""
        words = block(text).strip()
        if not words:
            raise NotNow("The note has no text.")
        with self._shop.db.write() as tx:
            found, action = dict.fromkeys(tickets.root(tx, one) for one in ids), 0
            for one in found:
                drafts.keep_note(tx, one, "")
                action = changes.note(tx, tickets.get(tx, one).id, words, now, action=action)
            return _describe_change(tx, action, tuple(found))

    def begun_note(self, ticket_id: int) -> str:
        """The note being written on a ticket; empty for none."""
        with self._shop.db.read() as tx:
            return drafts.note(tx, tickets.root(tx, ticket_id))

    def keep_note(self, ticket_id: int, text: str) -> None:
        """Save a note while it is being written; empty drops it."""
        with self._shop.db.write() as tx:
            drafts.keep_note(tx, tickets.root(tx, ticket_id), block(text).strip())

    def spam(self, ids: tuple[int, ...], now: int) -> Done:
        """Mark tickets as spam, only here: nothing moves on the server."""
        return self._change(ids, now, status=Status.SPAM)

    def trash(self, ids: tuple[int, ...], now: int) -> Done:
        """Move tickets to the local trash: nothing is deleted, here or on the server."""
        return self._change(ids, now, view=View.TRASH)

    def restore(self, ids: tuple[int, ...], now: int) -> Done:
        """Bring tickets back from spam, trash or "not customers" into the inbox."""
        action = 0
        with self._shop.db.write() as tx:
            for ticket in (tickets.get(tx, one) for one in ids):
                status = Status.OPEN if ticket.status is Status.SPAM else ticket.status
                action = changes.change(
                    tx, ticket.id, now, By.OWNER, action=action, view=View.CUSTOMERS, status=status
                )
            return _describe_change(tx, action, ids)

    def tick(self, ticket_id: int, sop_id: str, step_key: str, now: int) -> Done:
        """Tick or untick a step of an SOP for this ticket."""
        playbook = self._shop.playbook.current()
        if sop_id not in playbook.sops:
            raise NotFound(f"There is no SOP called {sop_id}.")
        step = next((one for one in playbook.sops[sop_id].steps if one.key == step_key), None)
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            on = step_key not in sops.ticked_steps(tx, ticket.id, sop_id)
            if step is not None:
                tick_claims(tx, ticket.id, playbook, step, now, on=on)
            return _describe_change(
                tx, changes.tick(tx, ticket.id, sop_id, step_key, now, on=on), (ticket.id,)
            )

    def choose_order(self, ticket_id: int, order_id: int | None, now: int) -> Done:
        """Set the order the ticket is about; None for no order."""
        if order_id is not None:
            with self._shop.db.read() as tx:
                orders.get(tx, order_id)
        return self._change((ticket_id,), now, order_id=order_id)

    def categories(self) -> tuple[str, ...]:
        """The categories in use, the playbook's first, for the picker."""
        macros = self._shop.playbook.current().macros.values()
        with self._shop.db.read() as tx:
            used = labels.categories(tx)
        return tuple(dict.fromkeys(name for name in (*(macro.category for macro in macros), *used) if name))

    def tags(self) -> tuple[str, ...]:
        """The tags in use, for the picker."""
        with self._shop.db.read() as tx:
            return labels.tags(tx)

    def raw(self, message_id: int) -> bytes:
        """A mail's original bytes. NotFound for a note."""
        with self._shop.db.read() as tx:
            return messages.original(tx, message_id)

    def attachment(self, message_id: int, part: int) -> bytes:
        """The decoded bytes of an attachment. NotNow while part of its mail is still on the server."""
        from deskterm.mail.parse import content  # noqa: PLC0415 - not needed for the first paint

        with self._shop.db.read() as tx:
            return content(originals.whole(tx, message_id), part)

    def save_attachment(self, message_id: int, part: int) -> Path:
        """Write an attachment into its folder (mode 0600, never over a file); gives its path."""
        from deskterm.desk.attachments import save  # noqa: PLC0415 - rarely used

        with self._shop.db.read() as tx:
            listed = messages.get(tx, message_id).attachments
        name = next((one.name for one in listed if one.part == part), "")
        return save(self._shop.home.attachments_out, name, self.attachment(message_id, part))

    def _change(self, ids: Iterable[int], now: int, *, asked: bool = False, **columns: Any) -> Done:
        action, changed = 0, []
        with self._shop.db.write() as tx:
            for ticket_id in dict.fromkeys(tickets.root(tx, one) for one in ids):
                action = changes.change(tx, ticket_id, now, By.OWNER, action=action, asked=asked, **columns)
                changed.append(ticket_id)
            if "category" in columns:  # another one may want another answer, or another SOP
                offers.drop(tx, changed)
            return _describe_change(tx, action, tuple(changed))


def _describe_change(tx: Tx, action: int, ids: tuple[int, ...]) -> Done:
    if not action:
        return Done(f"Nothing to change on {marks(ids)}", 0, ids)
    return Done(sentence(describe_action(events.for_action(tx, action))), action, ids)
