"""Acting in Vendure, which guards nothing: each action once, and one of several steps is continued."""

from dataclasses import replace

import pytest

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
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
def test_a_missing_answer_is_looked_up(shop, store, *, ability, more, fault, after):
    store.one_order("1")
    shop.fault(fault, "refundOrder" if ability is Ability.REFUND else "cancelOrder")
    action = wish(ability, **more)
    assert store.act(action).state is UNKNOWN
    assert store.look_up(action).state is after
    assert len(shop.done) == (after is DONE)


def test_more_than_a_payment_holds_is_refused_before_it_is_sent(shop, store):
    assert store.act(wish(Ability.REFUND, amount=Money(3501, "USD"))).state is NOT_DONE
    assert not any("refundOrder" in body for _, _, body in shop.asked)


def test_a_cancellation_by_somebody_else_is_told_apart(shop, store):
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
def test_a_change_of_address_is_continued_after_each_of_its_steps(shop, store, step, fault):
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


def test_what_it_cannot_do_what_is_gone_and_what_is_forbidden_is_reported(shop, store):
    with pytest.raises(NotNow):
        store.act(wish(Ability.TAGS, tags=("vip",)))
    with pytest.raises(NotFound):
        store.act(wish(Ability.CANCEL, order="77"))
    words = {"message": "You are not currently authorized", "extensions": {"code": "FORBIDDEN"}}
    shop.fault("given", "refundOrder", times=2, given=(200, {}, {"data": None, "errors": [words]}))
    answer = store.act(wish(Ability.REFUND, amount=FIVE))
    assert (answer.state, "does not allow" in answer.words) == (NOT_DONE, True)


REPLACEMENT = {"pieces": (PieceCount("11", 1),), "text": "broken"}


def test_a_replacement_is_a_new_order_at_no_cost_to_the_same_person_and_place(shop, store):
    action = wish(Ability.REPLACE, **REPLACEMENT)
    assert store.look_up(action).state is NOT_DONE
    answer = store.act(action)
    assert (answer.state, answer.words.startswith("The new order is #NEW")) == (DONE, True)
    assert store.act(action) == store.look_up(action) == answer
    assert shop.done == [("replacement", "1", [("v11", 1)])]
    (draft,) = shop.drafts.values()
    assert (draft["_to"]["streetLine1"], draft["totalWithTax"]) == ("1 Mill Lane", 0)
    assert "company" not in draft["_to"]
    free, limit = shop.promotions[0]["_asked"]["actions"], shop.promotions[0]["_asked"]["usageLimit"]
    assert ([one["code"] for one in free], limit) == (["order_percentage_discount", "free_shipping"], 1)


STEPS = (
    "createPromotion", "createDraftOrder", "applyCouponCode", "addItemToDraftOrder", "setCustomerForDraftOrder",
    "setDraftOrderShippingAddress", "setDraftOrderShippingMethod", 'ArrangingPayment"', "addManualPayment",
)  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", ["cut before", "cut after", "500 after"])
def test_a_replacement_is_continued_after_each_of_its_steps_and_made_once(shop, store, step, fault):
    action = wish(Ability.REPLACE, **REPLACEMENT)
    shop.fault(fault, step)
    assert store.act(action).state is UNKNOWN
    placed = step == "addManualPayment" and "after" in fault
    assert store.look_up(action).state is (DONE if placed else NOT_DONE)
    assert store.act(action).state is DONE
    assert shop.done == [("replacement", "1", [("v11", 1)])]
    assert len(shop.promotions) == 1


def test_what_is_out_of_stock_cannot_be_shipped_or_is_in_the_draft_besides_is_not_sent(shop, store):
    shop.out_of_stock = {"v11"}
    answer = store.act(wish(Ability.REPLACE, **REPLACEMENT))
    assert (answer.state, answer.words) == (NOT_DONE, "Only 0 are left.")
    shop.out_of_stock, shop.methods = frozenset(), ()
    assert "no way to ship" in store.act(wish(Ability.REPLACE, **REPLACEMENT)).words
    shop.methods = ("7",)
    (draft,) = shop.drafts.values()
    draft["lines"].append({"quantity": 3, "productVariant": {"id": "v99"}})
    answer = store.act(wish(Ability.REPLACE, **REPLACEMENT))
    assert (answer.state, "holds other pieces" in answer.words) == (NOT_DONE, True)
    draft["lines"].pop()
    assert store.look_up(wish(Ability.REPLACE, **REPLACEMENT)).words.startswith("Its draft is made")
    assert store.act(wish(Ability.REPLACE, **REPLACEMENT)).state is DONE
    assert (draft["_by"], len(shop.drafts)) == ("7", 1)


def test_a_draft_that_costs_something_is_not_placed(shop, store):
    shop.fault("cut before", "addManualPayment")
    assert store.act(wish(Ability.REPLACE, **REPLACEMENT)).state is UNKNOWN
    (draft,) = shop.drafts.values()
    draft["totalWithTax"] = 500
    assert "does not come to nothing" in store.act(wish(Ability.REPLACE, **REPLACEMENT)).words
    assert shop.done == []


@pytest.mark.parametrize(
    ("off", "code", "value"),
    [
        ({"percent": 10}, "order_percentage_discount", "10"),
        ({"amount": FIVE}, "order_fixed_discount", "500"),
    ],
)
def test_a_code_is_made_once_for_one_use_and_one_of_somebody_else_is_not_ours(
    shop, store, *, off, code, value
):
    action = wish(Ability.CODE, text="SORRY", **off)
    assert store.look_up(action).state is NOT_DONE
    shop.fault("cut after", "createPromotion")
    assert store.act(action).state is UNKNOWN
    assert store.look_up(action).state is DONE
    assert store.act(action).state is DONE
    ((_, _, asked),) = shop.done
    assert (asked["usageLimit"], asked["actions"][0]["code"]) == (1, code)
    assert asked["actions"][0]["arguments"] == [{"name": "discount", "value": value}]
    other = store.act(wish(Ability.CODE, key="key-2", text="SORRY", **off))
    assert (other.state, other.words) == (NOT_DONE, "There is such a code already.")
