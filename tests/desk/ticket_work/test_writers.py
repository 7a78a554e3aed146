"""Another address of the customer, or somebody else: settled by the owner, and taken back."""

from dataclasses import replace

import pytest

from desk.conftest import NOW, OURS
from deskterm.desk import Desk
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotNow
from deskterm.intake.values import Context
from deskterm.storage import customers, tickets
from intake.world import JANA, World, mail

SHOP = Address("Loom & Clay", OURS.address)
WORK = Address("Jana", "j.mertens@office.example")
CONTEXT = Context(frozenset({SHOP.key}), NOW)


@pytest.fixture
def asked(shop, tmp_path):
    """A ticket of Jana's to which an unknown address has answered."""
    world = World(tmp_path)
    (ticket,) = world.come((mail("a", to=(SHOP,), text="Where is my order?"), NOW - 900), context=CONTEXT)
    world.come((mail("r", SHOP, (JANA,), answers="a", date=NOW - 800), NOW - 800), context=CONTEXT)
    world.come((mail("b", WORK, (SHOP,), answers="r", text="And my order?"), NOW - 700), context=CONTEXT)
    yield shop, world, ticket
    world.db.close()


def addresses(desk: Desk, ticket: int) -> tuple[str, ...]:
    return desk.tickets.view(ticket, NOW).customer.customer.addresses


def test_until_it_is_settled_the_ticket_asks_and_a_reply_is_amber_without_an_order(asked):
    shop, _, ticket = asked
    shop.order()
    view = shop.desk.tickets.view(ticket, NOW)
    (asks,) = view.todo
    asked_about = f"{WORK.address} answered a mail to Jana Mertens: another address of Jana Mertens?"
    assert asks.in_words({"who": "W"}.get) == f"{asked_about} W settles it."
    assert (view.order, view.orders) == (None, ())
    shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body="Hello"), NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert [one.address for one in review.draft.to] == [WORK.address]
    assert review.level >= Level.AMBER


def test_once_settled_one_person_has_both_addresses_and_the_orders_of_both(asked):
    shop, _, ticket = asked
    shop.order(who=JANA)
    done = shop.desk.writers.same_person(ticket, NOW)
    assert done.words == f"Said that {WORK.address} is another address of Jana Mertens (on T{ticket})"
    assert addresses(shop.desk, ticket) == (JANA.address, WORK.address)
    view = shop.desk.tickets.view(ticket, NOW)
    assert (view.todo, view.order.order.number) == ((), "1042")
    with pytest.raises(NotNow):
        shop.desk.writers.same_person(ticket, NOW)


def test_taking_it_back_asks_again_and_what_came_since_is_the_writers(asked):
    shop, world, ticket = asked
    before = shop.row(ticket)
    shop.desk.writers.same_person(ticket, NOW)
    world.come((mail("c", WORK, (SHOP,), answers="b"), NOW - 600), context=CONTEXT)
    shop.desk.undo.undo(NOW)
    assert addresses(shop.desk, ticket) == (JANA.address,)
    view = shop.desk.tickets.view(ticket, NOW)
    assert view.todo
    assert shop.row(ticket)["customer_id"] == before["customer_id"]
    with shop.db.read() as tx:
        who = customers.find_by_address(tx, WORK.address)
        assert customers.get(tx, who).name == "Jana"
        rows = tx.execute("SELECT count(*) FROM message WHERE customer_id = ?", (who,)).fetchone()
    assert rows[0] == 2
    shop.desk.undo.redo(NOW)
    assert addresses(shop.desk, ticket) == (JANA.address, WORK.address)


def test_somebody_else_gets_a_ticket_and_later_mail_of_theirs_stays_there(asked):
    shop, world, ticket = asked
    shop.desk.writers.somebody_else(ticket, NOW)
    own, other = sorted(
        row.ticket_id
        for row in shop.desk.inbox.page(Listing.INBOX, 0, 9) + shop.desk.inbox.page(Listing.WAITING, 0, 9)
    )
    assert own == ticket
    assert addresses(shop.desk, other) == (WORK.address,)
    assert shop.row(ticket)["status"] == Status.WAITING
    assert world.come(
        (mail("c", WORK, (SHOP,), answers="r", parents=("a",)), NOW - 600), context=CONTEXT
    ) == [other]
    assert world.come((mail("d", WORK, (SHOP,), answers="r", subject="New"), NOW - 500), context=CONTEXT) != [
        ticket
    ]


def test_saying_somebody_else_is_taken_back(asked):
    shop, _, ticket = asked
    shop.desk.writers.somebody_else(ticket, NOW)
    shop.desk.undo.undo(NOW)
    view = shop.desk.tickets.view(ticket, NOW)
    assert view.todo
    assert [one.text for one in view.messages] == ["Where is my order?", "Hello.", "And my order?"]
    with shop.db.read() as tx:
        assert tickets.get(tx, ticket).status is Status.OPEN


def test_somebody_who_writes_about_another_customers_order_can_be_that_customer(asked):
    shop, _, theirs = asked
    shop.order(who=JANA)
    kai = Address("Kai", "kai@elsewhere.example")
    ticket = shop.ticket(kai, text="Where is my order 1042? I write from work.", at=NOW - 60)
    writers = shop.desk.writers
    assert writers.find_buyer(ticket, JANA.address) == "Jana Mertens"
    assert writers.find_buyer(ticket, kai.address) == writers.find_buyer(ticket, "") == ""
    writers.is_buyer(ticket, JANA.address, NOW)
    assert set(addresses(shop.desk, ticket)) >= {JANA.address, kai.address}
    assert shop.row(ticket)["customer_id"] == shop.row(theirs)["customer_id"]
    with pytest.raises(NotNow):
        writers.is_buyer(ticket, JANA.address, NOW)
    shop.desk.undo.undo(NOW)
    assert addresses(shop.desk, ticket) == (kai.address,)


SECOND = Address("Jana Mertens", "jana@home.example")


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (SECOND, "Did you get my mail?"),
        (replace(SECOND, name="J."), f"I wrote from {JANA.address} before. Did you get it?"),
    ],
)
def test_a_second_address_is_known_by_the_name_or_by_the_first_one_in_the_text(shop, who, text):
    shop.ticket(JANA)
    ticket = shop.ticket(who, text=text)
    shop.ticket(Address("Jana", "jana@other.example"))  # a first name alone says nothing
    (found,) = shop.desk.writers.find_others(ticket)
    assert found.addresses == (JANA.address,)
    shop.desk.writers.is_buyer(ticket, JANA.address, NOW)
    assert set(addresses(shop.desk, ticket)) == {JANA.address, who.address}
    assert shop.desk.writers.find_others(ticket) == ()


def test_merging_tickets_of_one_name_joins_the_addresses_and_z_parts_them(shop):
    first, second = shop.ticket(JANA), shop.ticket(SECOND, text="Did you get my mail?")
    shop.desk.merging.merge((first, second), NOW)
    assert set(addresses(shop.desk, first)) == {JANA.address, SECOND.address}
    shop.desk.undo.undo(NOW)
    assert addresses(shop.desk, first) == (JANA.address,)
    assert addresses(shop.desk, second) == (SECOND.address,)


def test_after_merging_tickets_of_two_names_the_other_one_is_only_offered(shop):
    kai = Address("Kai Brandt", "kai@elsewhere.example")
    first, second = shop.ticket(JANA), shop.ticket(kai)
    shop.desk.merging.merge((first, second), NOW)
    assert addresses(shop.desk, first) == (JANA.address,)
    assert [one.name for one in shop.desk.writers.find_others(first)] == ["Kai Brandt"]
