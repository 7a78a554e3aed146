"""The history of a ticket: who did what and when, and undoing one change."""

from dataclasses import replace

from deskterm.desk.action_words import describe_action, describe_event, sentence, touched_tickets
from deskterm.desk.reply import sending
from deskterm.desk.reply.claim_steps import follow_undo
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, Event, What
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import events, tickets
from deskterm.storage import undo as storage_undo
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import merging
from deskterm.value_class import dataclass

_MOST = 200
_SILENT = (What.HANDLED,)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: when (UTC seconds), by whom, in words, and whether it was undone.

    `action` undoes it; 0 if it cannot be undone.
    """

    at: int
    by: By
    words: str
    action: int = 0
    undone: bool = False


class History:
    """The events of a ticket in words."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def lines(self, ticket_id: int) -> tuple[HistoryLine, ...]:
        """What happened to a ticket and to tickets merged into it: newest first, at most 200."""
        with self._shop.db.read() as tx:
            parts = merging.parts(tx, tickets.root(tx, ticket_id))
            found = [event for part in parts for event in events.for_ticket(tx, part)]
            shown = [event for event in found if event.what not in _SILENT]
            shown.sort(key=lambda event: event.id, reverse=True)
            return tuple(_line(tx, event) for event in shown[:_MOST])

    def take_back(self, action: int, now: int) -> Done:
        """Undo one action, whatever came after it; what was changed since stays as it is.

        NotNow if it cannot be undone, was undone already, or is a reply that has gone out.
        """
        with self._shop.db.write() as tx:
            done, gone = sending.still_here(tx, events.for_action(tx, action))
            if not done or not any(_can_go_back(tx, event) for event in done):
                raise NotNow("That cannot be undone.", safe="Nothing was changed.")
            undo = storage_undo.reverse(tx, action, now, but=gone)
            sending.take_back(tx, done, undo, now)
            follow_undo(tx, self._shop.playbook.current(), done, now)
            return Done(sentence(f"Undid: {describe_action(done)}"), undo, touched_tickets(done))


def _line(tx: Tx, event: Event) -> HistoryLine:
    undone = not event.undoes and not events.stands(tx, event.action)
    words = describe_event(event)
    if event.undoes:
        words = f"undid: {describe_event(replace(event, was=event.now, now=event.was))}"
    action = event.action if not undone and _can_go_back(tx, event) else 0
    return HistoryLine(event.at, event.by, words, action, undone)


def _can_go_back(tx: Tx, event: Event) -> bool:
    """Whether an event can be reversed: its kind allows it, and its tickets are still as it left them."""
    if event.undoes or event.what not in events.UNDOABLE or not events.stands(tx, event.action):
        return False
    if event.what is What.JOINED:
        return isinstance(event.now, int) and event.now in merging.joined_directly(tx, event.ticket_id)
    if event.what is What.SPLIT:
        made = event.now.get("ticket") if isinstance(event.now, dict) else None
        return made is not None and tickets.root(tx, int(made)) == made
    return event.by is not By.INFERRED
