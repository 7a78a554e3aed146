"""Writing an internal note: never sent, never quoted. What is written keeps itself, as a reply does."""

from collections.abc import Iterable

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Go
from deskterm.screens.base.modal import DeskModal
from deskterm.screens.reply.autosave import Autosave
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine
from deskterm.widgets.editor import Editor


class NoteScreen(DeskModal[str | None]):
    """Dismissed with the note's text, None for none yet: what was written then stays for the next time.

    Words that were thrown away are dismissed as an empty text.
    """

    WHERE = Where.NOTE
    CSS_PATH = "note.tcss"
    READER = "Editor"

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.ticket_id = ticket_id
        self.autosave = Autosave(self, self._save, self._tell_saved)
        self._kept = work.desk.tickets.begun_note(ticket_id)
        self._leaving = False

    def body(self) -> Iterable[Widget]:
        """What it is about, the text, whether it is kept."""
        yield NoteHead(f"T{self.ticket_id}")
        yield Editor(self._kept, ident="note")
        yield Static(id="kept", markup=False)

    def on_mount(self) -> None:
        """The text reads the keys, where it was left."""
        editor = self.query_one(Editor)
        editor.focus()
        editor.move_cursor(editor.document.end)
        self._tell_saved(None)

    @property
    def current_text(self) -> str:
        """The words as they stand."""
        return self.query_one(Editor).text.strip()

    # keeping

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Something was typed."""
        event.stop()
        if self.current_text != self._kept:
            self.autosave.touch()

    async def _save(self) -> None:
        words = self.current_text
        await self.work.write(self.work.desk.tickets.keep_note, self.ticket_id, words)
        self._kept = words

    def _tell_saved(self, error: DesktermError | None) -> None:
        words = Content.styled("The note keeps itself.", "$dim")
        if error is not None:
            words = Content.styled(f"■ Not saved: {error.what} It is tried again.", "$red bold")
        for kept in self.query("#kept").results(Static):  # none once the screen is gone
            kept.update(words)
        if error is None and self._leaving:
            self._leaving = False
            self.tell("")  # what was said is not true any more

    async def _all_kept(self) -> bool:
        self.autosave.dirty |= self.current_text != self._kept
        return await self.autosave.now()

    async def leaving(self) -> None:
        """Keep the last words."""
        await self._all_kept()

    # keys

    async def on_key(self, event: events.Key) -> None:
        """Any other key than the one that was asked for twice takes that back."""
        self._leaving = self._leaving and event.key == "escape"

    async def do_keep_note(self) -> None:
        """Add it to the ticket; nothing was written, nothing is added."""
        if await self._all_kept():
            self.dismiss(self.current_text or None)

    def do_help_from_writing(self) -> None:
        """Show the keys; `?` is a character here."""
        self.post_message(Go("help", about=self.where))

    async def do_discard_note(self) -> None:
        """Throw away what was written; while that cannot be done, it stays in front."""
        written = self.current_text or self._kept
        await self.work.write(self.work.desk.tickets.keep_note, self.ticket_id, "")
        self.autosave.dirty = False
        self.dismiss("" if written else None)

    async def do_back_from_note(self) -> None:
        """Leave it as it is, for later. What cannot be saved is not left in silence."""
        if await self._all_kept() or self._leaving:
            self.dismiss(None)
        else:
            self._leaving = True
            self.tell("Not saved. Esc again leaves without what you wrote since.", "red")


class NoteHead(Drawn):
    """What the note is about."""

    GROUND = "note"

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def lines(self, width: int) -> list[DrawnLine]:  # noqa: ARG002 - the same at any width
        """One line."""
        return [DrawnLine((Bit(" INTERNAL", "amber", bold=True), Bit(f"  note on {self._about}", "soft")))]
