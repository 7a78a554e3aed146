"""What the owner does to an order in its store: planned, confirmed, and what became of it.

Nothing is sent from here: a confirmed action is a row that the next pass takes to the store. No rule and
no macro confirms one.
"""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from uuid import uuid4

from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import Ability, ActionAnswer, ActionRecord, ActionState, StoreAction
from deskterm.domain.orders.order import Money, Order
from deskterm.domain.orders.plans import ActionPlan, plan_action
from deskterm.domain.orders.store_kinds import STORE_KINDS, ShopMail, StoreKind
from deskterm.errors import DoneBefore, NotFound, NotNow
from deskterm.storage import orders, store_actions

_REPEATABLE = frozenset({Ability.NOTE, Ability.TAGS, Ability.ADDRESS, Ability.CODE})


class StoreActions:
    """Actions on orders. `order_id` and `ticket_id` are deskterm's rows; a ticket of 0 is none."""

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
        """What can be done to that order from here; the rest is done on its own page."""
        with self._shop.db.read() as tx:
            return self._kind(orders.get(tx, order_id)).can

    def mails(self, order: Order, ability: Ability) -> ShopMail:
        """Whether the shop itself mails the customer about such an action."""
        return self._kind(order).mail(ability)

    def plan(self, order_id: int, wish: StoreAction) -> ActionPlan:
        """What a wish will do, in whole sentences, or what stands in its way. Its key is filled in."""
        with self._shop.db.read() as tx:
            return self._plan(orders.get(tx, order_id), wish)

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
        """Write a planned action down, to be sent by the next pass.

        NotNow with an obstacle, where `typed` is not the amount of a plan that moves money, and where the
        same is on its way or was done before, unless `again` says that it is meant a second time.
        """
        with self._shop.db.write() as tx:
            order = orders.get(tx, order_id)
            fresh = self._plan(order, plan.action)
            if fresh.obstacle:
                raise NotNow(fresh.obstacle_words, safe="Nothing was sent.")
            if fresh.to_type and not is_amount(typed, fresh.to_type):
                amount = f"{as_decimal(fresh.to_type)} {fresh.to_type.currency}"
                raise NotNow(f"Type the amount to confirm it: {amount}.", safe="Nothing was sent.")
            _refuse_second(store_actions.of_order(tx, order_id), fresh.action, again=again)
            record = ActionRecord(
                fresh.action, order.store, order_id, ticket_id, ActionState.CONFIRMED, confirmed_at=now
            )
            store_actions.add(tx, record)
            store_actions.note_event(tx, record, now, By.OWNER)
            return record

    def of_ticket(self, ticket_id: int) -> tuple[ActionRecord, ...]:
        """A ticket's actions, the oldest first."""
        with self._shop.db.read() as tx:
            return tuple(store_actions.of_ticket(tx, ticket_id))

    def of_order(self, order_id: int) -> tuple[ActionRecord, ...]:
        """An order's actions, the oldest first."""
        with self._shop.db.read() as tx:
            return tuple(store_actions.of_order(tx, order_id))

    def repeat(self, key: str, now: int) -> ActionRecord:
        """Send an action anew that did not happen. Its key stays, so the store is asked for it before.

        NotNow unless it was refused: one that is on its way, done or unknown is not repeated.
        """
        with self._shop.db.write() as tx:
            record = store_actions.get(tx, key)
            if record.state is not ActionState.REFUSED:
                raise NotNow(f"It is {record.state}: only what did not happen is sent anew.")
            fresh = self._plan(orders.get(tx, record.order_id), record.action)
            if fresh.obstacle:
                raise NotNow(fresh.obstacle_words, safe="Nothing was sent.")
            store_actions.confirm_again(tx, key, now)
            again = store_actions.get(tx, key)
            store_actions.note_event(tx, again, now, By.OWNER)
            return again

    def decide(self, key: str, now: int, *, happened: bool) -> ActionRecord:
        """The owner has looked in the store: an unknown action happened, or not. NotNow for another."""
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
        """The owner knows that an action did not happen, and leaves it at that."""
        with self._shop.db.write() as tx:
            store_actions.take_note(tx, key, now)

    def take_back(self, key: str, now: int) -> None:
        """Drop an action before it is sent. NotNow where it may be with the store already."""
        with self._shop.db.write() as tx:
            record = store_actions.get(tx, key)
            if not store_actions.take_back(tx, key):
                raise NotNow("It was sent already, or is being sent.")
            store_actions.note_event(tx, record, now, By.OWNER, state="taken back")

    def _plan(self, order: Order, wish: StoreAction) -> ActionPlan:
        filled = replace(
            wish,
            key=wish.key or uuid4().hex,
            order_id=order.external_id,
            seen=(wish.seen or order.ship_to) if wish.ability is Ability.ADDRESS else None,
        )
        return plan_action(order, filled, self._kind(order), self._shop.formats)

    def _kind(self, order: Order) -> StoreKind:
        kinds = {store.name: store.kind for store in self._shop.settings.stores}
        return STORE_KINDS[kinds.get(order.store, "file")]


def is_amount(typed: str, amount: Money) -> bool:
    """Whether what was typed is that amount: `12.50`, `12,50`, with its currency or without."""
    text = typed.strip().upper().removesuffix(amount.currency).removeprefix(amount.currency).strip()
    try:
        return Decimal(text.replace(",", ".")) == as_decimal(amount)
    except InvalidOperation:
        return False


def _refuse_second(known: list[ActionRecord], action: StoreAction, *, again: bool) -> None:
    bare = replace(action, key="", seen=None)
    for record in known:
        if replace(record.action, key="", seen=None) != bare:
            continue
        if record.is_open:
            raise NotNow("The same is on its way already.", safe="Nothing was sent a second time.")
        if record.state is ActionState.DONE and not again and action.ability not in _REPEATABLE:
            raise DoneBefore(
                "The same was done to this order before.",
                safe="Nothing was sent a second time.",
                todo="If it is meant a second time, write it once more (`--again` on the command line).",
            )
