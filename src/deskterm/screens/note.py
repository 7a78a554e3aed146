"""Writing an internal note: never sent, never quoted."""

from collections.abc import Iterable

from textual import events
from textual.widget import Widget

from deskterm.commands import written
from deskterm.screens.base import DeskModal
from deskterm.screens.work import Work
from deskterm.widgets.editor import Editor
from deskterm.widgets.lines import Bit, Drawn, Line


class Note(DeskModal[str | None]):
    """Dismissed with the note's text, None for none. Enter begins a line, Ctrl+S keeps, Esc leaves."""

    CSS_PATH = "note.tcss"
    READER = "Editor"

    def __init__(self, work: Work, about: str) -> None:
        super().__init__(work)
        self._about = about

    def body(self) -> Iterable[Widget]:
        """What it is about, the text, the keys."""
        yield NoteHead(self._about)
        yield Editor(ident="note")
        yield NoteKeys()

    def on_mount(self) -> None:
        """The text reads the keys."""
        self.query_one(Editor).focus()

    async def on_key(self, event: events.Key) -> None:
        """Keep, or leave; an empty note is left, a begun one asks for a second Esc."""
        key = written(event.key, event.character)
        if key not in ("Esc", "Ctrl+S", "Ctrl+R"):
            return
        event.stop()
        event.prevent_default()
        text = self.query_one(Editor).text.strip()
        keys = self.query_one(NoteKeys)
        if key != "Esc":
            self.dismiss(text or None)
        elif text and not keys.asking:
            keys.ask()
        else:
            self.dismiss(None)


class NoteHead(Drawn):
    """What the note is about."""

    GROUND = "note"

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def lines(self, width: int) -> list[Line]:  # noqa: ARG002 - the same at any width
        """One line."""
        return [Line((Bit(" INTERNAL", "amber", bold=True), Bit(f"  note on {self._about}", "soft")))]


class NoteKeys(Drawn):
    """What the keys do."""

    GROUND = "note"
    asking = False

    def ask(self) -> None:
        """Ask whether to drop what was written."""
        self.asking = True
        self.refresh()

    def lines(self, width: int) -> list[Line]:  # noqa: ARG002 - the same at any width
        """One line."""
        if self.asking:
            return [Line((Bit(" Esc", "red", bold=True), Bit(" again drops the note", "text")))]
        keep = (Bit(" Ctrl+S", "accent", bold=True), Bit(" keep   ", "soft"))
        return [Line((*keep, Bit("Esc", "accent", bold=True), Bit(" leave", "soft")))]
