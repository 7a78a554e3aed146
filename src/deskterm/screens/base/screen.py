"""What all screens share: the three bars, the keys, and one place where a failure is told.

To make a screen, subclass `DeskScreen`:

    class OutboxScreen(DeskScreen[None]):
        WHERE = Where.OUTBOX                 # which commands it knows
        CSS_PATH = "outbox.tcss"             # beside it; the shades are in screen.tcss, which is always there
        PLACE = "outbox"                     # said in the top line

        def body(self) -> Iterable[Widget]:  # between the top line and the status line
            yield OutboxList(id="rows")

        def refresh_desk(self) -> None:      # at the start, on return, when any process changed something
            self.query_one(OutboxList).show(self.work.desk.outbox.rows())

        async def do_retry(self) -> None:    # one method a command: `do_` and its id
            done = await self.work.write(self.work.desk.outbox.retry, self.chosen, self.work.now())
            self.tell(done.words)

Commands run one after the other, in the order of the keys; a plain method runs at once, a
coroutine may wait (`await self.app.push_screen_wait(...)` too). A DesktermError that
leaves a command is told to the owner by `tell_failure`. To go somewhere, post `Go("metrics")`
or `Open(ticket_id)`: the app knows how. A command this screen has no method for goes to the app.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Generic, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from deskterm.actions import RUNS, Front
from deskterm.actions.work import Work
from deskterm.commands.keymap import KeyReader, key_name, shown_keys
from deskterm.commands.record import Command, Where
from deskterm.commands.registry import BY_ID
from deskterm.errors import DesktermError, NotFound, NotNow
from deskterm.screens.base.messages import DeskChanged, Go, Open, Pressed, Sent
from deskterm.widgets.bars import Footer, StatusLine, TopLine

if TYPE_CHECKING:
    from deskterm.domain.formats import Formats
    from deskterm.domain.views import Done
    from deskterm.widgets.picker import Option

__all__ = ["DeskChanged", "DeskScreen", "Go", "Open", "Pressed", "Sent", "Shown"]

Shown = tuple[Command, list[str]]  # a command and its keys
SAID_FOR = 8.0  # seconds that the words of a key stay in the status line


class DeskScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen of the desk. See the module's words for how to make one."""

    HOLDS_TICKETS: ClassVar[bool] = False  # whether one comes back here after sending
    WHERE: ClassVar[Where] = Where.LIST
    PLACE: ClassVar[str] = ""
    READER: ClassVar[str] = ""  # selects the field that the first keys are for, before any has the focus
    AUTO_FOCUS = ""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self._queue: deque[Command] = deque()
        self._busy = self._covered = False
        self._reader = KeyReader(work.keys(self.where))
        self._read_for = self.where
        self._asked: tuple[str, object] | None = None  # the key whose second press is waited for
        self.said = ""  # what the status line says now of a key
        self._leaving_keys = False  # to a screen that is not in front yet
        self._held: list[events.Key] = []
        self._reading = not self.READER
        self._passed_on = 0.0  # when the key was pressed that the field was given and may give back

    # what a subclass gives

    @property
    def where(self) -> Where:
        """The place the next key is for; a screen with several places overrides this."""
        return self.WHERE

    @property
    def place(self) -> str:
        """What the top line calls this screen."""
        return self.PLACE

    def body(self) -> Iterable[Widget]:
        """What stands between the top line and the status line."""
        return ()

    def refresh_desk(self) -> None:
        """Show the database as it is now."""

    def went_out(self, done: "Done") -> None:
        """A reply of this screen's ticket was sent; only screens that hold tickets hear of it."""

    def before(self, command: Command) -> None:
        """A command is about to run."""

    def fit(self, size: Size) -> None:
        """Set the classes that style sheets go by, before anything is laid out at that size."""

    async def leaving(self) -> None:
        """Keep what is not kept yet: the app is about to end."""

    # what a subclass uses

    def tell(self, words: str, shade: str = "accent") -> None:
        """Say in the status line what a key did; it makes way for the truth after a while."""
        if not self.stands:
            return
        self.query_one(StatusLine).say(words, shade)
        self.said = words
        self.set_timer(SAID_FOR, lambda: self._unsay(words))

    def _unsay(self, words: str) -> None:
        """Let the truth be seen again, unless something else was said since."""
        if self.said == words:
            self.said = ""
            if self.stands:
                self.query_one(StatusLine).say("")

    def tell_failure(self, error: DesktermError) -> None:
        """Tell the owner what happened, what is safe and what to do.

        What a key found nothing to do for is no fault: it is said where keys are answered, over nobody's
        words, as long as all of it has room there.
        """
        if isinstance(error, NotNow | NotFound) and cell_len(str(error)) < self.size.width - 1:
            self.tell(str(error), "amber")
            return
        rest = " ".join(part for part in (error.safe, error.todo) if part)
        self.notify(rest or " ", title=error.what, severity="error", timeout=15, markup=False)

    def show_keys(self) -> None:
        """Let the footer say what the keys do in the present place."""
        where = self.where
        if where is not self._read_for:
            self._reader, self._read_for = KeyReader(self.work.keys(where)), where
        if not self.stands:
            return
        footer = self.query_one(Footer)
        if self._reader.prefix:
            footer.show_chord(self._reader.prefix, self._reader.chords())
        else:
            footer.show(self.footer_commands(shown_keys(where, self._reader.keys)))
        self.query_one(StatusLine).show_keys(footer.rest)

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """What the footer offers of the keys of this place, and in which order."""
        return shown

    def show_facts(self) -> None:
        """Let the bars say what the app has read."""
        if not self.stands:
            return
        facts, now, formats = self.work.facts, self.work.now(), self.work.formats
        place = "  ".join(filter(None, (self.place, "read only" * self.work.desk.read_only)))
        self.query_one(TopLine).show(facts.counts, place, _day_and_time(formats, now))
        if facts.truth is not None:
            alarms = tuple(facts.alarms.values())
            self.query_one(StatusLine).show(
                facts.truth, now, facts.progress, facts.eta, alarms=alarms, sending=facts.sending
            )

    # what actions ask for

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action is for."""
        return ()

    def is_seen(self, tickets: tuple[int, ...]) -> bool:  # noqa: ARG002 - no tickets here
        """Whether the owner sees one of the tickets now."""
        return False

    def asks_again(self, name: str, about: object, words: str) -> bool:
        """Ask for a second press of the same key; false when this is the second press."""
        if self._asked == (name, about):
            self._asked = None
            return False
        self._asked = (name, about)
        self.tell(words, "amber")
        return True

    async def pick(
        self,
        title: str,
        options: Sequence["Option"],
        free: Callable[[str], Sequence["Option"]] | None = None,
        tries: str = "",
    ) -> str | None:
        """The value picked from a list, None when the owner left it."""
        from deskterm.screens.base.choose import Choose  # noqa: PLC0415 - a picker is itself a screen

        return await self.app.push_screen_wait(Choose(self.work, title, options, free=free, tries=tries))

    def copy(self, words: str) -> None:
        """Put words on the clipboard."""
        self.app.copy_to_clipboard(words)

    def show_change(self, done: "Done", then: str = "") -> None:  # noqa: ARG002 - no room for the next key
        """Say what was done, and show the desk as it is now."""
        self.post_message(DeskChanged())
        self.refresh_desk()
        self.tell(done.words)

    # how it works

    @property
    def stands(self) -> bool:
        """Whether it has its bars: a look may come before it is composed, and after it is taken away."""
        return len(self.query(Footer)) > 0

    def compose(self) -> ComposeResult:
        """The bars, and the body between them."""
        self.fit(self.app.size)
        yield TopLine(self.work.settings.shop.name)
        yield from self.body()
        yield StatusLine(self.work.formats.time)
        yield Footer()

    def on_mount(self) -> None:
        """Show what there is. Textual calls every class's `on_mount`: a subclass calls no `super` here."""
        self.show_keys()
        self.show_facts()
        self.begin()

    def on_resize(self) -> None:
        """Fit the new size, before it is laid out. Textual calls every class's `on_resize`."""
        self.fit(self.app.size)

    def begin(self) -> None:
        """Show what the screen begins with."""
        self.refresh_desk()

    def on_screen_suspend(self) -> None:
        """Another screen comes in front."""
        self._covered = True
        self.release_keys()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self._covered and self.stands:
            self._covered = False
            self.show_keys()
            self.show_facts()
            self.refresh_desk()

    async def on_key(self, event: events.Key) -> None:
        """Read a key that no focused field has taken; what is typed ahead waits for the screen it is for."""
        if self._busy or self._leaving_keys:
            self._held.append(event)
        elif not self._reading and event.time != self._passed_on:
            self._passed_on = event.time
            self.query_one(self.READER).post_message(_again(event))
        else:
            self._read_key(event)
            return
        event.stop()
        event.prevent_default()

    def _read_key(self, event: events.Key) -> None:
        key = key_name(event.key, event.character)
        had_prefix = bool(self._reader.prefix)
        if self.where is not self._read_for:
            self._reader, self._read_for = KeyReader(self.work.keys(self.where)), self.where
        command = self._reader.press(key)
        if command is not None:
            self.run_command(command)
        if command is not None or had_prefix or self._reader.prefix:
            event.stop()
            event.prevent_default()
            self.show_keys()

    def on_descendant_focus(self) -> None:
        """A field reads the keys now."""
        self._reading = True

    def post_message(self, message: Message) -> bool:
        """Hold the keys that follow a key which goes elsewhere."""
        self._leaving_keys = self._leaving_keys or isinstance(message, Go | Open | Pressed | Sent)
        return super().post_message(message)

    def release_keys(self) -> None:
        """What was gone to is in front: the keys that were held are for it."""
        self._leaving_keys = False
        self._hand_on()

    def _hand_on(self) -> None:
        held, self._held = self._held, []
        for event in held:
            self.app.post_message(_again(event))

    def run_command(self, command: Command) -> None:
        """Run a command, after those that still run; a desk that only reads refuses what would change it."""
        if self._asked is not None and command.id != self._asked[0]:
            self._asked = None
        if self.work.desk.read_only and command.writes:
            why = self.work.desk.why_read_only
            self.tell(f"{why.what} {why.todo}", "amber")
            return
        self._queue.append(command)
        self._run_next()

    def run_command_named(self, name: str) -> None:
        """Run a command by its id."""
        self.run_command(BY_ID[name])

    def _run_next(self) -> None:
        while self._queue and not self._busy:
            command = self._queue.popleft()
            work = self._find_work(command)
            if work is None:
                self.post_message(Pressed(command))
                continue
            try:
                self.before(command)
                result = work()
            except DesktermError as error:
                self.tell_failure(error)
                continue
            if isawaitable(result):
                self._busy = True
                self.run_worker(self._finish(result), group="command")

    def _find_work(self, command: Command) -> Callable[[], Awaitable[None] | None] | None:
        """What a command does here: a method of this screen, else an action on its tickets."""
        method: Callable[[], Awaitable[None] | None] | None = getattr(
            self, "do_" + command.id.replace("-", "_"), None
        )
        run = RUNS.get(command.id)
        if method is None and run is not None:
            return lambda: run(cast("Front", self), self.chosen_ids)
        return method

    async def _finish(self, running: Awaitable[None]) -> None:
        """Wait for a command to end; the next one may then run."""
        try:
            await running
        except DesktermError as error:
            self.tell_failure(error)
        finally:
            self._busy = False
        self._run_next()
        if not self._busy and not self._leaving_keys:
            self._hand_on()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Answer, once: a second key of the same burst finds this screen gone already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def do_back(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)


def _again(event: events.Key) -> events.Key:
    """The same key once more, as of the time it was pressed."""
    key = events.Key(event.key, event.character)
    key.time = event.time
    return key


def _day_and_time(formats: "Formats", now: int) -> str:
    return f"{formats.weekday(now)[:3]} {formats.day(now)} {formats.time(now)}"
