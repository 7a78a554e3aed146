"""What every screen is given: the desk, the way values are written, the time, and the thread that writes."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from deskterm.commands.keymap import keymap
from deskterm.commands.record import Command, Where
from deskterm.desk import Desk
from deskterm.domain.matters.rounds import Round
from deskterm.domain.tickets import Counts
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.config.settings_file import Settings
    from deskterm.domain.formats import Formats
    from deskterm.domain.truth import Progress, Truth

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Facts:
    """What the bars say, read by the app once for all screens. The truth comes with the first look."""

    counts: Counts = field(default_factory=Counts)
    truth: "Truth | None" = None
    progress: "Progress | None" = None
    eta: str = ""
    sending: str = ""  # whom the reply that was sent last is for
    alarms: dict[str, str] = field(default_factory=dict)  # what is wrong at home: database, playbook


@dataclass(slots=True)
class Work:
    """The desk and its surroundings, one for the whole app.

    Reads go to `desk` directly, on the main thread: they take milliseconds. Changes go
    through `write`, one after the other. `clock` gives UTC seconds.
    """

    desk: Desk
    settings: "Settings"
    formats: "Formats"
    clock: Callable[[], float]
    facts: Facts = field(default_factory=Facts)
    round: Round = field(default_factory=Round)
    sent_to: tuple[int, ...] = ()  # the tickets of the reply that was sent last
    typed: dict[int, object] = field(
        default_factory=dict
    )  # by ticket: what the editor of its reply remembers
    listeners: list[Callable[[Command], bool]] = field(default_factory=list)  # hear of every command
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "writer"))
    _reader: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reader"))
    _keys: dict[Where, Mapping[str, Command]] = field(default_factory=dict)

    def now(self) -> int:
        """The time in UTC seconds."""
        return int(self.clock())

    async def write(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case on the writer thread; gives its result, raises its DesktermError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, lambda: use_case(*args, **kwargs))

    async def read(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that only reads, and for long, on a thread of its own: no change waits for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, lambda: use_case(*args, **kwargs))

    def on_this_thread(self, show: "Callable[[Progress], None]") -> "Callable[[Progress], None]":
        """Give a function for other threads: what it is called with, `show` gets on this one."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def report(progress: "Progress") -> None:
            loop.call_soon_threadsafe(show, progress, context=context)

        return report

    def is_used_up(self, command: Command) -> bool:
        """Let who listens hear of a command that is about to run; gives whether one has used it up."""
        heard = [listen(command) for listen in self.listeners]
        return any(heard)

    def keys(self, where: Where) -> Mapping[str, Command]:
        """The commands of a place by key, as the owner has them."""
        if where not in self._keys:
            self._keys[where] = keymap(where, self.settings.keys, self.settings.preset)
        return self._keys[where]

    def went_out(self, tickets: tuple[int, ...]) -> None:
        """Take note of the tickets of a reply that was sent, for its countdown and for undo."""
        self.sent_to = tickets
        names = [f"{row.name}, T{row.ticket_id}" for row in self.desk.inbox.rows(tickets)]
        self.facts.sending = names[0] if len(names) == 1 else f"{len(names)} customers" if names else ""

    def tell_broken(self) -> None:
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
