"""What a letter has to do with products: the one it speaks of, what is not known of it, the list it keeps."""

from collections.abc import Iterator

from deskterm.desk.goods.beside import beside_of, products_beside
from deskterm.desk.reply.scene import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.goods.beside import ProductBeside, spoken_of
from deskterm.domain.goods.product import ProductChoice
from deskterm.domain.goods.waits import StockWait
from deskterm.domain.liquid import fill
from deskterm.domain.liquid.product_facts import of_product
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro, StockEffect
from deskterm.domain.review.replies import Draft
from deskterm.storage import orders
from deskterm.storage.goods import products, waits
from deskterm.storage.schema.database import Tx

_DAY = 86_400
_OF_THE_STORE = frozenset({"product.stock", "product.availability", "product.price"})


def product_meant(  # noqa: PLR0917 - what a product is found by
    tx: Tx, shop: DeskContext, macro: Macro | None, at: TicketContext, order: Order | None, now: int
) -> ProductBeside | None:
    """The product a letter speaks of: the likeliest the mail names, else the only one of the order.

    A letter that says that something is there again speaks of what its customer waits for.
    """
    if macro and macro.effects.back_in_stock is StockEffect.TELL:
        found = [_of_wait(tx, shop, one, now) for one in waits.of_ticket(tx, at.ticket.id)]
        told = [one for one in found if one is not None]
        if told:
            return next((one for one in told if one.in_stock), told[0])
    beside = spoken_of(products_beside(tx, shop, at, order, now))
    return beside[0] if beside and (beside[0].named or len(beside) == 1) else None


def _of_wait(tx: Tx, shop: DeskContext, wait: StockWait, now: int) -> ProductBeside | None:
    found = products.by_keys(tx, [(wait.store, wait.product_id)])
    if not found or found[0].gone_at is not None:
        return None
    variants = (one for one in found[0].variants if one.external_id == wait.variant_id)
    return beside_of(tx, shop, found[0], now, next(variants, None))


def doubts_about_product(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int
) -> tuple[str, ...]:
    """What a letter's product leaves in doubt, in sentences: which it is, and what is not known of it."""
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or not macro.speaks_of_product:
        return ()
    order = None if draft.order_id is None else orders.get(tx, draft.order_id)
    meant = product_meant(tx, shop, macro, at, order, now)
    if meant is None:
        return ("The letter speaks of a product, and none is known of this ticket.",)
    return (
        *_which(tx, shop, at, order, meant, now),
        *_unknown(macro, draft, meant),
        *_stale(macro, meant, now),
        *_against_effect(macro, meant),
    )


def _which(  # noqa: PLR0917 - what a product is found by
    tx: Tx, shop: DeskContext, at: TicketContext, order: Order | None, meant: ProductBeside, now: int
) -> Iterator[str]:
    beside = spoken_of(products_beside(tx, shop, at, order, now))
    others = [one.title for one in beside if one.product.id != meant.product.id]
    if meant.named and others:
        yield f"The mail may mean {meant.title} or {' or '.join(others)}; the letter speaks of {meant.title}."


def _unknown(macro: Macro, draft: Draft, meant: ProductBeside) -> Iterator[str]:
    """What the store does not say and the macro's text hangs on; a hole in the text says so itself."""
    known = of_product(meant, lambda _: 1)
    bodies = (macro.body, *(body for _, body in macro.translations))
    asked = dict.fromkeys(name for body in bodies for name in fill.needs(body) if name in _OF_THE_STORE)
    lacking = [name for name in asked if known[name].value is None and f"[{name}?]" not in draft.body]
    if lacking:
        yield f"Not known of {meant.title}: {', '.join(lacking)}. Read whether the letter is true without."


def _stale(macro: Macro, meant: ProductBeside, now: int) -> Iterator[str]:
    if meant.as_of and now - meant.as_of > _DAY and "product." in macro.body:
        days = (now - meant.as_of) // _DAY
        yield f"What is in stock was read {days} day{'s'[: days != 1]} ago."


def _against_effect(macro: Macro, meant: ProductBeside) -> Iterator[str]:
    effect = macro.effects.back_in_stock
    if effect is StockEffect.TELL and not meant.in_stock:
        yield f"{meant.title} is not in stock now, as far as the store says."
    if effect is StockEffect.PROMISE and meant.choice is None:
        yield f"Which {meant.title} they wait for is not known: B puts it on the back-in-stock list."
    elif effect is StockEffect.PROMISE and meant.in_stock:
        yield f"{meant.title} is in stock now, as far as the store says."


def keep_stock_list(  # noqa: PLR0917 - what a letter is
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, letter: str, now: int
) -> None:
    """Do to the back-in-stock list what a letter (by its Message-ID) says, at `now` (UTC seconds)."""
    for choice in _find_promised(tx, shop, at, draft, now):
        waits.add(tx, at.ticket.id, choice, now, letter)
    told = [one.id for one in _find_told(tx, shop, at, draft)]
    if told:
        waits.mark_told(tx, told, now, letter)


def describe_stock_list(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> str:
    """The same beforehand, in words; empty where nothing is done to the list."""
    promised = ", ".join(one.title for one in _find_promised(tx, shop, at, draft, now))
    told = ", ".join(one.title for one in _find_told(tx, shop, at, draft))
    put = f"put on the back-in-stock list for {promised}" if promised else ""
    return put or (f"off the back-in-stock list for {told}" if told else "")


def _find_promised(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int
) -> Iterator[ProductChoice]:
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or macro.effects.back_in_stock is not StockEffect.PROMISE:
        return
    order = None if draft.order_id is None else orders.get(tx, draft.order_id)
    meant = product_meant(tx, shop, macro, at, order, now)
    listed = {(one.store, one.variant_id) for one in waits.of_ticket(tx, at.ticket.id)}
    if meant and meant.choice and (meant.product.store, meant.choice.variant.external_id) not in listed:
        yield meant.choice


def _find_told(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft) -> Iterator[StockWait]:
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is not None and macro.effects.back_in_stock is StockEffect.TELL:
        yield from (one for one in waits.of_ticket(tx, at.ticket.id) if one.back_at is not None)
