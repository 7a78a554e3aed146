"""Show what happened to a ticket, and undo one change."""

from deskterm.actions.front import Front
from deskterm.widgets.picker import Option


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """List the changes, newest first; those that cannot be undone are dimmed."""
    work, history = front.work, front.work.desk.history
    options = [
        Option(
            f"{line.action} {place}",
            line.words,
            "",
            f"{'undone, ' if line.undone else ''}{line.by}, {work.formats.moment(line.at, work.now())}",
            off=not line.action,
        )
        for place, line in enumerate(history.lines(ids[0]))
    ]
    chosen = await front.pick(f"History of T{ids[0]}: Enter undoes one", options)
    if chosen:
        action = int(chosen.partition(" ")[0])
        front.show_change(await work.write(history.take_back, action, work.now()), "{redo} redoes it")
