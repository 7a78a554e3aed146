"""What happened by itself is said when nothing else is."""

from deskterm.app import notifying
from screens.going import until
from screens.looking import app_of, sample, seen, settle


async def test_what_happened_by_itself_waits_until_what_a_key_did_was_read(tmp_path, monkeypatch):
    monkeypatch.setattr(notifying, "SAID_FOR", 0.05)
    shop = sample(tmp_path)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.tell("Solved T1001")
        app.tell_when_quiet("3 new")
        await settle(pilot)
        assert "Solved T1001" in seen(app)
        app.screen._unsay("Solved T1001")
        await until(lambda: "3 new" in seen(app))
    shop.db.close()
