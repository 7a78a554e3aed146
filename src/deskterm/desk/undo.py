"""Undo and redo of the last change."""

from dataclasses import replace

from deskterm.desk.action_words import describe_action, sentence, touched_tickets
from deskterm.desk.reply import sending
from deskterm.desk.reply.claim_steps import follow_undo
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import Event
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import desk_changes, events
from deskterm.storage import undo as storage_undo


class Undo:
    """Undo and redo, one change at a time, newest first. Events are never deleted, only reversed."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def peek(self) -> Done | None:
        """What `undo` would take back, in words ("solved T1043"); None if there is nothing.

        NotNow if it is a reply that has gone out.
        """
        with self._shop.db.read() as tx:
            action = events.last_undoable(tx)
            if change := desk_changes.last_standing(tx, action):
                return Done(change.words, change.action)
            if not action:
                return None
            done, _ = sending.still_here(tx, events.for_action(tx, action))
            return Done(describe_action(done), action, touched_tickets(done))

    def is_in_effect(self, action: int) -> bool:
        """Whether a change of files or settings, by its action, was not undone since."""
        with self._shop.db.read() as tx:
            return desk_changes.is_in_effect(tx, action)

    def undo(self, now: int) -> Done:
        """Undo the newest change; says "Undid: solved T1043".

        NotNow if there is nothing to undo, or if it is a reply that has gone out. What something else has
        changed since (a new mail opened the ticket) stays as it is.
        """
        with self._shop.db.write() as tx:
            action = events.last_undoable(tx)
            if change := desk_changes.last_standing(tx, action):
                desk_changes.reverse(tx, change, undo=True)
                return Done(sentence(f"Undid: {change.words}"), change.action)
            if not action:
                raise NotNow("There is nothing to undo.")
            done, gone = sending.still_here(tx, events.for_action(tx, action))
            undo = storage_undo.reverse(tx, action, now, but=gone)
            sending.take_back(tx, done, undo, now)
            follow_undo(tx, self._shop.playbook.current(), done, now)
        undone = _describe_undo("Undid", done, undo)
        if gone:
            left = "1 has" if len(gone) == 1 else f"{len(gone)} have"
            undone = replace(undone, words=f"{undone.words}; {left} gone out")
        return undone

    def redo(self, now: int) -> Done:
        """Redo what was undone last. NotNow if something else was done since."""
        with self._shop.db.write() as tx:
            undone = events.last_undone(tx)
            change = desk_changes.last_undone(tx)
            if change and (not undone or change.after >= events.last_id(tx, undone)):
                desk_changes.reverse(tx, change, undo=False)
                return Done(sentence(f"Redid: {change.words}"), change.action)
            if not undone:
                raise NotNow("There is nothing to redo.")
            back = events.for_action(tx, undone)
            first = events.for_action(tx, back[0].undoes)
            sending.refuse_resend(first)
            redo = storage_undo.reverse(tx, undone, now)
            sending.take_back(tx, back, redo, now)
            follow_undo(tx, self._shop.playbook.current(), back, now)
        return _describe_undo("Redid", first, redo)


def _describe_undo(how: str, done: tuple[Event, ...], action: int) -> Done:
    return Done(sentence(f"{how}: {describe_action(done)}"), action, touched_tickets(done))
