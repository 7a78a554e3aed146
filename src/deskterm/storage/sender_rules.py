"""The owner's rules for senders, and the mail they affect."""

from collections.abc import Mapping
from sqlite3 import Connection

from deskterm.domain.people.senders import LIST, SenderRule, SenderVerdict
from deskterm.storage.schema.columns import to_json

_PUT_ASIDE = "('list', 'notice', 'auto')"
_FROM = (
    "SELECT m.id, m.machine, m.ticket_id FROM message m WHERE m.direction = 'in' AND ("
    " (:list != '' AND m.list_id = :list) OR"
    " lower(m.sender_address) = :key OR (:domain != '' AND lower(m.sender_address) LIKE '%@' || :domain)"
    " OR m.customer_id IN (SELECT customer_id FROM address WHERE key = :key"
    " OR (:domain != '' AND key LIKE '%@' || :domain)))"
)


def load_rules(tx: Connection) -> dict[str, SenderVerdict]:
    """All rules by their keys."""
    return {one.key: one.verdict for one in list_rules(tx)}


def list_rules(tx: Connection) -> list[SenderRule]:
    """All rules, the newest first."""
    rows = tx.execute("SELECT key, verdict, at FROM sender_rule ORDER BY at DESC, key")
    return [SenderRule(row[0], SenderVerdict(row[1]), row[2]) for row in rows]


def put(tx: Connection, key: str, verdict: str | None, at: int) -> None:
    """Set the rule for an address or a domain; None takes it away."""
    tx.execute("DELETE FROM sender_rule WHERE key = ?", (key,))
    if verdict:
        tx.execute("INSERT INTO sender_rule VALUES (?, ?, ?)", (key, str(verdict), at))


def tickets_from(tx: Connection, key: str) -> tuple[int, ...]:
    """The tickets that hold mail from an address or a domain, newest first."""
    rows = tx.execute(f"SELECT DISTINCT ticket_id FROM ({_FROM}) ORDER BY ticket_id DESC", _query_values(key))
    return tuple(row[0] for row in rows)


def list_of_ticket(tx: Connection, ticket_id: int) -> str:
    """The List-Id of a ticket's newest mail that came through a list; empty for none."""
    row = tx.execute(
        "SELECT list_id FROM message WHERE ticket_id = ? AND list_id != '' ORDER BY at DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return row[0] if row else ""


def put_aside_from(tx: Connection, key: str) -> dict[str, str]:
    """What mails from an address or a domain were taken for that are not a person's, by their ids as text."""
    rows = tx.execute(f"{_FROM} AND m.machine IN {_PUT_ASIDE}", _query_values(key))
    return {str(row[0]): row[1] for row in rows}


def set_machines(tx: Connection, machines: Mapping[str, str]) -> list[int]:
    """Set what mails are taken for; returns their tickets, which are to be refreshed."""
    tx.executemany(
        "UPDATE message SET machine = ? WHERE id = ?",
        [(kind, int(message)) for message, kind in machines.items()],
    )
    rows = tx.execute(
        "SELECT DISTINCT ticket_id FROM message WHERE id IN (SELECT value FROM json_each(?))",
        (to_json([int(message) for message in machines]),),
    )
    return [row[0] for row in rows]


def _query_values(key: str) -> dict[str, str]:
    return {
        "key": key,
        "domain": key[1:] if key.startswith("@") else "",
        "list": key.removeprefix(LIST) if key.startswith(LIST) else "",
    }
