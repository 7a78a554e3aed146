"""Reading a ticket: the conversation, the panel beside it, and what only changes how much is seen."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.geometry import Size
from textual.widget import Widget

from deskterm.commands.registry import Where
from deskterm.domain.messages import Attachment, Direction, Message
from deskterm.domain.text import line as safe_line
from deskterm.errors import NotFound
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.messages import FetchRest
from deskterm.screens.base.screen import DeskScreen, Shown
from deskterm.screens.base.work import Work
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.drawing.message import shown_size
from deskterm.widgets.picker import Option
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from deskterm.domain.views import TicketView

WIDE, NARROW = 100, 80  # columns from which the panel, and the list, stand beside the mail
HIGH = 30  # rows from which there is room for air


class TicketReader(DeskScreen[None]):
    """A screen with a ticket on it."""

    HOLDS_TICKETS = True

    def __init__(self, work: Work) -> None:
        self.view: TicketView | None = None
        self._entered = False
        super().__init__(work)

    @property
    def where(self) -> Where:
        """The SOP panel while one is in it."""
        return Where.SOP if self._entered else self.WHERE

    def fit(self, size: Size) -> None:
        """What stands beside what goes by the width, how much air there is by the height."""
        self.update_classes(
            {
                "-small": size.width < NARROW,
                "-narrow": NARROW <= size.width < WIDE,
                "-wide": size.width >= WIDE,
                "-low": size.height < HIGH,
                "-high": size.height >= HIGH,
            },
            animate=False,
        )

    def pane(self) -> Iterable[Widget]:
        """The conversation with the macros under it, and the panel."""
        with Vertical(id="middle"):
            now, formats = self.work.now, self.work.formats
            yield Conversation(lambda at: formats.moment(at, now()), lambda at: formats.ahead(at, now()))
            yield Suggestions()
        yield SidePanel(self.work.formats)

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it; the same one again keeps its place. None shows nothing."""
        now = self.work.now()
        view = self.view = None if ticket_id is None else self.work.desk.tickets.view(ticket_id, now)
        if view is None:
            self.query_one(Conversation).clear()
        else:
            since = view.ticket.unanswered_since
            waited = "" if since is None else self.work.formats.duration(now - since)
            self.query_one(Conversation).show(view.ticket, view.messages, waited, view.outbox)
        self.query_one(SidePanel).show(view, now)
        order = view.order.order if view and view.order else None
        suggested = view.suggested if view else ()
        self.query_one(Suggestions).show(suggested, order, draft=bool(view and view.draft))
        if self._entered and not self.query_one(SidePanel).entered:
            self._entered = False
            self.show_keys()

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """In an open ticket Enter unfolds."""
        return [(replace(one, label="unfold") if one.id == "open" else one, keys) for one, keys in shown]

    # how much is seen

    def do_quotes(self) -> None:
        """Show or fold quoted text."""
        self.query_one(Conversation).toggle_quotes()

    def do_headers(self) -> None:
        """Show the mail in sight as it came, or the nearest that came at all; or the conversation again."""
        conversation = self.query_one(Conversation)
        message = conversation.current
        if conversation.raw_shown or message is None:
            conversation.show_raw(None)
        else:
            conversation.show_raw(self._original(message))

    def _original(self, message: Message) -> bytes:
        """The bytes of the mail that is nearest to a message: notes and replies may have none."""
        at = self._messages.index(message)
        for near in (*self._messages[at::-1], *self._messages[at + 1 :]):
            with suppress(NotFound):
                return self.work.desk.tickets.raw(near.id)
        raise NotFound("No message of this ticket came as a mail.")

    def do_side(self) -> None:
        """Show the panel where there is no room for it beside the mail, or hide it where there is."""
        self.toggle_class("-side")

    async def do_attachments(self) -> None:
        """Save an attachment; with several, ask which."""
        found = [(message, part) for message in reversed(self._messages) for part in message.attachments]
        if not found:
            self.tell("No attachments here.", "amber")
            return
        at = 0 if len(found) == 1 else await self._which_ticket(found)
        if at is not None:
            message, part = found[at]
            path = await self.work.write(self.work.desk.tickets.save_attachment, message.id, part.part)
            self.tell(f"Saved {safe_line(str(path))}", "green")

    async def _which_ticket(self, found: list[tuple[Message, Attachment]]) -> int | None:
        options = [
            Option(str(at), part.name or part.type, detail=f"{part.type}  {shown_size(part.size)}")
            for at, (_, part) in enumerate(found)
        ]
        chosen = await self.app.push_screen_wait(Choose(self.work, "Save which attachment?", options))
        return None if chosen is None else int(chosen)

    def do_rest(self) -> None:
        """Fetch the rest of a mail that was too large to come with the others, or stop that."""
        if self.view:
            self.post_message(FetchRest(self.view.ticket.id))

    async def do_links(self) -> None:
        """Show the links in full; the chosen one is copied, never opened."""
        links = dict.fromkeys(link for message in reversed(self._messages) for link in message.links)
        if not links:
            self.tell("No links here.", "amber")
            return
        options = [Option(link, link) for link in links]
        chosen = await self.app.push_screen_wait(Choose(self.work, "Copy which link?", options))
        if chosen:
            self.app.copy_to_clipboard(chosen)
            self.tell(f"Copied {chosen}", "green")

    @property
    def _messages(self) -> tuple[Message, ...]:
        return self.view.messages if self.view else ()

    @property
    def newest_in(self) -> Message | None:
        """The customer's newest message."""
        return next(
            (message for message in reversed(self._messages) if message.direction is Direction.IN), None
        )

    # the SOP

    def do_sop(self) -> None:
        """Go into the SOP panel."""
        panel = self.query_one(SidePanel)
        if not panel.enter():
            self.tell("No SOP fits this ticket; `t` sets its category.", "amber")
            return
        self._entered = True
        self.add_class("-sop")
        self.show_keys()

    def leave_sop(self) -> None:
        """Go back to the mail."""
        self._entered = False
        self.remove_class("-sop")
        self.query_one(SidePanel).leave()
        self.show_keys()

    async def do_tick(self) -> None:
        """Tick the step, or take the tick away."""
        panel = self.query_one(SidePanel)
        if self.view is None or panel.sop is None or panel.step is None:
            return
        tick, ticket_id = self.work.desk.tickets.tick, self.view.ticket.id
        await self.work.write(tick, ticket_id, panel.sop.sop.id, panel.step.key, self.work.now())
        self.show_ticket(ticket_id)
        panel.go_step(1)
