"""Write a reply, or continue the draft."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from deskterm.actions.front import Front
from deskterm.widgets.picker import Option

if TYPE_CHECKING:
    from deskterm.domain.review.replies import OutboxRow


def run(front: Front, ids: tuple[int, ...]) -> Awaitable[None] | None:
    """Open the editor; if a reply is already planned, ask what to do with it first."""
    view = front.ticket_view
    planned = next((row for row in view.outbox if row.is_planned), None) if view else None
    if view and planned is not None and not view.draft:
        return _reply_beside(front, ids[0], planned)
    front.go_to("compose", ids[0])
    return None


async def _reply_beside(front: Front, ticket: int, planned: "OutboxRow") -> None:
    goes = front.work.formats.ahead(planned.send_at, front.work.now())
    options = [
        Option("back", "change that one", "b", "it becomes a draft again"),
        Option("new", "write another one", "n"),
    ]
    chosen = await front.pick(f"A reply is planned for {goes}", options)
    if chosen == "back":
        await front.work.write(front.work.desk.outbox.bring_back, planned.id, front.work.now())
        ticket = planned.ticket_id  # another ticket's reply may answer this one too
    if chosen:
        front.go_to("compose", ticket)
