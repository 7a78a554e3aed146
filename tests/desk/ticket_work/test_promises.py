"""Dates in our letters are kept as promises, shown, brought back, and settled by the next answer."""

from dataclasses import replace

import pytest

from desk.conftest import BEN, DAY, JANA, NOW
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Priority, Status
from deskterm.errors import NotNow
from deskterm.storage.replies import outbox

HOUR = 3600  # it is Friday 20 November 2026, 13:00 in Berlin


def sent(shop, ticket, words, at=NOW) -> str:
    """A reply that is written by hand and queued; gives what the review said would follow."""
    replies = shop.desk.replies
    replies.save(replace(replies.begin(ticket, at), body=f"Hello Jana,\n\n{words}\n"), at)
    review = replies.review(ticket, at)
    replies.send(ticket, review, at, Level.AMBER)
    return review.follows


def goes_out(shop, at) -> None:
    from deskterm.domain.outbox_states import OutboxState
    from deskterm.intake.sent_replies import record_sent_reply

    with shop.db.write() as tx:
        for row in outbox.due_rows(tx, at):
            outbox.mark(tx, row.id, OutboxState.SENT, "250 ok", at)
            record_sent_reply(tx, row.id, at)


def promised(shop) -> list[int]:
    return [row.ticket_id for row in shop.desk.inbox.page(Listing.PROMISED, 0, 9)]


def test_a_date_in_a_letter_is_shown_on_its_review_and_on_the_ticket(shop):
    ticket = shop.ticket()
    assert "promised for" in sent(shop, ticket, "You will hear from me by Tuesday.")
    (promise,) = shop.desk.tickets.view(ticket, NOW).promises
    assert promise.words == "by Tuesday"
    assert promised(shop) == [ticket]


def test_a_letter_without_a_date_promises_nothing(shop):
    ticket = shop.ticket()
    assert "promised" not in sent(shop, ticket, "Please send it back by Tuesday.")
    assert promised(shop) == []


def test_on_its_day_the_ticket_comes_back_on_top_and_says_why(shop):
    first, ticket = shop.ticket(BEN, at=NOW - 9 * DAY), shop.ticket()
    sent(shop, ticket, "You will hear from me by Tuesday.")
    goes_out(shop, NOW + 20)
    shop.desk.inbox.wake(NOW + 3 * DAY)
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)] == [first]
    shop.desk.inbox.wake(NOW + 4 * DAY)
    rows = shop.desk.inbox.page(Listing.INBOX, 0, 9)
    assert [(row.ticket_id, row.due) for row in rows] == [(ticket, "promised by Tuesday"), (first, "")]


def test_it_comes_back_once(shop):
    ticket = shop.ticket()
    sent(shop, ticket, "You will hear from me by Tuesday.")
    goes_out(shop, NOW + 20)
    shop.desk.inbox.wake(NOW + 4 * DAY)
    shop.desk.tickets.snooze((ticket,), NOW + 9 * DAY, NOW + 4 * DAY)
    assert shop.desk.inbox.wake(NOW + 4 * DAY + HOUR) == 0


def test_the_next_answer_settles_it_and_so_does_solving(shop):
    one, two = shop.ticket(), shop.ticket(BEN)
    sent(shop, one, "You will hear from me by Tuesday.")
    goes_out(shop, NOW + 20)
    shop.desk.promising.promise((two,), NOW + DAY, NOW)
    assert set(promised(shop)) == {one, two}
    sent(shop, one, "Here it is.", NOW + DAY)
    assert set(promised(shop)) == {one, two}  # it waits in the outbox still
    goes_out(shop, NOW + DAY + 20)
    assert promised(shop) == [two]
    shop.desk.tickets.solve((two,), NOW + DAY)
    assert promised(shop) == []


def test_a_mail_to_somebody_else_settles_nothing(shop):
    ticket = shop.ticket()
    shop.desk.promising.promise((ticket,), NOW + DAY, NOW)
    shop.answer(ticket, at=NOW + HOUR, to=(BEN,))
    with shop.db.write() as tx:
        tx.execute("UPDATE message SET aside = 1 WHERE direction = 'out'")
        from deskterm.storage import tickets

        tickets.refresh(tx, [ticket])
    assert promised(shop) == [ticket]


def test_undo_takes_the_promise_back_with_its_letter(shop):
    ticket = shop.ticket()
    sent(shop, ticket, "You will hear from me by Tuesday.")
    shop.desk.undo.undo(NOW + 3)
    assert promised(shop) == []
    assert shop.row(ticket)["remind_at"] is None


def test_a_promise_is_noted_and_dropped_by_hand_and_either_is_undone(shop):
    ticket = shop.ticket()
    assert "Promised on" in shop.desk.promising.promise((ticket,), NOW + DAY, NOW).words
    (one,) = shop.desk.promising.standing(ticket)
    shop.desk.promising.drop(one.id, NOW)
    assert promised(shop) == []
    assert shop.desk.undo.undo(NOW).words == f"Undid: dropped a promise on T{ticket}"
    assert promised(shop) == [ticket]
    shop.desk.undo.undo(NOW)
    assert promised(shop) == []
    with pytest.raises(NotNow, match="past"):
        shop.desk.promising.promise((ticket,), NOW - 1, NOW)


def test_it_goes_along_with_a_merge_and_comes_back(shop):
    one, two = shop.ticket(JANA), shop.ticket(JANA)
    shop.desk.promising.promise((two,), NOW + DAY, NOW)
    shop.desk.merging.merge((one, two), NOW)
    assert promised(shop) == [one]
    shop.desk.undo.undo(NOW)
    assert promised(shop) == [two]


def test_what_was_marked_urgent_comes_before_all_that_is_due_and_low_after_the_rest(shop):
    late, now, calm = (shop.ticket(who, at=NOW - days * DAY) for who, days in ((BEN, 3), (JANA, 1), (BEN, 9)))
    shop.desk.tickets.set_status((calm,), Status.OPEN, NOW)
    shop.desk.tickets.prioritise((now,), Priority.HIGH, NOW)
    inbox = [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)]
    assert inbox[0] == now
    done = shop.desk.tickets.prioritise((now,), Priority.LOW, NOW)
    assert done.words == f"Set the priority of T{now} to low"
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)] == [calm, late, now]
    shop.desk.undo.undo(NOW)
    assert shop.desk.inbox.page(Listing.INBOX, 0, 9)[0].ticket_id == now


def test_one_promise_is_noted_on_a_selection_and_taken_back_at_once(shop):
    ids = (shop.ticket(), shop.ticket(subject="Another"))
    done = shop.desk.promising.promise(ids, NOW + DAY, NOW)
    assert done.tickets == ids
    assert all(shop.desk.promising.standing(one) for one in ids)
    shop.desk.undo.undo(NOW)
    assert not any(shop.desk.promising.standing(one) for one in ids)
