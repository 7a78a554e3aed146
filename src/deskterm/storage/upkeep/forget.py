"""Erasing one customer: rows, search words and the bytes they leave in the file.

What stays does not identify the person: the positions of their mails on the server
and hashes of them, so that no sync brings them back, and the amounts of their orders.
"""

from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Connection

from deskterm.domain.messages import Direction, mailbox_key
from deskterm.domain.people.customers import Erased
from deskterm.errors import DatabaseBusy, NotFound, NotNow
from deskterm.storage import desk_facts, tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import same_key
from deskterm.storage.replies import drafts as storage_drafts
from deskterm.storage.schema.columns import text_key, to_json
from deskterm.storage.schema.database import translate_error
from deskterm.storage.ticket_work import merging
from deskterm.storage.upkeep.backup import open_database_file

_OWED = "bytes to erase"
_GIVEN = "IN (SELECT value FROM json_each(?))"


def find(tx: Connection, address: str) -> frozenset[str]:
    """All address keys of the person who uses `address`, in mail or in orders. Raises NotFound."""
    key = address.strip().casefold()
    known = tx.execute(
        "SELECT key FROM address WHERE customer_id IN"
        " (SELECT customer_id FROM address WHERE mailbox_key = ?)",
        (mailbox_key(key),),
    ).fetchall()
    ordered = tx.execute(
        "SELECT 1 FROM shop_order WHERE email_key = ? LIMIT 1", (mailbox_key(key),)
    ).fetchone()
    if not key or not (known or ordered):
        raise NotFound(f"Nobody is known by the address {address}.")
    keys = {key, *(row[0] for row in known)}
    return frozenset(keys | {mailbox_key(one) for one in keys})


def erase(tx: Connection, keys: frozenset[str], *, waiting_too: bool = False) -> Erased:
    """Erase the person with these address keys; returns what was erased.

    Raises NotNow while a reply to them is being sent, unless `waiting_too`. Call `scrub` afterwards: until
    then the bytes are still in the file.
    """
    who = _ids(tx, f"SELECT DISTINCT customer_id FROM address WHERE key {_GIVEN}", keys)
    own = _ids(tx, f"{_OWN} SELECT id FROM own", who)
    if not waiting_too:
        _refuse_on_its_way(tx, own)
    _let_go(tx, own, who)
    mails = _ids(tx, _MESSAGES, who)
    elsewhere = _ids(tx, f"SELECT DISTINCT ticket_id FROM message WHERE id {_GIVEN}", mails)
    files = _ids(tx, f"SELECT part FROM attachment WHERE message_id {_GIVEN}", mails)
    _remember(tx, mails)
    for mail in mails:
        messages.remove(tx, mail)
    drafts, replies = _delete_written(tx, own)
    _events(tx, own, mails)
    _rows(tx, own, who)
    tickets.refresh(tx, [one for one in elsewhere if one not in own])
    orders = _orders(tx, keys)
    for table in ("sender_rule", "contact"):
        tx.execute(f"DELETE FROM {table} WHERE key {_GIVEN}", (to_json(list(keys)),))
    desk_facts.set_fact(tx, _OWED, "yes")
    return Erased(
        tuple(sorted(keys)), own, len(mails), len(files), orders, drafts, replies, mentions(tx, keys)
    )


def mentions(tx: Connection, keys: Iterable[str]) -> tuple[int, ...]:
    """Other customers' tickets whose mails, notes or drafts contain one of the addresses."""
    found: set[int] = set()
    for key in keys:
        for table, columns in _SAID.items():
            condition = " OR ".join(f"instr(lower({column}), ?)" for column in columns)
            rows = tx.execute(f"SELECT ticket_id FROM {table} WHERE {condition}", (key,) * len(columns))
            found.update(row[0] for row in rows)
    return tuple(sorted(found))


def scrub(path: Path) -> None:
    """Rewrite the file and the WAL without what was erased. Raises DatabaseBusy, DiskFull.

    The search index is merged first: until then it keeps the words of deleted rows.
    """
    with translate_error(path), open_database_file(path, "mode=rw") as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")
        connection.execute("VACUUM")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise DatabaseBusy(
                "The rows are erased, but another program still reads the file as it was.",
                todo="Close it, then run the same command again.",
            )
        connection.execute("DELETE FROM note WHERE key = ?", (_OWED,))


def is_scrub_owed(tx: Connection) -> bool:
    """Whether an erasure was interrupted before `scrub`."""
    return bool(desk_facts.get_fact(tx, _OWED))


def find_forgotten(tx: Connection, mails: Iterable[tuple[str, bytes, bool]]) -> set[int]:
    """The indices of those `mails` (Message-ID, fingerprint, whether in Sent) that were forgotten."""
    if not tx.execute("SELECT EXISTS (SELECT 1 FROM forgotten)").fetchone()[0]:
        return set()
    keys = [
        (same_key(message_id, fingerprint), text_key(message_id) if sent else 0)
        for message_id, fingerprint, sent in mails
    ]
    rows = tx.execute(
        f"SELECT same_key FROM forgotten WHERE same_key {_GIVEN}",
        (to_json([one for pair in keys for one in pair]),),
    )
    gone = {row[0] for row in rows} - {0}
    return {at for at, pair in enumerate(keys) if gone.intersection(pair)}


# Their tickets, with side threads to suppliers.
_OWN = (
    "WITH who(id) AS (SELECT value FROM json_each(?)), own AS (SELECT id FROM ticket WHERE customer_id IN who"
    " OR beside IN (SELECT id FROM ticket WHERE customer_id IN who))"
)
_MESSAGES = f"{_OWN} SELECT id FROM message WHERE ticket_id IN own OR home_id IN own OR customer_id IN who"
_NUMBERS = f"SELECT store, number FROM shop_order WHERE id {_GIVEN}"
_SAID = {"message": ("text", "recipients", "subject", "sender_address"), "draft": ("body", "recipients")}


def _refuse_on_its_way(tx: Connection, own: tuple[int, ...]) -> None:
    waiting = _ids(
        tx,
        f"SELECT ticket_id FROM outbox WHERE state IN ('queued', 'sending') AND ticket_id {_GIVEN}",
        own,
    )
    if waiting:
        raise NotNow(
            f"A reply to T{waiting[0]} is still on its way to them.",
            safe="Nothing was erased.",
            todo="Let it go out (`deskterm sync`) or take it back (`deskterm undo`), then try again.",
        )


def _let_go(tx: Connection, own: tuple[int, ...], who: tuple[int, ...]) -> None:
    """Separate tickets of others that were merged with theirs, in either direction."""
    joined = tx.execute(
        "SELECT id FROM ticket WHERE joined_into IS NOT NULL"
        " AND (joined_into IN (SELECT value FROM json_each(?))) != (customer_id IN"
        " (SELECT value FROM json_each(?)))",
        (to_json(own), to_json(who)),
    ).fetchall()
    for (one,) in joined:
        merging.unjoin(tx, one)


def _remember(tx: Connection, mails: tuple[int, ...]) -> None:
    given = to_json(mails)
    rows = tx.execute(
        f"SELECT same_key, message_id, direction FROM message WHERE id {_GIVEN}",
        (given,),
    ).fetchall()
    keys = {row["same_key"] for row in rows}
    keys |= {text_key(row["message_id"]) for row in rows if row["direction"] == Direction.OUT}
    tx.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", ((key,) for key in keys - {0}))
    tx.execute(f"UPDATE place SET message_id = NULL WHERE message_id {_GIVEN}", (given,))


def _delete_written(tx: Connection, own: tuple[int, ...]) -> tuple[int, int]:
    """Drop drafts and outbox rows; returns how many of each."""
    for ticket in own:
        storage_drafts.keep_note(tx, ticket, "")
    given = to_json(own)
    sent = f"SELECT id FROM outbox WHERE ticket_id {_GIVEN}"
    for table in ("recipient", "outbox_history", "also_answered"):
        tx.execute(f"DELETE FROM {table} WHERE outbox_id IN ({sent})", (given,))
    tx.execute(f"DELETE FROM also_answered WHERE ticket_id {_GIVEN}", (given,))
    tx.execute(f"DELETE FROM incident_letter WHERE ticket_id {_GIVEN}", (given,))
    drafts, replies = (
        tx.execute(f"DELETE FROM {table} WHERE ticket_id {_GIVEN}", (given,)).rowcount
        for table in ("draft", "outbox")
    )
    return drafts, replies


def _events(tx: Connection, own: tuple[int, ...], mails: tuple[int, ...]) -> None:
    """Delete their tickets' events, and mentions of them in other tickets' events."""
    tx.execute(f"DELETE FROM events WHERE ticket_id {_GIVEN}", (to_json(own),))
    tx.execute(
        f"DELETE FROM events WHERE what IN ('message in', 'reply') AND CAST(now AS INTEGER) {_GIVEN}",
        (to_json(mails),),
    )
    for side in ("now", "was"):
        tx.execute(
            "DELETE FROM events WHERE what IN ('joined', 'went into', 'split from')"
            f" AND CAST({side} AS INTEGER) {_GIVEN}",
            (to_json(own),),
        )


def _rows(tx: Connection, own: tuple[int, ...], who: tuple[int, ...]) -> None:
    for table in ("sop_tick", "rule_letter", "self_review"):
        tx.execute(f"DELETE FROM {table} WHERE ticket_id {_GIVEN}", (to_json(own),))
    for side in ("ticket_id", "home_id"):
        for table in ("promise", "stock_wait"):
            tx.execute(f"DELETE FROM {table} WHERE {side} {_GIVEN}", (to_json(own),))
    for side in ("ticket_id", "other_id"):
        tx.execute(f"DELETE FROM apart WHERE {side} {_GIVEN}", (to_json(own),))
    tx.execute(f"UPDATE store_action SET ticket_id = NULL WHERE ticket_id {_GIVEN}", (to_json(own),))
    tx.execute(f"UPDATE incident_order SET ticket_id = NULL WHERE ticket_id {_GIVEN}", (to_json(own),))
    tx.execute(f"UPDATE ticket SET joined_into = NULL WHERE id {_GIVEN}", (to_json(own),))
    tx.execute(f"DELETE FROM ticket WHERE id {_GIVEN}", (to_json(own),))
    tx.execute(f"DELETE FROM address WHERE customer_id {_GIVEN}", (to_json(who),))
    tx.execute(f"DELETE FROM customer WHERE id {_GIVEN}", (to_json(who),))


def _orders(tx: Connection, keys: frozenset[str]) -> int:
    """Clear the personal data in their orders, but not number, goods and amounts; returns how many orders."""
    ids = _ids(tx, f"SELECT id FROM shop_order WHERE email_key {_GIVEN}", list(keys))
    given = to_json(ids)
    tx.execute(
        "UPDATE shop_order SET email = '', email_key = '', customer_name = '', ship_to = '{}', phone = '',"
        " phone_key = '', discount_codes = '[]', note = '', tags = '[]', customer_id = '',"
        f" forgotten = 1 WHERE id {_GIVEN}",
        (given,),
    )
    tx.execute(f"UPDATE shipment SET number = '', url = '' WHERE order_id {_GIVEN}", (given,))
    tx.execute(f"DELETE FROM order_note WHERE order_id {_GIVEN}", (given,))
    tx.execute(f"DELETE FROM reported_tracking WHERE (store, order_number) IN ({_NUMBERS})", (given,))
    tx.execute(f"UPDATE refund SET reason = '' WHERE order_id {_GIVEN}", (given,))
    tx.execute(
        "UPDATE store_action SET wish = json_remove(wish, '$.ship_to', '$.seen', '$.text', '$.tracking',"
        " '$.over_limit'),"
        f" words = '' WHERE order_id {_GIVEN} AND state IN ('done', 'refused')",
        (given,),
    )
    return len(ids)


def _ids(tx: Connection, sql: str, given: Iterable[object]) -> tuple[int, ...]:
    return tuple(row[0] for row in tx.execute(sql, (to_json(list(given)),)))
