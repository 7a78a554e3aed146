"""Actions on orders in their stores: each is stored here before it is sent, and its result afterwards."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from sqlite3 import Connection, Row

from deskterm.config.store_kinds import Ability
from deskterm.domain.events import By, What
from deskterm.domain.orders.actions import ActionAnswer, ActionRecord, ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money, PostalAddress
from deskterm.errors import NotFound
from deskterm.storage import events
from deskterm.storage.schema.columns import marks, to_json

_OPEN = tuple(state.value for state in (ActionState.CONFIRMED, ActionState.SENDING, ActionState.UNKNOWN))

_WENT = ("queued", "sending", "sent", "may have been sent")


def add(tx: Connection, record: ActionRecord, goodwill: Money | None = None) -> None:
    """Store an action, with what it gives as goodwill. Its key must be new."""
    columns = (
        record.action.key, record.store, record.order_id, record.ticket_id or None,
        record.action.ability.value, _to_text(record.action), record.state.value, record.confirmed_at,
        goodwill.minor if goodwill else None, goodwill.currency if goodwill else "",
    )  # fmt: skip
    tx.execute(
        "INSERT INTO store_action(key, store, order_id, ticket_id, ability, wish, state, confirmed_at,"
        " given_minor, given_currency)"
        f" VALUES ({marks(len(columns))})",
        columns,
    )


def get(tx: Connection, key: str) -> ActionRecord:
    """One action. Raises NotFound."""
    row = tx.execute("SELECT * FROM store_action WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise NotFound("That action is not in the database.")
    return _record(row)


def codes_given(tx: Connection) -> set[str]:
    """The discount codes that were given to customers."""
    rows = tx.execute(
        "SELECT json_extract(wish, '$.text') FROM store_action WHERE ability = ? AND state != ?",
        (Ability.CODE.value, ActionState.REFUSED.value),
    )
    return {str(row[0]) for row in rows if row[0]}


def open_of_store(tx: Connection, store: str) -> list[ActionRecord]:
    """The actions of a store that must still be sent or whose result is unknown, the oldest first."""
    where = f"store = ? AND state IN ({marks(len(_OPEN))})"
    return _list(tx, where, (store, *_OPEN))


def for_ticket(tx: Connection, ticket_id: int) -> list[ActionRecord]:
    """A ticket's actions, the oldest first."""
    return _list(tx, "ticket_id = ?", (ticket_id,))


def for_order(tx: Connection, order_id: int) -> list[ActionRecord]:
    """An order's actions, the oldest first."""
    return _list(tx, "order_id = ?", (order_id,))


def mark_sending(tx: Connection, key: str, at: int) -> bool:
    """Note that it is about to be sent; returns False if it was taken back meanwhile."""
    found = tx.execute(
        "UPDATE store_action SET state = ?, sent_at = ?, tries = tries + 1 WHERE key = ? AND state = ?",
        (ActionState.SENDING.value, at, key, ActionState.CONFIRMED.value),
    )
    return found.rowcount == 1


def mark_unsent(tx: Connection, key: str, words: str) -> None:
    """Note that it did not leave this machine: it waits as before."""
    tx.execute(
        "UPDATE store_action SET state = ?, tries = tries - 1, words = ? WHERE key = ? AND state = ?",
        (ActionState.CONFIRMED.value, words, key, ActionState.SENDING.value),
    )


def settle(tx: Connection, key: str, answer: ActionAnswer, at: int) -> None:
    """Store its result."""
    tx.execute(
        "UPDATE store_action SET state = ?, settled_at = ?, words = ?, remote_id = ? WHERE key = ?",
        (answer.state.value, at, answer.words, answer.remote_id, key),
    )


def confirm_again(tx: Connection, key: str, at: int) -> None:
    """Let it be sent again, with the same key, by which the store is asked first."""
    tx.execute(
        "UPDATE store_action SET state = ?, confirmed_at = ?, settled_at = NULL, words = '', noted_at = NULL"
        " WHERE key = ?",
        (ActionState.CONFIRMED.value, at, key),
    )


def take_note(tx: Connection, key: str, at: int) -> None:
    """Note that the owner knows that it did not happen: it no longer needs attention."""
    tx.execute(
        "UPDATE store_action SET noted_at = ? WHERE key = ? AND state = ?",
        (at, key, ActionState.REFUSED.value),
    )


def take_back(tx: Connection, key: str) -> bool:
    """Delete an action that was never sent, such as a code from the owner's list; returns if it was one."""
    found = tx.execute(
        "DELETE FROM store_action WHERE key = ? AND tries = 0"
        " AND (state = ? OR state = ? AND coalesce(json_extract(wish, '$.from_list'), 0))",
        (key, ActionState.CONFIRMED.value, ActionState.DONE.value),
    )
    return found.rowcount == 1


def letters_like(tx: Connection, words: str, ticket_id: int) -> list[tuple[int, str]]:
    """The letters that hold such words in any case: drafts, those sent from here or waiting, all of a ticket.

    Each with its ticket and text.
    """
    rows = tx.execute(
        "SELECT ticket_id, json_extract(draft, '$.body') AS body FROM outbox"
        f" WHERE state IN ({marks(len(_WENT))}) AND instr(lower(body), lower(?))"
        " UNION ALL SELECT ticket_id, body FROM draft WHERE instr(lower(body), lower(?))"
        " UNION ALL SELECT ticket_id, text FROM message"
        " WHERE ticket_id = ? AND direction = 'out' AND instr(lower(text), lower(?))",
        (*_WENT, words, words, ticket_id, words),
    )
    return [(row[0], row[1]) for row in rows]


def note_event(tx: Connection, record: ActionRecord, at: int, by: By, state: str = "") -> None:
    """Write an event about an action on its ticket, if it has one."""
    if record.ticket_id:
        now = {
            "key": record.action.key,
            "ability": record.action.ability,
            "state": state or record.state,
            "order": record.order_id,
        }
        events.add(tx, events.new_action(tx), record.ticket_id, at, by, What.STORE_ACTION, None, now)


def _list(tx: Connection, where: str, given: Iterable[object]) -> list[ActionRecord]:
    rows = tx.execute(f"SELECT * FROM store_action WHERE {where} ORDER BY confirmed_at, key", tuple(given))
    return [_record(row) for row in rows]


def _record(row: Row) -> ActionRecord:
    return ActionRecord(
        action=_from_text(row["wish"]),
        store=row["store"],
        order_id=row["order_id"],
        ticket_id=row["ticket_id"] or 0,
        state=ActionState(row["state"]),
        confirmed_at=row["confirmed_at"],
        sent_at=row["sent_at"],
        settled_at=row["settled_at"],
        words=row["words"],
        remote_id=row["remote_id"],
        tries=row["tries"],
    )


def _to_text(action: StoreAction) -> str:
    return to_json(asdict(action))


def _from_text(text: str) -> StoreAction:
    fields = json.loads(text)
    return StoreAction(
        **{
            **fields,
            "ability": Ability(fields["ability"]),
            "amount": Money(**fields["amount"]) if fields["amount"] else None,
            "pieces": tuple(PieceCount(**one) for one in fields["pieces"]),
            "ship_to": PostalAddress(**fields["ship_to"]) if fields.get("ship_to") else None,
            "seen": PostalAddress(**fields["seen"]) if fields.get("seen") else None,
            "tags": tuple(fields["tags"]),
        }
    )
