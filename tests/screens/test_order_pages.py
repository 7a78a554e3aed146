"""`l` offers the pages of the ticket's order, and the panel shows orders of the same account or telephone."""

import pytest

from desk.conftest import JANA, ShopOfOne
from deskterm.config.store import Store
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Shipment
from deskterm.screens.base.messages import Open
from screens.going import until
from screens.looking import NOW, app_of, desk_of, seen, settle

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


LIVE = (Store("loom", "woocommerce", address="https://kiln.example", key="ck"),)


@pytest.fixture
def live(shop):
    """The same shop, with its store in the settings."""
    made = ShopOfOne(desk_of(shop.desk.shop.home.root, stores=LIVE))
    yield made
    made.db.close()


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A browser that only writes down which page it was given."""
    pages = tmp_path / "opened"
    browser = tmp_path / "fox"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {pages}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    return lambda: pages.read_text() if pages.exists() else ""


async def at_links(ticket, pilot, *keys):
    pilot.app.post_message(Open(ticket))
    await settle(pilot)
    for key in ("l", *keys):
        await pilot.press(key)
        await settle(pilot)
    return seen(pilot.app)


async def test_the_shops_own_page_opens_and_a_parcels_is_shown_in_full_first(live, ticket, opened):
    async with app_of(live, stores=LIVE).run_test(size=(120, 40)) as pilot:
        picture = await at_links(ticket, pilot, "o")
        assert "Opened in the browser: #2001 in the shop" in picture
        await until(lambda: opened() == "https://kiln.example/admin/2001\n")
        await at_links(ticket, pilot, "p")
        await until(lambda: "Open UPS 1Z9?" in seen(pilot.app))
        assert "https://ups.example/1Z9" in seen(pilot.app)
        await pilot.press("enter", "n")
        await settle(pilot)
        assert opened() == "https://kiln.example/admin/2001\n"
        await at_links(ticket, pilot, "p", "y")
        await until(lambda: opened().endswith("https://ups.example/1Z9\n"))


async def test_a_parcels_page_is_shown_as_it_would_be_opened(shop, opened):
    shop.order("2004", who=JANA, placed_at=NOW - DAY, shipments=(Shipment("UPS", "1Z8", "https://uрs.example/1Z8", NOW),))  # fmt: skip
    ticket = shop.ticket(JANA, subject="Order 2004", text="Where is my order 2004?", at=NOW - 60)
    async with app_of(shop).run_test(size=(120, 40)) as pilot:
        assert "https://xn--us-lmc.example/1Z8" in await at_links(ticket, pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "https://xn--us-lmc.example/1Z8" in seen(pilot.app)
        await pilot.press("y")
        await until(lambda: opened() == "https://xn--us-lmc.example/1Z8\n")


def about_parcel(shop, url):
    """A ticket about an order whose parcel has that page."""
    shop.order("2004", who=JANA, placed_at=NOW - DAY, shipments=(Shipment("UPS", "1Z8", url, NOW),))
    return shop.ticket(JANA, subject="Order 2004", text="Where is my order 2004?", at=NOW - 60)


async def test_a_long_address_is_shown_to_its_end_before_it_is_opened(shop, opened):
    ticket = about_parcel(shop, f"https://ups.example/{'a' * 560}/end")
    async with app_of(shop).run_test(size=(80, 24)) as pilot:
        picture = await at_links(ticket, pilot, "p")
        assert "/end" in picture
        assert "y open it in the browser" in picture
        assert opened() == ""


@pytest.mark.parametrize("url", ["https://ups.example@other.example/1Z8", f"https://ups.example/{'a' * 600}"])
async def test_an_address_that_cannot_be_judged_is_not_opened(shop, opened, url):
    ticket = about_parcel(shop, url)
    async with app_of(shop).run_test(size=(120, 40)) as pilot:
        assert "Open UPS 1Z8?" not in await at_links(ticket, pilot, "p")
        await pilot.press("y")
        await settle(pilot)
        assert opened() == ""


async def test_what_a_store_cannot_do_opens_the_orders_page(live, ticket, opened):
    async with app_of(live, stores=LIVE).run_test(size=(120, 40)) as pilot:
        pilot.app.post_message(Open(ticket))
        await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        assert "open a return" in seen(pilot.app)
        assert "in the shop: opens its page" in seen(pilot.app)
        await pilot.press("/", *"return", "enter")
        await settle(pilot)
        assert "Opened in the browser: #2001 in the shop" in seen(pilot.app)
        await until(lambda: opened() == "https://kiln.example/admin/2001\n")


async def test_a_page_that_only_a_file_names_is_none_of_the_shops(shop, ticket, opened):
    async with app_of(shop).run_test(size=(120, 40)) as pilot:
        picture = await at_links(ticket, pilot, "o")
        assert "Open #2001 in the shop?" in picture
        assert "https://kiln.example/admin/2001" in picture
        assert opened() == ""


async def test_without_a_browser_no_page_is_offered(shop, ticket, monkeypatch):
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    async with app_of(shop).run_test(size=(120, 40)) as pilot:
        assert "open #2001" not in await at_links(ticket, pilot)
