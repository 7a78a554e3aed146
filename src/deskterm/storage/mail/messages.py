"""Messages: mail in, mail out and internal notes, with their originals, attachments and search words.

Adding one writes its original, attachments, thread keys and search words in one
go. Slots grow with the time a message counts, and the search index is keyed by
them: newest first is a walk along its rows, whatever the order of arrival.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from sqlite3 import Connection, Row
from typing import Any

from deskterm.domain.messages import Address, Attachment, Cue, Direction, MachineKind, Message
from deskterm.errors import NotFound
from deskterm.storage.mail.new_message import COLUMNS, MessageLinks, NewMessage, same_key
from deskterm.storage.schema.columns import folds_of, people_in, people_of, text_key, to_json
from deskterm.storage.search import word_index

_EPOCH = 946_684_800  # 2000-01-01; slots count quarter seconds from there
_LAST = _EPOCH + 400 * 31_556_952


def add(
    tx: Connection,
    ticket_id: int,
    new: NewMessage,
    *,
    customer_id: int | None = None,
    order_id: int | None = None,
    due: str = "",
) -> int:
    """Store one message; returns its id. The caller refreshes the ticket (`tickets.refresh`)."""
    return add_all(tx, [(new, MessageLinks(ticket_id, customer_id, order_id, due))])[0]


def add_all(
    tx: Connection,
    many: Iterable[tuple[NewMessage, MessageLinks]],
    *,
    later: list[word_index.Columns] | None = None,
) -> list[int]:
    """Store messages with their originals, attachments, thread keys and search words; returns their ids.

    The words are put into `later` where more is to come: each writing makes a piece of the index.
    """
    listed = list(many)
    first = int(tx.execute("SELECT coalesce(max(id), 0) + 1 FROM message").fetchone()[0])
    slots = _slots(tx, [one.at for one, _ in listed])
    ids = range(first, first + len(listed))
    tx.executemany(
        _INSERT,
        [
            (row_id, slot, to.ticket_id, to.ticket_id, to.customer_id, to.order_id, to.due, *one.columns)
            for row_id, slot, (one, to) in zip(ids, slots, listed, strict=True)
        ],
    )
    both = [(row_id, one) for row_id, (one, _) in zip(ids, listed, strict=True)]
    tx.executemany(
        "INSERT INTO original VALUES (?, ?)", [(at, one.original) for at, one in both if one.original]
    )
    tx.executemany(
        "INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?)",
        [(row_id, *part) for row_id, one in both for part in one.attachments],
    )
    tx.executemany("INSERT OR IGNORE INTO thread VALUES (?, ?, ?)", _thread_keys(both))
    words = [(slot, *one.words) for slot, (one, _) in zip(slots, listed, strict=True)]
    if later is None:
        word_index.index_all(tx, words)
    else:
        later += words
    return list(ids)


def for_ticket(tx: Connection, ticket_id: int) -> tuple[Message, ...]:
    """A ticket's messages, oldest first."""
    rows = tx.execute(f"{_SELECT} WHERE m.ticket_id = ? ORDER BY m.at, m.id", (ticket_id,)).fetchall()
    listed = tx.execute(
        "SELECT m.id AS of, a.* FROM message m JOIN attachment a ON a.message_id = coalesce(m.copy_of, m.id)"
        " WHERE m.ticket_id = ? ORDER BY m.id, a.part",
        (ticket_id,),
    ).fetchall()
    found = (_message(row, [one for one in listed if one["of"] == row["id"]]) for row in rows)
    return tuple(one for one in found if one.sent_on != ticket_id)  # merged: the mail itself is here


def of_bounced(tx: Connection, customer_id: int) -> tuple[Message, ...]:
    """All messages of those tickets of a customer on which a mail of ours came back."""
    rows = tx.execute(
        "SELECT DISTINCT t.id FROM ticket t JOIN message m ON m.ticket_id = t.id"
        " WHERE t.customer_id = ? AND m.direction = 'in' AND m.machine = 'bounce'",
        (customer_id,),
    )
    return tuple(one for (ticket,) in rows.fetchall() for one in for_ticket(tx, ticket))


def any_stored(tx: Connection) -> bool:
    """Whether there is any message at all."""
    return tx.execute("SELECT 1 FROM message LIMIT 1").fetchone() is not None


def get(tx: Connection, message_id: int) -> Message:
    """One message by its row id. Raises NotFound."""
    row = tx.execute(f"{_SELECT} WHERE m.id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound("That message is not in the database.")
    of = row["copy_of"] or message_id
    listed = tx.execute("SELECT * FROM attachment WHERE message_id = ? ORDER BY part", (of,))
    return _message(row, listed.fetchall())


def original(tx: Connection, message_id: int) -> bytes:
    """A mail's bytes as they came. Raises NotFound for a note."""
    row = tx.execute(
        "SELECT raw FROM message m JOIN original o ON o.message_id = coalesce(m.copy_of, m.id)"
        " WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        raise NotFound("That message has no original: it was written here.")
    return zlib.decompress(row[0])


def remove(tx: Connection, message_id: int) -> None:
    """Take a message out: a note, or a reply that was called back. The ticket is not refreshed."""
    word_index.remove(tx, words(tx, message_id))
    for table in ("original", "attachment", "thread", "place"):
        tx.execute(f"DELETE FROM {table} WHERE message_id = ?", (message_id,))
    tx.execute("UPDATE draft SET answers = NULL WHERE answers = ?", (message_id,))
    tx.execute("DELETE FROM message WHERE id = ?", (message_id,))


def find_same(tx: Connection, message_id: str, fingerprint: bytes) -> int | None:
    """The id of this same mail if it is stored already, else None."""
    row = tx.execute(
        "SELECT id FROM message WHERE same_key = ? AND message_id = ? AND fingerprint = ?",
        (same_key(message_id, fingerprint), message_id, fingerprint),
    ).fetchone()
    return None if row is None else int(row[0])


def find_same_all(tx: Connection, mails: Iterable[tuple[str, bytes]]) -> dict[tuple[str, bytes], int]:
    """`find_same` for many (Message-ID, fingerprint) at once; new ones are left out."""
    keys = to_json([same_key(*one) for one in mails])
    rows = tx.execute(
        "SELECT m.message_id, m.fingerprint, m.id FROM json_each(?) AS given"
        " JOIN message m ON m.same_key = given.value AND m.same_key != 0",
        (keys,),
    )
    return {(row[0], row[1]): row[2] for row in rows}


def find_by_message_id(tx: Connection, message_id: str) -> int | None:
    """The id of the first message with a Message-ID, None if there is none."""
    row = tx.execute(
        "SELECT min(message_id) FROM thread WHERE mid_key = ? AND own = 1", (text_key(message_id),)
    ).fetchone()
    return None if row[0] is None else int(row[0])


def written_here(tx: Connection, message_id: int, macro: str) -> None:
    """Mark a copy found in Sent as a reply written here, from `macro` or without one."""
    tx.execute("UPDATE message SET outside = 0, macro = ? WHERE id = ?", (macro, message_id))


def words(tx: Connection, message_id: int) -> word_index.Words:
    """What is indexed of a message. Raises NotFound."""
    message = get(tx, message_id)
    row = tx.execute("SELECT slot, recipients, numbers FROM message WHERE id = ?", (message_id,)).fetchone()
    return _words_of(row, message)


def all_words(tx: Connection) -> Iterator[word_index.Words]:
    """What should be indexed of every message."""
    for row in tx.execute(f"{_SELECT} ORDER BY m.slot"):
        yield _words_of(row, _message(row, []))


def tickets_of(tx: Connection, message_ids: Iterable[int]) -> dict[int, int]:
    """The ticket of each message."""
    rows = tx.execute(
        "SELECT id, ticket_id FROM message WHERE id IN (SELECT value FROM json_each(?))",
        (to_json(list(message_ids)),),
    )
    return {row[0]: row[1] for row in rows}


def repeat(tx: Connection, ticket_id: int, new: NewMessage, copy_of: int, customer_id: int) -> int:
    """Store a mail of ours on another ticket that it answers; gives its id, 0 if it was there."""
    there = tx.execute("SELECT 1 FROM message WHERE copy_of = ? AND ticket_id = ?", (copy_of, ticket_id))
    if there.fetchone():
        return 0
    made = add(tx, ticket_id, new, customer_id=customer_id)
    tx.execute("UPDATE message SET copy_of = ? WHERE id = ?", (copy_of, made))
    return made


def name_order(tx: Connection, message_id: int, order_id: int) -> None:
    """Set the order that a message names, which was not known when the message came."""
    tx.execute("UPDATE message SET order_id = ? WHERE id = ?", (order_id, message_id))


def references(tx: Connection, message_id: int) -> tuple[str, ...]:
    """The Message-IDs a reply to this message has to name, oldest first, its own last (RFC 5322, 3.6.4)."""
    row = tx.execute("SELECT ticket_id, at FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound("That message is not in the database.")
    rows = tx.execute(
        "SELECT message_id FROM message WHERE ticket_id = ? AND at <= ? AND message_id != '' AND machine = ''"
        " AND id != ? UNION ALL SELECT message_id FROM message WHERE id = ? AND message_id != ''",
        (row["ticket_id"], row["at"], message_id, message_id),
    )
    return tuple(dict.fromkeys(one[0] for one in rows))


def _slots(tx: Connection, times: list[int]) -> list[int]:
    """A free slot for each time, growing with it: the first free one from that quarter second on."""
    wanted = [(min(max(at, _EPOCH), _LAST) - _EPOCH) * 4 + 1 for at in times]
    there = tx.execute(
        "SELECT slot FROM message WHERE slot IN (SELECT value FROM json_each(?))", (to_json(wanted),)
    )
    taken = {int(row[0]) for row in there}
    slots = []
    for slot in wanted:
        free = _run_end(tx, slot, taken) if slot in taken else slot
        taken.add(free)
        slots.append(free)
    return slots


def _run_end(tx: Connection, start: int, taken: set[int]) -> int:
    """The first slot after an unbroken run of taken ones, here and in the database."""
    free = start
    while free in taken or tx.execute("SELECT 1 FROM message WHERE slot = ?", (free,)).fetchone():
        row = tx.execute(
            "SELECT slot + 1 FROM message m WHERE slot >= ?"
            " AND NOT EXISTS (SELECT 1 FROM message WHERE slot = m.slot + 1) ORDER BY slot LIMIT 1",
            (free,),
        ).fetchone()
        free = max(free + 1, int(row[0]) if row else 0) if free in taken else int(row[0])
    return free


_SELECT = "SELECT m.*, (SELECT o.ticket_id FROM message o WHERE o.id = m.copy_of) AS sent_on FROM message m"
_NAMES = ("id", "slot", "ticket_id", "home_id", "customer_id", "order_id", "due", *COLUMNS)
_INSERT = f"INSERT INTO message({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"


def _thread_keys(both: list[tuple[int, NewMessage]]) -> list[tuple[int, int, int]]:
    return [
        (key, row_id, 1 if place == 0 else 2 if place <= one.direct else 0)
        for row_id, one in both
        for place, key in enumerate(one.keys)
        if key
    ]


def _words_of(row: Row, message: Message) -> word_index.Words:
    named = word_index.people((message.sender, *message.to, *message.cc, *message.bcc, *message.reply_to))
    return word_index.Words(row["slot"], message.subject, named, message.text, message.folds, row["numbers"])


def _message(row: Row, attachments: list[Row]) -> Message:
    people = people_of(row["recipients"])
    return Message(
        id=row["id"],
        ticket_id=row["ticket_id"],
        direction=Direction(row["direction"]),
        machine=MachineKind(row["machine"]),
        sender=Address(row["sender_name"], row["sender_address"]),
        to=people.get("to", ()),
        cc=people.get("cc", ()),
        bcc=people.get("bcc", ()),
        reply_to=people.get("reply_to", ()),
        answer_to=people_in(row["answer_to"]),
        aside=bool(row["aside"]),
        stranger=row["stranger"] == 1,
        subject=row["subject"],
        at=row["at"],
        text=row["text"],
        folds=folds_of(row["folds"]),
        attachments=tuple(
            Attachment(one["part"], one["name"], one["type"], one["size"], bool(one["inline"]))
            for one in attachments
        ),
        message_id=row["message_id"],
        cues=tuple(Cue(one) for one in _list(row["cues"])),
        macro=row["macro"],
        outside=bool(row["outside"]),
        machine_words=row["machine_words"],
        links=tuple(_list(row["links"])),
        sent_on=row["sent_on"],
    )


def _list(text: str) -> list[Any]:
    return json.loads(text) if text else []
