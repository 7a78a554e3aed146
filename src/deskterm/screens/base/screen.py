"""The base of all screens: the three bars, the keys, and one place that shows failures.

To make a screen, subclass `DeskScreen`:

    class OutboxScreen(DeskScreen[None]):
        WHERE = Where.OUTBOX                 # which commands it knows
        CSS_PATH = "outbox.tcss"             # beside it; the shades are in screen.tcss, which is always there
        PLACE = "outbox"                     # said in the top line

        def body(self) -> Iterable[Widget]:  # between top line and status line
            yield OutboxList(id="rows")

        def refresh_desk(self) -> None:      # at the start, on return, when any process changed something
            self.query_one(OutboxList).show(self.work.desk.outbox.rows())

        async def do_retry(self) -> None:    # one method a command: `do_` and its id
            done = await self.work.write(self.work.desk.outbox.retry, self.chosen, self.work.now())
            self.tell(done.words)

Commands run one after the other, in the order of their keys. A method may be a coroutine that waits, also for
`self.app.push_screen_wait(...)`. A DesktermError it raises is shown by `tell_failure`. To go somewhere, post
`Go("metrics")` or `Open(ticket_id)`. A command without a method here goes to the app.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from deskterm.actions import Front, find_action
from deskterm.actions.work import Work
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Command, Where
from deskterm.errors import DesktermError, NotFound, NotNow
from deskterm.screens.base.command_runner import CommandRunner, CommandWork
from deskterm.screens.base.key_input import KeyInput
from deskterm.screens.base.messages import Go, Open, Pressed, Sent
from deskterm.screens.base.moves import MOVES, Movable
from deskterm.widgets.bars import Footer, StatusLine, TopLine
from deskterm.widgets.drawing.cells import cell_len
from deskterm.widgets.typed_ahead import repeat_key

if TYPE_CHECKING:
    from deskterm.domain.views import Done

Shown = tuple[Command, list[str]]  # a command and its keys
SAID_FOR = 8.0  # seconds that the words of a key stay in the status line


class ScreenActions(Protocol):
    """The part of `Front` that the screen itself needs."""

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action applies to."""


class DeskScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen of the desk. The module's docstring says how to make one."""

    HOLDS_TICKETS: ClassVar[bool] = False  # whether sending returns to this screen
    WHERE: ClassVar[Where] = Where.LIST
    PLACE: ClassVar[str] = ""
    READER: ClassVar[str] = ""  # selects the field that gets the first keys, before any has the focus
    AUTO_FOCUS = ""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self.commands = CommandRunner(self)
        self.key_input = KeyInput(work.keys, self.where)
        self.front: ScreenActions | None = None  # what actions may ask of this screen
        self.status_words = ""  # the status line's answer to the last key
        self.shown_action = 0  # the action it is about; 0 for none
        self._covered = False
        self._reading = not self.READER
        self._passed_on = 0.0  # when the key was pressed that the field may give back

    # what a subclass overrides
    @property
    def where(self) -> Where:
        """The place of the next key; a screen with several places overrides this."""
        return self.WHERE

    @property
    def place(self) -> str:
        """What the top line calls this screen."""
        return self.PLACE

    def body(self) -> Iterable[Widget]:
        """The widgets between the top line and the status line."""
        return ()

    def refresh_desk(self) -> None:
        """Show the database as it is now."""

    def after_sending(self, done: "Done") -> None:
        """A reply of this screen's ticket was approved; called only where `HOLDS_TICKETS`."""

    def before(self, command: Command) -> None:
        """Called before a command runs."""

    @property
    def movable(self) -> Movable | None:
        """What the keys of `moves.MOVES` move."""
        return None

    def fit(self, size: Size) -> None:
        """Set the classes that the style sheets use, before the screen is laid out at that size."""

    async def leaving(self) -> None:
        """Save what is not saved yet: the app is about to end."""

    # what a subclass uses

    def tell(self, words: str, shade: str = "accent", action: int = 0) -> None:
        """Answer a key in the status line, with the action it was; after a while the truth returns."""
        if not self.stands:
            return
        self.query_one(StatusLine).say(words, shade)
        self.status_words, self.shown_action = words, action
        self.set_timer(SAID_FOR, lambda: self._clear_words(words))

    def _clear_words(self, words: str) -> None:
        """Show the truth again, unless something else was said since."""
        if words and self.status_words == words:
            self.status_words, self.shown_action = "", 0
            if self.stands:
                self.query_one(StatusLine).say("")

    def tell_failure(self, error: DesktermError) -> None:
        """Show what happened, what is safe and what to do.

        That a key found nothing to do is no fault: it is said in the status line, if it fits there, and not
        as a notification.
        """
        if isinstance(error, NotNow | NotFound) and cell_len(str(error)) < self.size.width - 1:
            self.tell(str(error), "amber")
            return
        rest = " ".join(part for part in (error.safe, error.todo) if part)
        self.notify(rest or " ", title=error.what, severity="error", timeout=15, markup=False)

    def show_keys(self) -> None:
        """Show in the footer what the keys do in the present place."""
        self.key_input.follow(self.where)
        if not self.stands:
            return
        footer, reader = self.query_one(Footer), self.key_input.reader
        if reader.prefix or reader.count:
            footer.show_chord(reader.count + reader.prefix, reader.chords())
        else:
            footer.show(self.footer_commands(shown_keys(self.where, reader.keys)))
        self.query_one(StatusLine).show_chord(*footer.above(self.size.width))

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """The commands to show in the footer, in order."""
        return shown

    def show_facts(self) -> None:
        """Show in the bars what the app has read."""
        if not self.stands:
            return
        facts, now, formats = self.work.facts, self.work.now(), self.work.formats
        place = "  ".join(filter(None, (self.place, "read only" * self.work.desk.read_only)))
        clock = f"{formats.weekday(now)[:3]} {formats.day(now)} {formats.time(now)}"
        self.query_one(TopLine).show(facts.counts, place, clock)
        if facts.truth is not None:
            alarms = tuple(facts.alarms.values())
            self.query_one(StatusLine).show(
                facts.truth, now, facts.progress, facts.eta, alarms=alarms, sending=facts.sending
            )

    # how it works

    @property
    def stands(self) -> bool:
        """Whether the bars exist: the app may look before the screen is composed and after it is removed."""
        return len(self.query(Footer)) > 0

    def compose(self) -> ComposeResult:
        """The bars with the body between them."""
        self.fit(self.app.size)
        yield TopLine(self.work.settings.shop.name)
        yield from self.body()
        yield StatusLine(self.work.formats.time, self.work.key)
        yield Footer()

    def on_mount(self) -> None:
        """Show the desk. Textual calls `on_mount` of every class: a subclass calls no `super` here."""
        self.show_keys()
        self.show_facts()
        self.begin()

    def on_resize(self) -> None:
        """Fit the new size before it is laid out. Textual calls `on_resize` of every class."""
        self.fit(self.app.size)

    def begin(self) -> None:
        """Show what the screen starts with."""
        self.refresh_desk()

    def on_screen_suspend(self) -> None:
        """Another screen comes to the front."""
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
        """Read a key that no focused field took; keys typed ahead wait for the screen they are for."""
        if self.commands.busy or self.key_input.leaving:
            self.key_input.hold(event)
        elif not self._reading and event.time != self._passed_on:
            self._passed_on = event.time
            self.query_one(self.READER).post_message(repeat_key(event))
        elif not self._read_key(event):
            return
        event.stop()
        event.prevent_default()

    def _read_key(self, event: events.Key) -> bool:
        """Run the command that the key completes; gives whether the key was one of ours."""
        self._clear_words(self.key_input.nothing)
        command, ours = self.key_input.press(event, self.where)
        if command is not None:
            for _ in range(self.key_input.reader.times if command.counts else 1):
                self.run_command(command)
        elif self.key_input.nothing:
            self.tell(self.key_input.nothing, "amber")
        if ours:
            self.show_keys()
        return ours

    def on_descendant_focus(self) -> None:
        """Show the field's keys."""
        self._reading = True

    def post_message(self, message: Message) -> bool:
        """Hold the keys that follow a key which goes elsewhere."""
        if isinstance(message, Go | Open | Pressed | Sent):
            self.key_input.leaving = True
        return super().post_message(message)

    def release_keys(self) -> None:
        """The new screen is in front: give it the held keys."""
        self.key_input.leaving = False
        self.read_held_keys()

    def read_held_keys(self) -> None:
        """Hand the held keys to the app, once it is known which screen they are for."""
        if not self.key_input.leaving:
            for event in self.key_input.take_held():
                self.app.post_message(event)

    def run_command(self, command: Command) -> None:
        """Run a command after those that are running; a read-only desk refuses commands that write."""
        self.key_input.forget_question(command.id)
        if self.work.is_consumed(command):
            return
        if not command.moves:
            self.work.round.note_key(self.work.now())
        if self.work.desk.read_only and command.writes:
            why = self.work.desk.why_read_only
            self.tell(f"{why.what} {why.todo}", "amber")
            return
        self.commands.run(command)

    def find_work(self, command: Command) -> CommandWork | None:
        """The work of a command: a method of this screen, a move, or an action."""
        method: CommandWork | None = getattr(self, "do_" + command.id.replace("-", "_"), None)
        if method is None and command.id in MOVES and self.movable is not None:
            move, shown = MOVES[command.id], self.movable
            return lambda: move(shown)
        front = self.front
        if method is None and front is not None and (run := find_action(command.id)) is not None:
            return lambda: run(cast("Front", front), front.chosen_ids)
        return method

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Give the answer once: a second key of the same burst finds the screen already gone."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def do_back(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)
