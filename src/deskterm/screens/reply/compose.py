"""Writing a reply: the mail stays beside the text, and the draft saves itself."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static, TextArea

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.desk.reply.also_answers import toggle_ids
from deskterm.desk.reply.text import remove_sign_off
from deskterm.domain.review.replies import Draft, OtherTicket
from deskterm.domain.ticket_work.side_threads import FORWARDED
from deskterm.domain.views import TicketView
from deskterm.errors import DesktermError
from deskterm.screens.base.lend_terminal import lend_terminal
from deskterm.screens.base.messages import Go
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.screens.reply import external_editor
from deskterm.screens.reply.also_answers import pick_others
from deskterm.screens.reply.autosave import Autosave
from deskterm.screens.reply.macro import MacroScreen
from deskterm.screens.reply.reference_text import beside, plain
from deskterm.screens.reply.take_macro import ask_order
from deskterm.widgets.editor import Editor, Typed
from deskterm.widgets.envelope import Envelope
from deskterm.widgets.sheet import Sheet

if TYPE_CHECKING:
    from deskterm.domain.formats import Formats

_NARROW = 100  # cells below which the mail and the text take turns


class ComposeScreen(DeskScreen[None]):
    """Writes the draft of a ticket. Leaving keeps the draft."""

    WHERE = Where.COMPOSE
    CSS_PATH = "compose.tcss"
    READER = "Editor"

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.front = ScreenFront(self)
        self.ticket_id = ticket_id
        self.draft = work.desk.replies.begin(ticket_id, work.now())
        self._beside = work.desk.forwarding.parent(ticket_id)
        self._others = work.desk.replies.others(self.draft)  # the customer's other open tickets
        self.autosave = Autosave(self, self._save, self._tell_saved)
        self._leaving = False

    @property
    def place(self) -> str:
        """Which ticket is answered, or beside which one a supplier is written to."""
        if self._beside is None:
            return f"reply to T{self.ticket_id}"
        return f"{'forward of' if FORWARDED in self.draft.body else 'reply beside'} T{self._beside}"

    def body(self) -> Iterable[Widget]:
        """The mail on the left; on the right the envelope, the text, and whether it is saved."""
        yield Horizontal(
            Sheet(ident="mail"),
            Vertical(
                Envelope(self.draft),
                Editor(self.draft.body, ident="text"),
                Static(id="kept", markup=False),
                id="writing",
            ),
            id="pair",
        )

    def on_mount(self) -> None:
        """Put the cursor where it was, or after the last word, above the signature."""
        editor = self.query_one(Editor)
        editor.focus()
        typed = self.work.typed.pop(self.ticket_id, None)
        if isinstance(typed, Typed):  # back from the review: Ctrl+Z continues from there
            editor.take_up(typed)
        elif editor.text.startswith("\n"):  # a forward: the owner's words go above it
            editor.go_after("")
        else:
            editor.go_after(remove_sign_off(editor.text, self.work.settings.shop))
        self._say_kept(None)

    def fit(self, size: Size) -> None:
        """Below 100 columns, show either the mail or the text."""
        self.set_class(size.width < _NARROW, "narrow")

    def refresh_desk(self) -> None:
        """Show the ticket as it is now; the text in the editor is never reloaded."""
        self._others = self.work.desk.replies.others(self.draft)
        self.query_one("#mail", Sheet).show(beside(*self._reference()))

    def _reference(self) -> tuple[TicketView, list[OtherTicket], "Formats", int]:
        """What stands beside the text: the ticket, the others it answers, how to write facts, the time."""
        work, now = self.work, self.work.now()
        also = [one for one in self._others if one.answered]
        return work.desk.tickets.view(self.ticket_id, now), also, work.formats, now

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """Offer to answer other tickets too only if the customer has some."""
        if self._others:
            return shown
        return [(command, keys) for command, keys in shown if command.id != "also-answer-from-writing"]

    # saving

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Note that something was typed."""
        event.stop()
        if self._current_draft().body != self.draft.body:
            self.autosave.touch()
        self._say_kept(None)

    def on_envelope_changed(self) -> None:
        """Note that recipients, subject or attachments have changed."""
        self.autosave.touch()

    def _current_draft(self) -> Draft:
        """The draft as it is on the screen."""
        return replace(self.query_one(Envelope).draft(self.draft), body=self.query_one(Editor).text)

    async def _save(self) -> None:
        self.draft = await self.work.write(
            self.work.desk.replies.save, self._current_draft(), self.work.now()
        )

    def _tell_saved(self, error: DesktermError | None) -> None:
        if self.query("#kept"):  # not after the screen is gone
            self._say_kept(error)
        if error is None and self._leaving:
            self._leaving = False
            self.tell("")  # what was said is no longer true

    def _say_kept(self, error: DesktermError | None) -> None:
        """Show below the text whether it is saved, and which values are missing."""
        holes = self.query_one(Editor).holes
        if error is not None:
            words = Content.styled(
                f"■ Not saved: {error.what} The text stays here; saving is retried.", "$red bold"
            )
        elif holes:
            words = Content.styled(f"■ {', '.join(dict.fromkeys(holes))}: no value yet", "$red")
        else:
            words = Content.styled("Saved automatically.", "$dim")
        self.query_one("#kept", Static).update(words)

    async def leaving(self) -> None:
        """Save the last words."""
        await self.autosave.now()

    # commands

    async def do_review(self) -> None:
        """Review the mail as it will be sent."""
        self.query_one(Envelope).check()
        self.autosave.dirty = True  # an unchanged text is saved too
        editor = self.query_one(Editor)
        editor.read_only = True  # what is typed from now on would not be reviewed
        saved = await self.autosave.now()
        if saved and not self.draft.id:
            editor.read_only = False
            self.tell("Nothing is written yet, so there is nothing to review.", "amber")
        elif saved:
            self.work.typed = {self.ticket_id: editor.memory}
            self.post_message(Go("review", instead=True, ticket_id=self.ticket_id))
        else:
            editor.read_only = False

    async def do_insert_macro(self) -> None:
        """Put a macro's text at the cursor."""
        picked = await self.app.push_screen_wait(MacroScreen(self.work, self.ticket_id, then_review=False))
        if picked and await self._knows_order():
            now = self.work.now()
            words = await self.work.write(self.work.desk.replies.insert, self._current_draft(), picked, now)
            # the draft takes over its claims and needs, unless it has another macro's
            self.draft = replace(self.draft, macro=self.draft.macro or picked)
            self.query_one(Editor).insert_words(words)

    async def _knows_order(self) -> bool:
        """Make sure the draft has its order; false if the owner picked none."""
        goes_on = True
        if self.draft.order_id is None:
            options = self.work.desk.replies.orders_for(self.ticket_id)
            goes_on, order_id = await ask_order(self, options)
            self.draft = replace(self.draft, order_id=order_id)
        return goes_on

    def do_editor(self) -> None:
        """Write in the owner's editor."""
        editor = self.query_one(Editor)
        below = plain(*self._reference())
        try:
            with lend_terminal(self.app):
                written = external_editor.write_in(external_editor.editor(), editor.text, below)
        finally:
            self.app.refresh(repaint=True, layout=True)
        editor.rewrite(written)

    def do_envelope(self) -> None:
        """Change recipients, subject and attachments, or go back to the text."""
        envelope = self.query_one(Envelope)
        if envelope.is_open:
            envelope.close()
            self.query_one(Editor).focus()
        else:
            envelope.open()

    def do_mail(self) -> None:
        """Scroll the mail beside the text; on a narrow screen, switch between the two."""
        sheet = self.query_one("#mail", Sheet)
        if self.has_class("narrow"):
            self.toggle_class("reading")
        elif sheet.at_end:
            sheet.go_end(last=False)
        else:
            sheet.go_page(1)

    async def do_also_answer_from_writing(self) -> None:
        """Let the reply answer another open ticket of the customer too, or no longer."""
        draft = self._current_draft()
        chosen = await pick_others(ScreenFront(self), self._others)
        if chosen:
            self.draft = replace(draft, also=toggle_ids(draft.also, chosen))
            self.query_one(Envelope).show_also(self.draft.also)
            self.refresh_desk()
            self.autosave.touch()

    def do_help_from_writing(self) -> None:
        """Show the keys; `?` is a letter here."""
        self.post_message(Go("help", about=self.where))

    async def do_discard(self) -> None:
        """Discard the draft; undo brings it back."""
        if await self.autosave.now():
            done = await self.work.write(self.work.desk.replies.discard, self.ticket_id, self.work.now())
            self.autosave.dirty = False
            below = self.app.screen_stack[-2]
            self.dismiss(None)
            if isinstance(below, DeskScreen):
                below.tell(f"{done.words}   {self.work.key('undo')} brings it back")

    async def do_back_from_writing(self) -> None:
        """Close what is open, else leave; the draft is kept. Unsaved text is never left silently."""
        if self.query_one(Envelope).is_open:
            self.do_envelope()
        elif await self.autosave.now() or self._leaving:
            self.dismiss(None)
        else:
            self._leaving = True
            key = self.work.key("back-from-writing")
            self.tell(f"Not saved. {key} again leaves and loses what you wrote since.", "red")
