"""The outbox: the state of each reply, its history, and what can be done about it."""

from collections.abc import Callable, Iterable
from typing import ClassVar, cast

from textual.widget import Widget

from deskterm.actions import Front, undo
from deskterm.actions.work import Work
from deskterm.commands.record import Command, Where
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import OutboxRow, Recipient
from deskterm.domain.sources import Source, SourcePart
from deskterm.domain.views import Done
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import DeskChanged, Open
from deskterm.screens.base.screen_bars import Shown
from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread
from deskterm.widgets.drawing.outgoing import goes
from deskterm.widgets.rows import Item, Rows

_QUEUED, _REFUSED = OutboxState.QUEUED, OutboxState.REFUSED
_UNCERTAIN = OutboxState.UNCERTAIN
_SAID = 23  # the column of what happened
_SOON = 120  # seconds before sending from which it counts down

# What can be done in which state; the desk checks again.
OFFERS = {
    "retry": frozenset({_REFUSED, _UNCERTAIN}),
    "give-up": frozenset({_QUEUED, _REFUSED, _UNCERTAIN}),
    "say-sent": frozenset({_UNCERTAIN}),
}
_MARKS = {
    OutboxState.QUEUED: ("◷", "amber"),
    OutboxState.SENDING: ("→", "amber"),
    OutboxState.SENT: ("✓", "green"),
    OutboxState.REFUSED: ("■", "red"),
    OutboxState.UNCERTAIN: ("?", "red"),
    OutboxState.DISCARDED: ("×", "dim"),
}


def is_allowed(row: OutboxRow | None, command_id: str) -> bool:
    """Whether a command can be used on a row; commands that are not the outbox's own always can."""
    if row is not None and command_id == "bring-back":
        return row.can_come_back
    if row is not None and command_id == "retry" and (row.refused_for_some or row.waits_to_try):
        return True
    if row is not None and command_id == "give-up" and row.ending is Ending.NOT_TO_ALL:
        return True
    offered = OFFERS.get(command_id)
    return offered is None or (row is not None and row.state in offered)


def _outcome(row: OutboxRow, person: Recipient, width: int) -> list[tuple[str, str]]:
    """The outcome for one of several recipients; what applies to all is in the history."""
    if not person.outcome:
        return []
    if person.outcome is Outcome.ACCEPTED:
        return [(fit(f"{person.address} received it", width), "green")]
    words = "" if person.words in row.answered else f": {person.words}"
    return [(text, "red") for text in wrap(f"{person.address} was refused{words}", width)]


class OutboxScreen(ListScreen[None]):
    """The outbox. Only what the row under the cursor allows is offered and done."""

    WHERE = Where.OUTBOX
    PLACE = "outbox"
    CSS_PATH: ClassVar[str] = "outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found: tuple[OutboxRow, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The rows."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read the outbox again."""
        self.found = self.work.desk.outbox.rows()
        self.rows.show(self._items)
        self.call_after_refresh(self.show_keys)

    def show_facts(self) -> None:
        """Count down the next reply: the app calls this every second."""
        super().show_facts()
        if any(self._counts_down(row) for row in self.found):
            self.rows.redraw()

    def _counts_down(self, row: OutboxRow) -> bool:
        now = self.work.now()
        return row.state is OutboxState.QUEUED and now < row.send_at < now + _SOON

    def _items(self, width: int) -> list[Item]:
        if not self.found:
            words = (
                "Nothing is on its way. Replies wait here until they are sent, and stay listed afterwards."
            )
            return [Item(tuple(DrawnLine.of("  " + text, "dim") for text in wrap(words, width - 4)))]
        return [self._item(row, width) for row in self.found]

    def _item(self, row: OutboxRow, width: int) -> Item:
        mark, shade = ("▲", "amber") if row.refused_for_some else _MARKS[row.state]
        people = ", ".join(
            f"{one.name} <{one.address}>" if one.name else one.address for one in row.recipients
        )
        head = [
            Bit(f"  {mark} ", shade, bold=True),
            Bit(f"{row.state_words:<19}", shade, bold=True),
            Bit(" ".join(f"T{one}" for one in (row.ticket_id, *row.also)) + "  ", "accent"),
            Bit(row.subject, bold=True),
        ]
        lines = [
            spread(head, [Bit(f"  {self._when(row)} ", "dim")], width),
            DrawnLine.of(fit(f"    to {people}", width), "soft"),
            *self._waits(row, width),
            *self._history(row, width),
        ]
        return Item((*lines, DrawnLine()), row.id)

    def _when(self, row: OutboxRow) -> str:
        if self._counts_down(row):
            return f"sends in {row.send_at - self.work.now()} s"
        if row.state is _QUEUED:
            return ""
        return self._moment(row.sent_at or row.history[-1][0])

    def _moment(self, at: int) -> str:
        return self.work.formats.moment(at, self.work.now())

    def _waits(self, row: OutboxRow, width: int) -> list[DrawnLine]:
        """What a reply is waiting for, and what it needs."""
        if row.state is _UNCERTAIN:
            words = self.work.with_keys(
                "A copy in Sent or an answer will settle it. If you know: {say-sent} marks it as sent, "
                "{retry} sends it again."
            )
            return [DrawnLine.of("    " + text, "soft") for text in wrap(words, width - 4)]
        if row.state is not _QUEUED:
            return []
        lines = [
            DrawnLine.of("    " + text, "amber", bold=True) for text in wrap(self._what_for(row), width - 4)
        ]
        first = min((one.send_at for one in self.found if one.is_planned), default=None)
        if row.is_planned and row.send_at == first and not self.work.desk.timer_on():
            words = "deskterm must be open then, or run `deskterm timer on` in a terminal."
            lines += [DrawnLine.of("    " + text, "soft") for text in wrap(words, width - 4)]
        return lines

    def _what_for(self, row: OutboxRow) -> str:
        now, ahead = self.work.now(), self.work.formats.ahead
        if row.send_at > now:
            if row.is_planned:
                return goes(row, lambda at: ahead(at, now))
            if row.waits_to_try:
                key = self.work.key("retry" if row.put_off else "sync")
                return f"next try {ahead(row.send_at, now)}; {key} tries now"
            return f"{self.work.key('undo')} brings it back"
        state = self.work.facts.state
        for source in state.mail if state else ():
            if (
                source.source == Source(row.account, part=SourcePart.SENDING)
                and source.failing_since is not None
            ):
                return f"waits: {source.words} {source.todo}"
            if (
                source.source == Source(row.account)
                and row.unless_answered
                and source.complete_to < row.send_at
            ):
                why = f"but that fails: {source.words}" if source.failing_since is not None else ""
                return f"due; first the mail is read, for an answer {why}".rstrip()
        return "due now"

    def _history(self, row: OutboxRow, width: int) -> list[DrawnLine]:
        """The history, oldest first, with what the server said about single recipients."""
        lines: list[DrawnLine] = []
        for at, state, words in row.history:
            line = (
                words
                if words and state == OutboxState.DISCARDED
                else f"{state}{': ' if words else ''}{words}"
            )
            wrapped = wrap(line, width - _SAID)
            lines += [
                DrawnLine.of(fit("" if at_line else f"    {self._moment(at)}", _SAID) + text, "dim")
                for at_line, text in enumerate(wrapped)
            ]
        if len(row.recipients) > 1:
            for person in row.recipients:
                lines += [
                    DrawnLine.of("    " + text, shade) for text, shade in _outcome(row, person, width - 4)
                ]
        return lines

    # keys

    @property
    def chosen(self) -> OutboxRow | None:
        """The reply under the cursor."""
        return next((row for row in self.found if row.id == self.rows.key), None)

    def on_rows_moved(self) -> None:
        """Show the keys for another reply."""
        self.show_keys()

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """Offer only what the row allows."""
        return [pair for pair in super().footer_commands(shown) if is_allowed(self.chosen, pair[0].id)]

    def run_command(self, command: Command) -> None:
        """Run a command that the row allows; otherwise say why not."""
        if is_allowed(self.chosen, command.id):
            super().run_command(command)
        elif self.chosen is not None:
            self.tell(f"This does not work on a reply that is {self.chosen.state_words}.", "amber")

    def do_open_row(self) -> None:
        """Open the reply's ticket."""
        if self.chosen is not None:
            self.post_message(Open(self.chosen.ticket_id))

    async def do_undo(self) -> None:
        """Bring back the reply under the cursor if it is waiting, else undo the last change."""
        if self.chosen is not None and self.chosen.state is _QUEUED:
            await self.do_bring_back()
        else:
            await undo.run(cast("Front", self.front), ())

    async def do_bring_back(self) -> None:
        """Turn the reply back into a draft."""
        await self._do(self.work.desk.outbox.bring_back)

    async def do_retry(self) -> None:
        """Queue it again."""
        await self._do(self.work.desk.outbox.retry)

    async def do_give_up(self) -> None:
        """Discard it; it stays listed."""
        await self._do(self.work.desk.outbox.discard)

    async def do_say_sent(self) -> None:
        """Mark it as sent."""
        await self._do(self.work.desk.outbox.say_sent)

    async def _do(self, use_case: Callable[[int, int], Done]) -> None:
        if self.chosen is not None:
            done = await self.work.write(use_case, self.chosen.id, self.work.now())
            self.post_message(DeskChanged())
            self.refresh_desk()
            self.tell(done.words)
