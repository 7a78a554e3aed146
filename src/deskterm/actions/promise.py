"""Note a promise to a customer, or drop one."""

from deskterm.actions import time_options
from deskterm.actions.front import Front
from deskterm.desk.action_words import marks
from deskterm.domain.moments import TRIES, suggested_times
from deskterm.widgets.picker import Option

_DROP = "drop "


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask for the date, or which promise to drop."""
    work = front.work
    now, promising = work.now(), work.desk.promising
    standing = promising.standing(ids[0]) if len(ids) == 1 else ()
    drops = [
        Option(f"{_DROP}{one.id}", f"drop: {one.words}", "", "" if when in one.words else when)
        for one, when in ((one, work.formats.moment(one.due_at, now)) for one in standing)
    ]
    found = time_options.options(work, suggested_times(work.formats.local(now)))
    chosen = await front.pick(
        f"Promised on {marks(ids)} for",
        [*drops, *found],
        lambda words: time_options.parse_typed_time(work, words),
        tries=TRIES,
    )
    if not chosen:
        return
    if chosen.startswith(_DROP):
        done = await work.write(promising.drop, int(chosen.removeprefix(_DROP)), now)
    else:
        done = await work.write(promising.promise, ids, int(chosen), now)
    front.show_change(done)
