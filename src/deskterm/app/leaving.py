"""The question before one leaves: what of the outbox is not out by then, and what becomes of it."""

from collections.abc import Iterator
from typing import Any

from textual.app import App

from deskterm.actions.work import Work
from deskterm.screens.base.ask import Ask


async def confirm_leaving(app: App[Any], work: Work) -> bool:
    """Ask whether to leave, unless something is being asked already."""
    if any(isinstance(screen, Ask) for screen in app.screen_stack):
        return False
    words = " ".join(_left_behind(work)) or "All is saved."
    sure = await app.push_screen_wait(Ask(work, "Quit deskterm?", words, key="q", does="quit"))
    return sure is True


def _left_behind(work: Work) -> Iterator[str]:
    truth = work.desk.truth(work.now())
    unsent = truth.queued + truth.sending
    if unsent:
        yield f"{unsent} unsent in the outbox: kept, and sent at the next start."
    if truth.next_planned_at is not None:
        yield f"{truth.later} planned, the first for {work.formats.ahead(truth.next_planned_at, work.now())}."
        if not work.desk.timer_on():
            yield "deskterm must be open then, or `deskterm timer on`."
