"""How answering looks, from the macro to the outbox, and the screens that only show."""

from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from desk.conftest import ADDRESS, DAY, SNOOZE, STATUS
from deskterm.commands.record import Where
from deskterm.commands.registry import BY_ID
from deskterm.config.all_settings import Mailbox, Settings
from deskterm.desk.reply.sending import When
from deskterm.domain.outbox_states import OutboxState
from deskterm.screens.base.choose import Choose
from deskterm.screens.finding.search import SearchScreen
from deskterm.screens.help import HelpScreen
from deskterm.screens.outbox import OutboxScreen
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.macro import MacroScreen
from deskterm.screens.reply.note import NoteScreen
from deskterm.screens.reply.order_choice import OrderScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.screens.setup.app import SetupApp
from deskterm.screens.setup.calls import SetupCalls
from deskterm.screens.setup.form import Found
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.screens.setup.store_lines import TypedStore
from deskterm.screens.setup.store_screen import StoreScreen
from deskterm.sync.stores.adapter import RightCheck
from deskterm.sync.stores.try_store import StoreTrial
from deskterm.widgets.look.coloured import ColouredApp
from screens.going import first, gone_to, queued, ticket_ids, until
from screens.looking import JANA, NOW, TOM, app_of, parcel_seen, seen, settle
from snapshots.walking import answers_stand

SMALL, GOOD = (80, 24), (120, 36)
SIZES = pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])


def named(name, size):
    return f"{name}_on_{size[0]}x{size[1]}"


async def still(app):
    """Nothing moves: cursors do not blink."""
    for field in app.screen.query("Input, TextArea").results(Input | TextArea):
        field.cursor_blink = False


@SIZES
@pytest.mark.parametrize("macro", [STATUS.id, ADDRESS.id], ids=["green", "amber"])
async def test_the_review(shop, picture, size, macro):
    parcel_seen(shop, NOW - DAY)
    ticket = first(shop)
    shop.desk.replies.take(ticket, macro, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", size, {"ticket_id": ticket}) as (pilot, screen):
        await until(lambda: screen.is_armed)
        screen._show_verdict()
        await settle(pilot)
        picture(pilot.app, named("review_" + ("green" if macro == STATUS.id else "amber"), size))


@SIZES
async def test_the_review_of_an_answer_to_several_tickets(shop, picture, size):
    ticket = first(shop)
    shop.ticket(JANA, subject="The invoice", text="May I have the invoice too?", at=NOW - 7200)
    shop.ticket(JANA, subject="In which colour?", text="Is it the grey one?", at=NOW - 3600)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", size, {"ticket_id": ticket}) as (pilot, screen):
        await pilot.press("A")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        await pilot.press("1")
        await until(lambda: screen.review.also)
        await until(lambda: screen.is_armed)
        screen._show_verdict()
        await settle(pilot)
        picture(pilot.app, named("review_of_several", size))


@pytest.mark.parametrize("theme", ["dark", "light", "plain"])
async def test_a_review_with_missing_values(shop, picture, theme):
    ticket = ticket_ids(shop)[-1]
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", GOOD, {"ticket_id": ticket}, theme=theme) as (
        pilot,
        screen,
    ):
        await until(lambda: screen.is_armed)
        await settle(pilot)
        picture(pilot.app, f"review_red_in_{theme}")


@SIZES
async def test_writing(shop, picture, size):
    ticket = first(shop)
    draft = shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    shop.desk.replies.save(replace(draft, body=draft.body.replace("00340", "[tracking.number?]", 1)), NOW)
    async with gone_to(shop, ComposeScreen, "compose", size, {"ticket_id": ticket}) as (pilot, _):
        await still(pilot.app)
        await settle(pilot)
        picture(pilot.app, named("writing", size))


async def test_a_note_being_written(shop, picture):
    async with app_of(shop).run_test(size=SMALL) as pilot:
        await answers_stand(pilot)
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, NoteScreen))
        await still(pilot.app)
        await pilot.press(*"Ask DHL for a trace.")
        await settle(pilot)
        picture(pilot.app, "note_on_80x24")


async def test_writing_with_the_recipients_open(shop, picture):
    async with gone_to(shop, ComposeScreen, "compose", GOOD, {"ticket_id": first(shop)}) as (pilot, _):
        await still(pilot.app)
        await pilot.press("ctrl+o")
        await settle(pilot)
        picture(pilot.app, "recipients_open")


@SIZES
async def test_the_macro_picker(shop, picture, size):
    async with gone_to(shop, MacroScreen, "macro", size, {"ticket_id": first(shop)}) as (pilot, _):
        await pilot.press("down")
        await until(lambda: "order #1042" in seen(pilot.app))
        await settle(pilot)  # what lies behind is painted again too
        picture(pilot.app, named("macro_picker", size))


async def test_the_order_picker(shop, picture):
    shop.order("2001", TOM, placed_at=NOW - 40 * 86400)
    shop.order("2002", TOM, placed_at=NOW - 9 * 86400)
    tom = next(
        one for one in ticket_ids(shop) if shop.desk.tickets.view(one, NOW).customer.customer.name == TOM.name
    )
    async with gone_to(shop, MacroScreen, "macro", SMALL, {"ticket_id": tom}) as (pilot, _):
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, OrderScreen))
        await settle(pilot)
        picture(pilot.app, "order_picker_on_80x24")


async def test_sending_later(shop, picture):
    parcel_seen(shop, NOW - DAY)
    ticket = first(shop)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", SMALL, {"ticket_id": ticket}) as (pilot, screen):
        await until(lambda: "y sends it" in seen(pilot.app))
        screen.run_command(BY_ID["later"])  # a key would have the review wait anew, now and then
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        picture(pilot.app, "sending_later_on_80x24")


@SIZES
async def test_the_outbox(shop, picture, size, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # no timer is on here
    queued(shop)
    shop.sent(shop.desk.outbox.rows()[0].id, at=NOW - 600, state=OutboxState.UNCERTAIN)
    other = ticket_ids(shop)[0]
    shop.desk.replies.take(other, ADDRESS.id, None, NOW)
    replies = shop.desk.replies
    replies.send(other, replies.review(other, NOW), NOW, 1)
    third = ticket_ids(shop)[0]
    replies.take(third, SNOOZE.id, None, NOW)
    replies.send(third, replies.review(third, NOW), NOW, 1, When(NOW + 3 * DAY, unless_answered=True))
    async with gone_to(shop, OutboxScreen, "outbox", size) as (pilot, _):
        await pilot.press("j")
        await settle(pilot)
        picture(pilot.app, named("outbox", size))


@SIZES
async def test_a_search(shop, picture, size):
    async with gone_to(shop, SearchScreen, "search", size) as (pilot, screen):
        await still(pilot.app)
        await pilot.press(*"order")
        await until(lambda: screen.hits)
        await settle(pilot)
        picture(pilot.app, named("search", size))


@SIZES
async def test_help(shop, picture, size):
    async with gone_to(shop, HelpScreen, "help", size, {"about": Where.LIST}) as (pilot, _):
        picture(pilot.app, named("help", size))


def setup_calls(found, *, keyring=True):
    return SetupCalls(
        discover=lambda _: found,
        test=lambda *_: "",
        presented=lambda *_: "AB:" * 31 + "CD",
        log_in=lambda *_: None,
        orders=lambda *_: True,
        ready=lambda *_: None,
        keep=lambda *_: None,
        save=lambda _: "",
        has_keyring=lambda: keyring,
        has_file=lambda: False,
        shop=shop_calls(),
    )


def shop_calls():
    """A shop whose key lacks two rights."""
    rights = (
        RightCheck("read_orders", granted=True, words="orders, parcels and refunds"),
        RightCheck("write_orders", granted=True, words="refunds, cancelling, addresses, notes and tags"),
        RightCheck(
            "write_gift_cards", granted=False, words="gift cards are made in Shopify's admin",
            todo="Give the app write_gift_cards in the Dev Dashboard, and install it again.",
        ),
    )  # fmt: skip
    return StoreCalls(
        try_store=lambda *_: StoreTrial(rights),
        ready=lambda _: None,
        keep=lambda *_: None,
        save=lambda _: "config.toml",
        has_keyring=lambda: True,
        has_file=lambda: False,
    )


class ShopForm(ColouredApp[bool]):
    """The form for a live store alone."""

    def on_mount(self):
        self.push_screen(StoreScreen(Settings(), shop_calls(), TypedStore()), self.exit)


@SIZES
async def test_setup_of_a_shop(picture, size):
    app = ShopForm("auto")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await still(app)
        await pilot.press(
            "enter", *"ridge", "enter", *"ridge.myshopify.com", "enter", *"id-1", "enter", "enter"
        )
        await pilot.press(*"shpss_1", "ctrl+s")
        await until(lambda: "writes it so" in seen(app))
        await pilot.press("up", "down")
        await pilot.pause()
        picture(app, named("setup_shop", size))


async def test_setup(picture):
    app = SetupApp(Settings(), setup_calls(None))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await still(app)
        await pilot.press(*"Oak & Wool", "enter")
        await pilot.pause()
        picture(app, "setup_on_80x24")


async def test_setup_without_a_keyring_and_with_a_guess(picture):
    box = Mailbox(host="imap.gmial.example", smtp_host="smtp.gmial.example")
    app = SetupApp(Settings(), setup_calls(Found(box, "guessed"), keyring=False))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await still(app)
        await pilot.press(*"Oak", "enter", *"me@gmial.example", "enter")
        await until(lambda: "only guessed" in seen(app))
        picture(app, "setup_guessed_on_80x24")
