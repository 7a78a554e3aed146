"""Filtering a list in place, and keeping a filter as a view."""

import pytest

from deskterm.domain.tickets import Listing
from screens.going import until
from screens.looking import NOW, sample
from screens.test_inbox import ids, looking


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    made.ticket(subject="Late parcel")
    made.ticket(subject="Broken mug", at=NOW - 500)
    yield made
    made.db.close()


async def test_a_list_shows_only_what_a_query_finds_and_all_again(shop):
    async with looking(shop) as press:
        picture = await press("backslash", *"subject:mug", "enter")
        assert "only subject:mug" in picture
        assert "Broken mug" in picture
        assert "Late parcel" not in picture
        assert "Late parcel" in await press("escape")


async def test_a_filter_is_kept_as_a_view_and_dropped(shop):
    async with looking(shop) as press:
        await press("backslash", *"mug", "enter", "backslash", "k")
        assert shop.desk.views.all() == ("mug",)
        assert "only mug" in await press("escape", "backslash", "1")
        await press("backslash", "k")
        assert shop.desk.views.all() == ()


async def test_a_wrong_term_is_named_and_nothing_is_filtered(shop):
    async with looking(shop) as press:
        assert "did you mean open?" in await press("backslash", *"is:opne")
        assert "Late parcel" in await press("enter", "escape")


async def test_a_query_is_completed_while_it_is_typed(shop):
    mug = next(one for one in ids(shop) if shop.row(one)["subject"] == "Broken mug")
    shop.desk.tickets.categorise((mug,), "breakage", None, NOW)
    async with looking(shop) as press:
        assert "category:breakage" in await press("backslash", *"category:br")
        picture = await press("enter")
        assert "only category:breakage" in picture
        assert "Late parcel" not in picture


def test_a_filtered_list_keeps_the_order_of_its_list(shop):
    shop.ticket(subject="Another mug", at=NOW - 90000)
    whole = [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9) if "mug" in row.subject]
    assert len(whole) == 2
    assert shop.desk.search.in_list(Listing.INBOX, "subject:mug", NOW) == whole


async def test_all_hits_of_a_search_are_changed_at_once_and_that_is_undone(shop):
    mugs = [one for one in ids(shop) if "mug" in shop.row(one)["subject"].lower()]
    solved = shop.ticket(subject="Mugs again", text="Another mug, please.", at=NOW - 90000)
    shop.desk.tickets.solve((solved,), NOW)
    async with looking(shop) as press:
        await press("slash", *"mug")
        await until(lambda: press.app.screen.hits)
        picture = await press("escape", "*")
        assert "found: mug" in picture
        assert f"{len(mugs) + 2} selected" in picture  # Noor's words hold one too
        await press("t", *"breakage", "enter")
        await until(lambda: shop.row(solved)["category"] == "breakage")
        assert shop.row(mugs[0])["category"] == "breakage"
        await press("z")
        await until(lambda: shop.row(solved)["category"] != "breakage")
        assert "only" not in await press("escape", "escape")
        assert press.app.screen.shown_list.listing is Listing.INBOX


async def test_one_hit_is_selected_in_the_list_of_all_hits(shop):
    async with looking(shop) as press:
        await press("slash", *"mug")
        await until(lambda: press.app.screen.hits)
        picture = await press("escape", "x")
        assert "1 selected" in picture
        assert len(press.app.screen.list.selected) == 1


async def test_all_of_a_view_are_selected_and_no_others(shop):
    async with looking(shop) as press:
        await press("backslash", *"subject:mug", "enter", "*")
        assert {shop.row(one)["subject"] for one in press.app.screen.list.selected} == {"Broken mug"}
