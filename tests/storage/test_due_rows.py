"""Which replies are due: by their time, and by a time so far ahead that only a wrong clock can have set it."""

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft, Follows
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow
from deskterm.storage import customers, tickets
from deskterm.storage.replies import outbox

NOW = 1_790_000_000
HOUR, YEARS = 3600, 10 * 365 * 86400


def queue(db, send_at: int, *, planned: bool = False) -> int:
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", "jana@mertens.example"), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        return outbox.enqueue(
            tx, Draft(ticket, "Here.", "Re: Where?", "us@kiln.example", ()), account="shop", sender="us@kiln.example",
            message_id=f"<{ticket}@kiln.example>", raw=b"x", recipients=("jana@mertens.example",), action=1,
            send_at=send_at, at=NOW, planned=Follows(Status.SOLVED) if planned else None,
        )  # fmt: skip


def due(db) -> list[int]:
    with db.read() as tx:
        return [row.id for row in outbox.due_rows(tx, NOW)]


@pytest.mark.parametrize(("ahead", "planned", "is_due"), [
    (0, False, True), (1, False, False), (2 * HOUR, False, False), (2 * HOUR + 1, False, True), (YEARS, False, True),
    (0, True, True), (2 * HOUR + 1, True, False), (YEARS, True, False),
])  # fmt: skip
def test_a_time_that_nobody_set_and_lies_hours_ahead_is_the_clocks_and_one_the_owner_named_holds(
    db, ahead, planned, is_due
):
    row = queue(db, NOW + ahead, planned=planned)
    assert due(db) == ([row] if is_due else [])
    with db.write() as tx:
        if is_due:
            assert outbox.claim(tx, row, "me", NOW) == b"x"
            assert outbox.get(tx, row).state is OutboxState.SENDING
            return
        with pytest.raises(NotNow):
            outbox.claim(tx, row, "me", NOW)


def test_a_planned_reply_that_was_tried_is_put_off_like_any_other(db):
    row = queue(db, NOW - HOUR, planned=True)
    with db.write() as tx:
        outbox.claim(tx, row, "me", NOW)
        outbox.later(tx, row, NOW + YEARS, "451 not now", NOW)
    assert due(db) == [row]


def test_the_longest_waiting_goes_first(db):
    later, sooner = queue(db, NOW - 1), queue(db, NOW - HOUR)
    assert due(db) == [sooner, later]
