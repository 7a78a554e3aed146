"""The pane with a ticket's mail, the same in an open ticket and beside a list."""

from typing import TYPE_CHECKING

from deskterm.actions.work import Work
from deskterm.widgets.conversation import Conversation

if TYPE_CHECKING:
    from deskterm.domain.views import TicketView


def make_mail_pane(work: Work) -> Conversation:
    """The pane, empty, with the owner's times and keys."""
    formats, now = work.formats, work.now
    return Conversation(lambda at: formats.moment(at, now()), lambda at: formats.ahead(at, now()), work.key)


def show_mail(pane: Conversation, work: Work, view: "TicketView", now: int) -> None:
    """Show a ticket in the pane as of `now` (UTC seconds)."""
    since = view.ticket.unanswered_since
    waited = "" if since is None else work.formats.duration(now - since)
    todo = tuple(one.in_words(work.key) for one in view.todo)
    pane.show(view.ticket, view.messages, waited, view.outbox, todo)
