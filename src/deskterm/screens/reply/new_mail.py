"""Writing to somebody first: recipient and subject, then the text."""

from collections.abc import Iterable
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.actions.work import Work
from deskterm.domain.messages import Address
from deskterm.domain.people import recipients
from deskterm.domain.people.recipients import format_recipients
from deskterm.errors import DesktermError
from deskterm.screens.base.messages import Go
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.form import LINE_KEYS, Field


class NewMailScreen(DeskModal[None]):
    """Starts a new mail: a new ticket, whose draft is then written."""

    CSS_PATH = "../base/picker_screen.tcss"
    READER = "#to"
    KEYS = (("Enter", "go on"), ("↑ ↓", "move"), ("Esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(self, work: Work, ticket_id: int | None = None) -> None:
        super().__init__(work)
        self.ticket_id = ticket_id
        self.people: tuple[Address, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Recipient and subject."""
        yield Vertical(
            Static("New mail", classes="title", markup=False),
            Horizontal(Static("To", classes="label", markup=False), Field(ident="to"), classes="row"),
            Horizontal(
                Static("Subject", classes="label", markup=False), Field(ident="subject"), classes="row"
            ),
            Static(id="found", markup=False),
            classes="panel",
        )

    def on_mount(self) -> None:
        """Start with the recipient: the customer of the ticket that was open, if any."""
        to = self.query_one("#to", Field)
        if self.ticket_id is not None:
            to.value = format_recipients([self.work.desk.replies.customer_of(self.ticket_id)])
            to.select_all()  # typing replaces it
        to.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show below who is meant by a name, part of an address or an order number."""
        if event.input.id == "to":
            self.people = self._find_people(event.value)
            lines = [Content.styled(one.display, "$soft") for one in self.people]
            if lines:
                lines[0] = Content.assemble(("Enter ", "$act bold"), self.people[0].display)
            self.query_one("#found", Static).update(Content("\n").join(lines))

    def _find_people(self, typed: str) -> tuple[Address, ...]:
        """The people the words could mean; empty for a complete address."""
        return () if _has_address(typed) else self.work.desk.replies.find_people(typed)

    def action_line(self, by: int) -> None:
        """Go to the other line before the next key comes; on the last line the key is Enter's."""
        to, subject = self.query_one("#to", Field), self.query_one("#subject", Field)
        if by > 0 and self.focused is subject:
            raise SkipAction
        if by > 0 and self.people:  # take the first one found
            to.value = format_recipients(self.people[:1])
        self.set_focus(subject if by > 0 else to)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the text."""
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
        """Show what is wrong and return to the recipient."""
        super().tell_failure(error)
        self.query_one("#to", Field).focus()


def _has_address(typed: str) -> bool:
    """Whether the text is already an address."""
    local, _, domain = typed.strip().rstrip(">").rpartition("@")
    return bool(local and "." in domain)
