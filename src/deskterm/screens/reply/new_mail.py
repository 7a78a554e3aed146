"""Writing to somebody first: to whom and about what, then the text."""

from collections.abc import Iterable
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.domain.people import recipients
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Go
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.form import LINE_KEYS, Field


class NewMailScreen(DeskModal[None]):
    """Begins a mail of one's own: a new ticket, whose draft is then written."""

    CSS_PATH = "../base/picker_screen.tcss"
    READER = "#to"
    KEYS = (("Enter", "go on"), ("↑ ↓", "move"), ("Esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def body(self) -> Iterable[Widget]:
        """Recipient and subject."""
        yield Vertical(
            Static("A new mail", classes="title", markup=False),
            Horizontal(Static("To", classes="label", markup=False), Field(ident="to"), classes="row"),
            Horizontal(
                Static("Subject", classes="label", markup=False), Field(ident="subject"), classes="row"
            ),
            classes="panel",
        )

    def on_mount(self) -> None:
        """Begin with the recipient."""
        self.query_one("#to", Field).focus()

    def action_line(self, by: int) -> None:
        """Go to the other line, before the next key comes; from the last one on the key is Enter's alone."""
        to, subject = self.query_one("#to", Field), self.query_one("#subject", Field)
        if by > 0 and self.focused is subject:
            raise SkipAction
        self.set_focus(subject if by > 0 else to)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the text."""
        event.stop()
        if not self.commands.busy:
            self.commands.start(self._begin())

    async def _begin(self) -> None:
        found = recipients.parse_recipients(self.query_one("#to", Field).value)
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
