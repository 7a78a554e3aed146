"""`deskterm setup` on the screen: only the form, before there is a desk."""

import logging

from rich.text import Text
from textual.worker import WorkerFailed

from deskterm.config.all_settings import Settings
from deskterm.config.terminal import Colours
from deskterm.screens.setup.calls import SetupCalls
from deskterm.screens.setup.form import FROM_SHOP
from deskterm.screens.setup.screen import SetupScreen
from deskterm.screens.setup.store_lines import TypedStore
from deskterm.screens.setup.store_screen import StoreScreen
from deskterm.widgets.look.coloured import ColouredApp

LOG = logging.getLogger("deskterm")
_LAST_WORDS = (
    "deskterm met a fault of its own and stopped. `deskterm doctor` says whether anything was written\n"
    "and where the log is, which names the place of the fault. Start setup again."
)


class SetupApp(ColouredApp[bool]):
    """The app with only the form. Gives whether the settings were written."""

    def __init__(self, start: Settings, calls: SetupCalls, colours: Colours = Colours.TRUE) -> None:
        super().__init__(start.theme, colours)
        self._screen_given = SetupScreen(start, calls)

    def on_mount(self) -> None:
        """Show the form, and the one for a shop behind it where orders come from one."""
        self.push_screen(self._screen_given, self._go_on)

    def _go_on(self, written: bool | None) -> None:  # noqa: FBT001 - the screen's answer
        form = self._screen_given.written_form
        if not written or form is None or form.source != FROM_SHOP:
            self.exit(bool(written))
            return
        settings, calls = self._screen_given.written, self._screen_given.calls.shop
        first = TypedStore(place=form.secret, passphrase=form.passphrase, again=form.passphrase)
        self.push_screen(StoreScreen(settings, calls, first), lambda _: self.exit(True))  # noqa: FBT003 - as above

    def _handle_exception(self, error: Exception) -> None:
        LOG.error("a fault in setup", exc_info=error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End with a plain sentence: Textual's own screen prints what variables hold, such as passwords."""
        self._exit_renderables.append(Text(_LAST_WORDS))
        self._close_messages_no_wait()
