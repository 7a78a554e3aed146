"""Sending confirmed actions to their store, each once.

An action is `sending` in the database before its request leaves. Whatever ends this process then, the store
is asked for the action's key before anything else; until it was asked the action is unknown.
"""

import logging
import time
from collections.abc import Callable, Sequence

from deskterm.config.store_kinds import Ability
from deskterm.domain.events import By
from deskterm.domain.orders.actions import ActionAnswer, ActionRecord, ActionState
from deskterm.errors import DesktermError, NotFound, NotNow
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage.acting import store_actions
from deskterm.storage.schema.database import Database
from deskterm.sync.stores.adapter import StoreAccess, StoreAdapter
from deskterm.sync.stores.open_store import open_store

_log = logging.getLogger(__name__)
UNDER_WAY = 120  # seconds for which a store may still be processing an unanswered request
_TOO_OLD = 86_400  # seconds after which a confirmation is too old to act on
_NO_ANSWER = ActionAnswer(ActionState.UNKNOWN, "The answer is missing.")
_NOT_THERE = "The store has no trace of it: it did not happen."
_STALE = ActionAnswer(
    ActionState.REFUSED, "It could not be sent for a day, and was not sent then. Confirm it again."
)


def carry_out(access: StoreAccess, db: Database, clock: Callable[[], float] = time.time) -> int:
    """Find out what became of a store's unknown actions, and send its confirmed ones; returns their number.

    To be called by one process at a time a store. Raises what the first one failed with that could not be
    sent or asked for; those stay as they are.
    """
    with db.read() as tx:
        waiting = store_actions.open_of_store(tx, access.store.name)
    if waiting:
        with open_store(access) as adapter:
            carry_out_all(waiting, adapter, db, clock)
    return len(waiting)


def carry_out_all(
    waiting: Sequence[ActionRecord], adapter: StoreAdapter, db: Database, clock: Callable[[], float]
) -> None:
    """Carry out these actions, in order, with an open adapter."""
    failed: list[DesktermError] = []
    for record in waiting:
        try:
            _Carrying(record, adapter, db, clock).run()
        except DesktermError as error:
            failed.append(error)
    if failed:
        raise failed[0]


class _Carrying:
    """The steps of carrying out one action."""

    def __init__(
        self, record: ActionRecord, adapter: StoreAdapter, db: Database, clock: Callable[[], float]
    ) -> None:
        self.record, self.adapter, self.db, self.clock = record, adapter, db, clock
        self.key = record.action.key

    def run(self) -> None:
        """Carry it out as far as possible. Raises if the store cannot be asked; then nothing changes."""
        if self.record.state is ActionState.CONFIRMED:
            self.send_confirmed()
        else:
            self.settle(self.ask_store())

    def send_confirmed(self) -> None:
        if self.now() - self.record.confirmed_at > _TOO_OLD:
            self.settle(_STALE)
        elif self.was_tried and (found := self.look_up()).state is not ActionState.REFUSED:
            self.settle(found)
        else:
            self.send()

    @property
    def was_tried(self) -> bool:
        """Whether the store may show it. A mail leaves no trace: one that was refused is just sent again."""
        return bool(self.record.tries) and self.record.action.ability is not Ability.RESEND

    def look_up(self) -> ActionAnswer:
        try:
            return self.adapter.look_up(self.record.action)
        except NotFound as error:
            return ActionAnswer(ActionState.UNKNOWN, error.what)

    def ask_store(self) -> ActionAnswer:
        """Ask the store about it. While a request may still be under way, its absence proves nothing."""
        answer = self.look_up()
        sent_at = self.record.sent_at or 0
        if answer.state is ActionState.REFUSED and abs(self.now() - sent_at) < UNDER_WAY:
            return _NO_ANSWER
        if answer.state is ActionState.REFUSED and not answer.words:
            return ActionAnswer(ActionState.REFUSED, _NOT_THERE)
        return answer

    def send(self) -> None:
        with self.db.write() as tx:
            if not store_actions.mark_sending(tx, self.key, self.now()):
                return  # taken back meanwhile
        try:
            answer = self.adapter.act(self.record.action)
        except (NotNow, NotFound) as error:
            answer = ActionAnswer(ActionState.REFUSED, str(error))
        except DesktermError as error:  # nothing was sent
            with self.db.write() as tx:
                store_actions.mark_unsent(tx, self.key, error.what)
            raise
        self.settle(answer)

    def settle(self, answer: ActionAnswer) -> None:
        with self.db.write() as tx:
            before = store_actions.get(tx, self.key)
            store_actions.settle(tx, self.key, answer, self.now())
            if answer.state is not before.state:
                store_actions.note_event(tx, before, self.now(), By.SYNC, state=answer.state)
        if answer.state is not ActionState.UNKNOWN:
            self.read_order()

    def read_order(self) -> None:
        """Read the order again after it. If that fails, the next reading brings it."""
        try:
            order = self.adapter.one_order(self.record.action.order_id)
        except DesktermError as error:
            _log.info("the order of an action is read later: %s", error.what)
            return
        with self.db.write() as tx:
            orders_arrived(tx, [order], self.now())

    def now(self) -> int:
        return int(self.clock())
