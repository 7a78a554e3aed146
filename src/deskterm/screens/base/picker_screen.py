"""What all pickers share: a list with a cursor, which moves also while a field above takes the letters."""

from pathlib import Path
from typing import ClassVar

from textual import events
from textual.screen import ScreenResultType
from textual.widgets import Input

from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.rows import Rows

_MOVES = {"up": -1, "down": 1, "ctrl+p": -1, "ctrl+n": 1, "k": -1, "j": 1}


class PickerScreen(DeskModal[ScreenResultType]):
    """A picker over `Rows`. A subclass has `on_row_picked(key)`."""

    CSS_PATH: ClassVar[str] = str(Path(__file__).with_suffix(".tcss"))  # subclasses are in other folders

    def on_row_picked(self, key: object) -> None:
        """A row was picked with Enter or the mouse."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Move the cursor. Letters for the focused field do not arrive here."""
        rows = self.query_one(Rows)
        if event.key in _MOVES:
            rows.go(_MOVES[event.key])
        elif event.key in ("pageup", "pagedown"):
            rows.go_page(1 if event.key == "pagedown" else -1)
        elif event.key == "enter":
            self.on_row_picked(rows.key)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick the row under the cursor with Enter in the field."""
        event.stop()
        self.on_row_picked(self.query_one(Rows).key)

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Pick the chosen row on a click."""
        self.on_row_picked(event.key)
