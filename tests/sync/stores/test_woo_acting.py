"""Acting in WooCommerce, which guards nothing by itself: each action once, and found again by its key."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from counterparts.woo_changes import WooActingShop
from counterparts.woo_shop import KEY, SECRET
from deskterm.config.settings_file import Store
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionState, StoreAction
from deskterm.domain.orders.order import Money
from deskterm.errors import NotFound, NotNow
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.woocommerce.store import WooStore

FIVE = Money(500, "USD")
NOT_DONE, DONE = ActionState.REFUSED, ActionState.DONE


@pytest.fixture
def shop():
    opened = WooActingShop()
    yield opened
    opened.close()


@pytest.fixture
def store(shop):
    settings = Store(name="kiln", kind="woocommerce", address=shop.url, key=KEY)
    with WooStore(StoreAccess(settings, ZoneInfo("UTC"), shop.clock, lambda: SECRET)) as opened:
        yield opened


@pytest.fixture
def order(shop):
    return str(next(iter(shop.orders)))


def wish(order, ability, key="key-1", **more):
    return StoreAction(key, ability, order, **more)


def test_a_refund_moves_money_and_is_found_by_the_key_in_its_meta_data(shop, store, order):
    action = wish(order, Ability.REFUND, amount=FIVE, text="late", restock=False)
    assert store.look_up(action).state is NOT_DONE
    assert store.act(action).state is DONE
    assert store.act(action).state is DONE
    assert store.look_up(action).state is DONE
    ((what, _, told),) = shop.done
    assert (what, told["amount"], told["api_refund"], told["api_restock"]) == ("refund", "5.00", True, False)


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ("cut before", NOT_DONE),
        ("cut after", DONE),
        ("cut within", DONE),
        ("500", NOT_DONE),
        ("html", NOT_DONE),
        ("html after", DONE),
    ],
)
@pytest.mark.parametrize(("ability", "more"), [(Ability.REFUND, {"amount": FIVE}), (Ability.CANCEL, {})])
def test_a_missing_answer_is_looked_up(shop, store, order, *, ability, more, fault, after):
    shop.fault(fault, "POST" if ability is Ability.REFUND else "PUT")
    action = wish(order, ability, **more)
    state = store.act(action).state
    assert state is ActionState.UNKNOWN or (fault == "500" and state is NOT_DONE)
    assert len(shop.done) == (after is DONE)
    assert store.look_up(action).state is after


def test_a_500_after_which_the_refund_exists_is_a_refund(shop, store, order):
    shop.fault("500 after", "POST")
    assert store.act(wish(order, Ability.REFUND, amount=FIVE)).state is DONE
    assert len(shop.done) == 1


def test_a_payment_that_cannot_be_refunded_is_reported_in_the_shops_words(shop, store, order):
    shop.gateway = False
    answer = store.act(wish(order, Ability.REFUND, amount=FIVE))
    assert answer.state is NOT_DONE
    assert "does not support automatic refunds" in answer.words


def test_an_order_is_cancelled_and_a_cancellation_by_somebody_else_told_apart(shop, store, order):
    action = wish(order, Ability.CANCEL)
    assert store.act(action).state is DONE
    assert store.look_up(action).state is DONE
    assert store.act(wish(order, Ability.CANCEL, key="key-2")).state is NOT_DONE
    assert store.look_up(wish(order, Ability.CANCEL, key="key-2")).state is ActionState.UNKNOWN


def test_an_address_is_changed_while_nothing_is_sent_and_only_if_it_is_the_one_that_was_seen(
    shop, store, order
):
    seen = store.one_order(order).ship_to
    wanted = replace(seen, street="9 New Street")
    assert store.act(wish(order, Ability.ADDRESS, ship_to=wanted, seen=seen)).state is DONE
    assert store.one_order(order).ship_to == wanted
    other = wish(order, Ability.ADDRESS, ship_to=replace(seen, street="5 Elm Row"), seen=seen)
    assert "9 New Street" in store.act(other).words
    shop.track(int(order), "1Z1")
    late = wish(order, Ability.ADDRESS, ship_to=replace(seen, street="5 Elm Row"), seen=wanted)
    assert "on its way" in store.act(late).words


def test_a_note_is_private_and_written_once(shop, store, order):
    action = wish(order, Ability.NOTE, text="called on Monday")
    assert store.act(action).state is DONE
    assert store.act(action).state is DONE
    assert [(note["note"], note["customer_note"]) for note in shop.notes[int(order)]] == [
        ("called on Monday [deskterm key-1]", False)
    ]
    assert store.one_order(order).notes[0].text == "called on Monday"


def test_the_tracking_number_is_there_before_the_shop_mails_about_the_parcel(shop, store, order):
    action = wish(order, Ability.FULFIL, carrier="ups", tracking="1Z9")
    assert store.act(action).state is DONE
    assert [what for what, *_ in shop.done] == ["track", "completed"]
    assert store.look_up(action).state is DONE


def test_a_parcel_whose_second_step_was_lost_is_finished_without_a_second_number(shop, store, order):
    shop.fault("cut before", "PUT")
    action = wish(order, Ability.FULFIL, carrier="ups", tracking="1Z9")
    assert store.act(action).state is ActionState.UNKNOWN
    assert store.look_up(action).state is NOT_DONE
    assert store.act(action).state is DONE
    assert [what for what, *_ in shop.done] == ["track", "completed"]


def test_a_tracking_number_needs_a_plugin(shop, store, order):
    shop.plugins = []
    assert "no plugin" in store.act(wish(order, Ability.FULFIL, tracking="1Z9")).words
    assert shop.done == []


def test_a_code_is_made_once_and_one_of_somebody_else_is_not_ours(shop, store, order):
    action = wish(order, Ability.CODE, text="SORRY10", percent=10)
    assert [store.act(action).state for _ in range(2)] == [DONE, DONE]
    assert store.act(wish(order, Ability.CODE, key="key-2", text="Sorry10", percent=10)).state is NOT_DONE
    assert len(shop.done) == 1


@pytest.mark.parametrize("ability", [Ability.REFUND, Ability.RESEND])
def test_signed_requests_can_change_things_too(ability, shop, store, order):
    """Each by itself: what finds out that they must be signed comes before it."""
    shop.sees_https = False
    assert store.act(wish(order, ability, amount=FIVE)).state is DONE


def test_a_code_over_an_amount_needs_the_shops_currency(shop, store, order):
    """The key of a user who may not manage the shop is not told it: nothing waits for that."""
    shop.tells_currency = False
    answer = store.act(wish(order, Ability.CODE, text="SORRY5", amount=FIVE))
    assert (answer.state, shop.done) == (NOT_DONE, [])
    assert "hides its currency" in answer.words


def test_what_it_cannot_do_and_what_is_gone_is_reported(store, order):
    with pytest.raises(NotNow):
        store.act(wish(order, Ability.TAGS, tags=("vip",)))
    with pytest.raises(NotFound):
        store.act(wish("4711", Ability.CANCEL))
