"""Taking a macro in a pilot."""

from dataclasses import replace

import pytest

from desk.conftest import ADDRESS, STATUS
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.file_picker import FilePicker
from deskterm.screens.reply.macro import MacroScreen
from deskterm.screens.reply.order_choice import OrderScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.widgets.form import Field
from deskterm.widgets.picker import Picker
from deskterm.widgets.rows import Rows
from screens.going import first, gone_to, ticket_ids, until
from screens.looking import NOW, TOM, app_of, seen, settle


def picking(shop, ticket=None, **more):
    return gone_to(shop, MacroScreen, "macro", values={"ticket_id": ticket or first(shop)}, **more)


async def on_review(pilot):
    await until(lambda: isinstance(pilot.app.screen, ReviewScreen) and pilot.app.screen.review)
    await settle(pilot)
    return pilot.app.screen.review


async def test_two_keys_take_a_macro_filled_from_the_named_order_to_the_review(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await until(lambda: isinstance(pilot.app.screen, MacroScreen))
        await settle(pilot)
        await pilot.press("o")
        review = await on_review(pilot)
        assert review.draft.macro == STATUS.id
        assert "order #1042 left with DHL" in review.body


async def test_the_text_is_shown_filled_beside_the_list(shop):
    async with picking(shop) as (pilot, _):
        await until(lambda: "I have opened a trace." in seen(pilot.app))
        await pilot.press("down")
        await until(lambda: "order #1042 left" in seen(pilot.app))


async def test_a_macro_that_asks_for_a_file_opens_the_picker_and_goes_to_the_review(shop, tmp_path):
    (tmp_path / "label.pdf").write_bytes(b"%PDF")
    macros = shop.desk.shop.playbook.current().macros
    macros[STATUS.id] = replace(STATUS, attach=('ask "The label"',))
    async with picking(shop) as (pilot, _):
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, FilePicker))
        await settle(pilot)
        assert "The label: which file?" in seen(pilot.app)
        pilot.app.screen.query_one(Field).value = f"{tmp_path}/lab"
        await settle(pilot)
        await pilot.press("enter")
        assert (await on_review(pilot)).draft.attachments == (f"{tmp_path}/label.pdf",)


async def test_typing_filters_and_enter_takes(shop):
    async with picking(shop) as (pilot, _):
        await pilot.press("slash", *"addr")
        await settle(pilot)
        assert [option.label for option in pilot.app.screen.query_one(Picker).shown] == ["Address changed"]
        await pilot.press("enter")
        assert (await on_review(pilot)).draft.macro == ADDRESS.id


async def test_escape_takes_nothing(shop):
    async with picking(shop) as (pilot, screen):
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is not screen)
        assert shop.desk.tickets.view(first(shop), NOW).draft is None


async def test_which_order_is_asked_once_when_several_fit(shop):
    shop.order("2001", TOM)
    shop.order("2002", TOM)
    tom = next(
        one for one in ticket_ids(shop) if shop.desk.tickets.view(one, NOW).customer.customer.name == TOM.name
    )
    async with picking(shop, tom) as (pilot, _):
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, OrderScreen))
        await settle(pilot)
        asked = pilot.app.screen.query_one(Rows).keys
        assert len(asked) == 2
        await pilot.press("down", "enter")
        review = await on_review(pilot)
        assert review.draft.order_id == asked[1]


async def test_no_order_chosen_takes_nothing(shop):
    shop.order("2001", TOM)
    shop.order("2002", TOM)
    tom = next(
        one for one in ticket_ids(shop) if shop.desk.tickets.view(one, NOW).customer.customer.name == TOM.name
    )
    async with picking(shop, tom) as (pilot, screen):
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, OrderScreen))
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
        assert shop.desk.tickets.view(tom, NOW).draft is None


async def test_a_dot_takes_the_last_macro_again(shop):
    shop.desk.replies.take(first(shop), STATUS.id, None, NOW)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        last = shop.desk.replies.last_macro()
        await pilot.press("full_stop")
        await settle(pilot)
        if last:
            assert (await on_review(pilot)).draft.macro == last
        else:
            assert "No macro has been used yet" in seen(pilot.app)


async def test_a_value_that_would_be_missing_is_marked_in_the_text_shown(shop):
    async with picking(shop, ticket_ids(shop)[-1]) as (pilot, _):
        await pilot.press("end")
        await until(lambda: "[order.number?]" in seen(pilot.app))


async def test_a_broken_macro_is_named_with_why_in_the_status_line_and_in_the_picker(shop):
    playbook = shop.desk.playbook
    playbook.playbook = replace(playbook.playbook, broken=(("macros/gift.md", "It has no title."),))
    async with picking(shop) as (pilot, screen):
        assert "macros/gift.md: It has no title." in seen(pilot.app)
        await pilot.press("end", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is not screen)
        assert "macros/gift.md: It has no title." in seen(pilot.app).splitlines()[-2]


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ("a", "Hello Jana,\n\nmy own words.\n\norder #1042 left"),
        ("r", "Hello Jana,\n\norder #1042 left"),
        ("c", "Hello Jana,\n\nmy own words.\n\nWarm wishes"),
    ],
    ids=["below", "instead", "not at all"],
)
async def test_taking_a_macro_over_a_draft_asks_what_becomes_of_the_draft(shop, key, begins):
    ticket = first(shop)
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(
        replace(draft, body="Hello Jana,\n\nmy own words.\n\nWarm wishes\nAnna, Loom & Clay"), NOW
    )
    async with picking(shop) as (pilot, _):
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        assert "There is a draft: Hello Jana, my own words." in seen(pilot.app)
        await pilot.press(key)
        await until(lambda: not isinstance(pilot.app.screen, Choose))
        await until(lambda: shop.desk.replies.begin(ticket, NOW).body.startswith(begins))
        if key != "c":
            await on_review(pilot)


@pytest.mark.parametrize(
    ("keys", "stays"),
    [(("q",), False), (("escape",), False), (("tab", "q"), True)],
    ids=["q", "Esc", "something was changed"],
)
async def test_a_macro_that_was_only_looked_at_leaves_no_draft(shop, keys, stays):
    ticket = first(shop)
    async with picking(shop) as (pilot, _):
        await pilot.press("o")
        await on_review(pilot)
        assert shop.desk.replies.begin(ticket, NOW).id
        for key in keys:
            await pilot.press(key)
            await until(lambda: not pilot.app.screen.commands.busy)
        await until(lambda: not isinstance(pilot.app.screen, ReviewScreen))
        assert bool(shop.desk.replies.begin(ticket, NOW).id) is stays


async def test_looking_at_a_macro_does_not_drop_an_existing_draft(shop):
    ticket = first(shop)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with picking(shop) as (pilot, _):
        await pilot.press("o")
        await on_review(pilot)
        await pilot.press("q")
        await until(lambda: not isinstance(pilot.app.screen, ReviewScreen))
        assert shop.desk.replies.begin(ticket, NOW).id
