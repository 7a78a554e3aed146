"""A question that is answered with one key."""

from collections.abc import Iterable

from textual import events
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.keymap import key_name
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, line


class Ask(DeskModal[bool]):
    """Ask before something irreversible. `key` or `or_key` does it; Esc or `n` does not.

    Enter does nothing, and before a letter is sent neither does `y`: it may have been typed ahead.
    """

    CSS_PATH = "ask.tcss"

    def __init__(
        self, work: Work, question: str, words: str, *, key: str, does: str, or_key: str = ""
    ) -> None:
        super().__init__(work)
        self._question, self._words, self._does = question, words, does
        self._keys = (key, or_key) if or_key else (key,)

    @property
    def footer(self) -> tuple[tuple[str, str], ...]:
        """The keys that answer."""
        return ((" or ".join(self._keys), self._does), ("Esc or n", "stay"))

    def body(self) -> Iterable[Widget]:
        """The question."""
        yield Question(self._question, self._words, self.footer)

    async def on_key(self, event: events.Key) -> None:
        """Answer with the key, if it is one of these."""
        event.stop()
        event.prevent_default()
        key = key_name(event.key, event.character)
        if key in self._keys:
            self.dismiss(result=True)
        elif key in ("Esc", "q", "n"):
            self.dismiss(result=False)


class Question(Drawn):
    """A question, its explanation, and its keys."""

    GROUND = "raised"

    def __init__(self, question: str, words: str, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._question, self._words, self._keys = question, words, keys

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - Textual's
        """The height of all its words."""
        return len(self.lines(width))

    def lines(self, width: int) -> list[DrawnLine]:
        """The question with an empty line above and below."""
        margin = "  "
        words = [line(Bit(margin + part, "soft")) for part in wrap(self._words, width - 2 * len(margin))]
        bits = [
            (Bit(margin + key, "accent", bold=True), Bit(f" {does} ", "soft")) for key, does in self._keys
        ]
        keys = line(*(bit for pair in bits for bit in pair))
        return [line(), line(Bit(margin + self._question, bold=True)), *words, line(), keys, line()]
