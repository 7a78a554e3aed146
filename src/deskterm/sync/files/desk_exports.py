"""Reading conversations of other help desks from their exports.

Zendesk, Help Scout, Gorgias, Freshdesk and Chatwoot say the same under other names: a conversation with a
customer, and what each side wrote. Files are one JSON text, or one JSON text a line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskterm.domain.messages import Address
from deskterm.domain.text import line
from deskterm.errors import NotFound, NotNow
from deskterm.mail.text.html_words import plain_text
from deskterm.value_class import dataclass

Told = Mapping[str, Any]

_LISTS = ("tickets", "conversations", "data", "_embedded", "payload", "results", "items")
_WRAPS = ("helpdesk_ticket", "ticket", "conversation", "helpdesk_note", "note", "comment", "message")
_MESSAGES = ("comments", "messages", "threads", "conversations", "notes", "helpdesk_notes")
_CUSTOMERS = ("requester", "customer", "primaryCustomer", "sender", "contact")
_TEXTS = ("body_text", "plain_body", "content", "body", "text", "body_html", "html_body")
_OPENINGS = ("description_text", "description", "description_html")
_TIMES = ("sent_datetime", "created_datetime", "created_at", "createdAt", "updated_at")
_IDS = ("id", "display_id", "number")
_NO_WORDS = frozenset({"lineitem", "activity", "template", "forwardparent", "forwardchild", "2", "3"})
_THOUSANDS = 10**11  # from which a number of seconds is one of milliseconds
_END = 253_402_300_800  # the year 10000
_NO_JSON = (ValueError, RecursionError)  # nested so deep that nobody meant it
_NOBODY = Address("", "")


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """A message of a conversation. `at` is UTC seconds; `ours`: the shop wrote it."""

    id: str
    at: int
    text: str
    ours: bool


@dataclass(frozen=True, slots=True)
class ExportedConversation:
    """A conversation with its messages, oldest first.

    `notes` were left out: they are nobody's mail. So were `left_out`: without a text, a time, or an address.
    """

    id: str
    subject: str
    customer: Address
    messages: tuple[ExportedMessage, ...]
    notes: int = 0
    left_out: int = 0


def is_export(path: Path) -> bool:
    """Whether a path may be another help desk's export, and no mbox file: a folder, or a JSON text."""
    try:
        if path.is_dir():
            return True
        with path.open("rb") as file:
            return file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    except OSError:
        return False


def conversations(path: Path) -> Iterator[ExportedConversation]:
    """The conversations of a file, or of all JSON files of a folder in the order of their names.

    NotFound when a file cannot be read, NotNow where it holds no conversation.
    """
    found = 0
    for file in sorted(path.glob("**/*.json*")) if path.is_dir() else [path]:
        for row in _rows(file):
            one = _conversation(_unwrap(row))
            if one is not None:
                found += bool(one.messages)
                yield one
    if not found:
        raise NotNow(
            f"{path.name} holds no conversations that deskterm can read.",
            safe="Nothing was imported.",
            todo="Export tickets with their messages as JSON.",
        )


def _rows(file: Path) -> Iterator[Told]:
    """The JSON objects of a file that may be conversations."""
    try:
        text = file.read_text("utf-8-sig", "replace")
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.") from error
    try:
        texts: Iterable[Any] = [json.loads(text)]
    except _NO_JSON:
        texts = _by_line(text)
    for data in texts:
        yield from _find_rows(data)


def _by_line(text: str) -> Iterator[Any]:
    for one in filter(str.strip, text.split("\n")):
        try:
            yield json.loads(one)
        except _NO_JSON:
            continue


def _find_rows(data: object) -> Iterator[Told]:
    """The objects of a list, or of the list that an object wraps; else the object."""
    if isinstance(data, list):
        yield from (one for one in data if isinstance(one, dict))
    elif isinstance(data, dict):
        inner = next((data[name] for name in _LISTS if isinstance(data.get(name), list | dict)), None)
        if inner is None or _customer(_unwrap(data)) is not None:
            yield data
        else:
            yield from _find_rows(inner)


def _unwrap(row: Told) -> Told:
    """The inner object, if the outer one only names its kind."""
    inner = next((row[name] for name in _WRAPS if isinstance(row.get(name), dict)), None)
    return inner if inner is not None and len(row) == 1 else row


def _conversation(row: Told) -> ExportedConversation | None:
    """A conversation, None for an object that is none. One with nobody's address has no messages."""
    listed = _messages_of(row)
    if listed is None:
        return None
    customer = _customer(row) or _NOBODY
    kept: list[ExportedMessage] = []
    notes = left_out = 0
    if not any(name in row for name in ("comments", "messages")):
        kept += _opening(row)
    for one in map(_unwrap, listed):
        if _is_note(one):
            notes += 1
        elif _kind(one) not in _NO_WORDS:
            message = _message(one, row, customer)
            kept += [message] if message else []
            left_out += message is None
    if customer is _NOBODY:
        kept, left_out = [], left_out + len(kept)
    ordered = tuple(sorted(kept, key=lambda one: one.at))
    subject = line(_first(row, ("subject", "title")))
    found = ExportedConversation(_id(row), subject, customer, ordered, notes, left_out)
    return found if ordered or left_out else None


def _messages_of(row: Told) -> list[Told] | None:
    """The messages of a conversation; None where it says nothing of them."""
    for holder in (row, row.get("_embedded")):
        if isinstance(holder, dict):
            for name in _MESSAGES:
                if isinstance(listed := holder.get(name), list):
                    return [one for one in listed if isinstance(one, dict)]
    return [] if isinstance(row.get("requester"), dict) and _first(row, _OPENINGS) else None


def _customer(row: Told) -> Address | None:
    """The customer, by name and address; None without an address."""
    meta = row.get("meta")
    for holder in (row, meta if isinstance(meta, dict) else {}):
        for name in _CUSTOMERS:
            who = holder.get(name)
            if isinstance(who, dict) and (address := _first(who, ("email", "address"))):
                return Address(line(_name(who)), line(address))
    return None


def _name(who: Told) -> str:
    parts = (
        _first(who, ("first", "first_name", "firstname")),
        _first(who, ("last", "last_name", "lastname")),
    )
    return _first(who, ("name",)) or " ".join(filter(None, parts))


def _opening(row: Told) -> Iterator[ExportedMessage]:
    """The opening text of a conversation, if it is not among the messages."""
    text, at = _first(row, _OPENINGS), _time(row)
    if text and at is not None:
        yield ExportedMessage("opening", at, plain_text(text), ours=False)


def _message(one: Told, conversation: Told, customer: Address) -> ExportedMessage | None:
    text, at = _first(one, _TEXTS), _time(one)
    if not text or at is None:
        return None
    return ExportedMessage(_id(one), at, plain_text(text), _is_ours(one, conversation, customer))


def _is_note(one: Told) -> bool:
    return one.get("private") is True or one.get("public") is False or _kind(one) == "note"


def _kind(one: Told) -> str:
    return str(one.get("type", one.get("message_type", ""))).casefold()


def _is_ours(one: Told, conversation: Told, customer: Address) -> bool:
    """Whether the shop wrote a message: by the flag, the kind, or the author that the desk gives."""
    if isinstance(one.get("from_agent"), bool):
        return bool(one["from_agent"])
    if isinstance(one.get("incoming"), bool):
        return not one["incoming"]
    if _kind(one) in ("0", "1", "incoming", "outgoing"):
        return _kind(one) in ("1", "outgoing")
    author: Told = next(
        (one[name] for name in ("createdBy", "author", "sender") if isinstance(one.get(name), dict)), {}
    )
    if _kind(author) in ("customer", "user", "contact") and "createdBy" in one:
        return _kind(author) == "user"
    if address := _first(author, ("email", "address")):
        return address.casefold() != customer.key
    who = conversation.get("requester")
    asked = (who.get("id") if isinstance(who, dict) else None, conversation.get("requester_id"))
    return one.get("author_id") not in [known for known in asked if known is not None]


def _first(row: Told, names: Iterable[str]) -> str:
    """The first of some fields that has text."""
    return next((row[name] for name in names if isinstance(row.get(name), str) and row[name].strip()), "")


def _id(row: Told) -> str:
    return next((str(row[name]) for name in _IDS if row.get(name) is not None), "")


def _time(row: Told) -> int | None:
    """When something was written, in UTC seconds: a time without a zone is UTC's. None for no time."""
    value = next((row[name] for name in _TIMES if row.get(name)), None)
    at = _seconds(value) if isinstance(value, int | float) else _moment(value)
    return at if at is not None and 0 <= at < _END else None


def _seconds(value: float) -> int | None:
    try:
        return int(value / 1000 if value > _THOUSANDS else value)
    except (ValueError, OverflowError):  # no number at all, an endless one
        return None


def _moment(value: object) -> int | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
