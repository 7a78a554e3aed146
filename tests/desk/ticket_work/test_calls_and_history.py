"""Calls and other conversations elsewhere, a ticket's history, and blocked senders."""

from dataclasses import replace

import pytest

from desk.conftest import BEN, DAY, JANA, NOW, OURS
from desk.ticket_work.test_forwarding import arrives
from deskterm.domain.events import By
from deskterm.domain.messages import Address, Direction
from deskterm.domain.people.customers import Preferred
from deskterm.domain.ticket_work.calls import KINDS, numbers_in
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotNow
from intake.world import mail

HOUR = 3600
CALLED, ANSWERED = KINDS["c"][1], KINDS["a"][1]


def test_a_customers_call_is_unanswered_until_a_call_of_ours_answers_it(shop):
    ticket = shop.ticket(at=NOW - DAY)
    shop.answer(ticket, at=NOW - 5 * HOUR)
    shop.desk.calls.log(ticket, CALLED, "She asks for a call back.", NOW - HOUR)
    assert (shop.row(ticket)["status"], shop.row(ticket)["unanswered_since"]) == ("open", NOW - HOUR)
    done = shop.desk.calls.log(ticket, ANSWERED, "Told her it left today.", NOW)
    assert done.words == f"Logged a call on T{ticket}"
    assert (shop.row(ticket)["status"], shop.row(ticket)["unanswered_since"]) == ("waiting", None)
    found = {one.id: one for one in shop.desk.metrics.week(NOW + 1).figures}
    assert found["first reply"].value == DAY - 5 * HOUR


def test_what_was_logged_is_undone_and_done_again(shop):
    ticket = shop.ticket()
    before = shop.row(ticket)
    shop.desk.calls.log(ticket, ANSWERED, "All is well.", NOW)
    after = shop.row(ticket)
    shop.desk.undo.undo(NOW)
    assert shop.row(ticket) == before
    shop.desk.undo.redo(NOW)
    assert shop.row(ticket) == after
    with pytest.raises(NotNow, match="No text was written"):
        shop.desk.calls.log(ticket, ANSWERED, "  ", NOW)


def test_the_history_says_who_did_what_when_the_newest_first(shop):
    ticket = arrives(shop, mail("h", JANA, (OURS,), text="Where is it?"), NOW - DAY)
    shop.desk.tickets.snooze((ticket,), NOW + DAY, NOW - HOUR)
    shop.desk.tickets.solve((ticket,), NOW)
    told = [(one.by, one.words) for one in shop.desk.history.lines(ticket)]
    assert told[0] == (By.OWNER, f"ended the snooze of T{ticket}")
    assert (By.OWNER, f"solved T{ticket}") in told
    assert told[-1][0] is By.SYNC
    assert {"a mail arrived", "the ticket was created"} <= {words for _, words in told}


def test_one_thing_is_taken_back_from_there_and_what_came_after_stays(shop):
    ticket = shop.ticket()
    tagged = shop.desk.tickets.tag((ticket,), "late", NOW, on=True)
    shop.desk.tickets.set_status((ticket,), Status.HOLD, NOW + 1)
    done = shop.desk.history.take_back(tagged.action, NOW + 2)
    assert done.words == f"Undid: tagged T{ticket}: late"
    ticket_now = shop.desk.tickets.view(ticket, NOW).ticket
    assert (ticket_now.tags, ticket_now.status) == ((), Status.HOLD)
    assert [one.undone for one in shop.desk.history.lines(ticket) if one.words.startswith("tagged")] == [True]
    with pytest.raises(NotNow, match="cannot be undone"):
        shop.desk.history.take_back(tagged.action, NOW + 3)


def test_a_merge_that_was_merged_on_is_taken_back_from_the_inside_only_once_that_is(shop):
    one, two, three = shop.ticket(), shop.ticket(), shop.ticket()
    inner = shop.desk.merging.merge((two, three), NOW)
    outer = shop.desk.merging.merge((one, two), NOW + 1)
    history = {line.action for line in shop.desk.history.lines(one)}
    assert outer.action in history
    shop.desk.history.take_back(outer.action, NOW + 2)
    shop.desk.history.take_back(inner.action, NOW + 3)
    assert {shop.row(ticket)["joined_into"] for ticket in (one, two, three)} == {None}


def test_what_a_blocked_sender_writes_is_spam_from_the_start_until_that_is_undone(shop):
    pest = Address("Best Deals", "deal@pest.example")
    ticket = arrives(
        shop, mail("p1", pest, (OURS,), subject="Buy now", text="Cheap links for you."), NOW - DAY
    )
    done = shop.desk.senders.block((ticket,), NOW)
    assert "blocked" in done.words
    other = arrives(shop, mail("p2", pest, (OURS,), subject="Again", text="Cheaper links."), NOW + 1)
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.SPAM, 0, 9)] == [other, ticket]
    shop.desk.undo.undo(NOW + 2)
    assert shop.row(ticket)["status"] == "open"
    third = arrives(shop, mail("p3", pest, (OURS,), subject="More", text="Links."), NOW + 3)
    assert shop.row(third)["status"] == "open"


def test_blocking_one_leaves_the_others_alone(shop):
    ticket, other = shop.ticket(JANA), shop.ticket(BEN)
    shop.desk.senders.block((ticket,), NOW)
    assert (shop.row(ticket)["status"], shop.row(other)["status"]) == ("spam", "open")
    assert replace(shop.desk.tickets.view(other, NOW).messages[0]).direction is Direction.IN


NUMBERS = {
    "Call me on +49 30 123 4567, please.": ("+49 30 123 4567",),
    "My number is 0171-2345678 (evenings).": ("0171-2345678",),
    "(555) 123-4567 or 555-987-6543": ("(555) 123-4567", "555-987-6543"),
    "+1 (212) 555 0100": ("+1 (212) 555 0100",),
    "020 7946 0018.": ("020 7946 0018",),
    "Parcel 00340434161094034567 of 01.12.2026, order 1042, EUR 1.049,00": (),
    "DPD 01500003165557 came on 2026-11-30 at 09:30": (),
    # kept aside while the pattern was made
    "rufen Sie mich bitte an: 0043 1 58858-0": ("0043 1 58858-0",),
    "06 12 34 56 78 ou +33 6 12 34 56 78": ("06 12 34 56 78", "+33 6 12 34 56 78"),
    "SKU MUG-0171234567 on 03/04/2026": (),
}


def test_phone_numbers_are_found_in_a_mail_but_not_dates_and_parcel_numbers():
    assert {text: numbers_in(text) for text in NUMBERS} == NUMBERS


def test_a_call_is_promised_with_its_number_and_the_ticket_shows_it_when_it_is_due(shop):
    ticket = shop.ticket(text="Please call me: +49 30 123 4567, any day.")
    before = shop.row(ticket)
    assert shop.desk.calls.numbers(ticket) == ("+49 30 123 4567",)
    shop.desk.calls.call_back(ticket, "+49 30 123 4567", NOW + HOUR, NOW)
    assert shop.row(ticket)["snoozed_until"] == NOW + HOUR
    shop.desk.undo.undo(NOW)
    assert shop.row(ticket) == before
    assert shop.desk.calls.to_make(ticket) is None
    shop.desk.undo.redo(NOW)
    shop.desk.inbox.wake(NOW + HOUR)
    row = next(one for one in shop.desk.inbox.page(Listing.INBOX, 0, 9) if one.ticket_id == ticket)
    assert row.due == "call +49 30 123 4567"
    assert shop.desk.calls.to_make(ticket).number == "+49 30 123 4567"
    shop.desk.calls.log(ticket, ANSWERED, "Called.", NOW + HOUR + 60)
    assert shop.desk.calls.to_make(ticket) is None


def test_how_a_customer_wants_to_be_reached_is_theirs_on_every_ticket_and_is_undone(shop):
    ticket, other = shop.ticket(), shop.ticket(subject="Another")

    def known():
        return shop.desk.tickets.view(other, NOW).customer.customer.prefers

    done = shop.desk.calls.prefer(ticket, Preferred.PHONE, NOW)
    assert done.words.endswith("prefers to be called")
    assert known() is Preferred.PHONE
    shop.desk.replies.begin(other, NOW)
    shop.desk.replies.take(other, "order-status", None, NOW)
    assert "The customer prefers to be called" in shop.desk.replies.review(other, NOW).notes
    shop.desk.undo.undo(NOW)
    assert known() is Preferred.UNKNOWN
    shop.desk.undo.redo(NOW)
    assert known() is Preferred.PHONE


def test_undo_goes_back_beyond_what_the_history_has_taken_back(shop):
    ticket = shop.ticket()
    before = shop.row(ticket)
    held = shop.desk.tickets.set_status((ticket,), Status.HOLD, NOW)
    shop.desk.tickets.solve((ticket,), NOW + 1)
    after = shop.row(ticket)
    shop.desk.history.take_back(held.action, NOW + 2)
    assert shop.row(ticket) == after
    shop.desk.undo.undo(NOW + 3)
    assert shop.row(ticket) == before
    shop.desk.undo.redo(NOW + 4)
    assert shop.row(ticket)["status"] == Status.SOLVED
