"""Tells the owner about new mail while they look elsewhere: through the terminal, or their own command."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskterm.app import answers
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


class OwnerNews:
    """Reports news, as the owner's settings say; `write` sends the terminal a control sequence."""

    def __init__(self, app: GuidesOwner, write: Callable[[str], None]) -> None:
        self._app, self._work, self._write = app, app.work, write
        self._last_key = 0.0
        self._told_up_to = 0  # UTC seconds

    def begin(self) -> None:
        """What is here at the start is not news."""
        self._told_up_to = self._work.now()

    def press(self) -> None:
        """A key was pressed: whoever presses one is looking at the desk."""
        self._last_key = self._work.clock()

    def tell_when_quiet(self, words: str) -> None:
        """Report something that happened by itself, after the answer to the last key."""
        screen = self._app.desk_screen
        if screen.bars.words:
            self._app.set_timer(SAID_FOR, lambda: self.tell_when_quiet(words))
        else:
            screen.tell(words)

    def after_pass(self) -> None:
        """A pass has ended: report the new mail, and once which answers the owner keeps typing."""
        if self._work.settings.notify:
            self._tell_news()
        if not self._work.desk.read_only:
            self._app.run_worker(self._tell_habits(), group="habits")

    async def _tell_habits(self) -> None:
        if words := await answers.habits_news(self._work):
            self.tell_when_quiet(self._work.with_keys(words))

    def _tell_news(self) -> None:
        """Report the new mail, if the owner looks elsewhere."""
        now, before = self._work.now(), self._told_up_to
        self._told_up_to = now
        if self._app.app_focus and now - self._last_key < _AWAY:
            return
        try:
            rows = self._work.desk.inbox.page(Listing.INBOX, 0, _LOOKED_AT)
        except DesktermError as error:
            LOG.info("news were not reported: %s", type(error).__name__)
            return
        fresh = [row for row in rows if row.unanswered_since is not None and row.last_at > before]
        if fresh:
            self._tell_by(self._work.settings.notify, news_words(fresh))

    def _tell_by(self, way: str, words: str) -> None:
        if way not in _TERMINAL:
            self._app.run_worker(self._tell_by_command(way, words), group="notify")
        else:
            self._write(_TERMINAL[way].format(words))

    async def _tell_by_command(self, command: str, words: str) -> None:
        from deskterm.config.outside_command import tell_command  # noqa: PLC0415 - rarely used

        try:
            await asyncio.to_thread(tell_command, command, words, self._work.desk.shop.home.config_folder)
        except DesktermError as error:
            self._app.desk_screen.tell_failure(error)
