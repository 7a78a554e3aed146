"""The radar: what is on it, and writing from it."""

from dataclasses import replace

import pytest

from desk.conftest import STATUS, ShopOfOne
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.orders.returns import ReturnStep
from deskterm.domain.review.order_needs import Need
from screens.looking import DAY, NOW, desk_of, sample
from screens.test_inbox import looking

PETRA = Address("Petra Lang", "petra@lang.example")


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    made.order("1077", PETRA, placed_at=NOW - 12 * DAY, fulfilment=Fulfilment.UNFULFILLED, shipments=())
    yield made
    made.db.close()


@pytest.fixture
def empty_shop(tmp_path):
    desk = desk_of(tmp_path / "new")
    yield ShopOfOne(desk)
    desk.shop.db.close()


async def test_orders_are_listed_with_their_tickets_the_longest_worry_first(shop):
    async with looking(shop) as press:
        picture = await press("g", "r")
        assert picture.index("#1077") < picture.index("#1042")
        assert "paid 12 days ago, not shipped" in picture
        assert "no movement for 9 days" in picture
        assert "I ordered two throws" in await press("j", "enter")


async def test_each_order_says_which_letter_it_calls_for_and_that_one_is_offered_first(shop):
    late = replace(STATUS, id="crisis-new-date", title="Later than promised", needs=(Need.NOT_SHIPPED,))
    shop.desk.playbook.playbook = replace(
        shop.desk.playbook.current(), macros={STATUS.id: STATUS, late.id: late}
    )
    async with looking(shop) as press:
        assert "m Later than promised" in await press("g", "r")
        assert "This will go out" in await press("m", "enter")
        assert "draft" in await press("q", "g", "r")
        assert "waiting" not in next(row for row in (await press()).splitlines() if "#1077" in row)


async def test_a_macro_is_offered_for_the_order(shop):
    async with looking(shop) as press:
        assert "Write about #1077 with" in await press("g", "r", "m")
        await press("escape", "q")


async def test_an_order_that_a_ticket_is_about_is_not_written_about_again(shop):
    async with looking(shop) as press:
        assert "is about it already" in await press("g", "r", "j", "m")


async def test_from_a_solved_ticket_one_writes_in_that_ticket(shop):
    """What a return lacks is still due."""
    shop.desk.products.returns.note(1001, 1, ReturnStep.LABEL, NOW - 40 * DAY)
    shop.desk.tickets.solve((1001,), NOW)
    late = replace(STATUS, id="return-not-back", title="Not back yet", needs=())
    shop.desk.playbook.playbook = replace(shop.desk.playbook.current(), macros={late.id: late})
    async with looking(shop) as press:
        assert "m Not back yet" in await press("g", "r")
        assert "This will go out" in await press("m", "enter")
        assert press.app.screen.ticket_id == 1001


async def test_what_a_solved_ticket_settled_is_off_the_radar(shop):
    shop.desk.tickets.solve((1001,), NOW)
    async with looking(shop) as press:
        picture = await press("g", "r")
        assert "#1077" in picture
        assert "#1042" not in picture


async def test_that_all_is_well_is_only_said_of_orders_that_are_here(empty_shop):
    async with looking(empty_shop) as press:
        picture = await press("g", "r")
        assert "No store is set up" in picture
        assert "as promised" not in picture


async def test_a_desk_that_has_fetched_nothing_yet_does_not_say_that_all_is_done(empty_shop):
    async with looking(empty_shop) as press:
        assert "Not all mail is here yet." in await press("escape")
