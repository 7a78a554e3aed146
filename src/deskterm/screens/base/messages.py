"""What screens tell the app: where to go, and what has changed."""

from typing import TYPE_CHECKING

from textual.message import Message

from deskterm.commands.record import Command

if TYPE_CHECKING:
    from deskterm.domain.views import Done


class Go(Message):
    """Go to a list (inbox, waiting, snoozed, hold, solved, others, spam, trash) or one of `places.PLACES`.

    `values` go to the constructor of the place's screen, after its `Work`. With
    `instead` it takes the place of the screen in front.
    """

    def __init__(self, place: str, *, instead: bool = False, **values: object) -> None:
        super().__init__()
        self.place = place
        self.instead = instead
        self.values = values


class ShowFound(Go):
    """Go to the list of what a search found, with one ticket of it selected, or all (None)."""

    def __init__(self, query: str, ticket_id: int | None) -> None:
        super().__init__("found")
        self.query_text, self.ticket_id = query, ticket_id


class Open(Message):
    """Open a ticket on its own, from wherever one is. `before` and `after` are its neighbours for J and K."""

    def __init__(self, ticket_id: int, among: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.ticket_id = ticket_id
        self.among = among


class Sent(Message):
    """A reply is queued: the app goes back to the ticket's screen, says `done`, and shows the next ticket.

    One that is `planned` for later is not counted down.
    """

    def __init__(self, done: "Done", *, planned: bool = False) -> None:
        super().__init__()
        self.done, self.planned = done, planned


class FetchRest(Message):
    """The rest of a ticket's mails is wanted; asked for again while it comes, it is not any more."""

    def __init__(self, ticket_id: int) -> None:
        super().__init__()
        self.ticket_id = ticket_id


class Copy(Message):
    """A text is to go on the clipboard; `what` it is, in words."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__()
        self.text, self.what = text, what


class DeskChanged(Message):
    """The owner changed something: the bars are to say so now, not at the next look."""


class Pressed(Message):
    """A command that the screen has no method for."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command
