"""What the owner does to an order in its store: plan, confirm, and track the outcome.

Nothing is sent from here: a confirmed action is a row that the next pass sends to the store. No rule and no
macro can confirm one.
"""

from dataclasses import replace
from uuid import uuid4

from deskterm.config.store_kinds import STORE_KINDS, Ability, ShopMail, StoreKind
from deskterm.desk.orders.goodwill_limits import (
    Gift,
    codes_left,
    limits_of,
    refuse_named_code,
    with_listed_code,
)
from deskterm.desk.products.returns import with_returns
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By
from deskterm.domain.money import as_decimal, parse_amount
from deskterm.domain.orders.action_names import name_action
from deskterm.domain.orders.actions import ActionAnswer, ActionRecord, ActionState, StoreAction
from deskterm.domain.orders.codes import ListedCode
from deskterm.domain.orders.order import Money, Order
from deskterm.domain.orders.plans import ActionPlan, plan_action
from deskterm.domain.orders.repeated_actions import find_done, find_open, is_money_back
from deskterm.errors import DoneBefore, NotFound, NotNow
from deskterm.storage import orders
from deskterm.storage.acting import rights, store_actions
from deskterm.storage.schema.database import Tx


class StoreActions:
    """Actions on orders. `order_id` and `ticket_id` are deskterm's ids; ticket 0 means none."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def find_orders(self, number: str, store: str = "") -> tuple[Order, ...]:
        """The orders with that number ("1042"), of one store or of any. Raises NotFound."""
        with self._shop.db.read() as tx:
            found = tuple(one for one in orders.by_numbers(tx, [number]) if store in ("", one.store))
        if not found:
            raise NotFound(f"There is no order {number} here.")
        return found

    def can(self, order_id: int) -> frozenset[Ability]:
        """What can be done to that order from here; everything else is done on its own page."""
        with self._shop.db.read() as tx:
            return kind_of(tx, self._shop, orders.get(tx, order_id)).can

    def kind(self, order: Order) -> StoreKind:
        """The kind of an order's store, with what its key may do."""
        with self._shop.db.read() as tx:
            return kind_of(tx, self._shop, order)

    def lacking(self, order: Order) -> frozenset[Ability]:
        """What the kind of an order's store can do and its key may not."""
        with self._shop.db.read() as tx:
            return rights.lacking(tx, order.store)

    def own_page(self, order: Order) -> str:
        """An order's page in its shop's admin, below the address in the settings; "" without such a page.

        A page that an orders file names is none: the file may come from elsewhere.
        """
        stores = self._shop.settings.stores
        shops = [one.address for one in stores if one.name == order.store and one.is_live]
        return (
            order.admin_url if any(order.admin_url.startswith(f"{one.rstrip('/')}/") for one in shops) else ""
        )

    @property
    def limits_set(self) -> bool:
        """Whether the owner has set a goodwill limit."""
        policy = self._shop.settings.policy
        return any((policy.goodwill_per_ticket, policy.goodwill_per_customer, policy.goodwill_per_month))

    def mails(self, order: Order, ability: Ability) -> ShopMail:
        """Whether the shop itself mails the customer about such an action."""
        return self.kind(order).mail(ability)

    def codes(self, order: Order) -> tuple[ListedCode, ...]:
        """The unused codes of the owner's list, for a store that makes none itself."""
        with self._shop.db.read() as tx:
            if Ability.CODE in kind_of(tx, self._shop, order).can:
                return ()
            return tuple(codes_left(tx, self._shop, order))

    def plan(self, order_id: int, action: StoreAction, now: int, *, ticket_id: int = 0) -> ActionPlan:
        """What an action will do, in sentences, or what prevents it. Fills in its key."""
        with self._shop.db.read() as tx:
            return self._plan(tx, orders.get(tx, order_id), action, now, ticket_id)

    def confirm(
        self,
        plan: ActionPlan,
        order_id: int,
        now: int,
        *,
        ticket_id: int = 0,
        typed: str = "",
        again: bool = False,
    ) -> ActionRecord:
        """Record a planned action, to be sent by the next pass.

        NotNow if something prevents it, if `typed` is not the amount of a plan that moves money, and if the
        same action is under way or was done before, unless `again` says it is meant a second time.
        """
        with self._shop.db.write() as tx:
            order = orders.get(tx, order_id)
            fresh = self._plan(tx, order, plan.action, now, ticket_id)
            if fresh.obstacle:
                raise NotNow(fresh.obstacle_words, safe="Nothing was sent.")
            if fresh.to_type and not is_amount(typed, fresh.to_type):
                amount = f"{as_decimal(fresh.to_type)} {fresh.to_type.currency}"
                raise NotNow(f"Type the amount to confirm it: {amount}.", safe="Nothing was sent.")
            _refuse_second(store_actions.for_order(tx, order_id), fresh.action, again=again)
            record = ActionRecord(
                fresh.action, order.store, order_id, ticket_id, ActionState.CONFIRMED, confirmed_at=now
            )
            store_actions.add(tx, record, fresh.goodwill)
            store_actions.note_event(tx, record, now, By.OWNER)
            if fresh.action.from_list:  # done by taking it from the list
                store_actions.settle(tx, fresh.action.key, ActionAnswer(ActionState.DONE), now)
                store_actions.note_event(tx, record, now, By.OWNER, state=ActionState.DONE)
            return store_actions.get(tx, fresh.action.key)

    def for_ticket(self, ticket_id: int) -> tuple[ActionRecord, ...]:
        """A ticket's actions, oldest first."""
        with self._shop.db.read() as tx:
            return tuple(store_actions.for_ticket(tx, ticket_id))

    def for_order(self, order_id: int) -> tuple[ActionRecord, ...]:
        """An order's actions, oldest first."""
        with self._shop.db.read() as tx:
            return tuple(store_actions.for_order(tx, order_id))

    def repeat(self, key: str, now: int) -> ActionRecord:
        """Send an action again that did not happen. Its key stays, so the store is asked about it first.

        NotNow unless it was refused.
        """
        with self._shop.db.write() as tx:
            record = store_actions.get(tx, key)
            if record.state is not ActionState.REFUSED:
                raise NotNow(f"It is {record.state}: only an action that did not happen can be sent again.")
            fresh = self._plan(tx, orders.get(tx, record.order_id), record.action, now, record.ticket_id)
            if fresh.obstacle:
                raise NotNow(fresh.obstacle_words, safe="Nothing was sent.")
            _refuse_second(store_actions.for_order(tx, record.order_id), fresh.action, again=False)
            store_actions.confirm_again(tx, key, now)
            again = store_actions.get(tx, key)
            store_actions.note_event(tx, again, now, By.OWNER)
            return again

    def decide(self, key: str, now: int, *, happened: bool) -> ActionRecord:
        """Record what the owner saw in the store: the unknown action happened, or not. NotNow for another."""
        with self._shop.db.write() as tx:
            record = store_actions.get(tx, key)
            if record.state is not ActionState.UNKNOWN:
                raise NotNow(f"It is {record.state}: there is nothing to decide.")
            state = ActionState.DONE if happened else ActionState.REFUSED
            store_actions.settle(tx, key, ActionAnswer(state, "As you said."), now)
            store_actions.take_note(tx, key, now)
            store_actions.note_event(tx, record, now, By.OWNER, state=state)
            return store_actions.get(tx, key)

    def take_note(self, key: str, now: int) -> None:
        """Close a failed action: the owner knows that it did not happen."""
        with self._shop.db.write() as tx:
            store_actions.take_note(tx, key, now)

    def take_back(self, key: str, now: int) -> None:
        """Drop an action before it is sent. A code goes back to the owner's list.

        NotNow if it may be with the store already, or if a letter names the code.
        """
        with self._shop.db.write() as tx:
            record = store_actions.get(tx, key)
            if record.action.from_list:
                refuse_named_code(tx, record)
            if not store_actions.take_back(tx, key):
                raise NotNow("It was sent already, or is being sent.")
            store_actions.note_event(tx, record, now, By.OWNER, state="taken back")

    def _plan(self, tx: Tx, order: Order, action: StoreAction, now: int, ticket_id: int) -> ActionPlan:
        (order,) = with_returns(tx, [order])
        kind = kind_of(tx, self._shop, order)
        action = with_listed_code(tx, self._shop, order, action, kind)
        filled = replace(
            action,
            key=action.key or uuid4().hex,
            order_id=order.external_id,
            seen=(action.seen or order.ship_to) if action.ability is Ability.ADDRESS else None,
        )
        limits = limits_of(tx, self._shop, Gift(order, ticket_id, now, filled.key))
        return plan_action(order, filled, kind, self._shop.formats, limits)


def kind_of(tx: Tx, shop: DeskContext, order: Order) -> StoreKind:
    """The kind of an order's store (a file if the settings lack it), without what its key may not do."""
    kinds = {store.name: store.kind for store in shop.settings.stores}
    kind = STORE_KINDS[kinds.get(order.store, "file")]
    return replace(kind, can=kind.can - rights.lacking(tx, order.store))


def is_amount(typed: str, amount: Money) -> bool:
    """Whether the typed text is that amount: `12.50`, `12,50`, with or without its currency."""
    return parse_amount(typed, amount.currency) == amount


def _refuse_second(known: list[ActionRecord], action: StoreAction, *, again: bool) -> None:
    if under_way := find_open(known, action):
        same = "A refund" if is_money_back(action) else "The same"
        raise NotNow(
            f"{same} of this order is already under way: {name_action(under_way)}.",
            safe="Nothing was sent a second time.",
            todo="Wait for its outcome, or settle it on the ticket.",
        )
    if not again and (done := find_done(known, action)):
        raise DoneBefore(
            f"The same was done to this order before: {name_action(done)}.",
            safe="Nothing was sent a second time.",
            todo="If you mean it a second time, confirm it again (`--again` on the command line).",
        )
