"""One ticket: reading it, and every change of it that is no reply."""

from pathlib import Path

from deskterm.desk.shop import Shopfront
from deskterm.domain.tickets import Status
from deskterm.domain.views import Done, TicketView


class Tickets:
    """Reading and changing tickets. Every change is undoable; `ids` may name several at once."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def view(self, ticket_id: int, now: int) -> TicketView:
        """All that the ticket screen shows. A joined ticket gives the one it went into; NotFound."""
        raise NotImplementedError

    def solve(self, ids: tuple[int, ...], now: int) -> Done:
        """Solve tickets; what was snoozed or due is so no longer."""
        raise NotImplementedError

    def set_status(self, ids: tuple[int, ...], status: Status, now: int) -> Done:
        """Set tickets open, waiting, on hold or solved by hand; a snooze ends."""
        raise NotImplementedError

    def snooze(self, ids: tuple[int, ...], until: int, now: int) -> Done:
        """Put tickets out of sight until `until` (UTC seconds). NotNow when that is past."""
        raise NotImplementedError

    def categorise(self, ids: tuple[int, ...], category: str, tags: tuple[str, ...] | None, now: int) -> Done:
        """Set the category by hand, and the tags unless None."""
        raise NotImplementedError

    def note(self, ticket_id: int, text: str, now: int) -> Done:
        """Add an internal note. It is never sent and never quoted."""
        raise NotImplementedError

    def spam(self, ids: tuple[int, ...], now: int) -> Done:
        """Mark tickets as spam, here alone: nothing moves on the server."""
        raise NotImplementedError

    def trash(self, ids: tuple[int, ...], now: int) -> Done:
        """Put tickets into the local trash: nothing is deleted, here or on the server."""
        raise NotImplementedError

    def restore(self, ids: tuple[int, ...], now: int) -> Done:
        """Bring tickets back from spam, trash or "not customers" into the inbox."""
        raise NotImplementedError

    def tick(self, ticket_id: int, sop_id: str, step_key: str, now: int) -> Done:
        """Tick a step of an SOP for this ticket, or take its tick away."""
        raise NotImplementedError

    def choose_order(self, ticket_id: int, order_id: int | None, now: int) -> Done:
        """Say which order the ticket is about, None for no order."""
        raise NotImplementedError

    def categories(self) -> tuple[str, ...]:
        """The categories in use, the playbook's first, for the picker."""
        raise NotImplementedError

    def tags(self) -> tuple[str, ...]:
        """The tags in use, for the picker."""
        raise NotImplementedError

    def raw(self, message_id: int) -> bytes:
        """A mail's bytes as it came. NotFound for a note."""
        raise NotImplementedError

    def attachment(self, message_id: int, part: int) -> bytes:
        """The decoded bytes of one attachment."""
        raise NotImplementedError

    def save_attachment(self, message_id: int, part: int) -> Path:
        """Write an attachment into the attachments folder (0600, never over a file, never run); gives where."""
        raise NotImplementedError
