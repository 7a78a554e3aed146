"""What stands over a screen: a picker, a question, a note."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import ModalScreen, ScreenResultType

from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Where
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.bars import Footer


class DeskModal(DeskScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A picker or a question over a screen. It is dismissed with its answer, None for none.

    Of the bars it has but the lowest, over that of the screen below: its own keys.
    """

    WHERE = Where.PICKER
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Enter", "take"), ("Esc", "back"))

    @property
    def footer(self) -> tuple[tuple[str, str], ...]:
        """What the keys do here: each key and its word."""
        if self.where is Where.PICKER:
            return self.KEYS
        shown = shown_keys(self.where, self.work.keys(self.where))
        return tuple((keys[0], command.label) for command, keys in shown if command.label)

    def compose(self) -> ComposeResult:
        """The body, and its keys."""
        yield from self.body()
        footer = Footer()
        footer.show_pairs(self.footer)
        yield footer

    def show_keys(self) -> None:
        """The keys of a modal do not change."""

    def show_facts(self) -> None:
        """A modal has no bars."""

    def tell(self, words: str, shade: str = "accent", action: int = 0) -> None:  # noqa: ARG002 - nothing to take back
        """A modal has no status line: say it as a notification."""
        self.notify(words, severity="warning" if shade == "red" else "information", markup=False)

    def on_screen_resume(self) -> None:
        """Nothing beneath a modal changes its question."""
