"""Which stored messages are related to a new one: by Message-IDs, or by customer and subject."""

from collections.abc import Iterable
from enum import IntEnum
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.messages import Direction, MachineKind, mailbox_key
from deskterm.storage.schema.columns import people_in, people_of, text_key, to_json


class Tie(IntEnum):
    """How a message names a Message-ID: somewhere in References, as its own, or in In-Reply-To."""

    NAMES = 0
    BEARS = 1
    ANSWERS = 2


class Near(NamedTuple):
    """A message that names a Message-ID, given as its key."""

    key: int
    tie: Tie
    message: int
    ticket: int
    customer: int | None

    @property
    def own(self) -> bool:
        """Whether the Message-ID is the message's own."""
        return self.tie is Tie.BEARS


class Speaker(NamedTuple):
    """Who wrote a message and whom it names, as address keys.

    `authors` holds the writer's addresses; of our own mails the people it went
    to, for they decide where it belongs. A `report` (a bounce) has no say: it goes
    where the mail it is about stands. `ours`: a mail that we wrote; `asks`: one of a person
    who may turn out to be the customer, writing from another address.
    """

    report: bool
    authors: frozenset[str]
    people: frozenset[str]
    ours: bool = False
    asks: bool = False


def key(message_id: str) -> int:
    """The key under which a Message-ID is stored."""
    return text_key(message_id)


def near(tx: Connection, keys: Iterable[int]) -> list[Near]:
    """The messages that have or answer one of these Message-IDs."""
    rows = tx.execute(
        "SELECT t.mid_key, t.own, m.id, m.ticket_id, m.customer_id FROM json_each(?) AS given"
        " JOIN thread t ON t.mid_key = given.value JOIN message m ON m.id = t.message_id",
        (to_json(list(keys)),),
    )
    return [Near(row[0], Tie(row[1]), row[2], row[3], row[4]) for row in rows]


def beyond(tx: Connection, ticket_id: int, most: int) -> list[tuple[Near, Near]]:
    """The ties by Message-ID between a ticket's mails and others': (inside, outside), at most that many."""
    rows = tx.execute(
        "SELECT a.mid_key, a.own, m.id, m.ticket_id, m.customer_id, b.own, o.id, o.ticket_id, o.customer_id"
        " FROM message m JOIN thread a ON a.message_id = m.id JOIN thread b ON b.mid_key = a.mid_key"
        " JOIN message o ON o.id = b.message_id WHERE m.ticket_id = ? AND o.ticket_id != m.ticket_id"
        " ORDER BY (a.own = 1) + (b.own = 1) DESC, o.id LIMIT ?",
        (ticket_id, most),
    )
    return [(Near(row[0], Tie(row[1]), *row[2:5]), Near(row[0], Tie(row[5]), *row[6:9])) for row in rows]


class SubjectMatch(NamedTuple):
    """A mail that other mails of its customer may continue by subject alone."""

    ticket: int
    at: int
    answers: bool  # it names mails it answers
    subject: str


def same_subject(
    tx: Connection, wanted: Iterable[tuple[int, str]], start: int, end: int
) -> dict[tuple[int, str], list[SubjectMatch]]:
    """The mails of customers by (customer, base subject), from `start` to `end`."""
    found: dict[tuple[int, str], list[SubjectMatch]] = {one: [] for one in wanted}
    given = to_json([(customer, text_key(subject)) for customer, subject in found])
    by_place = list(found.values())
    rows = tx.execute(
        "SELECT given.key, m.ticket_id, m.at, m.answers, m.subject FROM json_each(?) AS given"
        " CROSS JOIN message m ON m.customer_id = given.value ->> 0 AND m.subject_key = given.value ->> 1"
        " AND m.subject_key != 0 AND m.at BETWEEN ? AND ?",
        (given, start, end),
    )
    for row in rows:
        by_place[row[0]].append(SubjectMatch(row[1], row[2], bool(row[3]), row[4]))
    return found


def speaker(tx: Connection, message: int) -> Speaker:
    """Who wrote a stored message and whom it names."""
    return _speaker(tx.execute(f"{_SPEAKER} WHERE m.id = ?", (message,)).fetchone())


def people(tx: Connection, ticket_id: int) -> frozenset[str]:
    """The address keys of all who are named in a ticket's mails."""
    rows = tx.execute(f"{_SPEAKER} WHERE m.ticket_id = ?", (ticket_id,))
    return frozenset(one for row in rows for one in _speaker(row).people)


def answers_elsewhere(tx: Connection, ticket_id: int) -> bool:
    """Whether a mail of this ticket answers one in another ticket."""
    row = tx.execute(
        "SELECT EXISTS (SELECT 1 FROM message m JOIN thread a ON a.message_id = m.id AND a.own != 1"
        " JOIN thread b ON b.mid_key = a.mid_key AND b.own = 1 JOIN message o ON o.id = b.message_id"
        " WHERE m.ticket_id = ? AND o.ticket_id != m.ticket_id)",
        (ticket_id,),
    ).fetchone()
    return bool(row[0])


_REPORTS = frozenset({MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT})
_SPEAKER = (
    "SELECT m.machine, m.direction, m.sender_address, m.recipients, m.answer_to,"
    " (SELECT group_concat(mailbox_key, ' ') FROM address WHERE customer_id = m.customer_id) AS known,"
    " EXISTS (SELECT 1 FROM message s WHERE s.customer_id = m.customer_id AND s.stranger = 2) AS apart"
    " FROM message m"
)


def _speaker(row: Row) -> Speaker:
    if row["machine"] in _REPORTS:
        return Speaker(report=True, authors=frozenset(), people=frozenset())
    named = people_of(row["recipients"])
    to = frozenset(mailbox_key(one.address) for name in ("to", "cc", "bcc") for one in named.get(name, ()))
    asked = frozenset(mailbox_key(one.address) for one in people_in(row["answer_to"]))
    known = frozenset((row["known"] or "").split())
    sender = (
        known if row["direction"] == Direction.IN and known else known | {mailbox_key(row["sender_address"])}
    )
    ours, human = row["direction"] == Direction.OUT, row["machine"] == MachineKind.HUMAN
    return Speaker(
        report=False,
        authors=to if ours else sender,
        people=to | sender | asked,
        ours=ours and human,
        asks=human and not ours and not row["apart"],
    )
