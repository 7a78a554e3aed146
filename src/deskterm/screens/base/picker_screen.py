"""What all pickers share: a list with a cursor, which moves also while a field above takes the letters."""

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.screen import ScreenResultType
from textual.widgets import Input

from deskterm.actions.work import Work
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.rows import Rows

_MOVES = {"up": -1, "down": 1, "ctrl+p": -1, "ctrl+n": 1, "k": -1, "j": 1}
_PAGES = {"pageup": -1, "pagedown": 1}


class PickerScreen(DeskModal[ScreenResultType]):
    """A picker over `Rows`. A subclass has `on_row_picked(key)`."""

    CSS_PATH: ClassVar[str] = str(Path(__file__).with_suffix(".tcss"))  # subclasses are in other folders

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._keys: list[str] = []  # pressed and not followed yet

    def on_row_picked(self, key: object) -> None:
        """A row was picked with Enter or the mouse."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Move the cursor or pick. Letters for the focused field do not arrive here."""
        if event.key not in (*_MOVES, *_PAGES, "enter"):
            return
        event.stop()
        event.prevent_default()
        self._keys.append(event.key)
        if self.query_one(Rows).is_laid_out:
            self._follow_keys()
        else:  # typed ahead: there are no rows yet
            self.call_after_refresh(self._follow_keys)

    def _follow_keys(self) -> None:
        rows, keys = self.query_one(Rows), tuple(self._keys)
        self._keys.clear()
        for key in keys:
            if key in _MOVES:
                rows.go(_MOVES[key])
            elif key in _PAGES:
                rows.go_page(_PAGES[key])
            else:
                self.on_row_picked(rows.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick the row under the cursor with Enter in the field."""
        event.stop()
        self.on_row_picked(self.query_one(Rows).key)

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Pick the chosen row on a click."""
        self.on_row_picked(event.key)
