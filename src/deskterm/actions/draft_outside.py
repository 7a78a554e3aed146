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
    front.tell(f"Waiting for `{drafting.command}` …")
    text = await asyncio.to_thread(drafting.ask, ids[0], now)
    await front.work.write(drafting.keep, ids[0], text, now)
    front.tell("The draft is here. The review checks its facts.")
    front.go_to("compose", ids[0])
