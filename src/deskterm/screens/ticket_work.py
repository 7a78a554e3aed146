"""A screen with a ticket in front, as the actions see it. The inbox and a ticket opened alone share it."""

from typing import TYPE_CHECKING

from deskterm.actions.front import Change
from deskterm.commands.record import Command
from deskterm.domain.tickets import Ticket
from deskterm.screens.base.messages import FetchRest
from deskterm.screens.base.screen import DeskChanged, Go
from deskterm.screens.reading import TicketReader
from deskterm.widgets.bars import counts_down

if TYPE_CHECKING:
    from deskterm.domain.views import Done


class TicketScreenBase(TicketReader):
    """What actions ask of a ticket's screen. A subclass says what comes after a ticket: `move_on`."""

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that a key is for."""
        return self.view.ticket if self.view else None

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The tickets that an action is for."""
        return (self.ticket.id,) if self.ticket else ()

    @property
    def has_ticket(self) -> bool:
        """Whether there is a ticket that a key can be for."""
        return self.ticket is not None

    def move_on(self, done: "Done") -> None:
        """Show what comes after a ticket that was dealt with."""
        raise NotImplementedError

    def is_seen(self, tickets: tuple[int, ...]) -> bool:
        """Whether the owner sees one of the tickets now."""
        return self.ticket is not None and self.ticket.id in tickets

    def run_command(self, command: Command) -> None:
        """Run a command; one that needs a ticket says so where there is none."""
        if command.about_ticket and not self.has_ticket:
            self.tell(f"No ticket here: {command.label or command.id} needs one.", "amber")
            return
        super().run_command(command)

    async def change(self, ids: tuple[int, ...], change: Change, *, gone: bool) -> None:
        """Change tickets and say so; with `gone` they are dealt with here, and the next one is shown."""
        done = await self.work.write(change, ids, self.work.now())
        self._say_change(done)
        if gone:
            self.move_on(done)
        else:
            self.refresh_desk()

    def _say_change(self, done: "Done", then: str = "z takes it back") -> None:
        self.tell(f"{done.words}   {then}" if done.action else done.words)
        self.post_message(DeskChanged())

    def show_change(self, done: "Done", then: str = "z takes it back") -> None:
        """Say what was done and what the next key does about it, and go to its ticket."""
        self._say_change(done, then)
        self.refresh_desk()
        if done.tickets:
            self.find(done.tickets[0])

    def find(self, ticket_id: int) -> None:
        """Put the cursor on a ticket where it is in the list."""

    async def write_note(self, ticket_id: int) -> str | None:
        """The note the owner wrote: empty when thrown away, None when left for later."""
        from deskterm.screens.reply.note import NoteScreen  # noqa: PLC0415 - an editor costs 10 ms, the first paint needs none

        return await self.app.push_screen_wait(NoteScreen(self.work, ticket_id))

    async def take_macro(self, ticket_id: int, macro_id: str) -> None:
        """Fill a macro into the ticket's draft and show its review."""
        from deskterm.screens.reply.take_macro import take  # noqa: PLC0415 - the first paint does not wait for it

        await take(self, ticket_id, macro_id)

    def go_to(self, place: str, ticket_id: int) -> None:
        """Go to a place about a ticket."""
        self.post_message(Go(place, ticket_id=ticket_id))

    def fetch_rest(self, ticket_id: int) -> None:
        """Fetch what is missing of a ticket's mail, or stop doing so."""
        self.post_message(FetchRest(ticket_id))

    async def do_run_step(self) -> None:
        """Take the macro of the SOP's step; a step without one is ticked."""
        step = self.panel.step
        if step is None or self.ticket is None:
            return
        if step.macro:
            await self.take_macro(self.ticket.id, step.macro)
        else:
            await self.do_tick()

    def went_out(self, done: "Done") -> None:
        """A reply is queued: say so, unless its seconds are counted down; on to the next."""
        truth = self.work.facts.truth
        counted = truth and done.tickets == self.work.sent_to and counts_down(truth, self.work.now())
        self.tell("" if counted else f"{done.words}   z takes it back")
        self.move_on(done)
