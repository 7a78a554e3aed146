"""Base of what opens over a screen: a picker, a question, a note."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import ModalScreen, ScreenResultType

from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Where
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.bars import Footer


class DeskModal(DeskScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A picker or question over a screen. Gives its answer, or None.

    It has only the footer with its own keys, over that of the screen below.
    """

    WHERE = Where.PICKER
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Enter", "take"), ("Esc", "back"))

    @property
    def footer(self) -> tuple[tuple[str, str], ...]:
        """The keys here, each with its word."""
        if self.where is Where.PICKER:
            return self.KEYS
        shown = shown_keys(self.where, self.work.keys(self.where))
        return tuple((keys[0], command.label) for command, keys in shown if command.label)

    def compose(self) -> ComposeResult:
        """The body and the footer."""
        yield from self.body()
        footer = Footer()
        footer.show_pairs(self.footer)
        yield footer

    def show_keys(self) -> None:
        """Do nothing: the keys of a modal do not change."""

    def show_facts(self) -> None:
        """Do nothing: a modal has no bars."""

    def tell(self, words: str, shade: str = "accent", action: int = 0) -> None:  # noqa: ARG002 - nothing to take back
        """Show `words` as a notification: a modal has no status line."""
        self.notify(words, severity="warning" if shade == "red" else "information", markup=False)

    def on_screen_resume(self) -> None:
        """Do nothing: what changes beneath a modal does not change its question."""
