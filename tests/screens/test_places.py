"""Search, metrics, help and a new mail, in a pilot."""

import re

import pytest
from rich.color import Color

from deskterm.app.palette import Palette
from deskterm.app.palette_words import ELSEWHERE
from deskterm.commands.keymap import PRESETS, first_key, keymap, with_keys
from deskterm.commands.record import Where
from deskterm.commands.registry import BY_ID
from deskterm.config import settings_file as stored
from deskterm.config.all_settings import Settings
from deskterm.screens.finding.search import SearchScreen
from deskterm.screens.help import HelpScreen
from deskterm.screens.metrics import MetricsScreen
from deskterm.screens.outbox import OutboxScreen
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.new_mail import NewMailScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.screens.reply.suggestion import SuggestionScreen
from deskterm.screens.ticket import TicketScreen
from deskterm.screens.timeline import TimelineScreen
from deskterm.widgets.form import Field
from deskterm.widgets.look.styles import look
from screens.going import first, gone_to, until, week_of_work
from screens.looking import JANA, NOW, app_of, seen, settle

SMALL = (80, 24)


# search


async def test_hits_come_as_one_types_and_enter_opens_the_ticket(shop):
    async with gone_to(shop, SearchScreen, "search", SMALL) as (pilot, screen):
        await pilot.press(*"shirt")
        await until(lambda: "1 hit" in seen(pilot.app))
        assert "The shirt is too small" in seen(pilot.app)
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, TicketScreen))
        await settle(pilot)
        assert "Wrong size" in seen(pilot.app)
        await pilot.press("q")
        await until(lambda: pilot.app.screen is screen)
        assert screen.query_one(Field).value == "shirt"


async def test_n_opens_the_next_hit(shop):
    async with gone_to(shop, SearchScreen, "search") as (pilot, screen):
        await pilot.press(*"is")
        await until(lambda: len(screen.hits) > 1)
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, TicketScreen))
        await pilot.press("q")
        await until(lambda: pilot.app.screen is screen)
        opened = screen.rows.key
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, TicketScreen))
        assert screen.rows.key != opened


async def test_a_ticket_is_listed_once_among_the_hits_with_the_day_of_the_mail_that_was_found(shop):
    """Jana's ticket has three mails with "order"; only the first one, of ten days ago, says "great"."""
    async with gone_to(shop, SearchScreen, "search", SMALL) as (pilot, screen):
        await pilot.press(*"order")
        await until(lambda: "3 hits in 1 ticket" in seen(pilot.app))
        (hits,) = screen.hits
        assert len(hits) == 3
        assert "3 mails" in seen(pilot.app)
        screen.query_one(Field).value = "great"
        await until(lambda: "1 hit" in seen(pilot.app))
        assert "11 Nov  Jana Mertens" in seen(pilot.app)


async def test_the_match_is_in_sight_however_far_down_the_mail_it_is(shop):
    far = "word " * 14
    shop.ticket(JANA, subject="Long", text=f"{far}marmalade {far}", at=NOW - 60)
    async with gone_to(shop, SearchScreen, "search", SMALL) as (pilot, _):
        await pilot.press(*"marmalade")
        await until(lambda: "1 hit" in seen(pilot.app))
        assert "marmalade" in seen(pilot.app).split("1 hit")[1]


async def test_japanese_is_found_and_a_query_is_never_an_error(shop):
    async with gone_to(shop, SearchScreen, "search") as (pilot, screen):
        await pilot.press(*"包装")
        await until(lambda: "1 hit" in seen(pilot.app))
        screen.query_one(Field).value = '"unclosed AND ( [bold] *'
        await until(lambda: "no hit" in seen(pilot.app))


# help


@pytest.mark.parametrize("about", [where for where in Where if where not in (Where.PICKER, Where.SETUP)])
async def test_every_key_of_a_place_is_explained(shop, about):
    async with gone_to(shop, HelpScreen, "help", (120, 160), values={"about": about}) as (pilot, _):
        picture = seen(pilot.app)
        for key, command in keymap(about).items():
            assert key in picture
            assert command.help.split(";")[0].split(".")[0][:12] in picture


@pytest.mark.parametrize("size", [SMALL, (40, 10)])
async def test_help_is_one_key_away_and_the_same_key_hides_it(shop, size):
    async with gone_to(shop, OutboxScreen, "outbox", size) as (pilot, screen):
        await pilot.press("question_mark")
        await until(lambda: isinstance(pilot.app.screen, HelpScreen))
        await settle(pilot)
        assert "the outbox" in seen(pilot.app)
        await pilot.press("question_mark")
        await until(lambda: pilot.app.screen is screen)


# a mail of one's own


async def test_a_new_mail_begins_with_recipient_and_subject(shop):
    async with app_of(shop).run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, NewMailScreen))
        await settle(pilot)
        await pilot.press(*"nobody", "enter", *"Your order", "enter")
        await until(lambda: "not a mail address" in seen(pilot.app))
        pilot.app.screen.query_one("#to", Field).value = "Ada <ada@okafor.example>"
        await pilot.press("enter", "enter")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await settle(pilot)
        assert "To Ada" in seen(pilot.app)
        assert "Your order" in seen(pilot.app)


@pytest.mark.parametrize("typed", ["mertens", "jana@mer", "#1042", "1042"])
async def test_a_customer_is_found_by_name_address_or_order(shop, typed):
    async with app_of(shop).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, NewMailScreen))
        await settle(pilot)
        await pilot.press(*typed)
        await until(lambda: "Enter Jana Mertens <jana@mertens.example>" in seen(pilot.app))
        await pilot.press("enter")
        to = pilot.app.screen.query_one("#to", Field)
        await until(lambda: to.value == "Jana Mertens <jana@mertens.example>")


async def test_a_new_mail_begins_with_the_open_tickets_customer(shop):
    async with app_of(shop).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, NewMailScreen))
        to = pilot.app.screen.query_one("#to", Field)
        await until(lambda: to.value == "Jana Mertens <jana@mertens.example>")
        await settle(pilot)
        await pilot.press(*"ada")
        await until(lambda: to.value == "ada")


async def test_drafts_have_a_list_and_the_top_line_counts_it(shop):
    shop.desk.replies.take(first(shop), "order-status", None, NOW)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("g", "D")
        await settle(pilot)
        top, *rows = seen(pilot.app).splitlines()
        assert "drafts 1" in top
        assert "Jana Mertens" in "".join(rows)
        assert "Noor" not in "".join(rows)


async def test_a_key_that_does_nothing_says_so(shop):
    async with app_of(shop).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("percent_sign")
        assert "% does nothing here: ? shows the keys." in seen(pilot.app)
        await pilot.press("g", "percent_sign")
        assert "g % does nothing here" in seen(pilot.app)
        await pilot.press("f7")
        assert "F7 does nothing here" in seen(pilot.app)
        await pilot.press("j")
        assert "does nothing here" not in seen(pilot.app)


def bright_texts(app):
    """What is on the ground that marks where the keys are, run by run."""
    chosen = Color.parse(look(app.theme).shades.chosen)
    runs = (run for strip in app.screen._compositor.render_strips() for run in strip)
    return " ".join(run.text.strip() for run in runs if run.style and run.style.bgcolor == chosen)


@pytest.mark.parametrize("theme", ["dark", "light", "plain"])
async def test_one_part_of_the_screen_is_bright_the_one_that_has_the_keys(shop, theme):
    app = app_of(shop, theme=theme)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        row, subject = "Jana Mertens", "Your order is on its way"
        assert row in bright_texts(app)
        for keys, bright in (
            (["enter"], subject),
            (["s"], "Check the last scan"),
            (["q"], subject),
            (["q"], row),
            (["s"], "Check the last scan"),
            (["q"], row),
        ):
            await pilot.press(*keys)
            await settle(pilot)
            assert bright in bright_texts(app)
            assert [one for one in (row, "Check the last scan") if one in bright_texts(app)] == (
                [bright] if bright != subject else []
            )


@pytest.mark.parametrize("width", [80, 100, 119])
async def test_an_open_ticket_is_told_from_the_list_at_a_glance(shop, width):
    async with app_of(shop).run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        listed = seen(pilot.app).splitlines()
        await pilot.press("enter")
        await settle(pilot)
        opened = seen(pilot.app).splitlines()
        ticket = pilot.app.screen.ticket.id
        assert ("reading" in listed[0], f"reading T{ticket}" in opened[0]) == (False, True)
        assert ("q quit" in listed[-1], "q list" in opened[-1]) == (True, True)
        assert sum("▌" in line for line in opened) > sum("▌" in line for line in listed) + 5
        await pilot.press("J")
        await settle(pilot)
        assert f"reading T{pilot.app.screen.ticket.id}" in seen(pilot.app).splitlines()[0]
        assert pilot.app.screen.ticket.id != ticket
        await pilot.press("x")
        assert "x works in the list: q leads there." in seen(pilot.app)
        await pilot.press("q")
        await settle(pilot)
        assert "reading" not in seen(pilot.app).splitlines()[0]


CALLED = {
    "archive": "solve", "delete": "move to trash or spam", "template": "macro", "sort": "sort the list",
    "refund": "order actions", "stats": "week", "unsend": "undo", "schedule": "l on the review",
}  # fmt: skip


async def test_the_palette_knows_what_other_programs_call_it(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for typed, found in CALLED.items():
            await pilot.press("colon")
            await until(lambda: isinstance(pilot.app.screen, Palette))
            await pilot.press(*typed)
            await settle(pilot)
            assert found in seen(pilot.app).casefold(), typed
            await pilot.press("escape")
            await settle(pilot)


async def test_the_palette_says_how_it_is_done_here_and_finds_customers_settings_views_and_all_mail(
    shop, monkeypatch
):
    monkeypatch.setenv("VISUAL", "true")
    stored.save(shop.desk.shop.home, Settings())
    shop.desk.views.keep("tag:vip", NOW)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        async def picks(typed, *shown):
            await pilot.press("colon")
            await until(lambda: isinstance(pilot.app.screen, Palette))
            await pilot.press(*typed)
            await until(lambda: all(words in seen(pilot.app) for words in shown))
            await pilot.press("enter")
            await settle(pilot)

        await picks("schedule", "later")
        assert "L on the review" not in seen(pilot.app)
        assert "l on the review of a reply sends it later." in seen(pilot.app)
        await picks("mertens", "jana@mertens.example", "Search all mail")
        assert isinstance(pilot.app.screen, TimelineScreen)
        await picks("tag:vip", "view")
        assert "only tag:vip" in seen(pilot.app) or "found: tag:vip" in seen(pilot.app)
        await picks("blue teapots", "Search all mail")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert pilot.app.screen.query_text == "blue teapots"
        await pilot.press("escape", "escape")


@pytest.mark.parametrize("preset", PRESETS)
def test_what_the_palette_says_instead_of_a_command_names_the_keys_in_force(preset):
    """Each answer names commands that exist, and the key the preset gives them: `#` for tags in mutt."""
    named = lambda where: keymap(where, preset=preset)  # noqa: E731 - a word for it would say less
    for _, how in ELSEWHERE.values():
        ids = re.findall(r"{([\w-]+)}", how)
        assert set(ids) <= set(BY_ID)
        said = with_keys(how, named)
        assert "{" not in said
        for one in ids:
            key = first_key(one, named)
            assert key in said.split()
            assert any(named(where).get(key) is BY_ID[one] for where in BY_ID[one].where)


async def test_the_palette_answers_with_the_owners_key(shop):
    async with app_of(shop, preset="mutt", keys={"later": "+"}).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for typed, said in (
            ("folders", "# tags a ticket"),
            ("schedule", "+ on the review of a reply sends it later."),
        ):
            await pilot.press("colon")
            await until(lambda: isinstance(pilot.app.screen, Palette))
            await pilot.press(*typed, "enter")
            await until(lambda said=said: said in seen(pilot.app))


async def test_the_palette_takes_a_macro_for_the_ticket_in_front(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await until(lambda: isinstance(pilot.app.screen, Palette))
        title = shop.desk.playbook.current().macros["order-status"].title
        await pilot.press(*title.split()[0].lower())
        await until(lambda: any(one.value == "macro order-status" for one in pilot.app.screen.picker.shown))
        at = [one.value for one in pilot.app.screen.picker.shown].index("macro order-status")
        await pilot.press(*["down"] * at, "enter")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen | SuggestionScreen))


async def test_every_place_survives_every_size(shop):
    week_of_work(shop)
    for kind, place in ((OutboxScreen, "outbox"), (SearchScreen, "search"), (MetricsScreen, "metrics")):
        async with gone_to(shop, kind, place) as (pilot, _):
            for size in ((20, 5), SMALL, (200, 60)):
                await pilot.resize_terminal(*size)
                await settle(pilot)
