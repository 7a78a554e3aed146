"""Runs commands one after the other, in the order of their keys."""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from inspect import isawaitable
from typing import Any, Protocol

from textual.message import Message

from deskterm.commands.record import Command
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Pressed

CommandWork = Callable[[], Awaitable[None] | None]


class RunnerScreen(Protocol):
    """What the runner needs of its screen."""

    def find_work(self, command: Command) -> CommandWork | None:
        """The work of a command on this screen; None if the app has it."""

    def before(self, command: Command) -> None:
        """Called before a command runs."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the app."""

    def tell_failure(self, error: DesktermError) -> None:
        """Show a failure."""

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        """Run a coroutine in the background."""

    def read_held_keys(self) -> None:
        """Read the keys pressed meanwhile, unless they are meant for another screen."""


class CommandRunner:
    """Runs a screen's commands. A plain method runs at once; a coroutine holds up the next command."""

    def __init__(self, screen: RunnerScreen) -> None:
        self._screen = screen
        self._queue: deque[Command] = deque()
        self.busy = False

    def run(self, command: Command) -> None:
        """Run a command after those that are still running."""
        self._queue.append(command)
        self._run_next()

    def _run_next(self) -> None:
        while self._queue and not self.busy:
            command = self._queue.popleft()
            work = self._screen.find_work(command)
            if work is None:
                self._screen.post_message(Pressed(command))
                continue
            try:
                self._screen.before(command)
                result = work()
            except DesktermError as error:
                self._screen.tell_failure(error)
                continue
            if isawaitable(result):
                self.start(result)

    def start(self, running: Awaitable[None]) -> None:
        """Run something that holds up the next command."""
        self.busy = True
        self._screen.run_worker(self._finish(running), group="command")

    async def _finish(self, running: Awaitable[None]) -> None:
        """Wait for a command to end, then run the next one."""
        try:
            await running
        except DesktermError as error:
            self._screen.tell_failure(error)
        finally:
            self.busy = False
        self._run_next()
        if not self.busy:
            self._screen.read_held_keys()


async def tell_failures(screen: RunnerScreen, running: Awaitable[None]) -> None:
    """Await background work of a screen, such as a long read, and show its failure."""
    try:
        await running
    except DesktermError as error:
        screen.tell_failure(error)
