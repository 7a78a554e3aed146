"""Leaving: on a signal of the system, and the question about what of the outbox is not out by then."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from textual.app import App

from deskterm.actions.work import Work

GONE_AFTER = 5.0  # seconds that leaving may take once the system has told us to


def on_signal(leave: Callable[[], object]) -> None:
    """Leave properly when the terminal hangs up or we are told to end: the last word is kept."""
    loop = asyncio.get_running_loop()
    with suppress(RuntimeError, ValueError, NotImplementedError):  # outside the main thread
        for one in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(one, _leave_in_time, leave)


def _leave_in_time(leave: Callable[[], object]) -> None:
    """Leave; go anyway when the terminal is gone, as Textual then waits for it without end."""
    last = threading.Timer(GONE_AFTER, os._exit, (1,))
    last.daemon = True
    last.start()
    leave()


async def confirm_leaving(app: App[Any], work: Work) -> bool:
    """Ask whether to leave, unless something is being asked already."""
    from deskterm.screens.base.ask import Ask  # noqa: PLC0415 - seldom used

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
