"""Writing an internal note: never sent, never quoted. It saves itself, as a reply does."""

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
    """Gives the note's text; empty if it was discarded, None if it is left to be continued."""

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
        """What it is about, the text, whether it is saved."""
        yield NoteHead(f"T{self.ticket_id}")
        yield Editor(self._kept, ident="note")
        yield Static(id="kept", markup=False)

    def on_mount(self) -> None:
        """Give the keys to the text, with the cursor where it was."""
        editor = self.query_one(Editor)
        editor.focus()
        editor.move_cursor(editor.document.end)
        self._tell_saved(None)

    @property
    def current_text(self) -> str:
        """The text on the screen."""
        return self.query_one(Editor).text.strip()

    # saving

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Note that something was typed."""
        event.stop()
        if self.current_text != self._kept:
            self.autosave.touch()

    async def _save(self) -> None:
        words = self.current_text
        await self.work.write(self.work.desk.tickets.keep_note, self.ticket_id, words)
        self._kept = words

    def _tell_saved(self, error: DesktermError | None) -> None:
        words = Content.styled("Saved automatically.", "$dim")
        if error is not None:
            words = Content.styled(f"■ Not saved: {error.what} Saving is retried.", "$red bold")
        for kept in self.query("#kept").results(Static):  # none after the screen is gone
            kept.update(words)
        if error is None and self._leaving:
            self._leaving = False
            self.tell("")  # what was said is no longer true

    async def _all_kept(self) -> bool:
        self.autosave.dirty |= self.current_text != self._kept
        return await self.autosave.now()

    async def leaving(self) -> None:
        """Save the last words."""
        await self._all_kept()

    # keys

    async def on_key(self, event: events.Key) -> None:
        """Cancel the question at any key but the one that must be pressed twice."""
        self._leaving = self._leaving and event.key == "escape"

    async def do_keep_note(self) -> None:
        """Add the note to the ticket; without text, add nothing."""
        if await self._all_kept():
            self.dismiss(self.current_text or None)

    def do_help_from_writing(self) -> None:
        """Show the keys; `?` is a letter here."""
        self.post_message(Go("help", about=self.where))

    async def do_discard_note(self) -> None:
        """Discard the text; it stays on screen while that fails."""
        written = self.current_text or self._kept
        await self.work.write(self.work.desk.tickets.keep_note, self.ticket_id, "")
        self.autosave.dirty = False
        self.dismiss("" if written else None)

    async def do_back_from_note(self) -> None:
        """Leave the text to be continued. Unsaved text is never left silently."""
        if await self._all_kept() or self._leaving:
            self.dismiss(None)
        else:
            self._leaving = True
            key = self.work.key("back-from-note")
            self.tell(f"Not saved. {key} again leaves and loses what you wrote since.", "red")


class NoteHead(Drawn):
    """What the note is about."""

    GROUND = "note"

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def lines(self, width: int) -> list[DrawnLine]:  # noqa: ARG002 - the same at any width
        """One line."""
        return [DrawnLine((Bit(" INTERNAL", "amber", bold=True), Bit(f"  note on {self._about}", "soft")))]
