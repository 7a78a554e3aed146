"""Messages from screens to the app: where to go, and what has changed."""

from typing import TYPE_CHECKING

from textual.message import Message

from deskterm.commands.record import Command

if TYPE_CHECKING:
    from deskterm.domain.views import Done


class Go(Message):
    """Open a list (inbox, waiting, snoozed, hold, solved, others, spam, trash) or a place of `places.PLACES`.

    `values` go to the constructor of the place's screen, after its `Work`. With `instead` it replaces the
    screen in front.
    """

    def __init__(self, place: str, *, instead: bool = False, **values: object) -> None:
        super().__init__()
        self.place = place
        self.instead = instead
        self.values = values


class ShowFound(Go):
    """Show the tickets that a search found as a list, with one of them selected, or all (None)."""

    def __init__(self, query: str, ticket_id: int | None) -> None:
        super().__init__("found")
        self.query_text, self.ticket_id = query, ticket_id


class Open(Message):
    """Open a ticket by itself. `among` are the tickets that J and K go through."""

    def __init__(self, ticket_id: int, among: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.ticket_id = ticket_id
        self.among = among


class Sent(Message):
    """A reply is queued: the app returns to the ticket's screen, says `done`, and shows the next ticket.

    A reply `planned` for later is not counted down.
    """

    def __init__(self, done: "Done", *, planned: bool = False) -> None:
        super().__init__()
        self.done, self.planned = done, planned


class FetchRest(Message):
    """Fetch the rest of a ticket's mails; if it is being fetched, stop."""

    def __init__(self, ticket_id: int) -> None:
        super().__init__()
        self.ticket_id = ticket_id


class Copy(Message):
    """Put a text on the clipboard; `what` names it."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__()
        self.text, self.what = text, what


class DeskChanged(Message):
    """The owner changed something: refresh the bars now, not at the next look."""


class Pressed(Message):
    """A command that the screen has no method for."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command
