"""What every screen is given: the desk, the clock, the thread that writes, and what the bars show."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from deskterm.commands.keymap import first_key, keymap, with_keys
from deskterm.commands.record import Command, Where
from deskterm.desk import Desk
from deskterm.domain.ticket_work.rounds import Round
from deskterm.domain.tickets import Counts
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.config.settings_file import Settings
    from deskterm.domain.desk_state import DeskState, Progress
    from deskterm.domain.formats import Formats

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Facts:
    """What the bars show, read once by the app for all screens. `state` comes with the first look."""

    counts: Counts = field(default_factory=Counts)
    state: "DeskState | None" = None
    progress: "Progress | None" = None
    eta: str = ""
    sending: str = ""  # to whom the last reply is going
    alarms: dict[str, str] = field(default_factory=dict)  # what is wrong here: database, playbook


@dataclass(slots=True)
class Work:
    """The desk and what surrounds it; one for the whole app.

    Reads call `desk` directly on the main thread: they take milliseconds. Changes go through `write`,
    one after the other. `clock` gives UTC seconds.
    """

    desk: Desk
    settings: "Settings"
    formats: "Formats"
    clock: Callable[[], float]
    facts: Facts = field(default_factory=Facts)
    round: Round = field(default_factory=Round)
    sent_to: tuple[int, ...] = ()  # the tickets of the last reply
    typed: dict[int, object] = field(default_factory=dict)  # by ticket: what its reply's editor remembers
    listeners: list[Callable[[Command], bool]] = field(default_factory=list)  # called with every command
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "writer"))
    _reader: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reader"))
    _keys: dict[Where, Mapping[str, Command]] = field(default_factory=dict)
    _first_keys: dict[tuple[str, str], str] = field(default_factory=dict)

    def now(self) -> int:
        """The time in UTC seconds."""
        return int(self.clock())

    async def write(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case on the writer thread; gives its result, raises its DesktermError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, lambda: use_case(*args, **kwargs))

    async def read(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a long read on its own thread, so that no change has to wait for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, lambda: use_case(*args, **kwargs))

    def on_this_thread(self, show: "Callable[[Progress], None]") -> "Callable[[Progress], None]":
        """A function for other threads: it calls `show` on the current thread's event loop."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def report(progress: "Progress") -> None:
            loop.call_soon_threadsafe(show, progress, context=context)

        return report

    def is_consumed(self, command: Command) -> bool:
        """Tell the listeners that a command is about to run; true if one of them has used it up."""
        heard = [listen(command) for listen in self.listeners]
        return any(heard)

    def key(self, name: str, liked: str = "") -> str:
        """The owner's first key for a command, for words on the screen; empty if it has none.

        `liked` is given instead if it is one of the command's keys.
        """
        if (name, liked) not in self._first_keys:
            self._first_keys[name, liked] = first_key(name, self.keys, liked)
        return self._first_keys[name, liked]

    def with_keys(self, words: str) -> str:
        """The words with the owner's key for each command they name, as in `{undo} takes it back`."""
        return with_keys(words, self.keys)

    def keys(self, where: Where) -> Mapping[str, Command]:
        """The commands of a place by key, with the owner's keys."""
        if where not in self._keys:
            self._keys[where] = keymap(where, self.settings.keys, self.settings.preset)
        return self._keys[where]

    def note_sent(self, tickets: tuple[int, ...]) -> None:
        """Note the tickets of a reply that was just approved, for its countdown and for undo."""
        self.sent_to = tickets
        names = [f"{row.name}, T{row.ticket_id}" for row in self.desk.inbox.rows(tickets)]
        self.facts.sending = names[0] if len(names) == 1 else f"{len(names)} customers" if names else ""

    def note_state(self, state: "DeskState") -> None:
        """Keep the desk's state; with an empty outbox a later countdown is that of another letter."""
        self.facts.state = state
        if self.sent_to and not state.queued + state.sending:
            self.note_sent(())

    def show_broken_playbook(self) -> None:
        """Let the status line name a macro or SOP that cannot be used, as long as it cannot."""
        broken, alarms = self.desk.playbook.current().broken, self.facts.alarms
        alarms.pop("playbook", None)
        if broken:
            name, why = broken[0]
            alarms["playbook"] = f"{name}: {why}" + (f" {len(broken) - 1} more." if len(broken) > 1 else "")

    def close(self) -> None:
        """Wait for the last change to be written."""
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
