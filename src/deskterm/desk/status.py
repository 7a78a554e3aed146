"""How things stand: what the status line says."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.review.replies import OutboxState
from deskterm.domain.views import SourceState, Truth
from deskterm.storage import outbox, sources
from deskterm.storage.schema.database import Tx


def mail(tx: Tx) -> tuple[SourceState, ...]:
    """How each mail source stands. What fails beside its account for the same remedy is told by that."""
    states = sources.states(tx, "mail")
    remedies = {one.name: one.todo for one in states if one.failing_since is not None and one.todo}
    return tuple(one for one in states if not _describe_failures(one, remedies))


def _describe_failures(one: SourceState, remedies: dict[str, str]) -> bool:
    account = one.name.partition(" (")[0]  # "shop (sending)" belongs to "shop"
    return account != one.name and one.failing_since is not None and remedies.get(account) == one.todo


def truth(shop: DeskContext) -> Truth:
    """How far mail and orders are complete, what is on its way and what fails."""
    with shop.db.read() as tx:
        tally, later = outbox.tally(tx), outbox.count_planned(tx)
        return Truth(
            mail=mail(tx),
            orders=sources.states(tx, "orders"),
            queued=tally[OutboxState.QUEUED] - later,
            sending=tally[OutboxState.SENDING],
            refused=tally[OutboxState.REFUSED],
            uncertain=tally[OutboxState.UNCERTAIN],
            next_send_at=outbox.next_first_try(tx),
            next_try_at=outbox.next_send_at(tx, planned=False),
            later=later,
            next_planned_at=outbox.next_send_at(tx, planned=True) if later else None,
        )
