"""News from the background is shown when nothing else is."""

from deskterm.app import notifying
from deskterm.app.background import Finished
from deskterm.commands.keymap import default_key
from deskterm.domain.desk_state import Progress
from deskterm.widgets.bars import StatusLine
from screens.going import until
from screens.looking import app_of, sample, seen, settle


async def test_what_happened_by_itself_waits_until_what_a_key_did_was_read(tmp_path, monkeypatch):
    monkeypatch.setattr(notifying, "SAID_FOR", 0.05)
    shop = sample(tmp_path)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.tell("Solved T1001")
        app.news.tell_when_quiet("3 new")
        await settle(pilot)
        assert "Solved T1001" in seen(app)
        app.screen.bars.clear("Solved T1001")
        await until(lambda: "3 new" in seen(app))
    shop.db.close()


async def test_a_pass_nobody_asked_for_does_not_take_the_words_of_a_key(tmp_path):
    shop = sample(tmp_path)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.tell("Solved T1001")
        app.post_message(Finished("sync", "nothing new"))
        await settle(pilot)
        assert "Solved T1001" in seen(app)
        app.post_message(Finished("sync", "2 new mails", asked=True))
        await until(lambda: "2 new mails" in seen(app))
    shop.db.close()


def test_a_store_with_a_long_name_leaves_room_for_what_a_key_did():
    line = StatusLine(str, default_key)
    line._progress = Progress(f"reading the orders of {'STORE ' * 40}", 0, 0, 0)
    line.say("Sent to the terminal")
    assert line.lines(80)[0].bits[0].text == " Sent to the terminal"
