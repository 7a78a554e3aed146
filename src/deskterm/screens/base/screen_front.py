"""What actions may ask of any screen. A screen with a ticket offers more: `TicketFront`."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskterm.actions.work import Work
from deskterm.config.terminal import Colours
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.messages import Copy, DeskChanged
from deskterm.screens.base.screen import DeskScreen

if TYPE_CHECKING:
    from deskterm.domain.views import Done, TicketView
    from deskterm.widgets.picker import Option


class ScreenFront:
    """The `Front` of a screen without a ticket."""

    ticket_view: "TicketView | None" = None

    def __init__(self, screen: DeskScreen[Any]) -> None:
        self.screen = screen

    @property
    def work(self) -> Work:
        """The desk and its surroundings."""
        return self.screen.work

    @property
    def shown_action(self) -> int:
        """The action the status line speaks of; 0 for none."""
        return self.screen.bars.shown_action

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action applies to."""
        return ()

    def is_seen(self, tickets: tuple[int, ...]) -> bool:  # noqa: ARG002 - no tickets here
        """Whether one of the tickets is on screen now."""
        return False

    def tell(self, words: str, shade: str = "accent") -> None:
        """Say in the status line what the key did."""
        self.screen.tell(words, shade)

    def asks_again(self, name: str, about: object, words: str) -> bool:
        """Show `words` and ask for a second press of the key; false if this is the second press."""
        waits = self.screen.key_input.asks_again(name, about)
        if waits:
            self.tell(words, "amber")
        return waits

    def is_on_top(self, ticket_id: int) -> bool:
        """Whether the ticket is the one on screen, with nothing over it."""
        view = self.ticket_view
        return self.screen.is_current and view is not None and view.ticket.id == ticket_id

    def run_aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something slow while the keys go on, also when the screen is left; a failure is shown."""
        self.screen.app.run_worker(tell_failures(self.screen, work), group="aside")

    async def pick(
        self,
        title: str,
        options: Sequence["Option"],
        free: Callable[[str], Sequence["Option"]] | None = None,
        tries: str = "",
    ) -> str | None:
        """The value picked from a list; None if the owner leaves it. `free` makes options of typed words."""
        from deskterm.screens.base.choose import Choose  # noqa: PLC0415 - the first paint does not wait for it

        picker = Choose(self.work, title, options, free=free, tries=tries)
        return await self.screen.app.push_screen_wait(picker)

    @property
    def selected_text(self) -> str:
        """The text selected with the mouse."""
        return self.screen.get_selected_text() or ""

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so; `what` names it."""
        self.screen.post_message(Copy(text, what))

    def open_outside(self, path: Path) -> bool:
        """Open a saved file with its program; false if there is none."""
        from deskterm.screens.base.outside import open_file  # noqa: PLC0415 - rarely used

        return open_file(path)

    @property
    def opens_pages(self) -> bool:
        """Whether there is a browser here that can show a page."""
        import os  # noqa: PLC0415 - rarely used

        from deskterm.screens.base.outside import find_browser  # noqa: PLC0415 - as above

        return bool(find_browser(os.environ))

    async def open_page(self, url: str, what: str, *, ours: bool) -> None:
        """Open a page in the browser, or copy its address if there is none; says which.

        Unless the page is the shop's own (`ours`), its address is shown in full, as it will be opened, and
        confirmed first; one that could not be judged by that is only copied.
        """
        from deskterm.domain.links import is_plain, shown_link  # noqa: PLC0415 - rarely used
        from deskterm.screens.base.ask import Ask  # noqa: PLC0415 - rarely used
        from deskterm.screens.base.outside import open_page  # noqa: PLC0415 - as above

        if self.opens_pages and not ours and (page := shown_link(url)):
            if not is_plain(page):
                self.copy(page, f"{what}: its address is long or names a user, so it is not opened")
                return
            asked = Ask(self.work, f"Open {what}?", page, key="y", does="open it in the browser")
            if not await self.screen.app.push_screen_wait(asked):
                return
        if open_page(url):
            self.tell(f"Opened in the browser: {what}", "green")
        else:
            self.copy(url, f"{what}: {url}")

    async def show_picture(self, path: Path) -> bool | None:
        """Draw a saved picture over the desk; True if it is wanted outside, None if it cannot be drawn."""
        import asyncio  # noqa: PLC0415 - the first paint does not wait for it

        from rich.text import Text  # noqa: PLC0415 - as above

        from deskterm.screens.base.picture import PictureScreen, draw  # noqa: PLC0415 - as above

        size, colours = self.screen.app.size, getattr(self.screen.app, "colours", None) is not Colours.NONE
        drawn = await asyncio.to_thread(draw, path, size.width - 4, size.height - 3, colours=colours)
        if not drawn:
            return None
        shown = PictureScreen(self.work, Text.from_ansi(drawn))
        wanted: bool | None = await self.screen.app.push_screen_wait(shown)
        return bool(wanted)

    def show_change(self, done: "Done", then: str = "") -> None:  # noqa: ARG002 - not shown here
        """Say what was done and refresh the screen."""
        self.screen.post_message(DeskChanged())
        self.screen.refresh_desk()
        self.screen.tell(done.words, action=done.action)
