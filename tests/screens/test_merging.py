"""`M` in a pilot: merge with the customer's other ticket, split a mail off, undo."""

from deskterm.domain.tickets import Listing
from screens.going import ticket_ids
from screens.looking import JANA, NOW
from screens.test_inbox import looking


def second_of_jana(shop) -> int:
    return shop.ticket(JANA, subject="One more photo", text="Here is the box.", at=NOW - 3600)


async def test_two_keys_merge_with_the_customers_other_ticket_and_one_takes_it_back(shop):
    first, other = ticket_ids(shop)[0], second_of_jana(shop)
    async with looking(shop) as press:
        picture = await press("M")
        assert f"T{other}  One more photo" in picture
        assert f"Merged T{other} into T{first}" in await press("enter")
        assert other not in ticket_ids(shop)
        await press("z")
        assert {first, other} <= set(ticket_ids(shop))


async def test_a_mail_in_sight_is_split_off(shop):
    before = set(ticket_ids(shop))
    async with looking(shop) as press:
        await press("enter", "M")
        picture = await press("s")
    (made,) = (
        set(
            ticket_ids(
                shop,
            )
        )
        - before
    )
    assert f"Split T{made} off" in picture


async def test_any_ticket_is_found_by_its_number(shop):
    first, second = ticket_ids(shop)[:2]
    async with looking(shop) as press:
        picture = await press("M", "/", *str(second))
        assert "Wrong size" in picture
        await press("enter")
    assert second not in ticket_ids(shop)
    assert shop.desk.inbox.position(Listing.INBOX, first) == 0
