"""Put tickets out of sight until a time."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.actions import time_options
from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, MANY, WRITES, command
from deskterm.domain.moments import TRIES, suggested_times

COMMAND = command(
    "snooze", "b", "snooze", "Put the ticket out of sight until a time.", DESK, WRITES | ABOUT_TICKET | MANY
)


if TYPE_CHECKING:
    from deskterm.domain.views import Done


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Snooze until a time that is picked or typed."""
    work = front.work
    found = time_options.options(work, suggested_times(work.formats.local(work.now())))
    until = await front.pick(
        "Snooze until", found, lambda words: time_options.parse_typed_time(work, words), tries=TRIES
    )
    if not until:
        return
    at = int(until)

    def snooze_until(ids: tuple[int, ...], now: int) -> "Done":
        done = work.desk.tickets.snooze(ids, at, now)
        return replace(done, words=f"{done.words} until {work.formats.ahead(at, now)}")

    await front.change(ids, snooze_until, gone=True)
