"""Tells the owner about new mail while they look elsewhere: through the terminal, or their own command."""

import asyncio
import logging
from typing import TYPE_CHECKING

from textual import events

from deskterm.app import answers
from deskterm.app.background import Finished
from deskterm.app.guiding import GuidesOwner
from deskterm.domain.text import line
from deskterm.domain.tickets import Listing
from deskterm.errors import DesktermError
from deskterm.screens.base.screen_bars import SAID_FOR

if TYPE_CHECKING:
    from deskterm.domain.tickets import Row

LOG = logging.getLogger("deskterm.notifying")
_AWAY = 60  # seconds without a key after which the owner is looking elsewhere
_LOOKED_AT = 100  # tickets of the inbox
_NAMED = 2  # customers
_TERMINAL = {"osc9": "\x1b]9;{}\x07", "osc777": "\x1b]777;notify;deskterm;{}\x07"}


def news_words(rows: "list[Row]") -> str:
    """How many customers wrote, and who: `2 wrote: Jana Mertens, Tom Iversen`."""
    names = list(dict.fromkeys(line(row.name).replace(";", ",") for row in rows))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{len(names)} wrote: {', '.join(names[:_NAMED])}{more}"


class NotifiesOwner(GuidesOwner):
    """An app that reports news, as the owner's settings say."""

    _last_key = 0.0
    _told_up_to = 0  # UTC seconds

    async def on_event(self, event: events.Event) -> None:
        """Called for every event: whoever presses a key is looking at the desk."""
        if isinstance(event, events.Key):
            self._last_key = self.work.clock()
        await super().on_event(event)

    def on_mount(self) -> None:
        """What is here at the start is not news."""
        self._told_up_to = self.work.now()

    def tell_when_quiet(self, words: str) -> None:
        """Report something that happened by itself, after the answer to the last key."""
        screen = self.desk_screen
        if screen.bars.words:
            self.set_timer(SAID_FOR, lambda: self.tell_when_quiet(words))
        else:
            screen.tell(words)

    async def tell_habits(self) -> None:
        """Report once, after the first sync, which answers the owner keeps typing."""
        if words := await answers.habits_news(self.work):
            self.tell_when_quiet(self.work.with_keys(words))

    def on_finished(self, message: Finished) -> None:
        """A pass has ended: report its news. Textual calls this handler of every class."""
        if message.what == "sync" and message.error is None and self.work.settings.notify:
            self._tell_news()

    def _tell_news(self) -> None:
        now, before = self.work.now(), self._told_up_to
        self._told_up_to = now
        if self.app_focus and now - self._last_key < _AWAY:
            return
        try:
            rows = self.work.desk.inbox.page(Listing.INBOX, 0, _LOOKED_AT)
        except DesktermError as error:
            LOG.info("news were not reported: %s", type(error).__name__)
            return
        fresh = [row for row in rows if row.unanswered_since is not None and row.last_at > before]
        if fresh:
            self._tell_by(self.work.settings.notify, news_words(fresh))

    def _tell_by(self, way: str, words: str) -> None:
        if way not in _TERMINAL:
            self.run_worker(self._tell_by_command(way, words), group="notify")
        elif self._driver is not None:
            self._driver.write(_TERMINAL[way].format(words))

    async def _tell_by_command(self, command: str, words: str) -> None:
        from deskterm.config.outside_command import tell_command  # noqa: PLC0415 - rarely used

        try:
            await asyncio.to_thread(tell_command, command, words, self.work.desk.shop.home.config_folder)
        except DesktermError as error:
            self.desk_screen.tell_failure(error)
