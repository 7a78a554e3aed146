"""To, Cc, subject, attachments: one line while writing, fields while they are edited."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from deskterm.domain.messages import Address
from deskterm.domain.people import recipients
from deskterm.domain.review.replies import Draft
from deskterm.errors import NotNow
from deskterm.widgets.form import Choice, Field

_NO, _YES = "not quoted", "quoted below"


class Envelope(Vertical):
    """The head of a draft. `draft(base)` gives `base` with the contents of the fields."""

    DEFAULT_CSS = """
    Envelope {
        height: auto;
        background: $bar;
        padding: 0 2;
        & #closed { height: 1; }
        & #fields { height: auto; display: none; }
        & #fields Horizontal { height: 1; }
        & .name { width: 10; color: $dim; }
        & Field, & Choice { width: 1fr; background: $bar; }
        &.opened #closed { display: none; }
        &.opened #fields { display: block; }
    }
    """

    class Changed(Message):
        """A field was changed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._shown = draft

    @property
    def is_open(self) -> bool:
        """Whether the fields are open."""
        return self.has_class("opened")

    def compose(self) -> ComposeResult:
        """The line, and the fields it stands for."""
        draft = self._shown
        yield Static(id="closed", markup=False)
        with Vertical(id="fields"):
            yield from self._row("To", Field(recipients.format_recipients(draft.to), ident="to"))
            yield from self._row("Cc", Field(recipients.format_recipients(draft.cc), ident="cc"))
            yield from self._row("Bcc", Field(recipients.format_recipients(draft.bcc), ident="bcc"))
            yield from self._row("Subject", Field(draft.subject, ident="subject"))
            yield from self._row("Files", Field("; ".join(draft.attachments), ident="files"))
            yield from self._row(
                "Their mail", Choice((_NO, _YES), _YES if draft.quote else _NO, ident="quote")
            )

    def _row(self, name: str, field: Field | Choice) -> ComposeResult:
        yield Horizontal(Static(name, classes="name", markup=False), field)

    def on_mount(self) -> None:
        """Show the line."""
        self._say()

    def _say(self) -> None:
        draft = self._shown
        whom = ", ".join(person.name or person.address for person in (*draft.to, *draft.cc, *draft.bcc))
        more = f"  {len(draft.attachments)} attached" if draft.attachments else ""
        more += f"  also answers {', '.join(f'T{one}' for one in draft.also)}" if draft.also else ""
        self.query_one("#closed", Static).update(
            Content.assemble(
                ("To ", "$dim"),
                (whom or "nobody", "bold"),
                ("   ", ""),
                (draft.subject, "$soft"),
                (more, "$amber"),
            )
        )

    def show_also(self, tickets: tuple[int, ...]) -> None:
        """Show which further tickets the draft answers."""
        self._shown = replace(self._shown, also=tickets)
        self._say()

    def open(self) -> None:
        """Open the fields and go to the first."""
        self.add_class("opened")
        self.query_one("#to", Field).focus()

    def close(self) -> None:
        """Show the line again."""
        self._shown = self.draft(self._shown)
        self.remove_class("opened")
        self._say()

    def check(self) -> None:
        """Raise NotNow if a recipient is missing or invalid."""
        for name in ("to", "cc", "bcc"):
            recipients.parse_recipients(self.query_one(f"#{name}", Field).value)
        if not self.query_one("#to", Field).value.strip():
            raise NotNow("There is no recipient.", todo="Open the recipients and type one.")

    def draft(self, base: Draft) -> Draft:
        """`base` with these recipients, subject and attachments; an unreadable field changes nothing."""
        return replace(
            base,
            to=self._people("to", base.to),
            cc=self._people("cc", base.cc),
            bcc=self._people("bcc", base.bcc),
            subject=self.query_one("#subject", Field).value,
            attachments=tuple(
                name.strip() for name in self.query_one("#files", Field).value.split(";") if name.strip()
            ),
            quote=self.query_one("#quote", Choice).value == _YES,
        )

    def _people(self, name: str, were: tuple[Address, ...]) -> tuple[Address, ...]:
        try:
            return recipients.parse_recipients(self.query_one(f"#{name}", Field).value)
        except NotNow:
            return were

    def on_input_changed(self, event: Input.Changed) -> None:
        """Note that a field was changed."""
        event.stop()
        if self.is_open:
            self.post_message(self.Changed())

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Note whether to quote the mail."""
        event.stop()
        self.post_message(self.Changed())
