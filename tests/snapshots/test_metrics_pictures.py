"""How the figures look: the first page, the pages behind Tab, and what stands behind a figure."""

import pytest

from deskterm.screens.metrics import MetricsScreen
from screens.going import gone_to, until, week_of_work
from screens.looking import settle

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
