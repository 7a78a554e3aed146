"""Letters that rules ask for: noted when the rule runs, written later by the desk, ended once."""

from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.rules.letters import LetterEnding, LetterKind
from deskterm.domain.rules.rule import RuleLetter

_DAY = 86400
# Letters that went out or will. Not those refused, or called or held back before a server was handed them.
_WENT = (
    "l.ending = 'sent' AND l.ended_at > ? AND NOT EXISTS (SELECT 1 FROM outbox o"
    " WHERE o.ticket_id IN (l.ticket_id, m.ticket_id) AND o.action = l.action AND o.automatic != ''"
    " AND o.sent_at IS NULL AND (o.state = 'refused' OR (o.state = 'discarded' AND o.handed = 0)))"
)


class OpenLetter(NamedTuple):
    """A letter to be written: for which mail, by which rule, in which action."""

    id: int
    ticket_id: int
    message_id: int
    rule: str
    letter: RuleLetter
    action: int


def note(  # noqa: PLR0917 - a letter's columns
    tx: Connection, ticket_id: int, message_id: int, rule: str, letter: RuleLetter, action: int, at: int
) -> None:
    """Note that a rule wants a letter written; once for a mail and a rule."""
    tx.execute(
        "INSERT OR IGNORE INTO rule_letter(ticket_id, message_id, rule, kind, macro, action, asked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (ticket_id, message_id, rule, letter.kind, letter.macro, action, at),
    )


def open_letters(tx: Connection, most: int) -> list[OpenLetter]:
    """Those still to be written, the oldest first; at most that many."""
    rows = tx.execute("SELECT * FROM rule_letter WHERE ended_at IS NULL ORDER BY id LIMIT ?", (most,))
    return [_open_letter(row) for row in rows.fetchall()]


def is_open(tx: Connection, letter_id: int) -> bool:
    """Whether nobody has written a letter yet."""
    row = tx.execute("SELECT 1 FROM rule_letter WHERE id = ? AND ended_at IS NULL", (letter_id,)).fetchone()
    return row is not None


def end(tx: Connection, letter_id: int, ending: LetterEnding, at: int) -> None:
    """Note what became of a letter."""
    tx.execute("UPDATE rule_letter SET ended_at = ?, ending = ? WHERE id = ?", (at, ending, letter_id))


def number_sent(tx: Connection, now: int) -> int:
    """How many letters rules have sent in the 24 hours before, or are about to; also those dated ahead."""
    return int(
        tx.execute(
            f"SELECT count(*) FROM rule_letter l JOIN message m ON m.id = l.message_id WHERE {_WENT}",
            (now - _DAY,),
        ).fetchone()[0]
    )


def number_sent_to(tx: Connection, address: str, now: int) -> int:
    """How many of them went to an address."""
    return int(
        tx.execute(
            f"SELECT count(*) FROM rule_letter l JOIN message m ON m.id = l.message_id WHERE {_WENT}"
            " AND lower(m.sender_address) = ?",
            (now - _DAY, address.casefold()),
        ).fetchone()[0]
    )


def redate(tx: Connection, now: int) -> None:
    """Letters that a wrong clock dated ahead are of now: they count for one more day, not until then."""
    tx.execute("UPDATE rule_letter SET ended_at = ? WHERE ended_at > ?", (now, now))


def count_endings(tx: Connection, since: int) -> dict[str, dict[LetterEnding, int]]:
    """What became of the letters of each rule since a time (UTC seconds)."""
    found: dict[str, dict[LetterEnding, int]] = {}
    for rule, ending, many in tx.execute(
        "SELECT rule, ending, count(*) FROM rule_letter WHERE ended_at >= ? GROUP BY rule, ending", (since,)
    ):
        found.setdefault(rule, {})[LetterEnding(ending)] = many
    return found


def list_id_of(tx: Connection, message_id: int) -> str:
    """The list through which a message came, empty for none."""
    row = tx.execute("SELECT list_id FROM message WHERE id = ?", (message_id,)).fetchone()
    return str(row[0] or "") if row else ""


def channel_of(tx: Connection, message_id: int) -> str:
    """How a message came: mail, form, marketplace."""
    row = tx.execute("SELECT channel FROM message WHERE id = ?", (message_id,)).fetchone()
    return str(row[0]) if row else ""


def macro_of_answer(tx: Connection, message_id: int) -> str | None:
    """From which macro a person's next answer to a mail was made, empty for own words; None: no answer."""
    row = tx.execute(
        "SELECT o.macro FROM message m JOIN message o ON o.ticket_id = m.ticket_id AND o.direction = 'out'"
        " AND o.machine = '' AND o.aside = 0 AND o.at >= m.at WHERE m.id = ? ORDER BY o.at, o.id LIMIT 1",
        (message_id,),
    ).fetchone()
    return None if row is None else str(row[0] or "")


def _open_letter(row: Row) -> OpenLetter:
    letter = RuleLetter(LetterKind(row["kind"]), row["macro"])
    return OpenLetter(row["id"], row["ticket_id"], row["message_id"], row["rule"], letter, row["action"])
