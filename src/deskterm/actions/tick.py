"""Tick or untick a step of the SOP. The review ticks its claims itself."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Tick the step under the cursor and go to the next one."""
    panel = front.panel
    if not ids or panel.sop is None or panel.step is None:
        return
    if why := panel.sop.by_themselves.get(panel.step.key):
        front.tell(f"This step ticks itself: {why}.")
        panel.go(1)
        return
    await front.work.write(
        front.work.desk.tickets.tick, ids[0], panel.sop.sop.id, panel.step.key, front.work.now()
    )
    front.show_ticket(ids[0])
    panel.go(1)
