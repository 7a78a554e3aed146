"""Actions on an order from its ticket: previewed, confirmed, and recorded once."""

from dataclasses import replace
from time import monotonic

import pytest

from desk.conftest import JANA, ShopOfOne
from deskterm.config.store import Store
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, ActionState
from deskterm.domain.orders.order import Fulfilment, PostalAddress
from deskterm.storage.acting import rights, store_actions
from deskterm.widgets.side_panel import SidePanel
from screens.going import until
from screens.looking import DAY, NOW, desk_of, sample, settle
from screens.test_inbox import looking

LIVE = (Store("loom", "woocommerce", address="https://shop.example", key="ck"),)
LAST = ["down"] * 4  # from a refund's amount to its last line
HOME = PostalAddress("Jana Mertens", "Hafenstr. 3", "20457", "Hamburg", "", "DE")


@pytest.fixture
def shop(tmp_path):
    sample(tmp_path).db.close()
    made = ShopOfOne(desk_of(tmp_path, stores=LIVE))
    made.order(placed_at=NOW - DAY, fulfilment=Fulfilment.UNFULFILLED, shipments=(), ship_to=HOME)
    yield made
    made.db.close()


async def confirm(press, *keys):
    """Press keys, then Enter once the preview has been on screen long enough."""
    await press(*keys)
    await until(lambda: press.app.screen.guard.is_armed(monotonic()))
    return await press("enter")


def written(shop):
    with shop.db.read() as tx:
        return store_actions.for_order(tx, 1)


async def test_a_refund_is_previewed_typed_and_recorded_with_its_ticket(shop):
    async with looking(shop, stores=LIVE) as press:
        assert "refund" in await press("O")
        picture = await press("r")
        assert "Refund order #1042" in picture
        assert "49.00 EUR can be refunded" in picture
        picture = await press(*"12,50")
        assert "goes back to the customer" in picture
        assert "mails the customer about it" in picture
        assert "sent to loom now" in await confirm(press, *LAST)
    (record,) = written(shop)
    assert (record.state, record.action.amount.minor, record.ticket_id) == (ActionState.CONFIRMED, 1250, 1001)


async def test_an_action_that_the_shops_key_may_not_do_says_so_in_the_menu_and_does_not_start(shop):
    with shop.db.write() as tx:
        rights.keep_lacking(tx, "loom", [Ability.REFUND])
    async with looking(shop, stores=LIVE) as press:
        assert "the key lacks the right" in await press("O")
        assert "The key of loom lacks the right" in await press("enter")  # the refund is the first line
    assert written(shop) == []


async def test_money_that_is_owed_is_no_goodwill_and_nothing_asks(shop):
    """The order is cancelled: its money has to go back."""
    with shop.db.write() as tx:
        tx.execute("UPDATE shop_order SET fulfilment = 'cancelled', cancelled_at = ?", (NOW - DAY,))
    async with looking(shop, stores=LIVE) as press:
        picture = await press("O", "r", *"49")
    assert "It is owed, and no goodwill" in picture
    assert "counts as" not in picture


async def test_an_order_from_a_file_beside_one_that_can_be_acted_on_has_one_line(shop):
    """It stands for all that is done in the shop; Enter begins a note."""
    shop.order(number="1041", store="pages", placed_at=NOW - 9 * DAY)
    async with looking(shop, stores=LIVE) as press:
        picture = await press("O", "o", "enter")
        assert "it is from a file" in picture
        assert "refund" not in picture
        assert "INTERNAL" in await press("enter")


async def test_more_than_was_paid_is_refused_and_nothing_is_recorded(shop):
    async with looking(shop, stores=LIVE) as press:
        assert "can still be given back" in await confirm(press, "O", "r", *"490", *LAST)
        await press("escape")
    assert written(shop) == []


async def test_the_same_refund_again_is_refused_while_the_first_is_on_its_way(shop):
    async with looking(shop, stores=LIVE) as press:
        await confirm(press, "O", "r", *"12.50", *LAST)
        assert "already under way" in await confirm(press, "O", "r", *"12.50", *LAST)
        await press("escape")
    assert len(written(shop)) == 1


async def test_a_key_held_down_and_keys_typed_ahead_confirm_nothing(shop):
    async with looking(shop, stores=LIVE) as press:
        await press("O", "r", *"12.50")
        for _ in range(12):
            await press.pilot.press("enter")
        await settle(press.pilot)
        assert "Refund order #1042" in await press()
    assert written(shop) == []


async def test_repeating_what_was_done_before_has_to_be_confirmed_by_typing(shop):
    async with looking(shop, stores=LIVE) as press:
        await confirm(press, "O", "r", *"12.50", *LAST)
        with shop.db.write() as tx:
            store_actions.settle(tx, written(shop)[0].action.key, ActionAnswer(ActionState.DONE), NOW)
        assert "was done to this order before" in await confirm(press, "O", "r", *"12.50", *LAST)
        await confirm(press, *LAST)
        assert len(written(shop)) == 1, "the amount is gone from its field: Enter alone does nothing"
        await confirm(press, *["up"] * 4, *"12.50", *LAST)
    assert len(written(shop)) == 2


async def test_the_form_is_filled_with_the_address_in_the_mail(shop):
    shop.mail(1001, JANA, text="Please send it to:\nNeue Straße 5\n10115 Berlin", at=NOW - 60)
    async with looking(shop, stores=LIVE) as press:
        picture = await press("O", "a")
        assert "Street: Hafenstr. 3 becomes Neue Straße 5." in picture
        await confirm(press, *["down"] * 5)
    (record,) = written(shop)
    assert record.action.ship_to == replace(HOME, street="Neue Straße 5", postcode="10115", city="Berlin")
    assert record.action.seen == HOME


async def test_what_looks_wrong_in_an_address_is_pointed_at_and_prevents_nothing(shop):
    shop.mail(1001, JANA, text="Please send it to:\nNeue Straße 5\n1015 Berlin", at=NOW - 60)
    async with looking(shop, stores=LIVE) as press:
        assert "▲ Postal codes of DE are written as in 10115: 1015 is not." in await press("O", "a")
        picture = await press("down", "home", *["delete"] * len("Neue Straße 5"), *"Am Kanal")
        assert "▲ The street has no house number." in picture
        assert "Street: Hafenstr. 3 becomes Am Kanal." in picture
        await confirm(press, *["down"] * 4)
    (record,) = written(shop)
    assert (record.action.ship_to.street, record.action.ship_to.postcode) == ("Am Kanal", "1015")


async def test_for_orders_from_a_file_a_sentence_replaces_the_menu(tmp_path):
    made = sample(tmp_path)
    async with looking(made) as press:
        picture = " ".join((await press("O")).split())
        assert (
            "#1042 is from a file: act in your shop and note it (n). `deskterm stores add` connects the shop."
            in picture
        )
        assert "issue a gift card" not in picture
    made.db.close()


async def test_the_owner_settles_an_action_whose_outcome_is_unknown(shop):
    async with looking(shop, stores=LIVE) as press:
        await confirm(press, "O", "n", *"call her")
        (record,) = written(shop)
        with shop.db.write() as tx:
            store_actions.mark_sending(tx, record.action.key, NOW)
            store_actions.settle(tx, record.action.key, ActionAnswer(ActionState.UNKNOWN), NOW)
        press.app.look()
        panel = press.app.screen.query_one(SidePanel)
        assert any("add a note" in str(one) for line in panel.picture(40) for one in line.bits)
        assert [one.need for one in shop.desk.state(NOW).needs] == ["action_unknown"]
        assert "it did happen: add a note" in await press("O")
        await press("enter")
    assert written(shop)[0].state is ActionState.DONE


async def test_a_ticket_without_an_order_says_so(shop):
    async with looking(shop, stores=LIVE) as press:
        assert "No order of this customer" in await press("j", "O")


def test_every_action_that_a_store_can_do_has_a_form():
    from deskterm.config.store_kinds import STORE_KINDS
    from deskterm.screens.orders.action_forms import TITLES

    can = frozenset().union(*(kind.can for kind in STORE_KINDS.values()))
    assert can - {Ability.ONE_ORDER, Ability.PRODUCTS, Ability.STOCK, Ability.INCOMING} == TITLES.keys()
