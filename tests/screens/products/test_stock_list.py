"""The back-in-stock list at the keyboard: putting on, seeing, writing that it is back, taking off."""

from dataclasses import replace

import pytest

from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Effects, Macro, StockEffect
from deskterm.domain.products.product import ProductChoice, ProductVariant, StoreProduct
from deskterm.domain.tickets import Listing
from deskterm.intake.products_in import products_arrived
from screens.looking import NOW, sample
from screens.test_inbox import looking

THROW = StoreProduct("loom", "p1", "Wool throw", (ProductVariant("v1", "WT", "grey", Money(4900, "EUR"), 0),))
TELL = Macro(
    "back", "It is back", "Hello,\n\n{{ product.title }} is back.", effects=Effects(back_in_stock=StockEffect.TELL)
)  # fmt: skip


def arrive(shop, stock):
    variants = (replace(THROW.variants[0], stock=stock),)
    with shop.db.write() as tx:
        products_arrived(tx, [replace(THROW, variants=variants)], NOW)


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    book = made.desk.playbook.playbook
    made.desk.playbook.playbook = replace(book, macros=book.macros | {"back": TELL})
    arrive(made, 0)
    yield made
    made.db.close()


async def test_a_customer_is_put_on_the_list_written_to_and_taken_off(shop):
    async with looking(shop) as press:
        first = await press("B")
        assert "is to hear when there is again" in first
        assert "Wool throw, grey" in first
        assert "is on the back-in-stock list for Wool throw, grey" in await press("enter")
        picture = await press("g", "b")
        assert "out of stock" in picture
        assert "is not back yet" in await press("m")
        arrive(shop, 4)
        assert "4 in stock" in await press("g", "i", "g", "b")
        assert "Wool throw is back." in await press("m")


async def test_the_letter_is_about_the_row_under_the_cursor(shop):
    ticket = shop.desk.inbox.page(Listing.INBOX, 0, 1)[0].ticket_id
    for name in ("grey", "moss"):
        variant = replace(THROW.variants[0], external_id=name, title=name)
        throw = replace(THROW, external_id=name, title=f"Throw {name}", variants=(variant,))
        shop.desk.products.stock_list.add(ticket, ProductChoice(throw, variant), NOW)
        for stock in (0, 4):
            with shop.db.write() as tx:
                products_arrived(tx, [replace(throw, variants=(replace(variant, stock=stock),))], NOW)
    async with looking(shop) as press:
        await press("g", "b", "j")
        assert "Throw moss is back." in await press("m")


async def test_what_the_owner_takes_off_comes_back_with_undo(shop):
    async with looking(shop) as press:
        await press("B", "enter", "g", "b")
        assert "is off the back-in-stock list" in await press("d")
        assert "Nobody is waiting" in await press("j")
        assert "Wool throw, grey" in await press("z")


async def test_the_top_line_says_how_many_wait_for_what_is_back(shop):
    async with looking(shop) as press:
        await press("B", "enter")
    arrive(shop, 4)
    async with looking(shop) as press:
        assert "back in stock 1" in await press()


async def test_products_are_found_by_words_and_beside_the_ticket(shop):
    async with looking(shop) as press:
        picture = await press("u", *"thr")
        assert "Wool throw, grey" in picture
        assert "put on the back-in-stock list" in await press("enter")
        await press("escape")
        picture = await press("b")
        assert "order #1042 ships" not in picture  # it has shipped
        assert "back in stock" in picture
