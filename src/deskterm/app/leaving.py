"""Leaving: on a system signal, and the question about replies that are not out yet."""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any

from textual.app import App

from deskterm.actions.work import Work
from deskterm.screens.base.screen import DeskScreen

_LEAVING: list[asyncio.Future[None]] = []  # kept here, since the loop keeps no reference to a task
LAST_WORDS = (
    "deskterm met a fault of its own and stopped. What was written is saved, drafts included.\n"
    "Start it again; the log says where it happened (`deskterm doctor` says where the log is)."
)
UPDATED_WORDS = (
    "deskterm was updated or removed while this desk was open, and stopped.\n"
    "What was written is saved, drafts included. Start it again."
)
GONE_AFTER = 5.0  # seconds for leaving after a signal
HUNG_UP_AFTER = 0.4  # seconds for restoring the terminal after SIGHUP, once all is saved
BUSY_AFTER = 0.6  # seconds for a busy screen to notice its closed window, if there is nothing to save
CLOSED_AFTER = 0.05  # seconds for restoring after a closed window: there is nothing to restore


def on_signal(leave: Callable[[], Awaitable[None]], writes: Callable[[], bool]) -> None:
    """Leave properly when the terminal hangs up or we are terminated, so that the last words are saved.

    If `writes` says that nothing is being written, a closed window does not wait for a busy screen.
    """
    loop = asyncio.get_running_loop()
    with suppress(RuntimeError, ValueError, NotImplementedError):  # outside the main thread
        loop.add_signal_handler(signal.SIGHUP, _leave_in_time, leave, HUNG_UP_AFTER)
        loop.add_signal_handler(signal.SIGTERM, _leave_in_time, leave, GONE_AFTER)
        signal.signal(signal.SIGHUP, lambda *_: _leave_closed(writes))  # the loop's own turn may come late
        signal.siginterrupt(signal.SIGHUP, False)  # noqa: FBT003 - as the loop has it


def _leave_closed(writes: Callable[[], bool]) -> None:
    if not os.isatty(0) and not writes():
        _end_after(BUSY_AFTER, 0)


def _leave_in_time(leave: Callable[[], Awaitable[None]], patience: float) -> None:
    """Leave; exit anyway if the terminal is gone, since Textual would then wait forever."""
    _end_after(GONE_AFTER, 1)
    _LEAVING.append(asyncio.ensure_future(_leave_and_end(leave, patience)))


async def _leave_and_end(leave: Callable[[], Awaitable[None]], patience: float) -> None:
    await leave()
    _end_after(patience if os.isatty(0) else CLOSED_AFTER, 0)


def _end_after(seconds: float, status: int) -> None:
    last = threading.Timer(seconds, os._exit, (status,))
    last.daemon = True
    last.start()


def has_words(app: App[Any]) -> bool:
    """Whether a screen is open that keeps something as it is left."""
    screens = (one for one in app.screen_stack if isinstance(one, DeskScreen))
    return any(type(one).leaving is not DeskScreen.leaving for one in screens)


async def confirm_leaving(app: App[Any], work: Work) -> bool:
    """Ask whether to leave, unless a question is already open."""
    from deskterm.screens.base.ask import Ask  # noqa: PLC0415 - rarely used

    if any(isinstance(screen, Ask) for screen in app.screen_stack):
        return False
    words = " ".join(_left_behind(work)) or "All is saved."
    sure = await app.push_screen_wait(Ask(work, "Quit deskterm?", words, key="q", does="quit", or_key="y"))
    return sure is True


def _left_behind(work: Work) -> Iterator[str]:
    state = work.desk.state(work.now())
    unsent = state.queued + state.sending
    if unsent and "practice" in work.facts.alarms:
        yield f"{unsent} written in practice: none is sent."
    elif unsent:
        yield f"{unsent} unsent in the outbox: kept and sent at the next start."
    if state.next_planned_at is not None:
        yield f"{state.later} planned, the first for {work.formats.ahead(state.next_planned_at, work.now())}."
        if not work.desk.timer_on():
            yield "For these deskterm must be open, or the timer on (`deskterm timer on`)."
