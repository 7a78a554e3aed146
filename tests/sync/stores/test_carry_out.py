"""An action from the owner's confirmation to its store: recorded first, looked up before it is repeated."""

from dataclasses import replace
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from counterparts.shopify import ShopifyShop
from counterparts.shopify_rows import gid
from deskterm.config.settings_file import Store
from deskterm.config.store_kinds import Ability
from deskterm.desk.status import outbox_needs
from deskterm.domain.events import By, What
from deskterm.domain.messages import Address
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money, Payment
from deskterm.domain.orders.plans import Obstacle
from deskterm.domain.outbox_needs import NeedKind
from deskterm.errors import NotNow, Offline, ServerRefused
from deskterm.storage import customers, events, tickets
from deskterm.storage.acting import store_actions
from deskterm.storage.upkeep import forget
from deskterm.sync.store_steps import carry_out_and_read
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.carry_out import UNDER_WAY
from deskterm.sync.stores.shopify.store import ShopifyStore
from sync.stores.acting import ActingDesk

FIVE = Money(500, "USD")
CONFIRMED, SENDING, DONE, REFUSED, UNKNOWN = ActionState


@pytest.fixture
def shop():
    opened = ShopifyShop()
    yield opened
    opened.close()


@pytest.fixture
def desk(shop, home, db):
    store = Store(name="ridge", kind="shopify", address=shop.url)
    access = StoreAccess(store, ZoneInfo("UTC"), shop.now, lambda: shop.fixed)
    made = ActingDesk(home, db, store, lambda: ShopifyStore(access, sleep=lambda _: None), shop.now)
    made.bring()
    return made


def test_a_confirmed_refund_is_done_by_the_next_pass_and_the_order_shows_it(shop, desk):
    key = desk.refund("7001", FIVE, text="late")
    assert (desk.state(key), shop.done) == (CONFIRMED, [])
    desk.carry_out()
    assert desk.state(key) is DONE
    assert shop.done == [("refund", "7001", key, 500)]
    order = desk.order("7001")
    assert (order.payment, order.refunds[0].amount) == (Payment.PARTLY_REFUNDED, FIVE)
    desk.carry_out()
    assert len(shop.done) == 1


def test_for_money_its_amount_has_to_be_typed(desk):
    order = desk.order("7001")
    plan = desk.actions.plan(order.id, StoreAction("", Ability.REFUND, "", amount=FIVE), desk.clock)
    for typed in ("", "50", "5.01", "five"):
        with pytest.raises(NotNow, match=r"Type the amount to confirm it: 5\.00 USD"):
            desk.actions.confirm(plan, order.id, desk.clock, typed=typed)
    for typed in ("5", "5,00", "USD 5.00"):
        desk.actions.take_back(
            desk.actions.confirm(plan, order.id, desk.clock, typed=typed).action.key, desk.clock
        )


def test_a_plan_says_what_will_happen_and_whether_the_shop_mails_the_customer(desk):
    order = desk.order("7001")
    wish = StoreAction("", Ability.REFUND, "", amount=FIVE, tell_customer=True)
    plan = desk.actions.plan(order.id, wish, desk.clock)
    assert plan.effects == (
        "$5.00 goes back to the customer, the way it was paid (shopify payments).",
        "Shopify mails the customer about it.",
        "$5.00 of it counts as goodwill.",
    )
    there = replace(order.ship_to, street="9 New Street")
    plan = desk.actions.plan(order.id, StoreAction("", Ability.ADDRESS, "", ship_to=there), desk.clock)
    assert plan.effects[0] == "Street: 1 Mill Lane becomes 9 New Street."
    assert plan.effects[-1] == "Shopify does not mail the customer about it."


@pytest.mark.parametrize(
    ("wish", "obstacle"),
    [
        ({"ability": Ability.REFUND, "amount": Money(6501, "USD")}, Obstacle.TOO_MUCH),
        ({"ability": Ability.REFUND, "amount": Money(500, "EUR")}, Obstacle.WRONG_CURRENCY),
        ({"ability": Ability.REFUND}, Obstacle.NO_AMOUNT),
        ({"ability": Ability.CANCEL, "amount": FIVE}, Obstacle.NOT_WHOLE),
        ({"ability": Ability.NOTE, "text": " "}, Obstacle.NO_TEXT),
        ({"ability": Ability.RESEND}, Obstacle.NOT_ABLE),
        ({"ability": Ability.REFUND, "amount": FIVE, "pieces": (PieceCount("101", 3),)}, Obstacle.BAD_PIECES),
        ({"ability": Ability.REPLACE}, Obstacle.BAD_PIECES),
        ({"ability": Ability.RETURN, "pieces": (PieceCount("101", 1),)}, Obstacle.NOT_SENT_YET),
        ({"ability": Ability.CODE, "text": "SORRY", "percent": 101}, Obstacle.NO_AMOUNT),
        ({"ability": Ability.GIFT_CARD, "amount": Money(500, "EUR")}, Obstacle.SHOP_CURRENCY),
    ],
)
def test_what_prevents_it_is_shown_and_it_cannot_be_confirmed(desk, wish, obstacle):
    order = desk.order("7001")
    plan = desk.actions.plan(order.id, StoreAction("", order_id="", **wish), desk.clock)
    assert plan.obstacle is obstacle
    with pytest.raises(NotNow):
        desk.actions.confirm(plan, order.id, desk.clock, typed="5")


def test_the_same_is_not_confirmed_twice_unless_it_is_meant(shop, desk):
    desk.refund("7001", FIVE)
    with pytest.raises(NotNow, match="already under way"):
        desk.refund("7001", FIVE)
    desk.carry_out()
    with pytest.raises(NotNow, match="done to this order before"):
        desk.refund("7001", FIVE)
    order = desk.order("7001")
    plan = desk.actions.plan(order.id, StoreAction("", Ability.REFUND, "", amount=FIVE), desk.clock)
    desk.actions.confirm(plan, order.id, desk.clock, typed="5", again=True)
    desk.carry_out()
    assert [minor for *_, minor in shop.done] == [500, 500]


def test_offline_it_waits_and_is_sent_later(shop, desk):
    key = desk.refund("7001", FIVE)
    shop.fault("cut before", "BeforeRefund")
    with pytest.raises(Offline):
        desk.carry_out()
    assert desk.state(key) is CONFIRMED
    assert "lost" in desk.record(key).words
    desk.carry_out()
    assert (desk.state(key), len(shop.done)) == (DONE, 1)


def test_a_lost_answer_is_unknown_until_the_store_was_asked_and_never_sent_by_itself(shop, desk):
    shop.fault("cut after", "refundCreate")
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    assert desk.state(key) is UNKNOWN
    desk.carry_out()
    assert (desk.state(key), len(shop.done)) == (DONE, 1)
    assert desk.order("7001").refunds


def test_a_request_that_may_be_under_way_is_not_reported_as_failed(shop, desk):
    shop.fault("cut before", "refundCreate")
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    desk.clock += UNDER_WAY - 1
    desk.carry_out()
    assert desk.state(key) is UNKNOWN
    desk.clock += 1
    desk.carry_out()
    assert (desk.state(key), desk.record(key).words) == (
        REFUSED, "The store has no trace of it: it did not happen.",
    )  # fmt: skip


def test_the_owner_sends_what_did_not_happen_again_with_the_same_key(shop, desk):
    shop.fault("500", "refundCreate")
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    with pytest.raises(NotNow, match="unknown"):
        desk.actions.repeat(key, desk.clock)
    desk.clock += UNDER_WAY
    desk.carry_out()
    desk.actions.repeat(key, desk.clock)
    desk.carry_out()
    assert (desk.state(key), shop.done) == (DONE, [("refund", "7001", key, 500)])


def test_a_repeated_action_that_had_happened_after_all_is_not_sent(shop, desk):
    shop.fault("500", "refundCreate")
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    desk.clock += UNDER_WAY
    desk.carry_out()
    shop.give_back(shop.orders[gid("Order", 7001)], 500, f"[deskterm {key}]")
    desk.actions.repeat(key, desk.clock)
    desk.carry_out()
    assert (desk.state(key), shop.done) == (DONE, [])


def test_an_action_is_taken_back_before_it_is_sent_and_never_after(shop, desk):
    key = desk.refund("7001", FIVE)
    desk.actions.take_back(key, desk.clock)
    desk.carry_out()
    assert shop.done == []
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    with pytest.raises(NotNow, match="sent already"):
        desk.actions.take_back(key, desk.clock)


def test_what_waited_for_a_day_is_not_sent(shop, desk):
    key = desk.refund("7001", FIVE)
    desk.clock += 86_401
    desk.carry_out()
    assert (desk.state(key), shop.done) == (REFUSED, [])


def test_what_was_being_sent_when_the_process_died_is_looked_up(shop, desk):
    key = desk.refund("7001", FIVE)
    with desk.db.write() as tx:
        store_actions.mark_sending(tx, key, desk.clock)
    desk.carry_out()
    assert desk.state(key) is UNKNOWN
    shop.give_back(shop.orders[gid("Order", 7001)], 500, f"[deskterm {key}]")
    desk.carry_out()
    assert (desk.state(key), shop.done) == (DONE, [])


def test_an_action_and_its_outcome_are_shown_on_its_ticket(shop, desk):
    with desk.db.write() as tx:
        customer = customers.upsert(tx, Address("Ada", "ada1@customer.example"), desk.clock)
        ticket = tickets.create(tx, customer_id=customer, subject="Broken", at=desk.clock)
    order = desk.order("7001")
    plan = desk.actions.plan(order.id, StoreAction("", Ability.NOTE, "", text="called"), desk.clock)
    desk.actions.confirm(plan, order.id, desk.clock, ticket_id=ticket)
    desk.carry_out()
    with desk.db.read() as tx:
        told = [
            (one.by, one.now["state"])
            for one in events.for_ticket(tx, ticket)
            if one.what is What.STORE_ACTION
        ]
    assert told == [(By.OWNER, "confirmed"), (By.SYNC, "done")]
    assert [one.state for one in desk.actions.for_ticket(ticket)] == [DONE]


def test_what_did_not_happen_is_shown_until_the_owner_takes_note(shop, desk):
    """A refund confirmed offline and refused in a pass that nobody watches."""
    key = desk.refund("7001", FIVE)
    shop.orders[gid("Order", 7001)]["_refunded"] = 6500
    desk.carry_out()
    with desk.db.read() as tx:
        (need,) = outbox_needs(tx, desk.clock)
    assert (need.need, need.what) == (NeedKind.ACTION_REFUSED, "1 action in a store did not happen.")
    desk.actions.take_note(key, desk.clock)
    with desk.db.read() as tx:
        assert outbox_needs(tx, desk.clock) == ()
    shop.orders[gid("Order", 7001)]["_refunded"] = 0
    desk.actions.repeat(key, desk.clock)
    desk.carry_out()
    assert desk.state(key) is DONE


def test_what_the_owner_has_decided_needs_nothing_more(shop, desk):
    shop.fault("cut before", "refundCreate")
    key = desk.refund("7001", FIVE)
    desk.carry_out()
    assert desk.actions.decide(key, desk.clock, happened=False).state is REFUSED
    with desk.db.read() as tx:
        assert outbox_needs(tx, desk.clock) == ()


def test_a_forgotten_customers_actions_keep_no_address(shop, desk):
    there = replace(desk.order("7001").ship_to, street="9 Secret Street")
    desk.confirm("7001", Ability.ADDRESS, ship_to=there)
    desk.carry_out()
    with desk.db.write() as tx:
        forget.erase(tx, forget.find(tx, "ada1@customer.example"))
    with desk.db.read() as tx:
        kept = [row[0] for row in tx.execute("SELECT wish FROM store_action")]
    assert "ship_to" not in kept[0]
    assert not any("Secret" in one or "Mill Lane" in one for one in kept)
    assert desk.actions.for_order(1)[0].action.ship_to is None


@pytest.mark.parametrize("state", [UNKNOWN, DONE])
def test_the_same_money_with_another_reason_is_the_same(shop, desk, state):
    if state is UNKNOWN:
        shop.fault("cut after", "refundCreate")
    desk.refund("7001", FIVE, text="late")
    desk.carry_out()
    with pytest.raises(NotNow, match=r"refund 5\.00 USD"):
        desk.refund("7001", FIVE, text="very late", tell_customer=True)


def test_no_other_money_goes_back_while_some_may_be_on_its_way(desk):
    desk.refund("7001", FIVE)
    with pytest.raises(NotNow, match="already under way"):
        desk.refund("7001", Money(400, "USD"))
    with pytest.raises(NotNow, match="already under way"):
        desk.confirm("7001", Ability.CANCEL, amount=Money(6500, "USD"))


def test_what_did_not_happen_is_not_sent_again_once_the_same_was_done(shop, desk):
    shop.fault("423", "refundCreate")
    first = desk.refund("7001", FIVE)
    desk.carry_out()
    desk.refund("7001", FIVE)
    desk.carry_out()
    with pytest.raises(NotNow, match="done to this order before"):
        desk.actions.repeat(first, desk.clock)
    assert len(shop.done) == 1


def test_an_action_that_cannot_be_looked_up_does_not_keep_orders_from_being_read(shop, desk, monkeypatch):
    key = desk.refund("7001", FIVE)
    with desk.db.write() as tx:
        store_actions.mark_sending(tx, key, desk.clock)

    def refused(*_):
        raise ServerRefused("The store refuses to look.")

    monkeypatch.setattr(ShopifyStore, "look_up", refused)
    shop.touch(next(iter(shop.orders.values())))
    access = StoreAccess(desk.store, ZoneInfo("UTC"), shop.now, lambda: shop.fixed)
    taken, failed = carry_out_and_read(access, desk.db, lambda _: None, Event())
    assert taken
    assert [one.what for one in failed] == ["The store refuses to look."]


@pytest.mark.parametrize("days", [20, -20])
def test_a_clock_that_jumped_leaves_no_action_unknown_for_weeks(desk, days):
    key = desk.refund("7001", FIVE)
    with desk.db.write() as tx:
        store_actions.mark_sending(tx, key, desk.clock)
    desk.clock += days * 86_400
    desk.carry_out()
    assert desk.state(key) is REFUSED
