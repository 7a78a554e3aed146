"""Working on a ticket: everything that changes it. The inbox and a ticket opened alone share it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from deskterm.commands.registry import ABOUT_A_TICKET, Command
from deskterm.domain.moments import TRIES, suggested_times
from deskterm.domain.tickets import Status, Ticket, View
from deskterm.screens.base import time_options
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.screen import DeskChanged, Go
from deskterm.screens.reading import TicketReader
from deskterm.widgets.bars import counts_down
from deskterm.widgets.picker import Option
from deskterm.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from deskterm.domain.review.replies import OutboxRow
    from deskterm.domain.views import Done

_ASKS_TWICE = ("solve", "undo")
_CATEGORY, _TAG = "category ", "tag "


class Change(Protocol):
    """A use case that changes tickets."""

    def __call__(self, ids: tuple[int, ...], now: int) -> "Done":
        """Change them at `now` (UTC seconds)."""


class TicketScreenBase(TicketReader):
    """Commands on the ticket in front. A subclass says what happens once it is out of the way: `move_on`."""

    _asked: tuple[str, object] = ("", None)

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that a key is for."""
        return self.view.ticket if self.view else None

    def move_on(self, done: "Done") -> None:
        """Show what comes after a ticket that was dealt with."""
        raise NotImplementedError

    def on_screen_of(self, tickets: tuple[int, ...]) -> bool:
        """Whether the owner sees one of the tickets now."""
        return self.ticket is not None and self.ticket.id in tickets

    def run_command(self, command: Command) -> None:
        """Run a command; any other one takes back that a key was asked for twice."""
        if command.id not in _ASKS_TWICE:
            self._asked = ("", None)
        if command.id in ABOUT_A_TICKET and not self.has_ticket:
            self.tell(f"No ticket here: {command.label or command.id} needs one.", "amber")
            return
        super().run_command(command)

    @property
    def has_ticket(self) -> bool:
        """Whether there is a ticket that a key can be for."""
        return self.ticket is not None

    def _asks(self, name: str, about: object, words: str) -> bool:
        """Ask for the same key again; false once that was done."""
        if self._asked == (name, about):
            self._asked = ("", None)
            return False
        self._asked = (name, about)
        self.tell(words, "amber")
        return True

    def _did(self, done: "Done") -> None:
        """Say what was done and how to take it back, and show it."""
        self.tell(f"{done.words}   z takes it back" if done.action else done.words)
        self.post_message(DeskChanged())

    async def _change(self, ticket: Ticket, change: Change, *, gone: bool) -> None:
        """Change a ticket, the one that a picker was opened for; `gone` when it is then dealt with here."""
        done = await self.work.write(change, (ticket.id,), self.work.now())
        self._did(done)
        if gone:
            self.move_on(done)
        else:
            self.refresh_desk()

    # dealt with

    async def do_solve(self) -> None:
        """Solve and go on; an unanswered ticket asks for a second press."""
        ticket = self.ticket
        if ticket is None:
            return
        if ticket.status is Status.SOLVED:
            self.tell(f"{ticket.mark} is solved already.", "amber")
            return
        if ticket.unanswered_since is not None:
            waited = self.work.formats.duration(self.work.now() - ticket.unanswered_since)
            words = f"{ticket.mark} has been unanswered for {waited}: e again solves it all the same."
            if self._asks("solve", ticket.id, words):
                return
        await self._change(ticket, self.work.desk.tickets.solve, gone=True)

    async def do_snooze(self) -> None:
        """Put the ticket out of sight until a time that is picked or typed."""
        work, ticket = self.work, self.ticket
        found = time_options.options(work, suggested_times(work.formats.local(work.now())))
        until = await self._pick(
            "Snooze until", found, lambda words: time_options.typed(work, words), tries=TRIES
        )
        if ticket and until:
            snooze, at = self.work.desk.tickets.snooze, int(until)

            def snooze_until(ids: tuple[int, ...], now: int) -> "Done":
                done = snooze(ids, at, now)
                return replace(done, words=f"{done.words} until {work.formats.ahead(at, now)}")

            await self._change(ticket, snooze_until, gone=True)

    async def do_status(self) -> None:
        """Set the status by hand."""
        options = [
            Option("waiting", "waiting", "w", "the customer is to answer"),
            Option("on hold", "on hold", "h", "a carrier or a supplier is"),
            Option("open", "open", "o", "we are"),
            Option("solved", "solved", "s"),
        ]
        ticket, chosen = self.ticket, await self._pick("Status", options)
        if ticket and chosen:
            set_status, status = self.work.desk.tickets.set_status, Status(chosen)
            gone = status is not Status.OPEN
            await self._change(ticket, lambda ids, now: set_status(ids, status, now), gone=gone)

    async def do_away(self) -> None:
        """Put the ticket into the trash or to spam, or bring it back from there; here alone."""
        tickets = self.work.desk.tickets
        options = [
            Option("trash", "trash", "t", "kept here; nothing is deleted"),
            Option("spam", "spam", "s", "here alone; nothing moves on the server"),
        ]
        ticket = self.ticket
        if ticket and (ticket.view is not View.CUSTOMERS or ticket.status is Status.SPAM):
            options.insert(0, Option("back", "back to the inbox", "b"))
        chosen = await self._pick("Out of the way", options)
        if ticket and chosen:
            change: dict[str, Change] = {
                "trash": tickets.trash,
                "spam": tickets.spam,
                "back": tickets.restore,
            }
            await self._change(ticket, change[chosen], gone=True)

    # said about it

    async def do_category(self) -> None:
        """Set the category, or put a tag on or take it off."""
        ticket = self.ticket
        if ticket is None:
            return
        known = self.work.desk.tickets
        categories = dict.fromkeys((ticket.category, *known.categories()))
        tags = dict.fromkeys((*ticket.tags, *known.tags()))
        options = [
            Option(_CATEGORY + name, name, "", "is now" if name == ticket.category else "")
            for name in categories
            if name
        ]
        options += [
            Option(_TAG + name, f"+{name}", "", "on" if name in ticket.tags else "tag") for name in tags
        ]

        def typed(words: str) -> list[Option]:
            name = words.removeprefix("+")
            return [
                Option(_CATEGORY + name, name, "", "new category"),
                Option(_TAG + name, f"+{name}", "", "new tag"),
            ]

        chosen = await self._pick("Category or tag", options, typed)
        if chosen:
            await self._change(ticket, self._changed_field(ticket, chosen), gone=False)

    def _changed_field(self, ticket: Ticket, chosen: str) -> Change:
        """The change that a category or a tag asks for."""
        categorise = self.work.desk.tickets.categorise
        if chosen.startswith(_CATEGORY):
            name = chosen.removeprefix(_CATEGORY)
            return lambda ids, now: categorise(ids, name, None, now)
        tag = chosen.removeprefix(_TAG)
        tags = tuple(one for one in ticket.tags if one != tag) if tag in ticket.tags else (*ticket.tags, tag)
        return lambda ids, now: categorise(ids, ticket.category, tags, now)

    async def do_note(self) -> None:
        """Write an internal note."""
        from deskterm.screens.reply.note import NoteScreen  # noqa: PLC0415 - an editor costs 10 ms, the first paint needs none

        ticket = self.ticket
        text = await self.app.push_screen_wait(NoteScreen(self.work, ticket.id)) if ticket else None
        if ticket and text:
            self._did(await self.work.write(self.work.desk.tickets.note, ticket.id, text, self.work.now()))
            self.refresh_desk()
        elif text is not None:
            self.tell("The note is thrown away.")

    async def _pick(
        self,
        title: str,
        options: list[Option],
        free: Callable[[str], list[Option]] | None = None,
        tries: str = "",
    ) -> str | None:
        if self.ticket is None:
            return None
        return await self.app.push_screen_wait(Choose(self.work, title, options, free=free, tries=tries))

    # answered

    def do_reply(self) -> Awaitable[None] | None:
        """Write a reply, or go on with the draft; ask where one is planned already."""
        planned = next((row for row in self.view.outbox if row.is_planned), None) if self.view else None
        if planned is not None and self.view and not self.view.draft:
            return self._reply_beside(planned)
        self._go_to("compose")
        return None

    async def _reply_beside(self, planned: "OutboxRow") -> None:
        goes = self.work.formats.ahead(planned.send_at, self.work.now())
        options = [
            Option("back", "change that one", "b", "it is a draft again"),
            Option("new", "write another one", "n"),
        ]
        chosen = await self._pick(f"A reply goes {goes}", options)
        if chosen == "back":
            await self.work.write(self.work.desk.outbox.bring_back, planned.id, self.work.now())
            self.post_message(DeskChanged())
        if chosen:
            self.post_message(Go("compose", ticket_id=planned.ticket_id))

    def do_macro(self) -> None:
        """Pick a macro."""
        self._go_to("macro")

    def _go_to(self, place: str) -> None:
        if self.ticket:
            self.post_message(Go(place, ticket_id=self.ticket.id))

    async def do_again(self) -> None:
        """Take the last macro again."""
        from deskterm.screens.reply.take_macro import again  # noqa: PLC0415 - the first paint does not wait for it

        if self.ticket:
            await again(self, self.ticket.id)

    async def do_run_step(self) -> None:
        """Take the macro of the SOP's step; a step without one is ticked."""
        from deskterm.screens.reply.take_macro import take  # noqa: PLC0415 - the first paint does not wait for it

        step = self.query_one(SidePanel).step
        if step is None or self.ticket is None:
            return
        if step.macro:
            await take(self, self.ticket.id, step.macro)
        else:
            await self.do_tick()

    def went_out(self, done: "Done") -> None:
        """A reply is queued: say so, unless its seconds are counted down; on to the next."""
        truth = self.work.facts.truth
        counted = truth and done.tickets == self.work.sent_to and counts_down(truth, self.work.now())
        self.tell("" if counted else f"{done.words}   z takes it back")
        self.move_on(done)

    # taken back

    async def do_undo(self) -> None:
        """Take back the last change; when it is out of sight, ask for a second press."""
        undo, found = self.work.desk.undo, self.work.desk.undo.peek()
        if found is not None:
            words, tickets = found
            told = words.casefold() in self.said.casefold() or self._counts_down(tickets)
            seen = told or self.on_screen_of(tickets)
            if not seen and self._asks("undo", found, f"z again takes back: {words}."):
                return
        await self._undo_or_redo(undo.undo, "Z does it again")

    def _counts_down(self, tickets: tuple[int, ...]) -> bool:
        """Whether the status line counts down to the reply sent here last: one of these tickets'."""
        truth = self.work.facts.truth
        waits = truth is not None and (truth.next_send_at or 0) > self.work.now()
        return waits and tickets == self.work.sent_to

    async def do_redo(self) -> None:
        """Do again what was taken back."""
        await self._undo_or_redo(self.work.desk.undo.redo, "z takes it back")

    async def _undo_or_redo(self, use_case: "Callable[[int], Done]", then: str) -> None:
        done = await self.work.write(use_case, self.work.now())
        self.tell(f"{done.words}   {then}")
        self.post_message(DeskChanged())
        self.refresh_desk()
        if done.tickets:
            self.find(done.tickets[0])

    def find(self, ticket_id: int) -> None:
        """Put the cursor on a ticket where it is in the list."""
