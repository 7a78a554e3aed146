"""The base of all screens.

It holds three objects and passes on to them:

- `key_input` (`KeyInput`): from the press of a key to its command, keys typed ahead included;
- `commands` (`CommandRunner`): finds the work of a command and runs it after those before it;
- `bars` (`ScreenBars`): the top line, the status line and the footer.

What is left here is what a subclass overrides or calls, and what Textual calls.

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
from typing import TYPE_CHECKING, ClassVar, Generic

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Command, Where
from deskterm.errors import DesktermError, NotFound, NotNow
from deskterm.screens.base.command_runner import CommandRunner, ScreenActions
from deskterm.screens.base.key_input import KeyInput
from deskterm.screens.base.messages import Go, Open, Pressed, Sent
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen_bars import ScreenBars, Shown
from deskterm.widgets.drawing.bar_bits import SAID_LINES
from deskterm.widgets.drawing.cells import wrap

if TYPE_CHECKING:
    from deskterm.domain.views import Done


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
        self.bars = ScreenBars(self, work)
        self.commands = CommandRunner(self)
        self.key_input = KeyInput(self)
        self.front: ScreenActions | None = None  # what actions may ask of this screen
        self._covered = False

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
        """Answer a key in the status line, with the action it was; later the state is shown again."""
        self.bars.tell(words, shade, action)

    def tell_failure(self, error: DesktermError) -> None:
        """Show what happened, what is safe and what to do.

        That a key found nothing to do is no fault: it is said in the bars, if it fits in their two lines, and
        not as a notification.
        """
        if isinstance(error, NotNow | NotFound) and len(wrap(str(error), self.size.width - 2)) <= SAID_LINES:
            self.tell(str(error), "amber")
            return
        rest = " ".join(part for part in (error.safe, error.todo) if part)
        self.notify(rest or " ", title=error.what, severity="error", timeout=15, markup=False)

    def way_to(self, key: str) -> str:  # noqa: ARG002 - a screen that knows it says so
        """Where a key works that does nothing here, and how to get there; empty if nowhere."""
        return ""

    def show_keys(self) -> None:
        """Show in the footer what the keys do in the present place."""
        self.key_input.follow(self.where)
        if self.stands:
            self.bars.show_keys(self.where, self.key_input.reader, self.footer_commands)

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """The commands to show in the footer, in order."""
        return shown

    def show_facts(self) -> None:
        """Show in the bars what the app has read."""
        if self.stands:
            self.bars.show_facts(self.place)

    # how it works

    @property
    def stands(self) -> bool:
        """Whether the bars exist: the app may look before the screen is composed and after it is removed."""
        return self.bars.stand

    def compose(self) -> ComposeResult:
        """The bars with the body between them."""
        self.fit(self.app.size)
        yield from self.bars.around(self.body())

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
        self.key_input.release()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self._covered and self.stands:
            self._covered = False
            self.show_keys()
            self.show_facts()
            self.refresh_desk()

    async def on_key(self, event: events.Key) -> None:
        """Read a key that no focused field took; keys typed ahead wait for the screen they are for."""
        if self.key_input.take(event):
            event.stop()
            event.prevent_default()

    def on_descendant_focus(self) -> None:
        """A field has the focus: from now on it gets its keys itself."""
        self.key_input.field_is_ready = True

    def post_message(self, message: Message) -> bool:
        """Hold the keys that follow a key which goes elsewhere."""
        if isinstance(message, Go | Open | Pressed | Sent):
            self.key_input.leaving = True
        return super().post_message(message)

    def run_command(self, command: Command) -> None:
        """Run a command after those that are running; a read-only desk refuses commands that write."""
        self.commands.run(command)

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Give the answer once: a second key of the same burst finds the screen already gone."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def do_back(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)
