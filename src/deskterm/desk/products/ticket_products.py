"""Which products a ticket is about: those named in its newest mail, then those of its order."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.orders.order import Order
from deskterm.domain.products.naming import choose_variant, named_codes, naming_words, rank_named
from deskterm.domain.products.product import ProductVariant, StoreProduct, sku_key
from deskterm.domain.products.ticket_products import ProductBeside, note_for, notes_on
from deskterm.domain.sources import Source, SourceKind, SourcePart
from deskterm.storage import sources
from deskterm.storage.products import products
from deskterm.storage.schema.database import Tx

_MOST = 3  # of each kind


def products_beside(
    tx: Tx, shop: DeskContext, at: TicketContext, order: Order | None, now: int
) -> tuple[ProductBeside, ...]:
    """The products named in the newest mail, then those of the order, each once."""
    if not products.any_known(tx):
        return ()
    text = f"{at.ticket.subject}\n{at.question.own_words}" if at.question else at.ticket.subject
    named = _named_in(tx, text, shop.settings.shop.locale[:2])
    ordered = _of_order(tx, order) if order else []
    skus = [line.sku for line in order.lines] if order else []
    known = {one.id for one in named}
    rest = [one for one in ordered if one.id not in known][:_MOST]
    return (
        *(_beside(tx, shop, one, text, skus, now, named=True) for one in named),
        *(_beside(tx, shop, one, "", skus, now, named=False) for one in rest),
    )


def beside_of(
    tx: Tx, shop: DeskContext, product: StoreProduct, now: int, variant: ProductVariant | None = None
) -> ProductBeside:
    """A product or one of its variants, with the owner's note."""
    skus = [variant.sku] if variant else []
    found = _beside(tx, shop, product, "", skus, now, named=False)
    if variant is None:
        return found
    return replace(found, variant=variant, note=note_for(product, variant, shop.playbook.current().notes))


def _named_in(tx: Tx, text: str, language: str) -> list[StoreProduct]:
    found, rarity = products.with_word_of(tx, naming_words(text))
    by_code = products.by_skus(tx, named_codes(text))
    known = {one.id for one in by_code}
    by_word = [one for one in found if one.id not in known]
    ids = [one.id for one in rank_named(text, [*by_word, *by_code], rarity, language)][:_MOST]
    whole = {one.id: one for one in products.by_ids(tx, ids)}
    return [whole[one] for one in ids]


def _of_order(tx: Tx, order: Order) -> list[StoreProduct]:
    """The products of an order's lines: by SKU, else by an equal title."""
    by_sku = products.by_skus(tx, [line.sku for line in order.lines])
    own_last = sorted(by_sku, key=lambda one: one.store == order.store)  # the last of a SKU counts
    own = {sku_key(variant.sku): one for one in own_last for variant in one.variants if variant.sku}
    known = products.by_titles(tx, [(order.store, line.title) for line in order.lines])
    titles = {one.title: one for one in known}
    found = (own.get(sku_key(line.sku)) or titles.get(line.title) for line in order.lines)
    return list({one.id: one for one in found if one is not None}.values())


def _beside(  # noqa: PLR0917 - what a product is shown from
    tx: Tx, shop: DeskContext, one: StoreProduct, text: str, skus: Iterable[str], now: int, *, named: bool
) -> ProductBeside:
    variant = choose_variant(one, text, skus)
    source = Source(one.store, SourceKind.ORDERS, SourcePart.PRODUCTS)
    notes = shop.playbook.current().notes
    return ProductBeside(
        one,
        variant,
        note_for(one, variant, notes),
        named,
        sources.complete_to(tx, source, now),
        tuple(notes_on(one, notes).items()),
    )
