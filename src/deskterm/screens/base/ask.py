"""A question that one key answers."""

from collections.abc import Iterable

from textual import events
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.keymap import key_name
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, line


class Ask(DeskModal[bool]):
    """Ask before something that is meant to be sure. `key` does it; every other key but Esc is left alone.

    `y` is never that key: it sends, on the review, and does nothing anywhere else.
    """

    CSS_PATH = "ask.tcss"

    def __init__(self, work: Work, question: str, words: str, *, key: str, does: str) -> None:
        super().__init__(work)
        self._question, self._words, self._key, self._does = question, words, key, does

    @property
    def footer(self) -> tuple[tuple[str, str], ...]:
        """Its own two keys."""
        return ((self._key, self._does), ("Esc", "stay"))

    def body(self) -> Iterable[Widget]:
        """The question."""
        yield Question(self._question, self._words, self._key, self._does)

    async def on_key(self, event: events.Key) -> None:
        """Do it, or leave it."""
        event.stop()
        event.prevent_default()
        key = key_name(event.key, event.character)
        if key == self._key:
            self.dismiss(result=True)
        elif key in ("Esc", "q", "n"):
            self.dismiss(result=False)


class Question(Drawn):
    """A question, what speaks for it, and its keys."""

    GROUND = "raised"

    def __init__(self, question: str, words: str, key: str, does: str) -> None:
        super().__init__()
        self._question, self._words, self._key, self._does = question, words, key, does

    def lines(self, width: int) -> list[DrawnLine]:
        """The question with an empty line around it."""
        margin = "  "
        words = [line(Bit(margin + part, "soft")) for part in wrap(self._words, width - 2 * len(margin))]
        keys = line(
            Bit(f"{margin}{self._key}", "accent", bold=True),
            Bit(f" {self._does}   ", "soft"),
            Bit("Esc", "accent", bold=True),
            Bit(" stay", "soft"),
        )
        return [line(), line(Bit(margin + self._question, bold=True)), *words, line(), keys, line()]
