"""The conversation: the ticket's head and its messages, newest first, in one line-drawn scroll."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.domain.drawn_text import spell_out
from deskterm.domain.messages import Cue, Direction, Message
from deskterm.domain.text import block
from deskterm.domain.tickets import Ticket
from deskterm.widgets.drawing.cells import fit, wrap, wrap_parts
from deskterm.widgets.drawing.lines import Bit, DrawnLine, Scroll
from deskterm.widgets.drawing.message import TEXT_WIDTH, Showing, message_lines

if TYPE_CHECKING:
    from deskterm.commands.keymap import KeyOf
    from deskterm.domain.review.replies import OutboxRow
    from deskterm.widgets.drawing.outgoing import Ahead

LOW = 12  # terminal rows up to which there is no empty line at the top
_SUBJECT_LINES = 4  # the original mail shows a longer one in full
RAW_SHOWN = 200_000  # bytes of a raw mail that are drawn


class Conversation(Scroll):
    """A ticket with its messages. `show` sets them; `toggle_...` changes how much of them is shown."""

    ALLOW_SELECT = True

    def __init__(self, moment: Callable[[int], str], ahead: "Ahead", key: "KeyOf") -> None:
        super().__init__()
        self._moment, self._ahead, self._key = moment, ahead, key
        self._ticket: Ticket | None = None
        self._messages: tuple[Message, ...] = ()
        self._outgoing: tuple[OutboxRow, ...] = ()
        self._waited = ""
        self._todo: tuple[str, ...] = ()
        self._shown: object = None  # what was last shown, with times in words that are true for a day
        self._quotes = self._whole = self._active = False
        self._raw: list[str] | None = None
        self._starts: list[tuple[int, Message]] = []

    def show(
        self,
        ticket: Ticket,
        messages: tuple[Message, ...],
        waited: str,
        outgoing: "tuple[OutboxRow, ...]" = (),
        todo: tuple[str, ...] = (),
    ) -> None:
        """Show a ticket and its messages, oldest first; `waited` says how long it has been unanswered.

        `outgoing` are its replies that are not sent, or perhaps not; `todo` is what must be done first. The
        same ticket again keeps its scroll position, its unfolded parts and the raw view.
        """
        same = self._ticket is not None and self._ticket.id == ticket.id
        times = [self._moment(one.at) for one in messages] + [self._ahead(one.send_at) for one in outgoing]
        news = (ticket, messages, outgoing, waited, times, todo)
        if same and self._shown == news:
            return
        if not same:
            self.screen.clear_selection()
            self._quotes = self._whole = False
            self._raw = None
        self._shown = news
        self._ticket, self._messages, self._outgoing, self._todo = ticket, messages, outgoing, todo
        self._waited = waited
        self.redraw(keep=same)

    def clear(self) -> None:
        """Show nothing."""
        self._ticket, self._messages, self._outgoing, self._raw = None, (), (), None
        self._shown = None
        self.redraw(keep=False)

    def set_active(self, *, active: bool) -> None:
        """Mark whether the keys are the conversation's."""
        if active != self._active:
            self._active = active
            self.redraw()

    def toggle_quotes(self) -> None:
        """Show or hide quoted text, signatures and footers."""
        self._quotes = not self._quotes
        self.redraw()

    def toggle_whole(self) -> None:
        """Show earlier messages in full, or collapse them."""
        self._whole = not self._whole
        self.redraw()

    @property
    def raw_shown(self) -> bool:
        """Whether an original mail is shown."""
        return self._raw is not None

    def show_raw(self, raw: bytes | None) -> None:
        """Show an original mail with all headers; None returns to the conversation."""
        if raw is None:
            if self._raw is None:
                return
            self._raw = None
        else:
            text = spell_out(block(raw[:RAW_SHOWN].decode("utf-8", "replace")))
            more = len(raw) - RAW_SHOWN
            self._raw = [*text.split("\n"), *([f"⋯ {more:,} more bytes"] if more > 0 else [])]
        self.redraw(keep=False)

    @property
    def current(self) -> Message | None:
        """The topmost message on screen."""
        found = self._messages[-1] if self._messages else None
        for start, message in self._starts:
            if start <= self.scroll_offset.y + 1:
                found = message
        return found

    def picture(self, width: int) -> list[DrawnLine]:
        """The head and all messages, or the original mail; with an edge while the keys are for them."""
        lines = self._lines(width)
        return [one._replace(mark="▌") for one in lines] if self._active else lines

    def _lines(self, width: int) -> list[DrawnLine]:
        self._starts = []
        if self._ticket is None:
            return []
        space = [DrawnLine()] if self.app.size.height > LOW else []
        held = self._hold_words(self._ticket)
        notices = frozenset(one.machine_words for one in self._messages if one.machine_words in self._todo)
        first = replace(self._ticket, due="") if notices else self._ticket  # `notices` say it already
        ground = "chosen" if self._active else ""
        lines = [*space, *_head(first, self._waited, self._todo, width, held=held, ground=ground)]
        if self._raw is not None:
            lines.append(
                DrawnLine(
                    (
                        Bit("original   ", "amber"),
                        Bit(self._key("headers"), "soft", bold=True),
                        Bit(" back", "dim"),
                    )
                )
            )
            return lines + [DrawnLine.of(part, "soft") for raw in self._raw for part in wrap(raw, width)]
        showing = Showing(self._quotes, self._whole, self._moment, self._key, notices)
        lines += self._not_out(width)
        in_full = _in_full(self._messages)
        for message in reversed(self._messages):
            self._starts.append((len(lines), message))
            lines += message_lines(message, showing, width, earlier=message.id not in in_full)
            lines.append(DrawnLine())
        return lines

    def _hold_words(self, ticket: Ticket) -> str:
        """`Lumen Works until Thu 14:00`; empty if it is on hold for nobody."""
        if not ticket.held_for or ticket.held_until is None:
            return ""
        return f"{ticket.held_for} until {self._moment(ticket.held_until)}"

    def _not_out(self, width: int) -> list[DrawnLine]:
        """The ticket's replies that are not sent yet."""
        if not self._outgoing:
            return []
        from deskterm.widgets.drawing.outgoing import outgoing_lines  # noqa: PLC0415 - it costs the first paint 15 ms

        return [
            line
            for row in self._outgoing
            for line in (
                *outgoing_lines(row, self._ahead, width, self._ticket.id if self._ticket else 0, self._key),
                DrawnLine(),
            )
        ]


def _head(
    ticket: Ticket, waited: str, todo: tuple[str, ...], width: int, *, held: str, ground: str
) -> list[DrawnLine]:
    """The subject on its `ground`, the ticket's state, and what must be done first.

    `held` is for whom it is on hold. Only the first thing to do is amber.
    """
    width = min(width, TEXT_WIDTH)
    stands = f"{ticket.status.value} for {held}" if held else ticket.status.value
    facts = [ticket.mark, stands, ticket.category, ticket.mood.value, *(f"+{tag}" for tag in ticket.tags)]
    if ticket.channel not in ("", "mail"):
        facts.append(ticket.channel)
    if ticket.inferred:
        facts.append("status inferred")
    if waited:
        facts.append(f"unanswered {waited}")
    below = [DrawnLine.of(part, "dim") for part in wrap_parts(facts, width)]
    if ticket.due:
        below.append(DrawnLine.of(ticket.due, "amber", bold=True))
    if Cue.HELD_BACK in ticket.cues:
        below += [DrawnLine.of(part, "amber", bold=True) for part in wrap(f"! {Cue.HELD_BACK.value}", width)]
    for words in [one for one in todo if one != ticket.due]:
        loud = any(bit.shade == "amber" for line in below for bit in line.bits)
        below += [DrawnLine.of(part, "soft" if loud else "amber") for part in wrap(words, width)]
    rows = wrap(ticket.subject or "(no subject)", width)
    if len(rows) > _SUBJECT_LINES:
        rows[_SUBJECT_LINES - 1 :] = [fit(rows[_SUBJECT_LINES - 1] + "…", width)]
    subject = [DrawnLine.of(part, bold=True, ground=ground) for part in rows]
    return [*subject, *below, DrawnLine()]


def _in_full(messages: tuple[Message, ...]) -> frozenset[int]:
    """The messages shown in full: all since our last reply, the newest, and the customer's newest."""
    ours = [
        at for at, message in enumerate(messages) if message.direction is Direction.OUT and not message.beside
    ]
    since = ours[-1] + 1 if ours else max(0, len(messages) - 1)
    full = {message.id for message in messages[since:]}
    full |= {message.id for message in messages[-1:]}
    theirs = [
        message.id
        for message in messages
        if message.direction is Direction.IN and message.human and not message.beside
    ]
    return frozenset(full | set(theirs[-1:]))
