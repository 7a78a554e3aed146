"""The text editor of a reply. Everything typed or pasted is cleaned in one place."""

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditHistory, EditResult

from deskterm.domain import text
from deskterm.value_class import dataclass

HOLE = re.compile(r"\[[A-Za-z_]+(?:\.[A-Za-z0-9_]+)*\?\]")  # how a macro marks a missing value


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor remembers of a text: its words, its undo history, and the cursor."""

    text: str
    history: EditHistory
    cursor: tuple[int, int]


class Editor(TextArea):
    """A plain text area in the theme's colours; `[order.number?]` stands out until it is replaced."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"editor--hole"}
    DEFAULT_CSS = """
    Editor {
        border: none;
        padding: 0 1;
        &:focus { border: none; }
        & > .editor--hole { color: $red; text-style: bold underline; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+end", "end(True)", show=False),
        Binding("ctrl+home", "end(False)", show=False),
    ]

    def __init__(self, body: str = "", *, ident: str | None = None) -> None:
        super().__init__(
            text.block(body),
            id=ident,
            theme="css",
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,  # it would hide the missing values of that line
        )

    @property
    def holes(self) -> tuple[str, ...]:
        """The marks of the values still missing."""
        return tuple(found.group()[1:-2] for found in HOLE.finditer(self.text))

    def edit(self, edit: Edit) -> EditResult:
        """Clean what comes in: every edit passes here, bracketed pastes too."""
        edit.text = text.block(edit.text)
        return super().edit(edit)

    def action_end(self, last: bool) -> None:  # noqa: FBT001 - Textual passes it by position
        """Go to the end of the text, or to its start."""
        self.move_cursor(self.document.end if last else self.document.start)

    def go_after(self, words: str) -> None:
        """Put the cursor after the words that the text begins with."""
        lines = words.split("\n")
        self.move_cursor((len(lines) - 1, len(lines[-1])))

    def insert_words(self, words: str) -> None:
        """Put `words` at the cursor, replacing the selection; right behind others as an own paragraph."""
        row, column = min(self.selection)
        before = self.document.get_line(row)[:column]
        apart = "\n\n" if before and not before[-1].isspace() else ""
        self.move_cursor(self.replace(apart + words, *self.selection).end_location)

    def rewrite(self, body: str) -> None:
        """Replace the whole text as one edit that Ctrl+Z undoes."""
        self.move_cursor(self.replace(body, self.document.start, self.document.end).end_location)

    @property
    def memory(self) -> Typed:
        """What it remembers, for another editor of the same text."""
        return Typed(self.text, self.history, self.cursor_location)

    def take_up(self, typed: Typed) -> None:
        """Take over what another editor remembered; if the text has changed since, that is one more edit."""
        body = self.text
        if body != typed.text:
            self.load_text(typed.text)
        self.history = typed.history
        if body != typed.text:
            self.rewrite(body)
        else:
            self.move_cursor(typed.cursor)

    def get_line(self, line_index: int) -> Text:
        """The line, with its missing values marked."""
        line = super().get_line(line_index)
        style: Style | None = None
        for found in HOLE.finditer(line.plain):
            style = style or self.get_component_rich_style("editor--hole", partial=True)
            line.stylize(style, *found.span())
        return line
