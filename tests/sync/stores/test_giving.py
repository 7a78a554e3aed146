"""What is given beyond what is owed: counted, limited, made once in the store, and found again."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from counterparts.shopify import ShopifyShop
from counterparts.shopify_rows import gid, parcel_row
from counterparts.woo_changes import WooActingShop
from counterparts.woo_shop import KEY, SECRET
from deskterm.config.settings_file import Policy, Store
from deskterm.config.store_kinds import Ability
from deskterm.domain.formats import Formats
from deskterm.domain.orders.action_names import code_of
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money
from deskterm.domain.orders.pieces import read_pieces, write_pieces
from deskterm.domain.orders.plans import Obstacle
from deskterm.errors import NotNow
from deskterm.storage.figures import records
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.carry_out import UNDER_WAY
from deskterm.sync.stores.http import StoreAnswer
from deskterm.sync.stores.read_orders import read_orders
from deskterm.sync.stores.shopify.store import ShopifyStore
from deskterm.sync.stores.woocommerce.acting import read_new_order
from deskterm.sync.stores.woocommerce.store import WooStore
from sync.stores.acting import ActingDesk

FIVE = Money(500, "USD")
CONFIRMED, SENDING, DONE, REFUSED, UNKNOWN = ActionState


@pytest.fixture
def shop():
    opened = ShopifyShop()
    yield opened
    opened.close()


@pytest.fixture
def limited(shop, home, db):
    store = Store(name="ridge", kind="shopify", address=shop.url)
    access = StoreAccess(store, ZoneInfo("UTC"), shop.now, lambda: shop.fixed)
    policy = Policy(goodwill_per_customer=20, codes=("S-1 = 5.00", "S-2 = 10 %"))
    made = ActingDesk(home, db, store, lambda: ShopifyStore(access, sleep=lambda _: None), shop.now, policy)
    made.bring()
    return made


@pytest.fixture
def woo():
    opened = WooActingShop()
    yield opened
    opened.close()


@pytest.fixture
def kiln(woo, home, db):
    store = Store(name="kiln", kind="woocommerce", address=woo.url, key=KEY)
    access = StoreAccess(store, ZoneInfo("UTC"), 1_764_000_000, lambda: SECRET)
    made = ActingDesk(home, db, store, lambda: WooStore(access), 1_764_000_000)
    made.bring()
    return made


PIECES = (PieceCount("101", 1),)
GIFTS = [
    (Ability.REPLACE, {"pieces": PIECES}, 1500),
    (Ability.GIFT_CARD, {"amount": Money(1500, "USD")}, 1500),
    (Ability.CODE, {"text": "SORRY", "percent": 10}, 650),
    (Ability.REFUND, {"amount": FIVE}, 500),
    (Ability.REFUND, {"amount": FIVE, "owed": True}, 0),
    (Ability.CREDIT, {"amount": FIVE}, 500),
]


@pytest.mark.parametrize(("ability", "wish", "worth"), GIFTS)
def test_what_is_given_beyond_the_order_is_counted_and_above_the_limit_says_why(
    limited, ability, wish, worth
):
    limited.confirm("7001", ability, **wish)
    order = limited.order("7001")
    ten = StoreAction("", Ability.GIFT_CARD, "", amount=Money(1000, "USD"))
    plan = limited.actions.plan(order.id, ten, limited.clock)
    left = Formats("en_US", "UTC").money(Money(max(0, 2000 - worth), "USD"))
    assert f"Left of your limits before it: {left} for this customer in a year" in plan.effects[-1]
    assert (plan.obstacle is Obstacle.OVER_LIMIT) == (worth > 1000)
    said = limited.actions.plan(order.id, replace(ten, over_limit="a very good customer"), limited.clock)
    assert said.obstacle is None
    other = limited.actions.plan(limited.order("7002").id, ten, limited.clock)
    assert "$20.00 for this customer in a year" in other.effects[-1]


def test_a_code_of_the_owners_list_is_given_once_and_nothing_is_sent(limited):
    listed = replace(limited.store, kind="file")
    limited = ActingDesk(limited.home, limited.db, listed, limited.open, limited.clock, limited.policy)
    order = limited.order("7001")
    assert [one.code for one in limited.actions.codes(order)] == ["S-1", "S-2"]
    key = limited.confirm("7001", Ability.CODE, text="S-1")
    assert limited.state(key) is DONE
    assert limited.record(key).action.amount == FIVE
    assert [one.code for one in limited.actions.codes(order)] == ["S-2"]
    again = StoreAction("", Ability.CODE, "", text="S-1")
    assert limited.actions.plan(order.id, again, limited.clock).obstacle is Obstacle.NOT_ON_LIST


def test_figures_count_what_was_given_and_not_what_was_owed(limited):
    for number, owed in (("7001", False), ("7002", True)):
        limited.confirm(number, Ability.REFUND, amount=FIVE, owed=owed)
    limited.confirm("7001", Ability.GIFT_CARD, amount=Money(700, "USD"))
    limited.carry_out()
    for number, owed in (("7001", False), ("7003", True)):
        limited.confirm(number, Ability.CREDIT, amount=Money(300, "USD"), owed=owed)
    limited.carry_out()
    with limited.db.read() as tx:
        given = records.refunds(tx, 0, 2_000_000_000, "")
    found = sorted((one.minor, one.what) for one in given)
    assert found == [(300, "refund"), (500, "refund"), (700, "gift card")]


def test_pieces_are_read_as_a_person_writes_them(limited):
    order = limited.order("7001")
    assert write_pieces(order) == "2 x MUG-1, 2 x MUG-2"
    assert read_pieces("2 x MUG-1, mug 2", order) == (PieceCount("101", 2), PieceCount("102", 1))
    assert read_pieces("1x mug-1,1 MUG-1", order) == (PieceCount("101", 2),)
    assert read_pieces("", order) == ()
    for wrong in ("3 x MUG-1", "0 x MUG-1", "BOWL", "2 x MUG-1, MUG-1"):
        assert read_pieces(wrong, order) is None


def made(shop):
    return [what for what, *_ in shop.done]


@pytest.mark.parametrize(
    ("ability", "wish", "change"),
    [
        (Ability.REPLACE, {"pieces": PIECES, "text": "broken"}, "draftOrderComplete"),
        (Ability.GIFT_CARD, {"amount": FIVE}, "giftCardCreate"),
        (Ability.RETURN, {"pieces": PIECES, "text": "too small"}, "returnCreate"),
    ],
)
@pytest.mark.parametrize("fault", ["none", "cut after", "cut before", "500 after"])
def test_each_gift_of_shopify_is_made_once_and_found_again(shop, limited, *, ability, wish, change, fault):
    shop.orders[gid("Order", 7001)] |= {
        "fulfillments": [parcel_row(1, shop.now)], "displayFulfillmentStatus": "FULFILLED"
    }  # fmt: skip
    shop.touch(shop.orders[gid("Order", 7001)])
    limited.bring()
    if fault != "none":
        shop.fault(fault, change)
    key = limited.confirm("7001", ability, **wish)
    limited.carry_out()
    assert limited.state(key) is (DONE if fault == "none" else UNKNOWN)
    limited.clock += UNDER_WAY + 1
    limited.carry_out()
    assert limited.state(key) is (REFUSED if fault == "cut before" else DONE)
    if fault == "cut before":
        limited.actions.repeat(key, limited.clock)
        limited.carry_out()
    assert (limited.state(key), len(made(shop))) == (DONE, 1)
    if ability is Ability.REPLACE:
        assert len(shop.drafts) == 1
        assert limited.record(key).words.startswith("The new order is #")


def test_a_card_that_the_search_does_not_show_yet_is_not_made_twice(shop, limited):
    shop.search_lags = True
    shop.fault("cut after", "giftCardCreate")
    key = limited.confirm("7001", Ability.GIFT_CARD, amount=FIVE)
    limited.carry_out()
    limited.clock += UNDER_WAY + 1
    limited.carry_out()
    limited.actions.repeat(key, limited.clock)
    limited.carry_out()
    assert (limited.state(key), made(shop)) == (DONE, ["card"])
    assert code_of(limited.record(key).action).upper() in shop.cards


@pytest.mark.parametrize("fault", ["none", "cut after", "cut before", "html after"])
def test_a_replacement_of_woocommerce_is_made_once_and_found_again(woo, kiln, fault):
    order = next(iter(woo.orders))
    line = str(woo.orders[order]["line_items"][0]["id"])
    if fault != "none":
        woo.fault(fault, "POST")
    key = kiln.confirm(str(order), Ability.REPLACE, pieces=(PieceCount(line, 1),), text="broken")
    kiln.carry_out()
    kiln.clock += UNDER_WAY + 1
    kiln.carry_out()
    if fault == "cut before":
        kiln.actions.repeat(key, kiln.clock)
        kiln.carry_out()
    assert (kiln.state(key), made(woo)) == (DONE, ["replacement"])


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        (b'{"id": 5013, "number": "W-77"}', DONE, "The new order is #W-77."),
        (b'{"id": 5013}', DONE, "The shop has made the new order; its id there is 5013."),
        (b'{"id": "abc", "number": "W-77"}', UNKNOWN, "another form"),
        (b'{"number": "W-77"}', UNKNOWN, "another form"),
    ],
)
def test_a_new_order_is_called_by_its_number_and_one_without_an_id_is_unknown(body, state, words):
    answer = read_new_order(StoreAnswer("kiln.example", 201, {}, body))
    assert answer.state is state
    assert words in answer.words


def test_a_confirmation_is_mailed_again_but_not_by_itself_if_the_answer_is_missing(woo, kiln):
    order = str(next(iter(woo.orders)))
    kiln.carry_out()
    first = kiln.confirm(order, Ability.RESEND)
    kiln.carry_out()
    assert (kiln.state(first), woo.mails) == (DONE, ["details"])
    woo.fault("cut after", "POST")
    second = kiln.confirm(order, Ability.RESEND)
    kiln.carry_out()
    kiln.clock += UNDER_WAY + 1
    kiln.carry_out()
    assert (kiln.state(second), woo.mails) == (UNKNOWN, ["details", "details"])


def test_a_confirmation_that_was_refused_can_be_sent_again(woo, kiln):
    """The shop keeps no trace of mails, but it did say no."""
    kiln.carry_out()
    woo.rights = "read"
    key = kiln.confirm(str(next(iter(woo.orders))), Ability.RESEND)
    kiln.carry_out()
    assert (kiln.state(key), woo.mails) == (ActionState.REFUSED, [])
    woo.rights = "read_write"
    kiln.actions.repeat(key, kiln.clock)
    kiln.carry_out()
    assert (kiln.state(key), woo.mails) == (DONE, ["details"])


def test_while_a_replacement_may_be_on_its_way_no_other_is_begun(shop, limited):
    shop.fault("cut after", "mutation Draft")
    limited.confirm("7001", Ability.REPLACE, pieces=PIECES)
    limited.carry_out()
    with pytest.raises(NotNow, match="already under way"):
        limited.confirm("7001", Ability.REPLACE, pieces=(PieceCount("102", 1),), over_limit="sorry")


def test_what_the_key_may_not_do_is_shown_before_it_is_tried(shop, limited):
    """Once the shop was read: by the app's rights, and again when they were given."""

    def read():
        shop.now += 300
        access = StoreAccess(limited.store, ZoneInfo("UTC"), shop.now, lambda: shop.fixed)
        read_orders(access, limited.db)
        return limited.actions.can(limited.order("7001").id)

    shop.scopes -= {"write_gift_cards", "write_discounts"}
    assert not {Ability.GIFT_CARD, Ability.CODE} & read()
    order = limited.order("7001")
    wish = StoreAction("", Ability.GIFT_CARD, "", amount=FIVE)
    assert limited.actions.plan(order.id, wish, limited.clock).obstacle is Obstacle.NOT_ABLE
    assert [one.code for one in limited.actions.codes(order)] == ["S-1", "S-2"]  # those of the owner's list
    shop.scopes |= {"write_gift_cards", "write_discounts"}
    assert {Ability.GIFT_CARD, Ability.CODE} <= read()
    assert limited.actions.codes(order) == ()
