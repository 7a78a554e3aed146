"""Past tickets like the one in front: a place of their own, and beside the mail on a large screen."""

from desk.conftest import BEN, DAY, NOW
from screens.going import until
from screens.looking import seen
from screens.test_inbox import looking

WHERE = "I ordered two throws two weeks ago and nothing has arrived. Can you check where they are?"
LARGE = (200, 60)


def answered_before(shop):
    ticket = shop.ticket(BEN, subject="Two throws", text=WHERE, at=NOW - 30 * DAY)
    shop.answer(ticket, at=NOW - 29 * DAY, text="They were held at customs.", to=(BEN,))
    return ticket


async def test_the_screen_shows_what_was_asked_and_answered_and_enter_opens_it(shop):
    ticket = answered_before(shop)
    async with looking(shop) as press:
        await press("g", "l")
        await until(lambda: "They were held at customs." in seen(press.app))
        assert f"T{ticket}" in seen(press.app)
        await press("enter")
        assert press.app.screen.ticket_id == ticket


async def test_without_similar_tickets_the_screen_says_so(shop):
    async with looking(shop) as press:
        await press("g", "l")
        await until(lambda: "No answered ticket is like this one." in seen(press.app))


async def test_a_large_screen_shows_them_beside_the_mail_and_the_customers_past(shop):
    answered_before(shop)
    async with looking(shop, LARGE) as press:
        await until(lambda: "They were held at customs." in seen(press.app))
        assert "This customer" in seen(press.app)
        await press("j", "j", "j")
        await until(lambda: "They were held at customs." not in seen(press.app))


async def test_a_window_that_grows_shows_them_beside_the_ticket_that_was_there(shop):
    answered_before(shop)
    async with looking(shop, (120, 36)) as press:
        assert "They were held at customs." not in seen(press.app)
        await press.pilot.resize_terminal(*LARGE)
        await until(lambda: "They were held at customs." in seen(press.app))


async def test_a_wide_search_has_the_mail_beside_the_hits(shop):
    async with looking(shop, LARGE) as press:
        await press("slash", *"throws")
        await until(lambda: "nothing has arrived. Can you check" in seen(press.app))
        await until(lambda: "T1001 · open" in seen(press.app))
