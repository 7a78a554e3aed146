"""What is shown where at which size."""

import pytest

from desk.conftest import ADDRESS
from deskterm.screens.reply.review import ReviewScreen
from screens.going import first, gone_to, until
from screens.looking import NOW, app_of, sample, seen, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def test_at_80x24_the_list_takes_the_whole_width_and_enter_shows_the_mail(shop):
    app = app_of(shop)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        row = next(line for line in seen(app).splitlines() if "Jana Mertens" in line)
        assert "Your order is on its way" in row
        assert "shipping" in row
        assert "I ordered two throws" not in seen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "I ordered two throws" in seen(app)
        assert "Tom Iversen" not in seen(app)
        await pilot.press("q")
        await settle(pilot)
        assert "Tom Iversen" in seen(app)


@pytest.mark.parametrize("opened", [False, True])
async def test_customer_and_order_are_a_sheet_one_key_away_and_q_closes_it(shop, opened):
    app = app_of(shop)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press(*["enter"] * opened, "i")
        await settle(pilot)
        assert "00340434161094042557" in seen(app)
        assert "Tom Iversen" not in seen(app)
        await pilot.press("q")
        await settle(pilot)
        assert "00340434161094042557" not in seen(app)
        assert ("I ordered two throws" in seen(app)) is opened


@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_search_the_week_and_undo_are_always_named_below(shop, width):
    app = app_of(shop)
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        await settle(pilot)
        footer = seen(app).splitlines()[-1]
        assert all(words in footer for words in ("/ search", "g m week", "z undo", "? keys", "q quit"))


async def test_with_one_line_a_ticket_only_what_is_due_or_new_is_bold(shop):
    app = app_of(shop)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        rows = app.screen._compositor.render_strips()
        bold = {
            name: any(part.style.bold for part in row if name in part.text)
            for row in rows
            for name in ("Tom Iversen", "Noor Haddad")
            if name in row.text
        }
        assert bold == {"Tom Iversen": False, "Noor Haddad": True}


async def test_the_review_at_80x24_says_nothing_twice_and_has_one_line_for_the_envelope(shop):
    ticket = first(shop)
    shop.desk.replies.take(ticket, ADDRESS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", (80, 24), {"ticket_id": ticket}) as (pilot, screen):
        await until(lambda: screen.is_armed)
        await settle(pilot)
        assert "Not confirmed" not in seen(pilot.app)
        lines = [line for line in seen(pilot.app).splitlines() if "jana@mertens.example" in line]
        assert len(lines) == 1
        assert screen.review.draft.subject in lines[0]
