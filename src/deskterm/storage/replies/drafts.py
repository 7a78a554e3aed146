"""Replies and notes being written: one of each a ticket, saved as they are typed."""

import json
from sqlite3 import Connection, Row
from typing import Any

from deskterm.domain.incidents.incident import IncidentNews, IncidentNote
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Draft
from deskterm.domain.tickets import Status
from deskterm.errors import NotFound
from deskterm.storage import desk_facts
from deskterm.storage.schema.columns import people_json, people_of, to_json

_NOTE = "note draft T{}"
_NAMES = (
    "ticket_id", "body", "subject", "recipients", "sender", "macro", "order_id", "claims", "after_status",
    "quote", "attachments", "answers", "created_at", "updated_at", "given", "drafted", "incident",
    "wait_id", "also",
)  # fmt: skip
_KEPT = [name for name in _NAMES if name not in ("ticket_id", "created_at")]
_SAVE = (
    f"INSERT INTO draft({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))}) ON CONFLICT(ticket_id)"
    f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _KEPT)} RETURNING *"
)


def find(tx: Connection, ticket_id: int) -> Draft | None:
    """The ticket's draft, None when nothing is being written."""
    row = tx.execute("SELECT * FROM draft WHERE ticket_id = ?", (ticket_id,)).fetchone()
    return None if row is None else _draft(row)


def get(tx: Connection, ticket_id: int) -> Draft:
    """The ticket's draft. Raises NotFound."""
    found = find(tx, ticket_id)
    if found is None:
        raise NotFound(f"There is no draft for T{ticket_id}.")
    return found


def save(tx: Connection, draft: Draft, at: int) -> Draft:
    """Save a draft, replacing an earlier one of its ticket; returns it with its id."""
    values = {**_columns(draft), "created_at": at, "updated_at": at}
    return _draft(tx.execute(_SAVE, [values[name] for name in _NAMES]).fetchone())


def delete(tx: Connection, ticket_id: int) -> None:
    """Drop the ticket's draft, if there is one."""
    tx.execute("DELETE FROM draft WHERE ticket_id = ?", (ticket_id,))


def note(tx: Connection, ticket_id: int) -> str:
    """The note being written on a ticket, empty for none."""
    return desk_facts.get_fact(tx, _NOTE.format(ticket_id))


def keep_note(tx: Connection, ticket_id: int, text: str) -> None:
    """Save the unfinished note on a ticket; an empty one is deleted."""
    if text:
        desk_facts.set_fact(tx, _NOTE.format(ticket_id), text)
    else:
        tx.execute("DELETE FROM note WHERE key = ?", (_NOTE.format(ticket_id),))


def to_text(draft: Draft) -> str:
    """A draft as JSON, to be brought back from the outbox."""
    return to_json({**_columns(draft), "id": 0, "updated_at": draft.updated_at})


def from_text(text: str) -> Draft:
    """The reverse of `to_text`."""
    return _draft(json.loads(text))


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "ticket_id": draft.ticket_id,
        "body": draft.body,
        "subject": draft.subject,
        "recipients": people_json(to=draft.to, cc=draft.cc, bcc=draft.bcc),
        "sender": draft.sender,
        "macro": draft.macro,
        "order_id": draft.order_id,
        "claims": to_json(draft.claims_ticked),
        "after_status": draft.after,
        "quote": int(draft.quote),
        "attachments": to_json(draft.attachments),
        "answers": draft.answers,
        "given": to_json(dict(draft.given)),
        "drafted": int(draft.drafted),
        "incident": to_json(draft.incident) if draft.incident else "",
        "wait_id": draft.wait_id,
        "also": to_json(draft.also),
    }


def _draft(row: Row | dict[str, Any]) -> Draft:
    people: dict[str, tuple[Address, ...]] = people_of(row["recipients"])
    fields = dict(row)  # what was queued by an earlier version lacks the newest fields
    return Draft(
        ticket_id=row["ticket_id"],
        body=row["body"],
        subject=row["subject"],
        sender=row["sender"],
        to=people.get("to", ()),
        cc=people.get("cc", ()),
        bcc=people.get("bcc", ()),
        macro=row["macro"],
        order_id=row["order_id"],
        claims_ticked=tuple(json.loads(row["claims"])),
        after=Status(row["after_status"]),
        quote=bool(row["quote"]),
        attachments=tuple(json.loads(row["attachments"])),
        answers=row["answers"],
        given=tuple(json.loads(fields.get("given", "{}")).items()),
        drafted=bool(fields.get("drafted")),
        incident=_incident(fields.get("incident", "")),
        wait_id=fields.get("wait_id"),
        also=tuple(json.loads(fields.get("also", "[]"))),
        updated_at=row["updated_at"],
        id=row["id"],
    )


def _incident(text: str) -> IncidentNote | None:
    if not text:
        return None
    incident_id, number, says = json.loads(text)
    return IncidentNote(incident_id, number, IncidentNews(says))
