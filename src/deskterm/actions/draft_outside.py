"""Have a draft written by the owner's own command."""

import asyncio

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Warn that the mail leaves deskterm; on the second press run the command, then open the editor."""
    drafting, now = front.work.desk.drafting, front.work.now()
    if not drafting.command:
        front.tell("No drafting command: set `draft_command` in config.toml.", "amber")
        return
    leaves = (
        f"This sends the conversation and its order to `{drafting.command}`: "
        f"{front.work.key('draft-outside')} again does it."
    )
    if front.asks_again("draft-outside", ids, leaves):
        return
    front.tell(f"Waiting for `{drafting.command}`; the keys go on meanwhile.")
    front.run_aside(_draft(front, ids[0], now))


async def _draft(front: Front, ticket_id: int, now: int) -> None:
    """Run the command and keep its draft. The editor opens unless the owner has pressed other keys since."""
    pressed = front.work.round.last_at
    text = await asyncio.to_thread(front.work.desk.drafting.ask, ticket_id, now)
    await front.work.write(front.work.desk.drafting.keep, ticket_id, text, front.work.now())
    front.tell(f"The draft of T{ticket_id} is here. The review checks its facts.")
    if front.is_on_top(ticket_id) and front.work.round.last_at == pressed:
        front.go_to("compose", ticket_id)
