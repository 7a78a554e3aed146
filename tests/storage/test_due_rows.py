"""Which replies are due: by their time, and by a time so far ahead that only a wrong clock can have set it."""

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.domain.review.replies import Draft, Follows
from deskterm.domain.tickets import Status
from deskterm.errors import NotFound, NotNow
from deskterm.storage import customers, tickets
from deskterm.storage.replies import outbox, outbox_counts

NOW = 1_790_000_000
HOUR, DAY, YEARS = 3600, 86400, 10 * 365 * 86400


def queue(db, send_at: int, *, planned: bool = False, account: str = "shop") -> int:
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", "jana@mertens.example"), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        return outbox.enqueue(
            tx, Draft(ticket, "Here.", "Re: Where?", "us@kiln.example", ()), account=account, sender="us@kiln.example",
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


def test_the_state_of_the_whole_outbox_is_counted(db):
    first, planned = queue(db, NOW + 15), queue(db, NOW + DAY, planned=True)
    tried, due, far = queue(db, NOW - 5), queue(db, NOW - 1, account="other"), queue(db, NOW + YEARS)
    gone, held = queue(db, NOW), queue(db, NOW)
    with db.write() as tx:
        outbox.claim(tx, tried, "me", NOW)
        outbox.later(tx, tried, NOW + HOUR, "451 not now", NOW, ending=Ending.PUT_OFF)
        outbox.mark(tx, gone, OutboxState.SENT, "250 ok", NOW)
        outbox.mark(tx, held, OutboxState.DISCARDED, "the customer wrote", NOW + 1, ending=Ending.HELD_BACK)
    with db.read() as tx:
        assert outbox_counts.tally(tx) == {
            **dict.fromkeys(OutboxState, 0), OutboxState.QUEUED: 5, OutboxState.SENT: 1, OutboxState.DISCARDED: 1,
        }  # fmt: skip
        assert outbox_counts.waiting_accounts(tx, NOW) == {"shop": 2, "other": 1}, (first, due, far)
        assert outbox_counts.waiting_accounts(tx, NOW + 15) == {"shop": 3, "other": 1}
        assert outbox_counts.next_send_at(tx, planned=True) == NOW + DAY, planned
        assert outbox_counts.next_send_at(tx, planned=False) == NOW - 1
        assert outbox_counts.next_first_try(tx) == NOW - 1
        assert outbox_counts.count_planned(tx) == 1
        assert outbox_counts.count_ending(tx, Ending.PUT_OFF) == 1
        assert [outbox_counts.held_back(tx, at) for at in (NOW, NOW + 1)] == [0, 1]


def test_an_empty_outbox_has_no_times(db):
    with db.read() as tx:
        assert outbox_counts.next_first_try(tx) is None
        assert (
            outbox_counts.next_send_at(tx, planned=True)
            is outbox_counts.next_send_at(tx, planned=False)
            is None
        )
        assert outbox_counts.waiting_accounts(tx, NOW) == {}


def test_what_follows_a_planned_reply_is_kept_as_it_was_meant_until_it_was_done(db):
    """Statuses are statuses again, not their words; without any it leaves the ticket alone."""
    row = queue(db, NOW, planned=True)
    meant = Follows(Status.WAITING, "late", ("gift",), 3, NOW + DAY, 7, None, unless_changed=Status.OPEN)
    none = Follows(None)
    with db.write() as tx:
        assert outbox.follows(tx, row) == Follows(Status.SOLVED)
        for follows in (meant, none):
            outbox.put_follows(tx, row, follows)
            kept = outbox.follows(tx, row)
            assert (kept, type(kept.status)) == (follows, type(follows.status))
        outbox.put_follows(tx, row, None)
        assert outbox.follows(tx, row) is None


def test_a_reply_is_found_by_its_message_id_and_by_no_other(db):
    first, second = queue(db, NOW), queue(db, NOW)
    with db.read() as tx:
        ids = [outbox.get(tx, row).message_id for row in (first, second)]
        assert [outbox.find(tx, one) for one in ids] == [first, second]
        assert outbox.find(tx, "<nobody@kiln.example>") is None
        with pytest.raises(NotFound):
            outbox.raw(tx, 99)
