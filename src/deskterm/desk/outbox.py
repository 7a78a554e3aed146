"""The outbox: the state of each reply, and what can be done about it."""

from collections.abc import Collection, Mapping

from deskterm.desk.answers.teaching import unteach_reply
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import OutboxRow
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.intake import planned_replies
from deskterm.storage import events
from deskterm.storage import undo as storage_undo
from deskterm.storage.products import waits
from deskterm.storage.replies import follow_ups, outbox
from deskterm.storage.replies.mailings import give_own_action
from deskterm.storage.schema.database import Tx

_OWNERS = (OutboxState.REFUSED, OutboxState.UNCERTAIN)
_UNSENT = (OutboxState.QUEUED, *_OWNERS)


class Outbox:
    """The outbox for the owner. Delivery itself is in `sync`."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def rows(self) -> tuple[OutboxRow, ...]:
        """What needs the owner first, then what is on its way, then what was sent recently."""
        with self._shop.db.read() as tx:
            return outbox.rows(tx)

    def bring_back(self, outbox_id: int, now: int) -> Done:
        """Make a reply a draft again and restore its ticket: while queued, refused, uncertain or discarded.

        NotNow while it is being sent and once anyone has it. A reply that may have been sent comes back only
        this way: deskterm never sends it again by itself. One letter of a bulk send comes back alone. Its
        planned follow-up is dropped; a follow-up comes back without the letter before it.
        """
        with self._shop.db.write() as tx:
            row = outbox.get(tx, outbox_id)
            if not row.can_come_back:
                raise _not_now(row)
            if row.sent_at is not None:
                raise NotNow(
                    f"The reply to T{row.ticket_id} has gone out to {', '.join(_accepted_addresses(row))}.",
                    todo="Discard the rest in the outbox, or write again.",
                )
            alone = planned_replies.is_follow_up(tx, outbox_id)
            undo = _redraft_alone(tx, row, now) if alone else _undo_letter(tx, row, now)
            dropped = outbox.get(tx, outbox_id).ending is Ending.DROPPED
            then = "is not sent; your own draft stays as it is" if dropped else "is a draft again"
            return Done(f"The reply to T{row.ticket_id} {then}", undo, (row.ticket_id,))

    def retry(self, outbox_id: int, now: int) -> Done:
        """Queue a refused or uncertain reply again, for now, to those who have not accepted it.

        A reply refused for some recipients goes to them alone. One waiting for its next try is tried now; one
        not tried yet keeps its time.
        """
        with self._shop.db.write() as tx:
            row = outbox.get(tx, outbox_id)
            if not row.refused_for_some:
                row = _standing(tx, outbox_id, _UNSENT)
            waits = row.state is OutboxState.QUEUED
            if waits and not row.waits_to_try:
                raise NotNow(
                    f"The reply to T{row.ticket_id} is waiting for its time.",
                    todo="Bring it back to send it now from its review.",
                )
            outbox.later(tx, outbox_id, now, "to go now" if waits else "to be tried again", now)
            done = "goes now" if waits else "is queued again"
            return Done(f"The reply to T{row.ticket_id} {done}", 0, (row.ticket_id,))

    def discard(self, outbox_id: int, now: int) -> Done:
        """Discard a reply that was not sent; it stays listed as discarded, and its ticket is unchanged.

        One that some recipients have stays listed as sent.
        """
        with self._shop.db.write() as tx:
            row = outbox.get(tx, outbox_id)
            fitting = (*_UNSENT, OutboxState.SENT) if row.ending is Ending.NOT_TO_ALL else _UNSENT
            had = row.sent_at is not None
            state, words = (OutboxState.SENT, "sent to some") if had else (OutboxState.DISCARDED, "given up")
            return _mark(tx, _standing(tx, outbox_id, fitting), state, words, now)

    def say_sent(self, outbox_id: int, now: int) -> Done:
        """Mark an uncertain reply as sent: the owner has seen that it was."""
        with self._shop.db.write() as tx:
            row = _standing(tx, outbox_id, (OutboxState.UNCERTAIN,))
            return _mark(tx, row, OutboxState.SENT, "seen by the owner", now)


def _mark(tx: Tx, row: OutboxRow, state: OutboxState, words: str, now: int) -> Done:
    outbox.mark(tx, row.id, state, words, now)
    if state is OutboxState.DISCARDED:
        waits.letter_came_back(tx, row.message_id)
        _drop_what_follows(tx, row, "the letter before it was given up", now)
        _let_earlier_go(tx, row, now)
    if state is OutboxState.SENT:
        from deskterm.intake.sent_replies import record_sent_reply  # noqa: PLC0415 - reading mail: not at the start

        record_sent_reply(tx, row.id, row.tried_at)
    _note_state(tx, row, state, now)
    return Done(f"The reply to T{row.ticket_id} is {words}", 0, (row.ticket_id,))


def _undo_letter(tx: Tx, row: OutboxRow, now: int) -> int:
    """Undo a letter with everything it did to its ticket; gives the action that does so."""
    sent = give_own_action(tx, row.id)
    undo = storage_undo.reverse(tx, sent, now) if events.stands(tx, sent) else events.new_action(tx)
    unteach_reply(tx, planned_replies.redraft(tx, row, now), _sending_event(tx, row))
    events.add(tx, undo, row.ticket_id, now, By.OWNER, What.QUEUED, {"outbox": row.id}, None, sent)
    _drop_what_follows(tx, row, planned_replies.TAKEN_BACK, now)
    return undo


def _sending_event(tx: Tx, row: OutboxRow) -> Mapping[str, object]:
    """What the event of a letter's sending says about it."""
    values = (
        event.now for event in events.for_action(tx, outbox.action(tx, row.id)) if event.what is What.QUEUED
    )
    return next((one for one in values if isinstance(one, dict) and one["outbox"] == row.id), {})


def _redraft_alone(tx: Tx, row: OutboxRow, now: int) -> int:
    """Make a follow-up a draft. That undoes nothing, so undo still takes back the letter before it."""
    planned_replies.redraft(tx, row, now)
    return _note_state(tx, row, OutboxState.DISCARDED, now)


def _drop_what_follows(tx: Tx, row: OutboxRow, why: str, now: int) -> None:
    planned_replies.drop_follow_ups(tx, row.ticket_id, why, now, action=outbox.action(tx, row.id))


def _let_earlier_go(tx: Tx, row: OutboxRow, now: int) -> None:
    """Let the follow-ups that this letter replaced go after all."""
    for event in events.for_action(tx, outbox.action(tx, row.id)):
        if event.what is What.FOLLOW_UP and isinstance(event.now, dict) and event.ticket_id == row.ticket_id:
            follow_ups.set_goes(tx, event.now["outbox"], now, goes=True)


def _note_state(tx: Tx, row: OutboxRow, state: OutboxState, now: int) -> int:
    """Record what the owner decided about a reply's delivery, as an action that undo skips; gives it."""
    action, value = events.new_action(tx), {"outbox": row.id, "state": state}
    events.add(tx, action, row.ticket_id, now, By.OWNER, What.DELIVERY, str(row.state), value)
    return action


def _accepted_addresses(row: OutboxRow) -> list[str]:
    return [one.address for one in row.recipients if one.outcome is Outcome.ACCEPTED]


def _standing(tx: Tx, outbox_id: int, fitting: Collection[OutboxState]) -> OutboxRow:
    row = outbox.get(tx, outbox_id)
    if row.state not in fitting:
        raise _not_now(row)
    return row


def _not_now(row: OutboxRow) -> NotNow:
    return NotNow(f"The reply to T{row.ticket_id} is {row.state_words}: this does not work on it now.")
