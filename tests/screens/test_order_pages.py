"""`l` offers the pages of the ticket's order, and the panel shows orders of the same account or telephone."""

import pytest

from desk.conftest import JANA
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Shipment
from deskterm.screens.base.messages import Open
from screens.looking import NOW, app_of, seen, settle

DAY = 86_400
OTHER = Address("Jana M.", "jana@work.example")


@pytest.fixture
def ticket(shop):
    """A ticket about an order with a parcel and a page in the shop, of a customer with a second address."""
    shop.order("2001", who=JANA, placed_at=NOW - 5 * DAY, phone="+49 171 1234567", admin_url="https://kiln.example/admin/2001",
               payment_method="PayPal", tags=("gift",),
               shipments=(Shipment("UPS", "1Z9", "https://ups.example/1Z9", NOW - 2 * DAY),))  # fmt: skip
    shop.order("2002", who=OTHER, placed_at=NOW - 9 * DAY, phone="0049 171 1234567")
    return shop.ticket(JANA, subject="Order 2001", text="Where is my order 2001?", at=NOW - 60)


async def test_the_orders_pages_are_offered_and_the_panel_says_what_the_store_says(shop, ticket):
    app = app_of(shop)
    async with app.run_test(size=(150, 45)) as pilot:
        await settle(pilot)
        pilot.app.post_message(Open(ticket))
        await settle(pilot)
        picture = seen(app)
        for words in ("#2001", "PayPal", "shipped 2 days ago", "gift", "same account or", "#2002"):
            assert words in picture
        await pilot.press("l")
        await settle(pilot)
        offered = seen(app)
    for words in (
        "https://kiln.example/admin/2001",
        "https://ups.example/1Z9",
        "UPS 1Z9",
        "#2001 in the shop",
    ):
        assert words in offered
