"""The app of the desk: its look, its commands and its background work. No SQL, no mail."""

import gc
import logging
import os
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.worker import WorkerFailed

from deskterm.actions.work import Work
from deskterm.app import answers, leaving
from deskterm.app.background import Background, Finished, Pace, Progressed, Wire, run_beside
from deskterm.app.guiding import GuidesOwner
from deskterm.app.handling import opened_ticket, ticket_in_front
from deskterm.app.key_reader import QuietDriver
from deskterm.app.notifying import OwnerNews
from deskterm.app.window import TerminalWindow
from deskterm.config.terminal import Colours
from deskterm.desk import Desk
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import FetchRest, Pressed, Sent
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.inbox import InboxScreen

if TYPE_CHECKING:
    from deskterm.config.settings_file import Settings
    from deskterm.domain.formats import Formats

LOG = logging.getLogger("deskterm.app")
LOOK_EVERY = 1.0  # seconds between looks for changes by other processes
_MINUTE = 60
CARE_TASKS = ("log", "check", "backup")  # the tasks that `Wire.run_daily_care` reports
WAKE_EVERY = 30  # seconds between looks for ended snoozes


class DesktermApp(GuidesOwner):
    """The desk. `clock` gives UTC seconds."""

    TITLE = "deskterm"
    CSS_PATH: ClassVar = ["../screens/base/screen.tcss", "../screens/inbox.tcss"]  # for the first picture

    def __init__(
        self,
        desk: Desk,
        settings: "Settings",
        formats: "Formats",
        *,
        clock: Callable[[], float] = time.time,
        wire: Wire | None = None,
        colours: Colours = Colours.TRUE,
    ) -> None:
        super().__init__(settings.theme, colours)
        self.driver_class = QuietDriver
        self.work = Work(desk, settings, formats, clock)
        self.window = TerminalWindow(self, os.environ.get("TERM", ""))
        self.news = OwnerNews(self, self.window.write)
        self._background = Background(self, wire or Wire())
        self._revision: int | None = None
        self._looked, self._wakes = 0, Pace(WAKE_EVERY)
        self._reported: set[str] = set()  # failures already reported
        self._last_words = leaving.LAST_WORDS

    def get_default_screen(self) -> Screen[Any]:
        """The inbox, below all other screens."""
        self.work.facts.counts = self.work.desk.inbox.counts()
        return InboxScreen(self.work)

    def on_mount(self) -> None:
        """Start looking for changes after the first picture."""
        self.screen.call_after_refresh(self._begin)
        leaving.on_signal(self.leave, partial(leaving.has_words, self))
        self.window.hold()
        self.news.begin()

    async def on_event(self, event: events.Event) -> None:
        """Called for every event before a screen gets it (Textual's entry point)."""
        if isinstance(event, events.Key):
            self.news.press()
        await super().on_event(event)

    def _begin(self) -> None:
        gc.freeze()
        gc.enable()  # off until now: it would cost the first paint 30 ms
        self.look()
        self.set_interval(LOOK_EVERY, self.look)
        self._background.begin()

    # what is shown

    def look(self) -> None:
        """Show what any process changed, wake what is due, send what may go."""
        if not self.is_running:  # the screens are being removed
            return
        now = self.work.now()
        self.handling.look()
        self.work.show_broken_playbook()
        try:
            changed = self._read_facts() or now // _MINUTE != self._looked // _MINUTE
            self._looked = now
            screen = self.desk_screen
            if screen.is_mounted and screen.stands:  # otherwise it reads by itself, or is gone
                screen.show_facts()
                if changed:
                    screen.refresh_desk()
            self.fit_tour()
            if changed and not self.work.desk.read_only:
                run_beside(self, "offers", partial(answers.prepare_suggestions, self.work))
            self._reported.discard("look")
        except DesktermError as error:
            self._tell_failure("look", error)
        if not self.work.desk.read_only and self._wakes.is_due(now):
            run_beside(self, "wake", partial(self._wake, now))
        state = self.work.facts.state
        self._background.deliver(state.due_at if state else None, now)
        self._background.refresh_orders(ticket_in_front(self))
        run_beside(self, "place", partial(self._keep_place, at_rest=True))

    async def _keep_place(self, *, at_rest: bool = False) -> None:
        """Save where the owner is; if that fails, do not disturb them."""
        home = self.home
        if home is not None:
            try:
                await home.last_place.keep(at_rest=at_rest)
            except DesktermError as error:
                LOG.info("the place was not saved: %s", type(error).__name__)

    def _read_facts(self) -> bool:
        """Read what the bars show; gives whether the database has changed since."""
        revision = self.work.desk.inbox.revision()
        if revision == self._revision:
            return False
        self._revision = revision
        facts = self.work.facts
        facts.counts = self.work.desk.inbox.counts()
        self.window.name(f"deskterm: {facts.counts.open} open")
        self.work.note_state(self.work.desk.state(self.work.now()))
        answers.show_clock(self.work)
        return True

    async def _wake(self, now: int) -> None:
        try:
            await self.work.write(self.work.desk.inbox.wake, now)
            await answers.write_automatic_letters(self.work, now)
            self._reported.discard("wake")
        except DesktermError as error:
            self._tell_failure("wake", error)

    def _tell_failure(self, what: str, error: DesktermError) -> None:
        """Report a background failure once until it is over; the status line keeps showing it."""
        if what not in self._reported:
            self._reported.add(what)
            self.desk_screen.tell_failure(error)

    def on_sent(self, message: Sent) -> None:
        """A reply is queued: return to the ticket's screen and go to the next ticket."""
        while len(self.screen_stack) > 1 and not getattr(self.screen, "HOLDS_TICKETS", False):
            self.pop_screen()
        if not message.planned:
            self.work.note_sent(message.done.tickets)
        self.look()
        self.desk_screen.after_sending(message.done)

    def on_desk_changed(self) -> None:
        """Refresh the bars after a change."""
        self.look()

    # its commands

    def on_pressed(self, message: Pressed) -> None:
        """Run a command that belongs to the app."""
        name = message.command.id
        if name.startswith("go-"):
            self.go_about(name.removeprefix("go-"))
        else:
            method = getattr(self, "do_" + name.replace("-", "_"), None)
            if method is None:
                self.desk_screen.tell(f"This key does nothing here: {message.command.help}", "amber")
            else:
                method()
        self.call_after_refresh(self.release_keys)  # a worker pushes its question a little later

    def do_search(self) -> None:
        """Search all mail."""
        self.open_place("search")

    def do_help(self) -> None:
        """Show the keys of the screen."""
        self.open_place("help", about=self.desk_screen.where)

    def do_standing(self) -> None:
        """Show how things stand, in full."""
        self.open_place("standing")

    def do_new(self) -> None:
        """Write a new mail, to the open ticket's customer unless another recipient is typed."""
        self.open_place("new", ticket_id=opened_ticket(self))

    def do_sync(self) -> None:
        """Fetch mail and orders now, and retry what a broken connection held up."""
        self._background.sync(asked=True)

    def on_fetch_rest(self, message: FetchRest) -> None:
        """Fetch the rest of a ticket's mails, or stop fetching."""
        begins = self._background.rest(message.ticket_id)
        self.desk_screen.tell("Fetching the rest; the same key stops it." if begins else "Stopping.")

    def do_quit(self) -> None:
        """Ask, then quit."""
        self.run_worker(self.action_quit())

    def do_palette(self) -> None:
        """Find a command by its name."""
        from deskterm.app.picking import find_command  # noqa: PLC0415 - rarely used

        self.run_worker(find_command(self))

    async def action_quit(self) -> None:
        """Quit, after a question if replies have not gone out."""
        if await leaving.confirm_leaving(self, self.work):
            await self.leave()

    async def leave(self) -> None:
        """Quit at once: save the place, stop the background work and the owner's commands."""
        from deskterm.config.outside_command import end_commands  # noqa: PLC0415 - the first paint does without

        self._background.end()
        end_commands()
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.leaving()
        await self.handling.end()
        await self._keep_place()
        self.window.leave()
        self.exit()

    def on_unmount(self) -> None:
        """However the app ends, wait for reads: closing a connection in use crashes SQLite."""
        self.work.close()

    # messages from the background work

    def on_progressed(self, message: Progressed) -> None:
        """Show a pass's progress and what it has brought."""
        facts = self.work.facts
        facts.progress, facts.eta = message.progress, message.progress.pace(self.work.clock())
        self.look()

    def on_finished(self, message: Finished) -> None:
        """Show the result of a pass or delivery, or why it failed."""
        if message.what in ("sync", "rest"):
            self.work.facts.progress = None
        if message.what in CARE_TASKS:
            self._show_care_result(message.what, message.error)
        self._background.over(message.what)
        if not self.is_running or not self.screen_stack:  # the screens are being removed
            return
        self.look()
        if message.error:
            self._tell_failure(message.what, message.error)
            return
        self._reported.discard(message.what)
        if message.words:
            (self.desk_screen.tell if message.asked else self.news.tell_when_quiet)(message.words)
        if message.what == "sync":
            self.news.after_pass()

    def _show_care_result(self, what: str, error: DesktermError | None) -> None:
        """Show in the status line what is wrong with the database, as long as it is."""
        self.work.facts.alarms.pop(what, None)
        if error:
            self.work.facts.alarms[what] = error.what

    def on_news(self) -> None:
        """Make a pass."""
        self._background.sync()

    # fatal errors

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        LOG.error("a fault in the app", exc_info=cause)  # `config.logs` leaves out its message
        if isinstance(cause, DesktermError):  # the database could not be read for the first picture
            self._last_words = str(cause)
        elif isinstance(cause, ImportError):
            self._last_words = leaving.UPDATED_WORDS
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End with a plain sentence: Textual's own screen prints the values of variables."""
        self._background.end()
        self.window.leave()
        self._exit_renderables.append(Text(self._last_words))
        self._close_messages_no_wait()
