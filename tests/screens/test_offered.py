"""Taking what is offered: one key to a filled review, or to the SOP where nothing fits."""

import pytest

from deskterm.domain.messages import Address
from deskterm.screens.reply.review import ReviewScreen
from screens.looking import TOM, app_of, sample, seen, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def test_one_key_goes_to_the_filled_review_of_the_first_answer(shop):
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "1 Where the order stands" in seen(app)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.review.draft.macro == "order-status"
        assert not app.screen.review.missing


async def test_where_nothing_fits_the_key_opens_the_sop_and_says_so(shop):
    ticket = shop.ticket(TOM, subject="Order", text="My lawyer says that this is a dispute.")
    shop.desk.tickets.categorise((ticket,), "shipping", None, 1)
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.home.find(ticket)
        await settle(pilot)
        assert "a dispute: no suggested answer" in seen(app)
        await pilot.press("1")
        await settle(pilot)
        assert "no ready answer fits it" in seen(app)
        assert not isinstance(app.screen, ReviewScreen)


@pytest.mark.parametrize("key", ["1", "a"])
async def test_where_nobody_reads_an_answer_neither_key_writes_one(shop, key):
    ticket = shop.ticket(Address("Carrier", "no-reply@carrier.example"), text="Where is my order?")
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.home.find(ticket)
        await settle(pilot)
        assert "nobody reads the address it came from" in seen(app)
        assert "say you have read it" not in seen(app)
        await pilot.press(key)
        await settle(pilot)
        assert "Nobody reads the address" in seen(app)
        assert not isinstance(app.screen, ReviewScreen)
