"""How the figures look: the first page, the pages behind Tab, and what stands behind a figure."""

import pytest

from desk.conftest import ADDRESS, DAY
from deskterm.domain.handling import Handled
from deskterm.domain.orders.order import Shipment
from deskterm.domain.tickets import Status
from deskterm.screens.metrics import MetricsScreen
from screens.going import gone_to, until, week_of_work
from screens.looking import MIA, NOW, TOM, settle

SMALL, GOOD = (80, 24), (120, 36)


@pytest.mark.parametrize(
    ("size", "theme"), [(SMALL, "dark"), (GOOD, "dark"), (SMALL, "light"), (SMALL, "plain")]
)
async def test_the_week(shop, picture, size, theme):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", size, theme=theme) as (pilot, screen):
        await until(lambda: screen.report is not None)
        await pilot.press("j", "j")
        await settle(pilot)
        picture(pilot.app, f"week_in_{theme}_on_{size[0]}x{size[1]}")


async def test_what_stands_behind_a_figure(shop, picture):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await until(lambda: screen.report is not None)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        picture(pilot.app, "behind_a_figure_on_80x24")


@pytest.mark.parametrize("presses", [1, 2, 3, 6], ids=["figures", "volume", "categories", "playbook"])
@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_the_pages_behind_tab(shop, picture, size, presses):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", size) as (pilot, screen):
        await until(lambda: screen.report is not None)
        for _ in range(presses):
            shown = screen.report.sections[0].id
            await pilot.press("tab")
            await until(lambda shown=shown: screen.report.sections[0].id != shown)
        await settle(pilot)
        picture(pilot.app, f"metrics_{screen.report.sections[0].id}_on_{size[0]}x{size[1]}")


@pytest.mark.parametrize("theme", ["dark", "plain"])
@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_a_week_with_advice(shop, picture, size, theme):
    """Six customers wait for parcels of one carrier; five others came back from one macro."""
    week_of_work(shop)
    for n in range(6):
        order = shop.order(
            str(2000 + n),
            TOM,
            shipments=(Shipment("DHL", f"00{n}", "", NOW - 9 * DAY),),
            placed_at=NOW - 12 * DAY,
        )
        late = shop.ticket(TOM, subject=f"Late {n}", at=NOW - DAY + n * 600)
        shop.desk.tickets.categorise((late,), "shipping", None, NOW - 3600)
        shop.desk.tickets.choose_order(late, order, NOW - 3600)
        shop.desk.tickets.record_handling(Handled(late, 70 + n, NOW - 1800))
    for n in range(5):
        back = shop.ticket(MIA, subject=f"Address {n}", at=NOW - 2 * DAY)
        shop.desk.tickets.categorise((back,), "address", None, NOW - 2 * DAY)
        shop.answer(back, at=NOW - 2 * DAY + 60, to=(MIA,), macro=ADDRESS.id)
        shop.desk.tickets.solve((back,), NOW - 2 * DAY + 120)
        shop.desk.tickets.set_status((back,), Status.OPEN, NOW - DAY)
        shop.answer(back, at=NOW - DAY + 60, to=(MIA,))
    async with gone_to(shop, MetricsScreen, "metrics", size, theme=theme) as (pilot, screen):
        await until(lambda: screen.report is not None and screen.report.advice)
        await settle(pilot)
        picture(pilot.app, f"week_with_advice_in_{theme}_on_{size[0]}x{size[1]}")
