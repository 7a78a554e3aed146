"""Base of the screens with a ticket, and the `TicketFront` that actions see.

`DeskScreen` has keys and bars; `pane` (`TicketPane`) reads and shows the ticket. This base adds the keys of
the SOP, what a command needs of the ticket, and what happens after one. `InboxScreen` (a list beside the
ticket) and `TicketScreen` (one ticket by itself) say which ticket is next.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.geometry import Size

from deskterm.actions.front import Change
from deskterm.actions.work import Work
from deskterm.commands.record import Command, Where
from deskterm.domain.tickets import Ticket
from deskterm.screens.base.messages import DeskChanged, FetchRest, Go
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.screens.ticket_pane import TicketPane
from deskterm.widgets.bars import counts_down
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.ticket_list import Selecting

if TYPE_CHECKING:
    from deskterm.config.store_kinds import Ability
    from deskterm.domain.views import Done, TicketView


class TicketScreenBase(DeskScreen[None]):
    """A screen with a ticket. A subclass says what comes after a ticket: `move_on`, `turn`."""

    HOLDS_TICKETS = True

    def __init__(self, work: Work) -> None:
        self.in_sop = False
        super().__init__(work)
        self.front = TicketFront(self)
        self.pane = TicketPane(self, work)

    @property
    def where(self) -> Where:
        """The SOP panel while the keys are there."""
        return Where.SOP if self.in_sop else self.WHERE

    def fit(self, size: Size) -> None:
        """The width decides what is shown side by side, the height how many empty lines there are."""
        self.pane.fit(size)

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it; the same one again keeps its scroll position. None shows nothing."""
        self.pane.show(ticket_id)
        self.show_facts()
        if self.in_sop and not self.pane.panel.entered:
            self.leave_sop()

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """In an open ticket, Enter is shown as unfold."""
        return [(replace(one, label="unfold") if one.id == "open" else one, keys) for one, keys in shown]

    @property
    def ticket(self) -> Ticket | None:
        """The ticket a key is for."""
        return self.pane.ticket

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The ticket on screen, for actions."""
        return (self.ticket.id,) if self.ticket else ()

    @property
    def has_ticket(self) -> bool:
        """Whether there is a ticket for keys to act on."""
        return self.ticket is not None

    @property
    def movable(self) -> Movable:
        """The steps while the keys are in the SOP, else the mail."""
        return self.pane.panel if self.in_sop or self.pane.has_sheet else self.pane.conversation

    # the SOP

    def do_sop(self) -> None:
        """Go into the SOP panel."""
        if not self.pane.panel.enter():
            self.tell(self.work.with_keys("No SOP fits this ticket; {category} sets its category."), "amber")
            return
        self.in_sop = True
        self.add_class("-sop")
        self.mark_active()

    def leave_sop(self) -> None:
        """Return the keys to the mail."""
        self.in_sop = False
        self.remove_class("-sop")
        self.pane.panel.leave()
        self.mark_active()

    def mark_active(self) -> None:
        """Mark the part of the screen that the keys are for, and show what they do there."""
        self.pane.conversation.set_active(active=self.where is Where.TICKET)
        self.show_keys()

    # after a command

    def shows_any(self, tickets: tuple[int, ...]) -> bool:
        """Whether one of the tickets is on screen now."""
        return self.ticket is not None and self.ticket.id in tickets

    def find(self, ticket_id: int) -> None:
        """Move the cursor to a ticket, if it is in the list."""

    def select(self, how: Selecting) -> int:  # noqa: ARG002 - a single ticket cannot be selected
        """Select tickets in a list; gives how many are selected."""
        return 0

    def turn(self, tickets: int) -> None:
        """Go that many tickets down the list (negative: up)."""
        raise NotImplementedError

    def move_on(self, done: "Done") -> None:
        """Show what comes after a finished ticket."""
        raise NotImplementedError

    def run_command(self, command: Command) -> None:
        """Run a command; one that needs a ticket says so if there is none."""
        if command.about_ticket and not self.has_ticket:
            self.tell(f"No ticket here: {command.label or command.id} needs one.", "amber")
            return
        many = len(self.chosen_ids) if command.about_ticket and command.writes else 0
        if many > 1 and not command.for_many:
            back = self.work.key("back", "Esc")
            self.tell(f"{many} tickets are selected, but this works on one. {back} unselects them.", "amber")
        else:
            super().run_command(command)

    def after_sending(self, done: "Done") -> None:
        """A reply is queued: say so, unless the status line counts it down, and go to the next ticket."""
        self.work.round.count_handled(done.tickets)
        counted = done.tickets == self.work.sent_to and counts_down(self.work.facts.state, self.work.now())
        words = "" if counted else f"{done.words}   {self.work.key('undo')} takes it back"
        self.tell(words, action=done.action)
        self.move_on(done)


class TicketFront(ScreenFront):
    """The `Front` of a screen with a ticket."""

    def __init__(self, screen: TicketScreenBase) -> None:
        super().__init__(screen)
        self.screen: TicketScreenBase = screen

    @property
    def ticket_view(self) -> "TicketView | None":  # type: ignore[override]  # read from the screen here
        """The ticket on screen, with its mail."""
        return self.screen.pane.view

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action applies to."""
        return self.screen.chosen_ids

    @property
    def conversation(self) -> Conversation:
        """The conversation on screen."""
        return self.screen.pane.conversation

    @property
    def panel(self) -> SidePanel:
        """The panel with customer, orders and SOP."""
        return self.screen.pane.panel

    def is_seen(self, tickets: tuple[int, ...]) -> bool:
        """Whether one of the tickets is on screen now."""
        return self.screen.shows_any(tickets)

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it."""
        self.screen.show_ticket(ticket_id)

    def turn(self, tickets: int) -> None:
        """Go that many tickets down the list (negative: up)."""
        self.screen.turn(tickets)

    def find(self, ticket_id: int) -> None:
        """Move the cursor to a ticket, if it is in the list."""
        self.screen.find(ticket_id)

    def select(self, how: Selecting) -> int:
        """Select tickets in the list; gives how many are selected."""
        return self.screen.select(how)

    def toggle_side(self) -> None:
        """Show the panel if there is no room for it beside the mail; otherwise hide it."""
        self.screen.toggle_class("-side")

    async def change(self, ids: tuple[int, ...], change: Change, *, gone: bool) -> None:
        """Change tickets and say so; with `gone` they are finished here, and the next ticket is shown."""
        done = await self.work.write(change, ids, self.work.now())
        self._say_change(done)
        if gone:
            self.work.round.count_handled(done.tickets)
            self.screen.move_on(done)
        else:
            self.screen.refresh_desk()

    def show_change(self, done: "Done", then: str = "{undo} takes it back") -> None:
        """Say what was done and then `then` (`{id}` is a command's key); go to its ticket."""
        self._say_change(done, then)
        self.screen.refresh_desk()
        if done.tickets:
            self.find(done.tickets[0])

    def _say_change(self, done: "Done", then: str = "{undo} takes it back") -> None:
        added = f"   {self.work.with_keys(then)}" if done.action else ""
        self.screen.tell(done.words + added, action=done.action)
        self.screen.post_message(DeskChanged())

    async def write_note(self, ticket_id: int) -> str | None:
        """Let the owner write a note. Empty if discarded, None if left to be continued."""
        from deskterm.screens.reply.note import NoteScreen  # noqa: PLC0415 - an editor costs 10 ms, the first paint needs none

        return await self.screen.app.push_screen_wait(NoteScreen(self.work, ticket_id))

    def enter_sop(self) -> None:
        """Move the keys into the SOP panel."""
        self.screen.do_sop()

    async def take_macro(self, ticket_id: int, macro_id: str) -> None:
        """Fill a macro into the ticket's draft and open the review."""
        from deskterm.screens.reply.take_macro import take  # noqa: PLC0415 - the first paint does not wait for it

        await take(self.screen, ticket_id, macro_id)

    async def act_on_order(self, ticket_id: int, ability: "Ability | None" = None) -> None:
        """Let the owner confirm an action on the ticket's order; without `ability` they pick it first."""
        from deskterm.screens.orders.order_menu import act_on_order  # noqa: PLC0415 - the first paint does not wait for it

        await act_on_order(self, ticket_id, ability)

    def go_to(self, place: str, ticket_id: int, **values: Any) -> None:
        """Open a place about a ticket; `values` go to its screen's constructor."""
        self.screen.post_message(Go(place, ticket_id=ticket_id, **values))

    def fetch_rest(self, ticket_id: int) -> None:
        """Fetch what is missing of the ticket's mails, or stop fetching."""
        self.screen.post_message(FetchRest(ticket_id))
