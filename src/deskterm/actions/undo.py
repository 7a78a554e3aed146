"""Undo the last change."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the last change, not a ticket's
    """Undo it; if it is off the screen, ask for a second press first."""
    undo = front.work.desk.undo
    found = undo.peek()
    if found is not None:
        is_known = front.shown_action == found.action or _counts_down(front, found.tickets)
        if not (is_known or front.is_seen(found.tickets)) and front.asks_again(
            "undo", found.action, f"{front.work.key('undo')} again takes back: {found.words}."
        ):
            return
    front.show_change(await front.work.write(undo.undo, front.work.now()), "{redo} redoes it")


def _counts_down(front: Front, tickets: tuple[int, ...]) -> bool:
    """Whether the status line is counting down to a reply to one of these tickets."""
    state = front.work.facts.state
    waits = state is not None and (state.next_send_at or 0) > front.work.now()
    return waits and tickets == front.work.sent_to
