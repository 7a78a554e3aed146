"""Acting in a Shopify shop: checked right before, done once, found again, and reported truthfully."""

from dataclasses import replace

import pytest

from counterparts.shopify_rows import gid, order_row, parcel_row
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money
from deskterm.errors import NotNow, Offline

FIVE = Money(500, "USD")


@pytest.fixture
def act(way):
    """Does an action on order 7001 (`order`); gives the answer."""

    def do(ability, *, order="7001", key="key-1", **wish):
        with way.open() as store:
            return store.act(StoreAction(key, ability, order, **wish))

    return do


@pytest.fixture
def look_up(way):
    def ask(ability, *, order="7001", key="key-1", **wish):
        with way.open() as store:
            return store.look_up(StoreAction(key, ability, order, **wish)).state

    return ask


def test_a_refund_moves_money_carries_its_key_and_is_found_by_it(shop, act, look_up, way):
    assert look_up(Ability.REFUND, amount=FIVE) is ActionState.REFUSED
    answer = act(Ability.REFUND, amount=FIVE, text="late")
    assert (answer.state, answer.words) == (ActionState.DONE, "")
    assert shop.done == [("refund", "7001", "key-1", 500)]
    assert look_up(Ability.REFUND, amount=FIVE) is ActionState.DONE
    assert way.orders()["1001"].refunds[0].reason == "late"


def test_a_refund_done_before_is_not_sent_again_even_when_shopify_forgot_the_key(shop, act):
    act(Ability.REFUND, amount=FIVE)
    shop.keys.clear()
    assert act(Ability.REFUND, amount=FIVE).state is ActionState.DONE
    assert len(shop.done) == 1


def test_a_refund_is_in_the_customers_currency(shop, act):
    shop.add(order_row(9, shop.now, currency="EUR", rate=0.9))
    assert act(Ability.REFUND, order="7009", amount=Money(450, "EUR")).state is ActionState.DONE
    assert shop.done[0][3] == 500


def test_pieces_go_back_into_stock_at_their_location(shop, act):
    pieces = (PieceCount("101", 1),)
    assert act(Ability.REFUND, amount=FIVE, pieces=pieces, restock=True).state is ActionState.DONE
    assert shop.orders[gid("Order", 7001)]["lineItems"]["nodes"][0]["currentQuantity"] == 1
    sent = next(body for _, _, body in shop.asked if "refundCreate" in body)
    assert '"CANCEL"' in sent
    assert gid("Location", 1) in sent


def test_store_credit_is_a_refund_that_does_not_go_back_the_way_it_was_paid(shop, act, look_up, way):
    assert act(Ability.CREDIT, amount=FIVE, text="late").state is ActionState.DONE
    assert shop.done == [("credit", "7001", "key-1", 500)]
    sent = next(body for _, _, body in shop.asked if "refundCreate" in body)
    assert '"transactions"' not in sent.split('"variables"')[1]
    shop.keys.clear()
    assert act(Ability.CREDIT, amount=FIVE).state is ActionState.DONE
    assert len(shop.done) == 1
    assert look_up(Ability.CREDIT, amount=FIVE) is ActionState.DONE
    assert way.orders()["1001"].refunds[0].amount == FIVE
    answer = act(Ability.CREDIT, key="key-2", amount=Money(6001, "USD"))
    assert (answer.state, answer.words) == (ActionState.REFUSED, "The shop gives back 60.00 USD at most.")


def test_more_than_was_paid_is_refused_before_it_is_sent(shop, act):
    answer = act(Ability.REFUND, amount=Money(6501, "USD"))
    assert (answer.state, answer.words) == (ActionState.REFUSED, "The shop gives back 65.00 USD at most.")
    assert "Refund" not in shop.questions()


@pytest.mark.parametrize(
    ("gateway", "words"), [("PENDING", "not confirmed"), ("FAILURE", "refused the money")]
)
def test_money_that_did_not_move_is_reported(shop, act, gateway, words):
    shop.gateway = gateway
    answer = act(Ability.REFUND, amount=FIVE)
    assert answer.state is ActionState.DONE
    assert words in answer.words


NOT_DONE, DONE = ActionState.REFUSED, ActionState.DONE


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ("cut before", NOT_DONE),
        ("cut after", DONE),
        ("cut within", DONE),
        ("500", NOT_DONE),
        ("500 after", DONE),
        ("html", NOT_DONE),
        ("html after", DONE),
    ],
)
@pytest.mark.parametrize(
    ("ability", "amount"),
    [(Ability.REFUND, FIVE), (Ability.CREDIT, FIVE), (Ability.CANCEL, Money(6500, "USD"))],
)
def test_an_answer_that_is_missing_is_unknown_until_the_shop_was_asked(
    shop, act, look_up, *, ability, amount, fault, after
):
    shop.fault(fault, "orderCancel" if ability is Ability.CANCEL else "refundCreate")
    assert act(ability, amount=amount).state is ActionState.UNKNOWN
    assert len(shop.done) == (after is DONE)
    assert look_up(ability, amount=amount) is after


def test_a_shop_that_says_no_did_nothing(shop, act):
    shop.fault("423", "refundCreate")
    assert act(Ability.REFUND, amount=FIVE).state is ActionState.REFUSED
    assert shop.done == []


def test_a_refund_that_cannot_be_looked_up_before_is_not_sent(shop, act):
    shop.fault("cut before", "BeforeRefund")
    with pytest.raises(Offline):
        act(Ability.REFUND, amount=FIVE)
    assert "Refund" not in shop.questions()


def test_a_cancellation_is_done_when_the_order_says_so(shop, act, way):
    assert act(Ability.CANCEL, amount=Money(6500, "USD"), text="asked for").state is ActionState.DONE
    assert shop.done == [("cancel", "7001", "asked for [deskterm key-1]", True)]
    order = way.orders()["1001"]
    assert order.cancelled_at
    assert order.refunds[0].amount == Money(6500, "USD")


def test_a_cancellation_that_takes_long_is_unknown(shop, act):
    shop.job_polls = 99
    row = shop.orders[gid("Order", 7001)]
    assert act(Ability.CANCEL).state is ActionState.DONE
    row |= {"cancelledAt": None, "cancellation": None}
    shop.ask_order_now = lambda variables, errors, ask=shop.ask_order_now: {
        "order": ask(variables, errors)["order"] | {"cancelledAt": None, "cancellation": None}
    }
    assert act(Ability.CANCEL, key="key-2").state is ActionState.UNKNOWN


def test_a_cancellation_by_somebody_else_is_not_ours(shop, act):
    shop.orders[gid("Order", 7001)] |= {
        "cancelledAt": "2025-11-20T10:00:00Z",
        "cancellation": {"staffNote": "fraud"},
    }
    answer = act(Ability.CANCEL)
    assert answer.state is ActionState.REFUSED
    assert "not from here" in answer.words


def test_what_somebody_else_may_have_done_is_unknown_and_not_denied(shop, look_up, way):
    """A lost answer, and an order that is cancelled, sent or readdressed without our mark on it."""
    seen = way.orders()["1001"].ship_to
    row = shop.orders[gid("Order", 7001)]
    row["shippingAddress"]["address1"] = "9 NEW ST"
    wanted = replace(seen, street="9 New Street")
    assert look_up(Ability.ADDRESS, ship_to=wanted, seen=seen) is ActionState.UNKNOWN
    row["fulfillments"] = [parcel_row(1, shop.now)]
    assert look_up(Ability.FULFIL, tracking="1Z9") is ActionState.UNKNOWN
    row["cancelledAt"] = "2025-11-20T10:00:00Z"
    assert look_up(Ability.CANCEL) is ActionState.UNKNOWN


def test_what_is_on_its_way_is_neither_cancelled_nor_sent_elsewhere(shop, act, way):
    shop.orders[gid("Order", 7001)]["fulfillments"] = [parcel_row(1, shop.now)]
    there = replace(way.orders()["1001"].ship_to, street="9 New Street")
    for answer in (act(Ability.CANCEL), act(Ability.ADDRESS, ship_to=there)):
        assert answer.state is ActionState.REFUSED
        assert "on its way" in answer.words
    assert shop.done == []


def test_an_address_is_changed_and_its_hidden_parts_stay(shop, act, look_up, way):
    shop.orders[gid("Order", 7001)]["shippingAddress"] |= {"address2": "Floor 3", "phone": "+1 503 555 0100"}
    seen = way.orders()["1001"].ship_to
    wanted = replace(seen, postcode="97302")
    assert act(Ability.ADDRESS, ship_to=wanted, seen=seen).state is ActionState.DONE
    assert look_up(Ability.ADDRESS, ship_to=wanted) is ActionState.DONE
    row = shop.orders[gid("Order", 7001)]["shippingAddress"]
    assert (row["address1"], row["address2"], row["zip"], row["phone"]) == (
        "1 Mill Lane", "Floor 3", "97302", "+1 503 555 0100",
    )  # fmt: skip


def test_a_new_street_takes_the_place_of_firm_street_and_floor(shop, act, way):
    shop.orders[gid("Order", 7001)]["shippingAddress"] |= {"company": "Kiln", "address2": "Floor 3"}
    seen = way.orders()["1001"].ship_to
    wanted = replace(seen, street="9 New Street", name="Ada Maria Vale", region="WA")
    act(Ability.ADDRESS, ship_to=wanted, seen=seen)
    assert way.orders()["1001"].ship_to == wanted


def test_an_address_that_was_changed_meanwhile_is_not_overwritten(shop, act, way):
    seen = way.orders()["1001"].ship_to
    shop.orders[gid("Order", 7001)]["shippingAddress"]["address1"] = "5 Elm Row"
    answer = act(Ability.ADDRESS, ship_to=replace(seen, street="9 New Street"), seen=seen)
    assert answer.state is ActionState.REFUSED
    assert "5 Elm Row" in answer.words


def test_a_note_is_added_to_the_existing_one_and_only_once(shop, act, look_up):
    shop.orders[gid("Order", 7001)]["note"] = "ring twice"
    act(Ability.NOTE, text="called on Monday")
    act(Ability.NOTE, text="called on Monday")
    assert shop.orders[gid("Order", 7001)]["note"] == "ring twice\ncalled on Monday"
    assert look_up(Ability.NOTE, text="called on Monday") is ActionState.DONE


def test_tags_are_added_to_those_that_are_there(shop, act, look_up):
    shop.orders[gid("Order", 7001)]["tags"] = ["vip"]
    act(Ability.TAGS, tags=("late",))
    assert shop.orders[gid("Order", 7001)]["tags"] == ["late", "vip"]
    assert look_up(Ability.TAGS, tags=("late",)) is ActionState.DONE


def test_an_order_is_marked_as_shipped_with_its_tracking_number_once(shop, act, look_up, way):
    wish = {"carrier": "UPS", "tracking": "1Z9"}
    assert act(Ability.FULFIL, **wish).state is ActionState.DONE
    assert act(Ability.FULFIL, **wish).state is ActionState.DONE
    assert look_up(Ability.FULFIL, **wish) is ActionState.DONE
    assert [what for what, *_ in shop.done] == ["fulfil"]
    assert way.orders()["1001"].shipments[0].number == "1Z9"


def test_a_code_is_made_once_and_one_of_somebody_else_is_not_ours(shop, act, look_up):
    assert act(Ability.CODE, text="SORRY10", percent=10).state is ActionState.DONE
    assert act(Ability.CODE, text="SORRY10", percent=10).state is ActionState.DONE
    assert look_up(Ability.CODE, text="SORRY10") is ActionState.DONE
    assert act(Ability.CODE, text="sorry10", percent=10, key="key-2").state is ActionState.REFUSED
    assert len(shop.done) == 1


def test_what_shopify_cannot_do_says_so(act):
    with pytest.raises(NotNow, match="cannot do that"):
        act(Ability.RESEND)


def test_without_the_right_an_action_is_refused_in_words(shop, act):
    right = {"code": "ACCESS_DENIED", "requiredAccess": "`write_orders` access scope."}
    told = {
        "data": {"refundCreate": None},
        "errors": [{"message": "Access denied", "path": ["refundCreate"], "extensions": right}],
    }
    shop.fault("given", "refundCreate", given=(200, {}, told))
    answer = act(Ability.REFUND, amount=FIVE)
    assert answer.state is ActionState.REFUSED
    assert "write_orders" in answer.words
