"""Acting in a Shopify shop: each action checks the order first and can be found again later."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from deskterm.config.store_kinds import Ability
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.errors import NotNow
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.shopify.addresses import changed_address
from deskterm.sync.stores.shopify.cancelling import cancel, find_cancellation
from deskterm.sync.stores.shopify.cards import find_card, give_card
from deskterm.sync.stores.shopify.changes import DONE, ChangeAnswer, change, refuse
from deskterm.sync.stores.shopify.order_now import look_at, order_now, trace_of
from deskterm.sync.stores.shopify.orders import postal_address
from deskterm.sync.stores.shopify.reading import order_gid
from deskterm.sync.stores.shopify.refunds import find_refund, refund
from deskterm.sync.stores.shopify.replacements import find_replacement, send_replacement
from deskterm.sync.stores.shopify.returns import find_return, open_return
from deskterm.sync.stores.shopify.wire import ShopifyWire


class UpdateAnswer(Answered):
    """The answer to a change of an order."""

    order_update: ChangeAnswer


class TagsAnswer(Answered):
    """The answer to new tags."""

    tags_add: ChangeAnswer


class FulfilAnswer(Answered):
    """The answer to a parcel."""

    fulfillment_create: ChangeAnswer


class DiscountAnswer(Answered):
    """The answer to a code."""

    discount_code_basic_create: ChangeAnswer


class TitleRow(Answered):
    """A discount's title: it holds the action's key."""

    title: str | None = None


class CodeRow(Answered):
    """A discount by its code."""

    code_discount: TitleRow | None = None


class CodeAnswer(Answered):
    """The discount of a code, None where there is none."""

    code_discount_node_by_code: CodeRow | None = None


class ShopifyActing:
    """The actions in one shop. `now` is UTC seconds."""

    def __init__(self, wire: ShopifyWire, now: int, sleep: Callable[[float], None] = time.sleep) -> None:
        self._wire, self._now = wire, now
        self._acts: dict[Ability, Callable[[StoreAction], ActionAnswer]] = {
            Ability.REFUND: lambda action: refund(wire, action),
            Ability.CREDIT: lambda action: refund(wire, action),
            Ability.CANCEL: lambda action: cancel(wire, action, sleep),
            Ability.ADDRESS: self._address,
            Ability.NOTE: self._note,
            Ability.TAGS: self._tags,
            Ability.FULFIL: self._fulfil,
            Ability.CODE: self._code,
            Ability.REPLACE: lambda action: send_replacement(wire, action),
            Ability.RETURN: lambda action: open_return(wire, action),
            Ability.GIFT_CARD: lambda action: give_card(wire, action),
        }
        self._finds: dict[Ability, Callable[[StoreAction], ActionAnswer]] = {
            Ability.REFUND: lambda action: find_refund(wire, action),
            Ability.CREDIT: lambda action: find_refund(wire, action),
            Ability.CANCEL: lambda action: find_cancellation(wire, action),
            Ability.CODE: lambda action: self._code_found(action) or NOT_THERE,
            Ability.REPLACE: lambda action: find_replacement(wire, action),
            Ability.RETURN: lambda action: find_return(wire, action),
            Ability.GIFT_CARD: lambda action: find_card(wire, action),
        }

    def act(self, action: StoreAction) -> ActionAnswer:
        """Perform it once. Raises NotNow for what Shopify cannot do."""
        act = self._acts.get(action.ability)
        if act is None:
            raise NotNow(
                "Shopify cannot do that from here.", todo="Do it on the order's page in Shopify's admin."
            )
        return act(action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        find = self._finds.get(action.ability)
        if find is not None:
            return find(action)
        order = order_now(self._wire, action)
        return look_at(order, action) if order else NOT_THERE

    def _address(self, action: StoreAction) -> ActionAnswer:
        order = order_now(self._wire, action)
        wanted = action.ship_to
        if order is None or order.shipping_address is None or wanted is None:
            return refuse("The shop does not show this order's address.")
        if trace_of(order, action):
            return DONE
        if order.cancelled_at or order.is_sent:
            return refuse("It is cancelled or on its way already: the address was not changed.")
        current = postal_address(order.shipping_address)
        if action.seen is not None and current != action.seen:
            there = ", ".join(current.lines)
            return refuse(f"The address was changed meanwhile, it is now: {there}. Look at it again.")
        address = changed_address(order.shipping_address, current, wanted)
        return self._update(action, {"shippingAddress": address})

    def _note(self, action: StoreAction) -> ActionAnswer:
        order = order_now(self._wire, action)
        if order is None:
            return refuse("The shop does not have this order.")
        if found := trace_of(order, action):
            return found
        whole = "\n".join(part for part in ((order.note or "").rstrip(), action.text) if part)
        return self._update(action, {"note": whole})

    def _update(self, action: StoreAction, what: dict[str, object]) -> ActionAnswer:
        asked = {"id": order_gid(action.order_id), **what}
        answer = change(self._wire, "update", UpdateAnswer, input=asked)
        if isinstance(answer, ActionAnswer):
            return answer
        return answer.order_update.outcome()

    def _tags(self, action: StoreAction) -> ActionAnswer:
        """Add tags. Adding one twice has no further effect."""
        gid = order_gid(action.order_id)
        answer = change(self._wire, "tags_add", TagsAnswer, id=gid, tags=action.tags)
        return answer if isinstance(answer, ActionAnswer) else answer.tags_add.outcome()

    def _fulfil(self, action: StoreAction) -> ActionAnswer:
        order = order_now(self._wire, action)
        if order is None:
            return refuse("The shop does not have this order.")
        if found := trace_of(order, action):
            return found
        if len(order.still_to_send) != 1:
            words = (
                "Nothing of it is left to be sent."
                if not order.still_to_send
                else "It is sent from several places."
            )
            return refuse(f"{words} Do it in Shopify's admin.")
        tracking = {"company": action.carrier, "number": action.tracking} if action.tracking else None
        asked = {
            "lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": order.still_to_send[0].id}],
            "notifyCustomer": action.tell_customer,
            "trackingInfo": tracking,
        }
        answer = change(self._wire, "fulfil", FulfilAnswer, fulfillment=asked)
        return answer if isinstance(answer, ActionAnswer) else answer.fulfillment_create.outcome()

    def _code(self, action: StoreAction) -> ActionAnswer:
        if found := self._code_found(action):
            return found
        answer = change(self._wire, "discount", DiscountAnswer, discount=self._discount(action))
        if isinstance(answer, ActionAnswer):
            return answer
        return answer.discount_code_basic_create.outcome()

    def _code_found(self, action: StoreAction) -> ActionAnswer | None:
        found = self._wire.ask("discount_by_code", CodeAnswer, code=action.text).code_discount_node_by_code
        if found is None:
            return None
        ours = found.code_discount is not None and has_key(found.code_discount.title, action.key)
        return DONE if ours else refuse("There is such a code already.")

    def _discount(self, action: StoreAction) -> dict[str, object]:
        off: dict[str, object] = {"percentage": action.percent / 100}
        if action.amount is not None:
            off = {"discountAmount": {"amount": str(as_decimal(action.amount)), "appliesOnEachItem": False}}
        return {
            "title": with_key(action.text, action.key),
            "code": action.text,
            "startsAt": datetime.fromtimestamp(self._now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "usageLimit": 1,
            "appliesOncePerCustomer": True,
            "customerGets": {"value": off, "items": {"all": True}},
            "context": {"all": "ALL"},
        }
