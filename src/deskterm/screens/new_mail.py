"""Writing to somebody first: to whom and about what, then the text."""

from collections.abc import Iterable

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.domain import people
from deskterm.errors import DesktermError
from deskterm.screens.base import DeskModal, Go
from deskterm.widgets.form import Field


class NewMailScreen(DeskModal[None]):
    """Begins a mail of one's own: a new ticket, whose draft is then written."""

    CSS_PATH = "picking.tcss"
    READER = "#to"

    def body(self) -> Iterable[Widget]:
        """Recipient and subject."""
        yield Vertical(
            Static("A new mail", classes="title", markup=False),
            Horizontal(Static("To", classes="label", markup=False), Field(ident="to"), classes="row"),
            Horizontal(
                Static("Subject", classes="label", markup=False), Field(ident="subject"), classes="row"
            ),
            Static("Enter goes on   Esc goes back", classes="hint", markup=False),
            classes="panel",
        )

    def on_mount(self) -> None:
        """Begin with the recipient."""
        self.query_one("#to", Field).focus()

    async def on_key(self, event: events.Key) -> None:
        """Up and down go between the two lines."""
        if event.key in ("up", "down"):
            self.focus_next() if event.key == "down" else self.focus_previous()
            event.stop()
            event.prevent_default()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the recipient to the subject, from there to the text."""
        event.stop()
        if event.input.id == "to":
            self.query_one("#subject", Field).focus()
            return
        self.run_worker(self._finish(self._begin()), group="command", exclusive=True)

    async def _begin(self) -> None:
        found = people.read(self.query_one("#to", Field).value)
        if not found:
            self.query_one("#to", Field).focus()
            return
        subject = self.query_one("#subject", Field).value
        draft = await self.work.write(self.work.desk.replies.compose, found[0], subject, self.work.now())
        self.post_message(Go("compose", instead=True, ticket_id=draft.ticket_id))

    def tell_failure(self, error: DesktermError) -> None:
        """Say what is wrong, and go back to the recipient."""
        super().tell_failure(error)
        self.query_one("#to", Field).focus()
