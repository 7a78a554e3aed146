"""Finds the work of commands and runs them one after the other, in the order of their keys."""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from inspect import isawaitable
from typing import Any, Protocol, cast

from textual.message import Message

from deskterm.actions import Front, find_action
from deskterm.actions.work import Work
from deskterm.commands.record import Command
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Pressed
from deskterm.screens.base.moves import MOVES, Movable

CommandWork = Callable[[], Awaitable[None] | None]


class ScreenActions(Protocol):
    """The part of `Front` that the runner itself needs."""

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action applies to."""


class ScreenKeys(Protocol):
    """What the runner tells the keys of its screen."""

    def forget_question(self, command_id: str) -> None:
        """Another key was pressed: a second press no longer confirms."""

    def read_held(self) -> None:
        """Read the keys pressed meanwhile, unless they are meant for another screen."""


class RunnerScreen(Protocol):
    """What the runner needs of its screen. Its methods `do_<id>` are the work of its own commands."""

    work: Work

    @property
    def front(self) -> ScreenActions | None:
        """What actions may ask of the screen; None if it knows no actions."""

    @property
    def key_input(self) -> ScreenKeys:
        """The keys."""

    @property
    def movable(self) -> Movable | None:
        """What the keys of `moves.MOVES` move."""

    def before(self, command: Command) -> None:
        """Called before a command runs."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the app."""

    def tell_failure(self, error: DesktermError) -> None:
        """Show a failure."""

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        """Run a coroutine in the background."""

    def tell(self, words: str, shade: str = "accent") -> None:
        """Answer the key."""


class CommandRunner:
    """Runs a screen's commands. A plain method runs at once; a coroutine holds up the next command."""

    def __init__(self, screen: RunnerScreen) -> None:
        self._screen = screen
        self._queue: deque[Command] = deque()
        self.busy = False

    def run(self, command: Command) -> None:
        """Run a command after those that are running; a read-only desk refuses commands that write."""
        screen, work = self._screen, self._screen.work
        screen.key_input.forget_question(command.id)
        if work.is_consumed(command):
            return
        if not command.moves:
            work.round.note_key(work.now())
        if work.desk.read_only and command.writes:
            why = work.desk.why_read_only
            screen.tell(f"{why.what} {why.todo}", "amber")
            return
        self._queue.append(command)
        self._run_next()

    def _find_work(self, command: Command) -> CommandWork | None:
        """The work of a command: a method of the screen, a move or an action; None if the app has it."""
        screen = self._screen
        method: CommandWork | None = getattr(screen, "do_" + command.id.replace("-", "_"), None)
        if method is None and command.id in MOVES and screen.movable is not None:
            move, shown = MOVES[command.id], screen.movable
            return lambda: move(shown)
        front = screen.front
        if method is None and front is not None and (run := find_action(command.id)) is not None:
            return lambda: run(cast("Front", front), front.chosen_ids)
        return method

    def _run_next(self) -> None:
        while self._queue and not self.busy:
            command = self._queue.popleft()
            work = self._find_work(command)
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
            self._screen.key_input.read_held()


async def tell_failures(screen: RunnerScreen, running: Awaitable[None]) -> None:
    """Await background work of a screen, such as a long read, and show its failure."""
    try:
        await running
    except DesktermError as error:
        screen.tell_failure(error)
