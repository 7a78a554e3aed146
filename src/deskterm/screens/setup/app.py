"""`deskterm setup` on the screen: the form alone, before there is a desk."""

import logging

from rich.text import Text
from textual.app import App
from textual.worker import WorkerFailed

from deskterm.config.values import Settings
from deskterm.screens.setup.calls import SetupCalls
from deskterm.screens.setup.screen import SetupScreen
from deskterm.widgets.theme import THEMES, textual_theme, variables

LOG = logging.getLogger("deskterm")
_LAST_WORDS = (
    "deskterm met a fault of its own and stopped. Whether anything was written, `deskterm doctor` says,\n"
    "and where the log is that says where it happened. Start setup again."
)


class SetupApp(App[bool]):
    """Nothing but the form, before there is a desk. Ends with whether the settings were written."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, start: Settings, calls: SetupCalls) -> None:
        super().__init__()
        self._screen_given = SetupScreen(start, calls)
        for shades in THEMES.values():
            self.register_theme(textual_theme(shades))
        self.theme = start.theme if start.theme in THEMES else "dark"

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables and the shades'."""
        return {**super().get_css_variables(), **variables(THEMES.get(self.theme, THEMES["dark"]))}

    def on_mount(self) -> None:
        """Show the form; its answer is the app's."""
        self.push_screen(self._screen_given, self.exit)

    def _handle_exception(self, error: Exception) -> None:
        LOG.error("a fault in setup", exc_info=error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave with a plain sentence; Textual's own screen prints what variables held: passwords, here."""
        self._exit_renderables.append(Text(_LAST_WORDS))
        self._close_messages_no_wait()
