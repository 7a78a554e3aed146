"""Acting in Vendure, which guards nothing: each action once, and what takes several steps is taken up again."""

from dataclasses import replace

import pytest

from deskterm.domain.orders.actions import Ability, ActionState, StoreAction
from deskterm.domain.orders.order import Money
from deskterm.errors import NotFound, NotNow
from deskterm.sync.stores.vendure.store import VendureStore

FIVE = Money(500, "USD")
NOT_DONE, DONE, UNKNOWN = ActionState.REFUSED, ActionState.DONE, ActionState.UNKNOWN


@pytest.fixture
def store(access):
    with VendureStore(access()) as opened:
        yield opened


def wish(ability, key="key-1", order="1", **more):
    return StoreAction(key, ability, order, **more)


def test_a_refund_is_made_once_and_found_by_its_reason(shop, store):
    action = wish(Ability.REFUND, amount=FIVE, text="late")
    assert store.look_up(action).state is NOT_DONE
    answer = store.act(action)
    assert (answer.state, "has to be settled" in answer.words) == (DONE, True)
    assert store.act(action).state is DONE
    assert shop.done == [("refund", "1", 500)]
    assert store.one_order("1").refunds[0].reason == "late"


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ("cut before", NOT_DONE),
        ("cut after", DONE),
        ("cut within", DONE),
        ("500", NOT_DONE),
        ("500 after", DONE),
    ],
)
@pytest.mark.parametrize(("ability", "more"), [(Ability.REFUND, {"amount": FIVE}), (Ability.CANCEL, {})])
def test_an_answer_that_is_missing_is_looked_up(shop, store, *, ability, more, fault, after):
    store.one_order("1")
    shop.fault(fault, "refundOrder" if ability is Ability.REFUND else "cancelOrder")
    action = wish(ability, **more)
    assert store.act(action).state is UNKNOWN
    assert store.look_up(action).state is after
    assert len(shop.done) == (after is DONE)


def test_more_than_a_payment_holds_is_refused_before_it_is_sent(shop, store):
    assert store.act(wish(Ability.REFUND, amount=Money(3501, "USD"))).state is NOT_DONE
    assert not any("refundOrder" in body for _, _, body in shop.asked)


def test_a_cancellation_of_another_hand_is_told_from_ours(shop, store):
    assert store.act(wish(Ability.CANCEL)).state is DONE
    assert store.act(wish(Ability.CANCEL)).state is DONE
    assert store.act(wish(Ability.CANCEL, key="key-2")).state is NOT_DONE
    assert store.look_up(wish(Ability.CANCEL, key="key-2")).state is UNKNOWN
    assert len(shop.done) == 1


def test_an_address_is_changed_and_the_order_is_back_in_its_state(shop, store):
    seen = store.one_order("1").ship_to
    wanted = replace(seen, street="9 New Street")
    action = wish(Ability.ADDRESS, ship_to=wanted, seen=seen)
    assert store.act(action).state is DONE
    assert (store.one_order("1").ship_to, shop.orders["1"]["state"]) == (wanted, "PaymentSettled")


@pytest.mark.parametrize("step", ["Modifying", "modifyOrder", '"state":"PaymentSettled"'])
@pytest.mark.parametrize("fault", ["cut before", "cut after"])
def test_a_change_of_address_is_taken_up_again_after_each_of_its_steps(shop, store, step, fault):
    seen = store.one_order("1").ship_to
    action = wish(Ability.ADDRESS, ship_to=replace(seen, street="9 New Street"), seen=seen)
    shop.fault(fault, step)
    assert store.act(action).state is UNKNOWN
    assert store.act(action).state is DONE
    assert [what for what, *_ in shop.done] == ["address"]
    assert shop.orders["1"]["state"] == "PaymentSettled"


def test_an_address_of_a_shipped_order_is_not_changed(shop, store):
    seen = store.one_order("1").ship_to
    shop.orders["1"]["state"] = "Shipped"
    answer = store.act(wish(Ability.ADDRESS, ship_to=replace(seen, street="9 New Street"), seen=seen))
    assert (answer.state, shop.done) == (NOT_DONE, [])


def test_a_note_is_written_once(shop, store):
    action = wish(Ability.NOTE, text="called")
    assert [store.act(action).state for _ in range(2)] == [DONE, DONE]
    assert shop.done == [("note", "1", "called [deskterm key-1]")]


def test_a_parcel_whose_second_step_was_lost_is_sent_and_not_made_again(shop, store):
    shop.fault("cut before", "transitionFulfillmentToState")
    action = wish(Ability.FULFIL, carrier="UPS", tracking="1Z9")
    assert store.act(action).state is UNKNOWN
    assert store.look_up(action).state is NOT_DONE
    assert store.act(action).state is DONE
    assert shop.done == [("parcel", "1", "1Z9")]
    assert store.one_order("1").shipments[0].number == "1Z9"


def test_what_it_cannot_do_what_is_gone_and_what_is_forbidden_is_said(shop, store):
    with pytest.raises(NotNow):
        store.act(wish(Ability.TAGS, tags=("vip",)))
    with pytest.raises(NotFound):
        store.act(wish(Ability.CANCEL, order="77"))
    words = {"message": "You are not currently authorized", "extensions": {"code": "FORBIDDEN"}}
    shop.fault("given", "refundOrder", times=2, given=(200, {}, {"data": None, "errors": [words]}))
    answer = store.act(wish(Ability.REFUND, amount=FIVE))
    assert (answer.state, "does not allow" in answer.words) == (NOT_DONE, True)
