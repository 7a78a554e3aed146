"""Products that a letter promises to send again although the store lacks them."""

from collections.abc import Iterator

from deskterm.config.store_kinds import Ability
from deskterm.desk.shop import DeskContext
from deskterm.domain.orders.actions import ActionState
from deskterm.domain.orders.order import Order, OrderLine
from deskterm.domain.products.product import ProductChoice, ProductVariant, StoreProduct, sku_key
from deskterm.domain.review.goods_promises import promises_goods
from deskterm.domain.review.replies import Draft
from deskterm.storage import orders
from deskterm.storage.acting import store_actions
from deskterm.storage.products import products
from deskterm.storage.schema.database import Tx


def doubts_about_sending(tx: Tx, shop: DeskContext, draft: Draft, words: str) -> tuple[str, ...]:
    """A sentence for each product of the order that a letter (`words`) promises and the store lacks.

    Once the store has accepted the replacement, its stock no longer matters.
    """
    macro = shop.playbook.current().macros.get(draft.macro)
    abilities = {ability for _, ability in macro.claim_actions} if macro else set()
    if draft.order_id is None or not (Ability.REPLACE in abilities or promises_goods(words)):
        return ()
    made = store_actions.for_order(tx, draft.order_id)
    if any(one.action.ability is Ability.REPLACE and one.state is ActionState.DONE for one in made):
        return ()
    return tuple(dict.fromkeys(_lacking(tx, orders.get(tx, draft.order_id))))


def _lacking(tx: Tx, order: Order) -> Iterator[str]:
    lines = [one for one in order.lines if one.quantity > one.refunded]
    found = products.by_skus(tx, [one.sku for one in lines])
    found += products.by_titles(tx, [(order.store, one.title) for one in lines if not one.sku])
    own = [one for one in found if one.store == order.store]
    for line in lines:
        meant = next((choice for one in own if (choice := _choice_of(one, line))), None)
        if meant is None or meant.variant.in_stock is None:
            continue
        if not meant.variant.in_stock:
            yield f"The letter promises goods, but {meant.title} is out of stock according to the store."
        elif meant.variant.stock is not None and meant.variant.stock < line.quantity:
            there = f"of {meant.title} the store has {meant.variant.stock}"
            yield f"The letter promises goods, but {there} and the order has {line.quantity}."


def _choice_of(product: StoreProduct, line: OrderLine) -> ProductChoice | None:
    """The variant of a product that a line means; None if it is another product's or uncertain."""
    return next((ProductChoice(product, one) for one in product.variants if _is_of(one, line, product)), None)


def _is_of(variant: ProductVariant, line: OrderLine, product: StoreProduct) -> bool:
    if line.sku:
        return sku_key(variant.sku) == sku_key(line.sku)
    return line.title == product.title and (line.variant == variant.title or len(product.variants) == 1)
