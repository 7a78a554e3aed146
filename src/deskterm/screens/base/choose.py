"""A picker over a screen: it is dismissed with the picked value, or None."""

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
        """The picker alone."""
        yield self.picker

    def on_mount(self) -> None:
        """The picker reads the keys."""
        self.picker.focus()

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Answer."""
        self.dismiss(message.value)

    def on_picker_left(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
