"""A picker over a screen; gives the picked value, or None."""

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.picker import Option, Picker

PICKER_KEYS = (("Enter", "take"), ("↑ ↓", "move"), ("/", "find"), ("?", "keys"), ("Esc", "back"))


class Choose(DeskModal[str | None]):
    """`value = await self.app.push_screen_wait(Choose(work, "Snooze until", options))`."""

    READER = "Picker"
    KEYS = PICKER_KEYS

    def __init__(
        self,
        work: Work,
        title: str,
        options: Sequence[Option],
        *,
        free: Callable[[str], Sequence[Option]] | None = None,
        rows: int = 12,
        typing: bool = False,
        tries: str = "",
    ) -> None:
        super().__init__(work)
        self.picker = Picker(title, options, free=free, rows=rows, typing=typing, tries=tries)

    def body(self) -> Iterable[Widget]:
        """Only the picker."""
        yield self.picker

    def on_mount(self) -> None:
        """Give the keys to the picker."""
        self.picker.focus()

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Give the picked value."""
        self.dismiss(message.value)

    def on_picker_left(self) -> None:
        """Give None."""
        self.dismiss(None)
