"""`f` in a pilot: forward to somebody new and to a contact, and the thread beside the ticket."""

from deskterm.domain.messages import Address, Direction
from deskterm.domain.tickets import Listing
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.storage import tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import new_message
from deskterm.storage.ticket_work import waking
from screens.going import ticket_ids, until
from screens.looking import NOW, Clock, seen, settle
from screens.test_inbox import looking

LUMEN = Address("Lumen Works", "service@lumen.example")


async def test_four_keys_and_the_address_forward_a_mail(shop):
    ticket = ticket_ids(shop)[1]
    clock = Clock()
    async with looking(shop, clock=clock) as press:
        await press("j", "f", *"service@lumen.example", "enter")
        await until(lambda: isinstance(press.app.screen, ComposeScreen))
        await settle(press.pilot)
        assert "Forwarded message" in seen(press.app)
        assert f"forward of T{ticket}" in seen(press.app)
        await press(*"Please look", "ctrl+r")
        await until(lambda: isinstance(press.app.screen, ReviewScreen))
        await settle(press.pilot)
        picture = seen(press.app)
        assert f"T{ticket} on hold for" in picture
        assert f"review beside T{ticket}" in picture
        assert "The shirt is too small" in picture.split("This will go out")[1]
        await until(lambda: press.app.screen.is_armed)
        await press("y")
        await until(lambda: not isinstance(press.app.screen, ReviewScreen))
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.HOLD, 0, 9)] == [ticket]


async def test_a_contact_is_offered_the_next_time(shop):
    first, second = ticket_ids(shop)[:2]
    shop.desk.forwarding.begin(first, LUMEN, None, NOW)
    async with looking(shop) as press:
        await press("j")
        assert "Lumen Works" in await press("f")
        await press("enter")
        await until(lambda: isinstance(press.app.screen, ComposeScreen))
    assert [one.name for one in shop.desk.forwarding.threads(second)] == ["Lumen Works"]


def answered_thread(shop) -> int:
    """The first ticket's mail was passed on, and they have answered."""
    ticket = ticket_ids(shop)[0]
    draft = shop.desk.forwarding.begin(ticket, LUMEN, None, NOW - 7200)
    with shop.db.write() as tx:
        for direction, who, text in (
            (Direction.OUT, Address("Loom & Clay", "hello@loom.example"), "Please look into it."),
            (Direction.IN, LUMEN, "A new one leaves on Monday."),
        ):
            at = NOW - 3600 + 60 * (direction is Direction.IN)
            messages.add(
                tx, draft.ticket_id,
                new_message(direction=direction, at=at, text=text, sender=who, to=(LUMEN,), fingerprint=direction.encode()),
            )  # fmt: skip
        tickets.change(tx, draft.ticket_id, status="open")
        tickets.refresh(tx, [draft.ticket_id])
        waking.raise_ticket(tx, ticket, NOW - 3600, "Lumen Works has answered")
    shop.desk.replies.discard(draft.ticket_id, NOW)
    return ticket


async def test_their_answer_stands_beside_the_customers_mail(shop):
    answered_thread(shop)
    async with looking(shop) as press:
        picture = await press()
        assert "Lumen Works has answered" in picture
        assert "BESIDE  Lumen Works" in picture
        assert "BESIDE  You to Lumen" in picture
        assert "write again to Lumen Works" in await press("f")
