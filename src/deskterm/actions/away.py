"""Move tickets to the trash or to spam, block their sender, or bring them back."""

from deskterm.actions.front import Change, Front
from deskterm.domain.tickets import Status, View
from deskterm.widgets.picker import Option


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask where to, and move them there; nothing moves on the server."""
    tickets = front.work.desk.tickets
    changes: dict[str, Change] = {
        "trash": tickets.trash,
        "spam": tickets.spam,
        "back": tickets.restore,
        "block": front.work.desk.senders.block,
    }
    chosen = await front.pick("Out of the way", _options(front))
    if chosen:
        await front.change(ids, changes[chosen], gone=True)


def _options(front: Front) -> list[Option]:
    options = [
        Option("trash", "trash", "t", "kept here; nothing is deleted"),
        Option("spam", "spam", "s", "only here; nothing moves on the server"),
        Option("block", "block the sender", "x", "spam, now and for all later mail"),
    ]
    ticket = front.ticket_view.ticket if front.ticket_view else None
    if ticket and (ticket.view is not View.CUSTOMERS or ticket.status is Status.SPAM):
        options.insert(0, Option("back", "back to the inbox", "b"))
    return options
