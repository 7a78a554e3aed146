"""`W` in a pilot: never a customer, always one, or the customer from another address; each taken back."""

from deskterm.domain.messages import Address
from deskterm.domain.tickets import Listing, View
from deskterm.storage import tickets
from screens.going import ticket_ids
from screens.looking import JANA, NOW
from screens.test_inbox import looking


def others(shop) -> list[int]:
    return [row.ticket_id for row in shop.desk.inbox.page(Listing.OTHERS, 0, 9)]


async def test_never_takes_the_senders_tickets_out_of_the_inbox_and_always_brings_them_back(shop):
    first = ticket_ids(shop)[0]
    async with looking(shop) as press:
        picture = await press("W")
        assert f"never a customer: {JANA.address}" in picture
        await press("A")
        assert first not in ticket_ids(shop)
        assert first in others(shop)
        await press("z")
        assert first in ticket_ids(shop)


async def test_an_unknown_address_is_settled_as_the_customers_and_the_question_leaves(shop):
    first = ticket_ids(shop)[0]
    with shop.db.write() as tx:
        tx.execute("UPDATE message SET stranger = 1 WHERE ticket_id = ? AND direction = 'in'", (first,))
        writer = tx.execute("INSERT INTO customer(name, first_seen_at) VALUES ('Kai', ?)", (NOW,)).lastrowid
        tx.execute("UPDATE message SET customer_id = ? WHERE ticket_id = ?", (writer, first))
    async with looking(shop) as press:
        assert "the same person" in await press("W")
        await press("y")
        assert "the same person" not in await press("W")


async def test_what_is_not_from_customers_ends_counting_once_it_stood_on_the_screen_and_a_key_was_pressed(
    shop,
):
    made = [shop.ticket(Address("", f"news{number}@mill.example"), at=NOW - number) for number in range(60)]
    with shop.db.write() as tx:
        for one in made:
            tickets.change(tx, one, view=View.OTHERS)
    async with looking(shop, size=(100, 30)) as press:
        await press("g", "n")
        assert shop.desk.inbox.counts().others == 60
        await press("j")
        left = shop.desk.inbox.counts().others
        assert 40 < left < 60
        await press("G")
        await press("k")
        assert 0 < shop.desk.inbox.counts().others < left
        await press("g", "i")
        assert "others" in await press("j")


async def test_a_second_address_of_the_same_name_is_offered_as_the_known_customers(shop):
    second = Address(JANA.name, "jana@home.example")
    ticket = shop.ticket(second, text="Did you get my mail?", at=NOW - 9_000_000)
    async with looking(shop) as press:
        picture = await press("W")
        assert f"another address of {JANA.name}" in picture
        await press("1")
        assert set(shop.desk.tickets.view(ticket, NOW).customer.customer.addresses) >= {second.address}
        assert len(shop.desk.tickets.view(ticket, NOW).customer.customer.addresses) > 1
