"""Solve tickets and go to the next one."""

from typing import TYPE_CHECKING

from deskterm.actions.front import Front
from deskterm.domain.tickets import Status

_STEP = 40  # characters of a step's text in the question

if TYPE_CHECKING:
    from deskterm.domain.views import TicketView


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Solve. An unanswered ticket, a draft, open SOP steps and a selection ask for a second press."""
    view = front.ticket_view
    if view is not None and ids == (view.ticket.id,):
        if view.ticket.status is Status.SOLVED:
            front.tell(f"{view.ticket.mark} is solved already.", "amber")
            return
        doubt = _doubt(front, view)
        again = f"{front.work.key('solve')} again solves it"
        if doubt and front.asks_again("solve", ids, f"{again}: {doubt}."):
            return
    elif len(ids) > 1 and front.asks_again("solve", ids, _doubt_many(front, ids)):
        return
    await front.change(ids, front.work.desk.tickets.solve, gone=True)


def _doubt_many(front: Front, ids: tuple[int, ...]) -> str:
    rows = front.work.desk.inbox.rows(ids)
    unanswered = sum(row.unanswered_since is not None for row in rows)
    drafts = sum(row.draft for row in rows)
    parts = [f"{len(ids)} tickets", f"{unanswered} unanswered" * bool(unanswered)]
    parts.append(f"{drafts} with a draft" * bool(drafts))
    again = f"{front.work.key('solve')} again solves them all"
    return f"{again}: {', '.join(part for part in parts if part)}."


def _doubt(front: Front, view: "TicketView") -> str:
    """Why the ticket may not be finished, in words; empty if nothing speaks against solving it."""
    ticket, has_draft = view.ticket, view.draft is not None
    name = f"{view.customer.customer.name} ({ticket.mark})" if view.customer.customer.name else ticket.mark
    if ticket.unanswered_since is not None:
        waited = front.work.formats.duration(front.work.now() - ticket.unanswered_since)
        return f"{name}, unanswered for {waited}" + ", with a draft" * has_draft
    if has_draft:
        return f"{name}, with an unsent draft"
    return _open_steps(view)


def _open_steps(view: "TicketView") -> str:
    """The open steps of an SOP that was begun, in words; empty if there are none."""
    left = view.sop.left if view.sop and view.sop.begun else ()
    if not view.sop or not left:
        return ""
    first = left[0].text if len(left[0].text) <= _STEP else f"{left[0].text[:_STEP].rstrip()}…"
    if len(left) == 1:
        return f"one step of “{view.sop.sop.title}” is open, “{first}”"
    return f"{len(left)} steps of “{view.sop.sop.title}” are open, first “{first}”"
