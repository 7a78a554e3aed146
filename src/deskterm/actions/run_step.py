"""Run a step of the SOP: take its macro; a step without one is ticked."""

from deskterm.actions import tick
from deskterm.actions.front import Front
from deskterm.commands.record import WRITES, Where, command

COMMAND = command(
    "run-step", "Enter", "run", "Run the step: take its macro, else tick it.", {Where.SOP}, WRITES
)


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Take the macro of the step under the cursor, or tick the step."""
    step = front.panel.step
    if ids and step is not None and step.macro:
        await front.take_macro(ids[0], step.macro)
    else:
        await tick.run(front, ids)
