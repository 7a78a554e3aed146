"""The figures of a period in a pilot: pages, periods, clocks, and what is behind a figure."""

import re

import pytest

from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.figures.sections import SECTIONS
from deskterm.screens.base.choose import Choose
from deskterm.screens.figure_tickets import FigureTicketsScreen
from deskterm.screens.metrics import MetricsScreen
from deskterm.screens.ticket import TicketScreen
from screens.going import gone_to, until, week_of_work
from screens.looking import seen, settle

SMALL = (80, 24)


async def counted(screen):
    await until(lambda: screen.report is not None)


async def test_the_week_fits_on_one_page(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        await settle(pilot)
        picture = seen(pilot.app)
        assert screen.report.title in picture
        for figure in screen.report.figures[:8]:
            assert figure.title[:16] in picture
        assert "shipping" in picture


@pytest.mark.parametrize("width", [100, 110, 120, 140, 200])
async def test_no_title_of_a_figure_is_cut(shop, width):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", (width, 36)) as (pilot, screen):
        await counted(screen)
        for page in ("customers", "orders"):
            screen.page_at = tuple(SECTIONS).index(page)
            screen.refresh_desk()
            await until(lambda page=page: screen.report.sections[0].id == page)
            await settle(pilot)
            cut = [one.title for one in screen.report.figures if one.title not in seen(pilot.app)]
            assert cut == []


async def test_a_share_of_few_is_shown_as_a_count(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics") as (pilot, screen):
        await counted(screen)
        await pilot.press("tab")
        await until(lambda: screen.report.sections[0].id == "figures")
        await settle(pilot)
        shares = [one for one in screen.report.figures if one.unit == "share" and one.value is not None]
        assert shares
        assert all(one.n < 10 for one in shares)
        assert not re.search(r"\d %", seen(pilot.app))


async def test_enter_opens_the_definition_and_the_tickets_behind_a_figure(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics") as (pilot, screen):
        await counted(screen)
        await settle(pilot)
        figure = screen.report.figures[0]
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, FigureTicketsScreen))
        await settle(pilot)
        picture = seen(pilot.app)
        assert figure.definition[:40] in picture
        assert all(f"T{ticket}" in picture for ticket in figure.tickets[:3])
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, TicketScreen))


async def test_enter_on_a_chart_asks_which_week(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        screen.page_at = 2
        screen.refresh_desk()
        await until(lambda: screen.report.sections[0].id == "volume")
        await settle(pilot)
        await pilot.press("j", "j", "j", "j", "enter")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        assert "week 46" in seen(pilot.app)
        await pilot.press("2")
        await until(lambda: isinstance(pilot.app.screen, FigureTicketsScreen))
        assert pilot.app.screen.group.title == "New tickets, week 46"


async def test_weeks_and_hours_are_switched(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics") as (pilot, screen):
        await counted(screen)
        now = screen.report
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "This is the current period" in seen(pilot.app)
        await pilot.press("left_square_bracket")
        await until(lambda: screen.report.start < now.start)
        await settle(pilot)
        assert "This is the current period" not in seen(pilot.app)
        await pilot.press("right_square_bracket")
        await until(lambda: screen.report.start == now.start)
        await pilot.press("h")
        await until(lambda: screen.report.business_hours)
        await settle(pilot)
        assert "business hours" in seen(pilot.app)


async def test_the_definitions_are_a_key_away(shop):
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        await settle(pilot)
        words = screen.report.figures[0].definition[:30]
        assert words not in seen(pilot.app)
        await pilot.press("d")
        await settle(pilot)
        assert words in seen(pilot.app)


async def test_tab_goes_through_all_pages_and_back_to_the_first(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        shown = []
        for _ in SECTIONS:
            shown.append(screen.report.sections[0].id)
            await pilot.press("tab")
            await until(lambda: screen.report.sections[0].id != shown[-1])
            await settle(pilot)
            assert screen.report.sections[0].title in seen(pilot.app)
        assert shown == list(SECTIONS)
        assert screen.report.sections[0].id == shown[0]
        await pilot.press("shift+tab")
        await until(lambda: screen.report.sections[0].id == shown[-1])


async def test_the_span_is_a_week_a_month_a_quarter_a_year_or_any_days(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        for kind in ("month", "quarter", "year", "week"):
            await pilot.press("s")
            await until(lambda kind=kind: screen.report.kind == kind)
            await settle(pilot)
            assert f"this {kind} " in seen(pilot.app)
            assert f"· The {kind} 1" in seen(pilot.app)
            assert ("Too long a time for advice" in seen(pilot.app)) == (kind == "year")
        await pilot.press("S")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("m")
        await until(lambda: screen.report.kind == "days")
        assert screen.report.end - screen.report.start > 29 * 86400


async def test_a_time_before_the_first_mail_says_that_nothing_is_known_of_it(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        screen.choice = PeriodChoice(back=30)
        screen.refresh_desk()
        await until(lambda: screen.report.end <= screen.report.mail_begins)
        await settle(pilot)
        assert "No mail is that old: yours begins on" in seen(pilot.app)
        assert [one.value for one in screen.report.figures if one.id == "created"] == [None]


async def test_the_running_week_is_the_last_one(shop):
    async with gone_to(shop, MetricsScreen, "metrics") as (pilot, screen):
        await counted(screen)
        start = screen.report.start
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "current period" in seen(pilot.app)
        assert screen.report.start == start


async def test_the_year_before_is_a_key_away(shop):
    week_of_work(shop)
    async with gone_to(shop, MetricsScreen, "metrics", SMALL) as (pilot, screen):
        await counted(screen)
        await pilot.press("v")
        await settle(pilot)
        assert screen.report.compared_year in seen(pilot.app)
