"""Going about: the places of the desk, and the app that knows the way to each."""

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

# Imported when they are first gone to: the first paint does not wait for them.
PLACES = {
    "metrics": ("deskterm.screens.metrics", "MetricsScreen"),
    "timeline": ("deskterm.screens.timeline", "TimelineScreen"),
    "similar": ("deskterm.screens.finding.similar", "SimilarScreen"),
    "questions": ("deskterm.screens.knowledge.questions", "QuestionsScreen"),
    "radar": ("deskterm.screens.radar", "RadarScreen"),
    "stock": ("deskterm.screens.goods.stock_list", "StockListScreen"),
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
REST = 0.5  # seconds without a key after which what left screens held is let go of
_MOST_LEFT = 20  # screens left without such a rest


class Places(ColouredApp[None]):
    """An app whose ground is the inbox; the other places are screens over it."""

    BINDINGS = [  # noqa: RUF012 - Textual's way to write it
        ("ctrl+q", "quit"),
        ("ctrl+c", "quit"),
        ("ctrl+z", "suspend_process"),
    ]

    work: "Work"
    _resting: Timer | None = None
    _left = 0

    def pop_screen(self) -> AwaitComplete:
        """Leave a screen. Nothing but the collector frees it: its widgets hold each other."""
        self._left += 1
        if self._resting is None:
            self._resting = self.set_timer(REST, self._let_go)
        if self._left >= _MOST_LEFT:
            self.call_later(self._let_go)
        return super().pop_screen()

    def wait_for_rest(self) -> None:
        """A key was pressed: nothing but what it asks for is done now."""
        if self._resting is not None:
            self._resting.reset()

    def _let_go(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting, self._left = None, 0
        gc.collect()

    @property
    def home(self) -> InboxScreen | None:
        """The inbox, while it stands."""
        ground = self.screen_stack[0] if self.screen_stack else None
        return ground if isinstance(ground, InboxScreen) and ground.is_mounted else None

    @property
    def desk_screen(self) -> DeskScreen[Any]:
        """The screen in front that shows the desk: a picker over it does not count."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DeskScreen) and not isinstance(screen, ModalScreen):
                return screen
        raise LookupError

    def on_go(self, message: Go) -> None:
        """Go to a place; the lists are all shown by the inbox screen."""
        if message.place in PLACES:
            self.open_place(message.place, instead=message.instead, **message.values)
            return
        self._back_to(0)
        if self.home is not None:
            self.home.show_listing(message.place)
        self.release_keys()

    def on_show_found(self, message: ShowFound) -> None:
        """Show what a search found as a list, over nothing else."""
        from deskterm.screens.finding.search_to_list import show_found  # noqa: PLC0415 - seldom used

        self._back_to(0)
        if self.home is not None:
            show_found(self.home, message.query_text, message.ticket_id)
        self.release_keys()

    def show_view(self, query: str) -> None:
        """Filter the list, over nothing else; where none of its tickets fits, all lists."""
        self._back_to(0)
        home, search = self.home, self.work.desk.search
        if home is not None:
            if not search.count_tickets(home.listing, query, self.work.now()):
                home.listing = Listing.FOUND
            home.show_only(query)
        self.release_keys()

    def on_open(self, message: Open) -> None:
        """Open a ticket over what is there."""
        self.open_place("ticket", ticket_id=message.ticket_id, among=message.among)

    def go_about(self, place: str) -> None:
        """Go to a place; back to it, where one came from there."""
        names = [type(screen).__name__ for screen in self.screen_stack]
        if place in PLACES and PLACES[place][1] in names:
            self._back_to(names.index(PLACES[place][1]))
            self.release_keys()
        else:
            self.on_go(Go(place))

    def open_place(self, place: str, *, instead: bool = False, **values: object) -> None:
        """Put a place's screen over what is there, or `instead` of it; `values` go to its constructor."""
        module, name = PLACES[place]
        try:
            screen = getattr(import_module(module), name)(self.work, **values)
        except DesktermError as error:
            self.desk_screen.tell_failure(error)
        else:
            (self.switch_screen if instead else self.push_screen)(screen)
        self.release_keys()

    def copy_to_clipboard(self, text: str) -> None:
        """What the mouse or an editor has selected, as any text that is copied."""
        self.post_message(Copy(text, "the selected text"))

    async def on_copy(self, message: Copy) -> None:
        """Put a text on the clipboard, and say no more than is known of it."""
        from deskterm.screens.base.clipboard import put_on_clipboard  # noqa: PLC0415 - seldom used

        if await asyncio.to_thread(put_on_clipboard, message.text, os.environ):
            self.desk_screen.tell(f"Copied {message.what}", "green")
            return
        super().copy_to_clipboard(message.text)  # by the terminal, which does not answer
        self.desk_screen.tell(f"Sent to the terminal: {message.what}. Not every one takes it.")

    def _back_to(self, at: int) -> None:
        """Leave the screens above that one of the stack."""
        for _ in self.screen_stack[at + 1 :]:
            self.pop_screen()

    def release_keys(self) -> None:
        """Let the keys that were typed ahead go to the screen in front."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.release_keys()
