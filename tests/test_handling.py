"""Handling time as the app keeps it: keys in, events out."""

import json

from screens.going import ticket_ids, until
from screens.looking import NOW, Clock, app_of, sample, settle


def kept(shop):
    with shop.db.read() as tx:
        rows = tx.execute("SELECT ticket_id, now, by FROM events WHERE what = 'handled' ORDER BY id")
        return [(row[0], json.loads(row[1]), row[2]) for row in rows]


async def test_an_open_ticket_is_timed_and_leaving_keeps_it(tmp_path):
    shop = sample(tmp_path)
    ticket, clock = ticket_ids(shop)[0], Clock()
    app = app_of(shop, clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        for _ in range(3):
            clock.at += 20
            await pilot.press("j")
        clock.at += 5
        await pilot.press("q")
        await settle(pilot)
        clock.at += 1  # the list alone: at this width no ticket stands beside it
        await pilot.press("j")
        await until(lambda: kept(shop))
        assert kept(shop) == [(ticket, 65, "clock")]
    shop.db.close()


async def test_undo_passes_over_handling_time(tmp_path):
    shop = sample(tmp_path)
    ticket, clock = ticket_ids(shop)[0], Clock()
    shop.desk.tickets.solve((ticket,), NOW)
    app = app_of(shop, clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        clock.at += 30
        await pilot.press("j")
        await app.leave()
    reopened = sample_again(tmp_path)
    assert len(kept(reopened)) == 1
    assert "olved" in reopened.desk.undo.undo(NOW + 100).words
    assert "olved" in reopened.desk.undo.redo(NOW + 100).words
    reopened.db.close()


def sample_again(folder):
    from desk.conftest import ShopOfOne
    from screens.looking import desk_of

    return ShopOfOne(desk_of(folder))
