"""How things stand: what the status line says."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.replies import OutboxState
from deskterm.domain.views import Truth
from deskterm.storage import outbox, sources


def truth(shop: Shopfront) -> Truth:
    """How far mail and orders are complete, what is on its way and what fails."""
    with shop.db.read() as tx:
        tally = outbox.tally(tx)
        return Truth(
            mail=sources.states(tx, "mail"),
            orders=sources.states(tx, "orders"),
            queued=tally[OutboxState.QUEUED],
            sending=tally[OutboxState.SENDING],
            refused=tally[OutboxState.REFUSED],
            uncertain=tally[OutboxState.UNCERTAIN],
            next_send_at=outbox.next_send_at(tx),
        )
