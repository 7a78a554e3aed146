"""The picker: keys, typing, free words."""

from textual.events import Key

from deskterm.widgets.picker import Option, Picker
from widgets.hosting import Host, drawn

OPTIONS = (
    Option("late", "Late parcel", "l", "shipping", "delay"),
    Option("lost", "Lost parcel", "x"),
    Option("thanks", "Thank you"),
)


class Picking(Host):
    """Keeps what was picked."""

    def on_mount(self):
        self.widget.focus()

    def on_picker_picked(self, message):
        self.heard.append(message.value)

    def on_picker_left(self):
        self.heard.append(None)


async def picked(*keys, **how):
    app = Picking(Picker("Macro", OPTIONS, **how))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        while app.widget.waits:
            await pilot.pause(0.01)
        return app.heard, drawn(app)


async def test_a_key_picks_at_once():
    assert (await picked("x"))[0] == ["lost"]


async def test_enter_picks_what_the_cursor_is_on():
    assert (await picked("down", "down", "enter"))[0] == ["thanks"]
    assert (await picked("up", "enter"))[0] == ["late"]


async def test_a_letter_that_is_no_key_begins_to_filter():
    heard, picture = await picked("t", "h", "enter")
    assert heard == ["thanks"]
    assert not any("Lost" in line for line in picture)


async def test_a_slash_begins_to_filter_where_a_letter_would_pick():
    heard, _ = await picked("slash", "l", "o", "enter")
    assert heard == ["lost"]


async def test_all_words_must_fit_and_the_hidden_ones_count():
    assert (await picked("slash", "d", "e", "l", "space", "l", "enter"))[0] == ["late"]


async def test_nothing_that_fits_says_so_and_enter_does_nothing():
    heard, picture = await picked("slash", "q", "q", "enter")
    assert heard == []
    assert any("No match." in line for line in picture)


async def test_escape_and_q_leave_but_q_is_typed_while_typing():
    assert (await picked("escape"))[0] == [None]
    assert (await picked("q"))[0] == [None]
    assert (await picked("slash", "q", "escape"))[0] == [None]


async def test_backspace_takes_a_letter_back():
    assert (await picked("slash", "l", "o", "backspace", "enter"))[0] == ["late"]


async def test_free_words_make_options():
    def free(words):
        return [Option(f"new {words}", words, "", "new")]

    assert (await picked("slash", "z", "enter", free=free))[0] == ["new z"]


async def test_what_is_pasted_is_one_clean_line():
    app = Picking(Picker("Macro", OPTIONS))
    async with app.run_test(size=(80, 24)) as pilot:
        from textual.events import Paste

        app.widget.post_message(Paste("lo\x1b[31m\nst"))
        await pilot.pause()
        assert "\x1b" not in app.widget.typed
        assert "\n" not in app.widget.typed


async def test_two_letters_in_a_burst_search_and_pick_nothing():
    app = Picking(Picker("Macro", OPTIONS))
    async with app.run_test(size=(80, 24)) as pilot:
        for char in "lo":
            app.post_message(Key(char, char))
        await pilot.pause()
        assert app.heard == []
        assert not app.widget.waits
        assert any("Lost parcel" in line for line in drawn(app))
        assert not any("Late parcel" in line for line in drawn(app))


async def test_holding_j_down_moves():
    assert (await picked("j", "j", "enter"))[0] == ["thanks"]


async def test_what_the_field_says_is_true():
    _, picture = await picked()
    assert any("a letter takes it   / finds" in line for line in picture)
    _, picture = await picked("question_mark")
    assert any("Esc goes back" in line for line in picture)
    _, picture = await picked("slash", "z", "z", tries="3d, 25 Nov")
    assert any("No match. Try 3d, 25 Nov" in line for line in picture)


async def test_an_empty_field_shows_the_whole_hint_and_complains_of_nothing():
    hint = "Words of the title, variant, SKU or " + "an address of the carrier, " * 3 + "of your notes"
    app = Picking(Picker("Product", (), tries=hint))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = " ".join(" ".join(drawn(app)).replace("▏", " ").split())
        assert hint in shown
        assert "No match" not in shown
        await pilot.press("z")
        assert "No match. Try words of the title" in " ".join(drawn(app))


def test_a_hit_in_the_title_ranks_before_one_in_the_other_words():
    gift = Option("gift", "Gift wrapping and a card", words="shop")
    code = Option("code", "Discount set up again", words="gift voucher")
    assert gift.rank("gift") < code.rank("gift")
    assert Option("quit", "Leave", names="q quit").rank("q") < Option("x", "Quoted text").rank("q")


async def test_more_options_than_there_is_room_for_say_so():
    _, picture = await picked(rows=2)
    assert any("⋯ 1 more" in line for line in picture)
    _, picture = await picked("down", "down", rows=2)
    assert not any("more" in line for line in picture)


async def test_what_is_off_is_shown_but_cannot_be_picked():
    off = Picker(
        "Macro", [Option("late", "Late parcel", "l"), Option("bad", "macros/bad.md: no title", off=True)]
    )
    app = Picking(off)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.heard == []
        assert any("macros/bad.md: no title" in line for line in drawn(app))
