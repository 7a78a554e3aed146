"""What the sample store's owner has done: mail alone does not show it."""

from collections.abc import Iterable

from deskterm.demo.clock import local
from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction, Message
from deskterm.domain.ticket_work.promises import promised_dates
from deskterm.domain.tickets import Listing, Row, Status
from deskterm.storage import changes, events, lists
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Database, Tx
from deskterm.storage.search.word_index import without_folds
from deskterm.storage.ticket_work import promises

_DAY = 86400
_NEXT_MORNING = 16 * 3600
_MOST = 500
_ASKS = "how did I do?"
_MINUTES = {
    "shipping": 2,
    "exchange": 3,
    "return": 3,
    "refund": 4,
    "damaged": 6,
    "wrong item": 6,
    "complaint": 14,
}
_OTHERWISE = 1.5
_MACROS = {
    "shipping": "late-parcel",
    "exchange": "exchange-size",
    "return": "return-how",
    "refund": "refund-when",
    "damaged": "damaged-replacement",
    "stock": "out-of-stock",
    "discount": "discount-code",
}
_NOT_OFFERED = 5  # one in five was not the suggested macro
_EDITED = 4  # one in four was edited before sending


def remember(db: Database, now: int) -> None:
    """Record everything: solved tickets, and how their answers were written."""
    close_answered(db, now)
    with db.write() as tx:
        for row in lists.page(tx, Listing.SOLVED, 0, _MOST):
            _write_answers(tx, row, messages.for_ticket(tx, row.ticket_id))


def close_answered(db: Database, now: int) -> int:
    """Solve two of three tickets that wait for the customer for over a day; gives how many.

    Each is solved some hours after its last mail and marked inferred, as a first
    sync marks what it works out, so that no undo begins with it.
    """
    with db.write() as tx:
        waiting = lists.page(tx, Listing.WAITING, 0, _MOST)
        done = [row for row in waiting if row.last_at < now - _DAY and row.ticket_id % 3]
        for row in done:
            changes.change(tx, row.ticket_id, row.last_at + _NEXT_MORNING, By.INFERRED, status=Status.SOLVED)
    return len(done)


def _write_answers(tx: Tx, row: Row, mails: Iterable[Message]) -> None:
    """Record for each answer what the desk records when it is written there."""
    ours = [mail for mail in mails if mail.direction is Direction.OUT]
    for mail in ours:
        if _ASKS in _own_words(mail):
            messages.written_here(tx, mail.id, "survey")
        else:
            _note(tx, row, mail, What.HANDLED, By.CLOCK, round(_MINUTES.get(row.category, _OTHERWISE) * 60))
    if ours and row.category in _MACROS:
        _write_from_macro(tx, row, ours[0])
    if len(ours) > 1 and _ASKS not in _own_words(ours[1]):  # a customer who never wrote again got no promise
        made = promised_dates(_own_words(ours[0]), local(ours[0].at))
        promises.add(tx, row.ticket_id, made, ours[0].at)


def _own_words(mail: Message) -> str:
    return without_folds(mail.text, mail.folds)


def _write_from_macro(tx: Tx, row: Row, mail: Message) -> None:
    macro = _MACROS[row.category]
    messages.written_here(tx, mail.id, macro)
    offered = [macro] if row.ticket_id % _NOT_OFFERED else ["order-status"]
    now = {"outbox": 0, "macro": macro, "edited": row.ticket_id % _EDITED == 0, "offered": offered}
    _note(tx, row, mail, What.QUEUED, By.INFERRED, now)


def _note(tx: Tx, row: Row, mail: Message, what: What, by: By, now: object) -> None:  # noqa: PLR0917 - an event's parts
    events.add(tx, events.new_action(tx), row.ticket_id, mail.at, by, what, None, now)
