"""Parts of forms: a field of one clean line, and a choice of a few words. No boxes."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from deskterm.domain import text

_EDITS = frozenset("backspace delete left right home end ctrl+a ctrl+e ctrl+u ctrl+k ctrl+w".split())


class Completion(Suggester):
    """Offers the rest of what is typed in a field: `complete` gives the whole text."""

    def __init__(self, complete: Callable[[str], str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text; None if there is nothing to add."""
        whole = self._complete(value)
        return whole if whole != value else None


class Field(Input):
    """One line of text without a frame. Typed and pasted text is cleaned before it is shown."""

    DEFAULT_CSS = """
    Field {
        border: none;
        height: 1;
        padding: 0 1;
        background: $raised;
        &:focus { border: none; background: $chosen; background-tint: $chosen 0%; }
        & > .input--placeholder, & > .input--suggestion { color: $dim; }
        &:focus > .input--placeholder { color: $soft; }
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        ident: str | None = None,
        secret: bool = False,
        complete: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            id=ident,
            password=secret,
            compact=True,
            select_on_focus=False,
            suggester=Completion(complete) if complete else None,
        )

    def validate_value(self, value: str) -> str:
        """Clean what comes in: every change passes here."""
        return text.line(value)

    async def on_key(self, event: events.Key) -> None:
        """Edit here, in the order of the keys; bindings would act on the field focused by then."""
        if event.key in _EDITS:
            event.stop()
            event.prevent_default()
            for binding in self._bindings.get_bindings_for_key(event.key):
                await self.run_action(binding.action)


# Read before the focused field gets the key, so that keys typed ahead go to the next field.
# A screen with several fields uses these as its BINDINGS and moves in `action_line(by)`.
LINE_KEYS: list[BindingType] = [
    Binding("enter,down,tab", "line(1)", show=False, priority=True),
    Binding("up,shift+tab", "line(-1)", show=False, priority=True),
]


class Choice(Widget, can_focus=True):
    """One of a few words, all visible; left and right change it."""

    DEFAULT_CSS = """
    Choice {
        height: 1;
        padding: 0 1;
        background: $raised;
        &:focus { background: $chosen; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False, priority=True),  # as LINE_KEYS: in the order of the keys
        Binding("right", "move(1)", show=False, priority=True),
    ]
    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another word was chosen."""

        def __init__(self, choice: "Choice", value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

    class Typed(Message):
        """A letter was typed on a choice, which it does not change."""

    def __init__(self, words: tuple[str, ...], value: str = "", *, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self.words = words
        self.set_reactive(Choice.value, value if value in words else words[0])

    def render(self) -> Content:
        """All the words; the chosen one stands out by weight and marks, not only by colour."""
        return Content("   ").join(self._word(word) for word in self.words)

    def _word(self, word: str) -> Content:
        chosen = word == self.value
        return Content.styled(f"‹{word}›", "$act bold") if chosen else Content.styled(f" {word} ", "$soft")

    def offer(self, words: tuple[str, ...]) -> None:
        """Offer these words from now on; if the chosen one is gone, the first is chosen."""
        self.words = words
        if self.value not in words:
            self.value = words[0]
            self.post_message(self.Changed(self, self.value))
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Ignore letters: they may have been meant for another line."""
        if event.is_printable:
            self.post_message(self.Typed())

    def on_paste(self) -> None:
        """Ignore pasted text, like letters."""
        self.post_message(self.Typed())

    def action_move(self, by: int) -> None:
        """Choose the word `by` places further; it goes round."""
        self.value = self.words[(self.words.index(self.value) + by) % len(self.words)]
        self.post_message(self.Changed(self, self.value))
