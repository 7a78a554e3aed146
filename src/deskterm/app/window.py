"""The terminal's window: its title, and a keypad mode that one terminal needs."""

from typing import Any

from textual.app import App

_KEEP_TITLE, _GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"  # xterm's XTWINOPS, known to most
_KEYPAD_ON, _KEYPAD_OFF = "\x1b=", "\x1b>"  # DECKPAM, DECKPNM
_WITHOUT_TITLE = ("linux", "vt", "ansi", "cons", "cygwin")
_WITH_KEYPAD = "st"  # sends another key for Delete until the keypad mode is on


class TerminalWindow:
    """The terminal window of an app, for a value of TERM."""

    def __init__(self, app: App[Any], term: str) -> None:
        self._app, self._title, self._open = app, "", False
        self._has_title = not term.startswith(_WITHOUT_TITLE)
        self._is_st = term.partition("-")[0] == _WITH_KEYPAD

    def hold(self) -> None:
        """Take it over; while the app is stopped by Ctrl+Z, it belongs to other programs."""
        self.enter()
        self._app.app_suspend_signal.subscribe(self._app, lambda _: self.leave(), immediate=True)
        self._app.app_resume_signal.subscribe(self._app, self._come_back, immediate=True)

    def _come_back(self, _: object) -> None:
        """Paint everything again."""
        self.enter()
        self._app.refresh(repaint=True, layout=True)

    def write(self, sequence: str) -> None:
        """Send the terminal a control sequence."""
        if self._app._driver is not None:  # noqa: SLF001 - Textual's way to the terminal
            self._app._driver.write(sequence)  # noqa: SLF001

    def enter(self) -> None:
        """Take over the window."""
        if not self._open:
            self._open = True
            self.write(_KEEP_TITLE * self._has_title + _KEYPAD_ON * self._is_st)
            self._name(self._title)

    def name(self, title: str) -> None:
        """Set the window's title."""
        if title != self._title:
            self._title = title
            self._name(title)

    def _name(self, title: str) -> None:
        if title and self._open and self._has_title:
            self.write(f"\x1b]2;{title}\x07")

    def leave(self) -> None:
        """Give the window back as it was."""
        if self._open:
            self._open = False
            self.write(_GIVE_TITLE_BACK * self._has_title + _KEYPAD_OFF * self._is_st)
