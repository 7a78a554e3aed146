"""A mail of ours that came back: what happened, and how else its customer is reached."""

from desk.conftest import JANA, NOW
from deskterm.domain.messages import Address, MachineKind

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


def test_where_nothing_is_known_it_says_so_and_once_we_wrote_anew_nothing(shop):
    ticket = shop.ticket()
    shop.answer(ticket, at=NOW - 60)
    came_back(shop, ticket)
    assert shop.desk.tickets.view(ticket, NOW).todo[1].words.startswith("No other address")
    shop.answer(ticket, at=NOW + 60, to=(JANA,))
    assert shop.desk.tickets.view(ticket, NOW).todo == ()
