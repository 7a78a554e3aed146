"""Reading Vendure's products and stock. Incoming stock is unknown."""

from collections.abc import Iterator, Sequence

from deskterm.domain.products.product import ProductVariant, StoreProduct
from deskterm.domain.text import line
from deskterm.sync.stores.adapter import ProductPage
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.vendure.orders import money_of
from deskterm.sync.stores.vendure.wire import VendureWire

_AT_ONCE = 100


class StockRow(Answered):
    """The stock at one location."""

    stock_on_hand: int
    stock_allocated: int


class StockedVariantRow(Answered):
    """What has a price and a stock."""

    id: str
    sku: str
    name: str
    price_with_tax: int
    currency_code: str
    track_inventory: str
    enabled: bool = True
    stock_levels: tuple[StockRow, ...] = ()


class VendureProductRow(Answered):
    """One product."""

    id: str
    name: str
    enabled: bool = True
    variants: tuple[StockedVariantRow, ...] = ()


class _ProductList(Answered):
    total_items: int
    items: list[VendureProductRow]


class _ProductsAnswer(Answered):
    products: _ProductList


def read_all(wire: VendureWire, store: str) -> Iterator[ProductPage]:
    """All products, page by page."""
    skip = 0
    while True:
        found = _ask(wire, skip)
        skip += len(found.items)
        left = max(0, found.total_items - skip)
        yield ProductPage(tuple(_product(store, row) for row in found.items), "", left=left)
        if skip >= found.total_items or not found.items:
            return


def read_some(wire: VendureWire, store: str, ids: Sequence[str]) -> Iterator[ProductPage]:
    """Read these products; missing ones are reported as gone."""
    for at in range(0, len(ids), _AT_ONCE):
        asked = list(ids[at : at + _AT_ONCE])
        rows = _ask(wire, 0, {"id": {"in": asked}}).items
        there = {row.id for row in rows}
        gone = tuple(one for one in asked if one not in there)
        yield ProductPage(tuple(_product(store, row) for row in rows), "", gone=gone)


def _ask(wire: VendureWire, skip: int, chosen: dict[str, object] | None = None) -> _ProductList:
    options = {"skip": skip, "take": _AT_ONCE, "sort": {"id": "ASC"}, "filter": chosen or {}}
    return wire.ask("products", _ProductsAnswer, options=options).products


def _product(store: str, row: VendureProductRow) -> StoreProduct:
    variants = tuple(_variant(one, row) for one in row.variants)
    return StoreProduct(store, row.id, line(row.name)[:300], variants)


def _variant(row: StockedVariantRow, product: VendureProductRow) -> ProductVariant:
    counted = row.track_inventory != "FALSE" and bool(row.stock_levels)
    stock = sum(one.stock_on_hand - one.stock_allocated for one in row.stock_levels)
    return ProductVariant(
        external_id=row.id,
        sku=line(row.sku),
        title="" if row.name == product.name else line(row.name)[:300],
        price=money_of(row.price_with_tax, row.currency_code),
        stock=stock if counted else None,
        for_sale=(not counted or stock > 0) if product.enabled and row.enabled else False,
    )
