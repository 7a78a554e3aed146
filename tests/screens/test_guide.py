"""The tour at the first start, and hints for a week."""

import pytest
from rich.cells import cell_len

from desk.conftest import JANA
from deskterm.app.guide_words import HINTS, TOUR
from deskterm.commands.keymap import PRESETS, keymap, with_keys
from deskterm.domain.tickets import Listing
from deskterm.widgets.guide_bar import GuideBar
from screens.going import until
from screens.looking import NOW, app_of, sample, seen, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def start(shop, *keys, now=NOW, **settings):
    """Open the desk as the command line does, press keys, and give what was seen after each."""
    app = app_of(shop, now=now, **settings) if now != NOW else app_of(shop, **settings)
    app.shows_around = True
    pictures = []
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: app.has_shown)
        await settle(pilot)
        pictures.append(seen(app))
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
            pictures.append(seen(app))
    return pictures


async def test_the_tour_goes_on_by_the_keys_it_speaks_of(shop):
    first, opened, back, *_, last = await start(
        shop, "enter", "escape", "1", "q", "b", "t", "z", "question_mark", "escape"
    )
    assert "1 of 5" in first
    assert "Try Enter." in " ".join(first.split())
    assert "2 of 5" in opened
    assert "3 of 5" in back
    assert "of 5" not in last
    assert "of 5" not in (await start(shop))[0]


async def test_esc_leaves_the_tour_for_good_without_quitting(shop):
    first, left = await start(shop, "escape")
    assert "Esc leaves the tour" in first
    assert "tour" not in left
    assert "Quit deskterm?" not in left
    assert "of 5" not in (await start(shop))[0]


async def test_esc_closes_what_lies_over_the_list_before_the_tour(shop):
    _, picker, closed, left = await start(shop, "b", "escape", "escape")
    assert "tomorrow" in picker
    assert "tomorrow" not in closed
    assert "Esc leaves the tour" in closed
    assert "tour" not in left


async def test_a_desk_that_was_used_before_gets_no_tour(shop):
    from deskterm.desk.last_place import Spot

    shop.desk.place.keep(Spot())
    assert not shop.desk.guide.begin(NOW)


async def test_hints_name_what_was_never_used_and_stop_after_a_week(shop):
    shop.desk.guide.begin(NOW)
    shop.desk.guide.end_tour()
    shown, closed = await start(shop, "escape")
    assert "fills the last macro again" in shown
    assert "a hint" not in closed
    assert "selects a ticket" in (await start(shop))[0]
    assert shop.desk.guide.hints_due(NOW + 6 * 86400)
    assert not shop.desk.guide.hints_due(NOW + 8 * 86400)


async def test_every_key_that_the_guide_names_is_there():
    import re

    from deskterm.commands.registry import BY_ID

    named = {name for _, words in (*TOUR, *HINTS) for name in re.findall(r"{([\w-]+)}", words)}
    assert named | {one for one, _ in (*TOUR, *HINTS)} <= set(BY_ID)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_step_and_hint_is_read_whole_at_every_size(preset):
    """Two lines at 80 columns and more, with the keys of every preset."""
    named = lambda where: keymap(where, preset=preset)  # noqa: E731 - a word for it would say less
    tour = [
        (words, f"{place} of {len(TOUR)}   Esc leaves the tour") for place, (_, words) in enumerate(TOUR, 1)
    ]
    for words, way_out in tour + [(words, "a hint   Esc closes it") for _, words in HINTS]:
        said = with_keys(words, named)
        for width in (80, 100, 120, 140, 200):
            lines = ["".join(bit.text for bit in line.bits) for line in GuideBar(said, way_out).lines(width)]
            assert " ".join((lines[0] + lines[1].removesuffix(way_out)).split()) == f"▸ {said}"
            assert max(map(cell_len, lines)) <= width


async def test_there_is_no_tour_of_an_empty_inbox_until_the_first_mail_comes(shop):
    mails = [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)]
    shop.desk.tickets.solve(tuple(mails), NOW)
    app = app_of(shop)
    app.shows_around = True
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: app.has_shown)
        await pilot.press("escape")
        await settle(pilot)
        assert "1 of 5" not in seen(app)
        new = shop.ticket(JANA, subject="One more thing", at=NOW)
        app.look()
        await settle(pilot)
        assert "1 of 5" in seen(app)
        shop.desk.tickets.solve((new,), NOW)
        app.look()
        await settle(pilot)
        assert "of 5" not in seen(app)
