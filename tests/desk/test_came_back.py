"""A mail of ours that came back: what happened, and how else its customer is reached."""

from dataclasses import replace

import pytest

from desk.conftest import BEN, JANA, NOW
from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.review.replies import Level
from deskterm.domain.suggest.offer import Abstention

FULL = "The mailbox of jana@mertens.example is full."
DAEMON = Address("", "mailer-daemon@mx.example")


def came_back(shop, ticket, at=NOW):
    shop.mail(ticket, DAEMON, machine=MachineKind.BOUNCE, machine_words=FULL, at=at, answer_to=())


def test_the_ticket_names_the_phone_of_the_order_where_no_other_address_is_known(shop):
    shop.order(phone="+49 30 5550101")
    ticket = shop.ticket()
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket)
    told = [one.words for one in shop.desk.tickets.view(ticket, NOW).todo]
    assert told == [FULL, "To reach them, call +49 30 5550101 (#1042)."]


def test_it_names_the_customers_other_address_first(shop):
    shop.order(phone="+49 30 5550101", email="jana@work.example")
    ticket = shop.ticket(text="Where is #1042?")
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket)
    words = shop.desk.tickets.view(ticket, NOW).todo[1].words
    assert words == "To reach them, write to jana@work.example, or call +49 30 5550101 (#1042)."


def test_if_nothing_is_known_it_says_so_until_we_write_again(shop):
    ticket = shop.ticket()
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket)
    words = shop.desk.tickets.view(ticket, NOW).todo[1].words
    assert words.startswith("No other address")
    assert words.endswith("look for an order of theirs in the store.")
    shop.answer(ticket, at=NOW + 60, to=(JANA,))
    assert shop.desk.tickets.view(ticket, NOW).todo == ()


def review(shop, ticket, body="Here it is once more.", to=(JANA,)):
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(draft, body=body, to=to), NOW)
    return shop.desk.replies.review(ticket, NOW)


def why(shop, ticket):
    return shop.desk.tickets.view(ticket, NOW).offer.why


def test_a_letter_to_an_address_that_came_back_is_amber_with_the_reason(shop):
    ticket = shop.ticket(at=NOW - 90)
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket, at=NOW - 30)
    found = review(shop, ticket)
    assert found.level is Level.AMBER
    assert any(f"{JANA.address} came back. {FULL}" in one.words for one in found.concerns)
    shop.answer(ticket, at=NOW + 10)  # written again: the address is the same
    assert any("came back" in one.words for one in review(shop, ticket).concerns)
    later = shop.ticket(subject="Another matter", at=NOW - 20)  # they wrote: the mailbox is there
    assert not any("came back" in one.words for one in review(shop, later).concerns)


def test_another_ticket_of_the_customer_knows_that_the_mail_came_back(shop):
    later = shop.ticket(subject="Another matter", at=NOW - 90)
    ticket = shop.ticket(at=NOW - 80)
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket, at=NOW - 30)
    assert any("came back" in one.words for one in review(shop, later).concerns)
    assert not any("came back" in one.words for one in review(shop, later, to=(BEN,)).concerns)


def test_no_answer_is_suggested_where_it_would_come_back_or_nobody_reads_it(shop):
    returned = shop.ticket(at=NOW - 90)
    assert why(shop, returned) is not Abstention.RETURNED
    shop.answer(returned, at=NOW - 60)
    came_back(shop, returned, at=NOW - 30)
    assert why(shop, returned) is Abstention.RETURNED
    shop.mail(returned, at=NOW - 10, text="Where is my order?")
    assert not shop.desk.tickets.view(returned, NOW).offer.reaches_nobody

    notice = shop.ticket(
        Address("Carrier", "no-reply@carrier.example"), text="Where is my order? Not here: it left today."
    )
    view = shop.desk.tickets.view(notice, NOW)
    assert (view.suggested, view.offer.why) == ((), Abstention.UNREAD)


@pytest.mark.parametrize("machine", [MachineKind.NOTICE, MachineKind.OTHER, MachineKind.BOUNCE])
def test_the_review_shows_a_machines_mail_and_says_that_nobody_waits(shop, machine):
    ticket = shop.ticket(
        Address("Store", "orders@store.example"), text="Where is my order: a report.", machine=machine
    )
    assert why(shop, ticket) is Abstention.MACHINE
    found = review(shop, ticket, to=(Address("Store", "orders@store.example"),))
    assert found.customer_words == "Where is my order: a report."
    assert any("nobody waits" in one.words for one in found.concerns)


def test_an_auto_reply_after_their_question_leaves_the_question(shop):
    ticket = shop.ticket(at=NOW - 90)
    shop.mail(ticket, at=NOW - 30, text="I am away.", machine=MachineKind.VACATION)
    assert not shop.desk.tickets.view(ticket, NOW).offer.reaches_nobody
