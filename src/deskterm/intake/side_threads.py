"""Mail in a side thread: it belongs to that thread only, and brings the ticket beside it to the top."""

from collections.abc import Iterable, Mapping, Sequence

from deskterm.domain.messages import Direction, MachineKind
from deskterm.intake.values import ClassifiedMail
from deskterm.storage import tickets
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import side_threads, waking


def thread_or_parent(tx: Tx, found: Iterable[int], threads: Mapping[int, int], customer: int) -> int | None:
    """The ticket for a mail that belongs to a side thread, None if none of the tickets found is one.

    Mail from the customer, who may have been in copy, goes to the customer's own ticket.
    """
    thread = next((one for one in found if one in threads), None)
    if thread is None:
        return None
    parent = tickets.get(tx, threads[thread])
    return parent.id if parent.customer_id == customer else thread


def raise_unsent(tx: Tx, thread: int, at: int) -> None:
    """Bring the ticket of a side thread whose mail did not go to the top; no other ticket has a parent."""
    for parent in side_threads.parents(tx, [thread]).values():
        waking.raise_ticket(tx, parent, at, f"the mail to {side_threads.get(tx, thread).name} did not go")


def raise_answered(tx: Tx, arrived: Mapping[int, Sequence[ClassifiedMail]]) -> None:
    """Bring tickets to the top whose supplier has answered in a side thread, or could not be reached."""
    for thread, parent in side_threads.parents(tx, arrived).items():
        heard = [one for one in arrived[thread] if one.direction is Direction.IN]
        name = side_threads.get(tx, thread).name
        if any(one.human for one in heard):
            waking.raise_ticket(tx, parent, max(one.at for one in heard), f"{name} has answered")
        elif any(one.machine is MachineKind.BOUNCE for one in heard):
            waking.raise_ticket(tx, parent, heard[-1].at, f"the mail to {name} did not arrive")
