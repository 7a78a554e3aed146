"""A reply planned for later: what it does to its ticket until then, and once it has gone."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from desk.conftest import ADDRESS, BEN, DAY, JANA, NOW, SNOOZE, STATUS
from desk.reply.test_replies import taken
from deskterm.desk.reply.sending import When
from deskterm.domain.messages import Cue
from deskterm.domain.orders.order import Fulfilment, Money, PostalAddress, Refund, Shipment
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotNow, SendStopped
from deskterm.intake.planned_replies import DID_NOT_GO, TOO_LATE, hold_back
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.intake.still_true import why_untrue
from deskterm.storage.replies import outbox

MONDAY = NOW + 3 * DAY


def planned(shop, ticket, at=MONDAY, *, unless_answered=True, confirmed=Level.AMBER):
    """Plan the ticket's letter; amber, for by its time nothing has been heard of the parcel for six days."""
    review = shop.desk.replies.review(ticket, NOW)
    return shop.desk.replies.send(ticket, review, NOW, confirmed, When(at, unless_answered))


def goes_out(shop, at=MONDAY):
    """What delivery does in the end."""
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        outbox.mark(tx, row.id, OutboxState.SENT, "250 ok", at)
        record_sent_reply(tx, row.id, at)


def test_it_waits_in_the_outbox_and_is_counted_apart(shop):
    done = planned(shop, taken(shop))
    assert done.words.endswith("goes out Mon 23 Nov 13:00 unless answered")
    (row,) = shop.desk.outbox.rows()
    assert (row.state_words, row.send_at, row.planned_at, row.unless_answered) == (
        "planned",
        MONDAY,
        MONDAY,
        True,
    )
    state = shop.desk.state(NOW)
    assert (state.queued, state.later, state.next_send_at, state.next_planned_at) == (
        0,
        1,
        None,
        MONDAY,
    )
    assert state.due_at == MONDAY


def test_it_is_dated_when_it_goes(shop):
    planned(shop, taken(shop))
    with shop.db.read() as tx:
        raw = outbox.raw(tx, shop.desk.outbox.rows()[0].id)
    assert b"Date: Mon, 23 Nov 2026 13:00:00 +0100" in raw


def test_its_ticket_is_out_of_sight_until_then_and_nothing_else_is_said_of_it(shop):
    ticket = taken(shop)
    before = shop.row(ticket)
    planned(shop, ticket)
    after = shop.row(ticket)
    assert after["snoozed_until"] == MONDAY
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"snoozed_until", "listed", "place", "siblings", "history"}, changed
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.SNOOZED, 0, 9)] == [ticket]


def test_once_it_is_out_the_ticket_takes_what_the_review_said_and_time_counts_from_then(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    goes_out(shop)
    found = shop.row(ticket)
    assert (found["status"], found["snoozed_until"], found["category"]) == ("waiting", None, "shipping")
    assert found["solve_at"] == MONDAY + 7 * DAY
    (said,) = [one for one in shop.desk.tickets.view(ticket, MONDAY).messages if one.direction == "out"]
    assert said.at == MONDAY
    assert ("status", '"open"', '"waiting"') in shop.events(ticket)


def test_a_macro_that_snoozes_does_so_from_then(shop):
    ticket = taken(shop, macro=SNOOZE.id)
    planned(shop, ticket)
    goes_out(shop)
    assert shop.row(ticket)["snoozed_until"] == MONDAY + 3 * DAY


def test_a_status_that_was_set_since_is_left_alone(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    shop.desk.tickets.solve((ticket,), NOW + DAY)
    goes_out(shop)
    assert shop.row(ticket)["status"] == "solved"


def test_a_snooze_that_was_set_since_is_left_alone(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    shop.desk.tickets.snooze((ticket,), MONDAY + 5 * DAY, NOW + 60)
    goes_out(shop)
    assert (shop.row(ticket)["status"], shop.row(ticket)["snoozed_until"]) == ("waiting", MONDAY + 5 * DAY)


def test_what_y_would_refuse_is_not_planned(shop):
    ticket = taken(shop, macro=ADDRESS.id)  # its claim is not ticked
    with pytest.raises(SendStopped):
        planned(shop, ticket, confirmed=Level.GREEN)
    planned(shop, ticket, confirmed=Level.AMBER)
    red = shop.ticket(BEN)  # he has no order: its number is missing
    shop.desk.replies.take(red, STATUS.id, None, NOW)
    with pytest.raises(SendStopped):
        planned(shop, red, confirmed=Level.AMBER)
    assert [row.ticket_id for row in shop.desk.outbox.rows()] == [ticket]


def test_it_is_brought_back_with_the_ticket_as_before(shop):
    ticket = taken(shop)
    before = shop.row(ticket)
    planned(shop, ticket)
    shop.desk.outbox.bring_back(shop.desk.outbox.rows()[0].id, NOW + DAY)
    assert shop.row(ticket) == before
    assert shop.desk.replies.begin(ticket, NOW).macro == STATUS.id
    assert shop.desk.state(NOW).later == 0


def test_undo_takes_it_back_and_says_what_it_was(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    assert shop.desk.undo.undo(NOW + 60).words == f"Undid: planned the reply to T{ticket}"
    assert shop.row(ticket)["snoozed_until"] is None


def test_no_key_makes_it_go_sooner(shop):
    planned(shop, taken(shop))
    with pytest.raises(NotNow):
        shop.desk.outbox.retry(shop.desk.outbox.rows()[0].id, NOW)


def test_a_second_answer_is_warned_of_the_first_and_its_time(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    (concern,) = shop.desk.replies.review(ticket, NOW).concerns
    assert concern.words.endswith("goes out Mon 23 Nov 13:00.")


def test_a_reply_that_is_held_back_is_a_marked_draft_until_it_is_dealt_with(shop):
    ticket = taken(shop)
    text = shop.desk.replies.begin(ticket, NOW).body
    planned(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        hold_back(tx, row, TOO_LATE, MONDAY + 2 * DAY)
    view = shop.desk.tickets.view(ticket, MONDAY)
    assert (view.draft.body, view.ticket.cues, view.ticket.snoozed_until) == (text, (Cue.HELD_BACK,), None)
    (row,) = shop.desk.outbox.rows()
    assert (row.state_words, row.can_come_back) == ("a draft again", True)
    assert TOO_LATE in row.answered
    assert shop.desk.undo.peek() is None, "what went back by itself is no key press to take back"
    planned(shop, ticket, MONDAY + 9 * DAY)
    assert shop.desk.tickets.view(ticket, MONDAY).ticket.cues == ()


def test_a_text_being_written_that_overwrites_it_loses_nothing(shop):
    """The editor was open when the reply came back: its text is kept as the draft, the other in the outbox."""
    ticket = taken(shop)
    planned(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    open_in_editor = replace(shop.desk.replies.begin(ticket, NOW), body="Something else.")
    with shop.db.write() as tx:
        hold_back(tx, row, TOO_LATE, MONDAY)
    shop.desk.replies.save(open_in_editor, MONDAY)
    shop.desk.outbox.bring_back(row.id, MONDAY)
    body = shop.desk.replies.begin(ticket, MONDAY).body
    assert "order #1042 left" in body
    assert "Something else." in body


def test_a_follow_up_to_a_ticket_that_is_solved_leaves_it_solved_until_it_goes(shop):
    ticket = taken(shop)
    shop.desk.tickets.solve((ticket,), NOW)
    planned(shop, ticket)
    assert (shop.row(ticket)["status"], shop.row(ticket)["snoozed_until"]) == (Status.SOLVED, None)


def reason(shop, at=MONDAY):
    (row,) = shop.desk.outbox.rows()
    with shop.db.read() as tx:
        return why_untrue(tx, row, at, ZoneInfo("Europe/Berlin"))


CHANGED = [
    ({"fulfilment": Fulfilment.DELIVERED}, "order #1042 was “paid · shipped” and is “paid · delivered” now"),
    ({"shipments": (Shipment("UPS", "1Z-other", "", NOW),)}, "the parcels of order #1042 have changed"),
    ({"refunds": (Refund(NOW, Money(500, "EUR"), ""),)}, "what was paid for order #1042 has changed"),
    ({"ship_to": PostalAddress(street="Main St 5", city="Rome")}, "the address of order #1042 has changed"),
    ({}, ""),
]


def test_it_is_judged_again_when_it_is_due_by_the_state_of_its_order_then(shop):
    planned(shop, taken(shop))
    told = []
    for change, _ in CHANGED:
        shop.order("1042", **change)
        told.append(reason(shop))
    assert told == [words for _, words in CHANGED]


def test_a_day_that_it_names_may_pass_while_the_machine_sleeps(shop):
    ticket = taken(shop)
    shop.desk.replies.save(
        replace(shop.desk.replies.begin(ticket, NOW), body="Hello,\nit goes out today."), NOW
    )
    planned(shop, ticket, confirmed=Level.AMBER)
    assert not reason(shop, MONDAY + 3600)
    assert reason(shop, MONDAY + DAY // 2) == "“today” is no longer so"


def test_another_mail_about_the_same_order_on_another_ticket_holds_it_back(shop):
    planned(shop, taken(shop))
    other = shop.ticket(JANA, subject="Please cancel", text="please cancel my order", at=NOW + 60)
    assert reason(shop) == f"the customer has written since, on T{other}"


def test_a_ticket_says_on_top_why_its_reply_did_not_go(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        hold_back(tx, row, "order #1042 was cancelled", MONDAY)
    todo = shop.desk.tickets.view(ticket, MONDAY).todo
    assert todo[0].words == "brought back as a draft: order #1042 was cancelled"


def held_back(shop, at=MONDAY):
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        hold_back(tx, row, TOO_LATE, at)


@pytest.mark.parametrize("status", [Status.WAITING, Status.HOLD])
def test_a_ticket_whose_reply_is_held_back_is_on_top_and_promises_nothing(shop, status):
    ticket = taken(shop)
    shop.desk.tickets.set_status((ticket,), status, NOW)
    text = "Hello,\n\nI will write to you again by 27 November."
    shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body=text, macro=""), NOW)
    planned(shop, ticket, confirmed=Level.AMBER)
    assert shop.row(ticket)["promised_at"]
    held_back(shop)
    row = shop.row(ticket)
    assert (row["status"], row["snoozed_until"], row["promised_at"]) == ("open", None, None)
    assert (row["rank"], row["due"]) == (0, DID_NOT_GO)


def test_a_ticket_that_the_letter_solved_is_open_again_when_it_does_not_go(shop):
    ticket = taken(shop, macro=ADDRESS.id)
    shop.desk.replies.tick(ticket, ADDRESS.claims[0], NOW)
    shop.desk.replies.send(ticket, shop.desk.replies.review(ticket, NOW), NOW, Level.AMBER)
    assert shop.row(ticket)["status"] == "solved"
    held_back(shop)
    assert shop.row(ticket)["status"] == "open"


def test_a_ticket_that_the_owner_solved_meanwhile_stays_solved(shop):
    ticket = taken(shop)
    planned(shop, ticket)
    shop.desk.tickets.solve((ticket,), NOW + DAY)
    held_back(shop)
    assert shop.row(ticket)["status"] == "solved"
