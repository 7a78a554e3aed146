"""`g f`: the questions that come again and again, and one key to make something of them."""

from contextlib import nullcontext

from deskterm.commands.record import Where
from screens.looking import NOW, app_of, seen, settle

HOUR = 3600
TYPED = (
    "Hello,\n\ncustoms duties are paid by us, the parcel comes to your door and the post asks for nothing.\n"
)


async def test_a_theme_is_opened_made_a_macro_and_made_an_entry_of_the_faq(shop, monkeypatch):
    calls, find = [], shop.desk.questions.find
    monkeypatch.setattr(
        shop.desk.questions, "find", lambda now, reporter: calls.append(now) or find(now, reporter)
    )
    for n in range(4):
        asked = shop.ticket(text="Do I have to pay customs duties for Norway?", at=NOW - (n + 1) * 20 * HOUR)
        shop.answer(asked, at=NOW - (n + 1) * 20 * HOUR + 60, text=TYPED)
    app = app_of(shop)
    async with app.run_test(size=(110, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "f")
        app.screen.refresh_desk()
        await settle(pilot)
        assert len(calls) == 1
        assert app.screen.where is Where.QUESTIONS
        assert "Do I have to pay customs duties for Norway?" in seen(app)
        assert "4 this week, usually 0" in seen(app)
        assert "typed 4 times without a macro" in seen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.where is Where.BEHIND
        await pilot.press("q", "f")
        await settle(pilot)
        assert "faq/do-i-have-to-pay-customs-duties.md is a draft: read it" in seen(app)
        await pilot.press("p")
        await settle(pilot)
        assert "Published: " in seen(app)
        await pilot.press("f")
        await settle(pilot)
        assert "exists (on the page since" in seen(app)
        folder = shop.desk.shop.home.config_folder
        (folder / "macros").write_text("a file in the folder's place")
        await pilot.press("m")
        await settle(pilot)
        assert "cannot be written" in seen(app)
        (folder / "macros").unlink()
        await pilot.press("m")
        await settle(pilot)
        assert "Already done" not in seen(app)
        edited = []
        monkeypatch.setattr(app, "suspend", nullcontext)  # a pilot has no terminal to hand over
        monkeypatch.setattr("deskterm.screens.knowledge.questions.edit_file", edited.append)
        await pilot.press("i")
        await settle(pilot)
        assert [one.name for one in edited] == ["do-i-have-to-pay-customs-duties.md"]
    assert [one.name for one in (folder / "faq").iterdir()] == ["do-i-have-to-pay-customs-duties.md"]
    assert len([*(folder / "macros").glob("*.md")]) == 1


async def test_what_was_taken_back_is_no_longer_shown_as_done(shop):
    for n in range(4):
        asked = shop.ticket(text="Do I have to pay customs duties for Norway?", at=NOW - (n + 1) * 20 * HOUR)
        shop.answer(asked, at=NOW - (n + 1) * 20 * HOUR + 60, text=TYPED)
    app = app_of(shop)

    async def press(*keys) -> str:
        await pilot.press(*keys)
        await settle(pilot)
        return seen(app)

    async with app.run_test(size=(110, 30)) as pilot:
        await settle(pilot)
        await press("g", "f")
        assert "publishes it" in await press("f")
        assert "Published" in await press("p")
        undone = await press("z")
        assert "Undid: published" in undone
        assert "Published" not in undone
        assert "written: Do I have to pay customs duties for Norway?" in await press("m")
        await press("z")
        assert "written" in await press("m")
