"""The card with products and a return, the timeline, the radar and the back-in-stock list, in one walk a size."""

from dataclasses import replace

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderLine, Payment
from deskterm.domain.orders.returns import OrderReturn
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.products.product import ProductVariant, StoreProduct
from deskterm.intake.products_in import products_arrived
from deskterm.storage import orders
from screens.looking import DAY, JANA, NOW, app_of, settle
from snapshots.walking import answers_stand

EUR = Money(4900, "EUR")
GREY = ProductVariant("v1", "WT", "grey", EUR, 0, 12)
THROW = StoreProduct("loom", "p1", "Wool throw", (GREY, ProductVariant("v2", "WT-M", "moss", EUR, 3)))
MUG = StoreProduct("loom", "p2", "Stoneware mug", (ProductVariant("v3", "MUG", "", Money(2200, "EUR"), 7),))
NOTE = ProductNote("WT", ("WT",), "## Care\n\nAir it for a day. Never the machine.", "2025-12-12", attach=("files/size-chart.pdf",))  # fmt: skip


@pytest.fixture
def asked(shop):
    """A ticket about a throw that is sold out, of a customer who sends two mugs back."""
    book = shop.desk.playbook.playbook
    shop.desk.playbook.playbook = replace(book, notes={"WT": NOTE})
    back = OrderReturn(NOW - 32 * DAY, "#1090-R1", pieces=2, label_at=NOW - 30 * DAY, external_id="1")
    order = Order(
        "loom", "x1090", "1090", JANA.address, JANA.name, NOW - 40 * DAY, Payment.PAID, Fulfilment.DELIVERED, EUR,
        (OrderLine("MUG", "Stoneware mug", "", 2, Money(2200, "EUR")),), synced_at=NOW, returns=(back,),
    )  # fmt: skip
    with shop.db.write() as tx:
        products_arrived(tx, [THROW, MUG], NOW)
        (made,) = orders.upsert_all(tx, [order], NOW)
    ticket = shop.ticket(JANA, subject="The grey throw", text="Is the grey wool throw back soon? About #1090 otherwise.", at=NOW - 60 * DAY)  # fmt: skip
    shop.desk.tickets.choose_order(ticket, made, NOW)
    shop.desk.products.stock_list.add(
        ticket, shop.desk.products.stock_list.beside(ticket, NOW)[0].choice, NOW - 2 * DAY
    )
    return ticket


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_what_stands_beside_a_ticket_and_on_the_lists_of_the_store(shop, asked, picture, size):
    app = app_of(shop)

    async def press(*keys):
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    async with app.run_test(size=size) as pilot:
        await answers_stand(pilot)
        app.home.find(asked)
        await press("enter", *("i" * (size[0] < 100)))
        picture(app, f"products_beside_on_{size[0]}x{size[1]}")
        await press(*("i" * (size[0] < 100)), "g", "c")
        picture(app, f"timeline_on_{size[0]}x{size[1]}")
        await press("g", "b")
        picture(app, f"back_in_stock_on_{size[0]}x{size[1]}")
        await press("g", "r")
        picture(app, f"radar_on_{size[0]}x{size[1]}")
