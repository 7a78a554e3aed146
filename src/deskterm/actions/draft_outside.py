"""Have a draft written by the owner's own command."""

import asyncio

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Say first that the mail leaves deskterm; then ask the command and go on writing."""
    drafting, now = front.work.desk.drafting, front.work.now()
    if not drafting.command:
        front.tell("No drafting command is set: `draft_command` in config.toml names one.", "amber")
        return
    leaves = (
        f"This conversation and its order leave deskterm: they go to `{drafting.command}`. A again does it."
    )
    if front.asks_again("draft-outside", ids, leaves):
        return
    front.tell(f"Waiting for `{drafting.command}` …")
    text = await asyncio.to_thread(drafting.ask, ids[0], now)
    await front.work.write(drafting.keep, ids[0], text, now)
    front.tell("A draft is written. Its figures are checked on the review.")
    front.go_to("compose", ids[0])
