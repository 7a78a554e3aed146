"""The places of the desk, and how the app goes to each."""

import asyncio
import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.timer import Timer

from deskterm.domain.tickets import Listing
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Copy, Go, Open, ShowFound
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.inbox import InboxScreen
from deskterm.widgets.look.coloured import ColouredApp

if TYPE_CHECKING:
    from deskterm.actions.work import Work

# Imported when first visited: they are not needed for the first paint.
PLACES = {
    "metrics": ("deskterm.screens.metrics", "MetricsScreen"),
    "timeline": ("deskterm.screens.timeline", "TimelineScreen"),
    "similar": ("deskterm.screens.finding.similar", "SimilarScreen"),
    "questions": ("deskterm.screens.knowledge.questions", "QuestionsScreen"),
    "radar": ("deskterm.screens.radar", "RadarScreen"),
    "stock": ("deskterm.screens.products.stock_list", "StockListScreen"),
    "incidents": ("deskterm.screens.incidents.incident_list", "IncidentListScreen"),
    "incident": ("deskterm.screens.incidents.incident", "IncidentScreen"),
    "outbox": ("deskterm.screens.outbox", "OutboxScreen"),
    "search": ("deskterm.screens.finding.search", "SearchScreen"),
    "help": ("deskterm.screens.help", "HelpScreen"),
    "compose": ("deskterm.screens.reply.compose", "ComposeScreen"),
    "review": ("deskterm.screens.reply.review", "ReviewScreen"),
    "suggestion": ("deskterm.screens.reply.suggestion", "SuggestionScreen"),
    "macro": ("deskterm.screens.reply.macro", "MacroScreen"),
    "new": ("deskterm.screens.reply.new_mail", "NewMailScreen"),
    "bulk": ("deskterm.screens.bulk", "BulkScreen"),
    "ticket": ("deskterm.screens.ticket", "TicketScreen"),
    "rules": ("deskterm.screens.rules.rules", "RulesScreen"),
    "self-review": ("deskterm.screens.rules.self_review", "SelfReviewScreen"),
    "habits": ("deskterm.screens.habits", "HabitsScreen"),
    "standing": ("deskterm.screens.status", "StatusScreen"),
}
REST = 0.5  # seconds without a key after which closed screens are freed
_MOST_LEFT = 20  # closed screens after which they are freed in any case


class Places(ColouredApp[None]):
    """An app whose bottom screen is the inbox; other places are screens over it."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        ("ctrl+q", "quit"),
        ("ctrl+c", "quit"),
        ("ctrl+z", "suspend_process"),
    ]

    work: "Work"
    _resting: Timer | None = None
    _left = 0

    def pop_screen(self) -> AwaitComplete:
        """Leave a screen. Only the garbage collector frees it, since its widgets refer to each other."""
        self._left += 1
        if self._resting is None:
            self._resting = self.set_timer(REST, self._let_go)
        if self._left >= _MOST_LEFT:
            self.call_later(self._let_go)
        return super().pop_screen()

    def wait_for_rest(self) -> None:
        """A key was pressed: do only what it asks for now."""
        if self._resting is not None:
            self._resting.reset()

    def _let_go(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting, self._left = None, 0
        gc.collect()

    @property
    def home(self) -> InboxScreen | None:
        """The inbox, while it is in place."""
        ground = self.screen_stack[0] if self.screen_stack else None
        return ground if isinstance(ground, InboxScreen) and ground.is_mounted else None

    @property
    def desk_screen(self) -> DeskScreen[Any]:
        """The topmost screen of the desk; a picker over it does not count."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DeskScreen) and not isinstance(screen, ModalScreen):
                return screen
        raise LookupError

    def on_go(self, message: Go) -> None:
        """Go to a place; the inbox screen shows all lists."""
        if message.place in PLACES:
            self.open_place(message.place, instead=message.instead, **message.values)
            return
        self._back_to(0)
        if self.home is not None:
            self.home.show_listing(message.place)
        self.release_keys()

    def on_show_found(self, message: ShowFound) -> None:
        """Show what a search found as a list, after closing everything over it."""
        from deskterm.screens.finding.search_to_list import show_found  # noqa: PLC0415 - rarely used

        self._back_to(0)
        if self.home is not None:
            show_found(self.home, message.query_text, message.ticket_id)
        self.release_keys()

    def show_view(self, query: str) -> None:
        """Filter the list after closing everything over it; if nothing in it matches, search all lists."""
        self._back_to(0)
        home, search = self.home, self.work.desk.search
        if home is not None:
            listing = home.shown_list.listing
            matches = search.count_tickets(listing, query, self.work.now())
            home.show_only(query, listing=listing if matches else Listing.FOUND)
        self.release_keys()

    def on_open(self, message: Open) -> None:
        """Open a ticket over the present screen."""
        self.open_place("ticket", ticket_id=message.ticket_id, among=message.among)

    def go_about(self, place: str) -> None:
        """Go to a place, or back to it if we came from there."""
        names = [type(screen).__name__ for screen in self.screen_stack]
        if place in PLACES and PLACES[place][1] in names:
            self._back_to(names.index(PLACES[place][1]))
            self.release_keys()
        else:
            self.on_go(Go(place))

    def open_place(self, place: str, *, instead: bool = False, **values: object) -> None:
        """Put a place's screen over the present one, or `instead` of it; `values` go to its constructor."""
        module, name = PLACES[place]
        try:
            screen = getattr(import_module(module), name)(self.work, **values)
        except DesktermError as error:
            self.desk_screen.tell_failure(error)
        else:
            (self.switch_screen if instead else self.push_screen)(screen)
        self.release_keys()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what the mouse or an editor has selected."""
        self.post_message(Copy(text, "the selected text"))

    async def on_copy(self, message: Copy) -> None:
        """Put a text on the clipboard; claim no more success than is known."""
        from deskterm.screens.base.clipboard import put_on_clipboard  # noqa: PLC0415 - rarely used

        if await asyncio.to_thread(put_on_clipboard, message.text, os.environ):
            self.desk_screen.tell(f"Copied {message.what}", "green")
            return
        super().copy_to_clipboard(message.text)  # through the terminal, which does not confirm it
        self.desk_screen.tell(f"Sent to the terminal: {message.what}. Not every terminal accepts it.")

    def _back_to(self, at: int) -> None:
        """Leave the screens above that place of the stack."""
        for _ in self.screen_stack[at + 1 :]:
            self.pop_screen()

    def release_keys(self) -> None:
        """Give the keys typed ahead to the screen in front."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.key_input.release()
