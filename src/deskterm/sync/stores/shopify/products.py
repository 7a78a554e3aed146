"""Shopify's products, with what is in stock and on its way there."""

from collections.abc import Iterator

from deskterm.domain.orders.product import ProductVariant, StoreProduct
from deskterm.domain.text import line
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.reading import amount
from deskterm.sync.stores.shopify.answers import Listed
from deskterm.sync.stores.shopify.wire import ShopifyWire

_AT_ONCE = 20


class QuantityRow(Answered):
    """How much there is of something, under a name."""

    name: str
    quantity: int


class LevelRow(Answered):
    """The stock at one place."""

    quantities: tuple[QuantityRow, ...] = ()


class ItemRow(Answered):
    """What is kept in stock."""

    tracked: bool = False
    inventory_levels: Listed[LevelRow] | None = None


class VariantRow(Answered):
    """What has a price and a stock."""

    legacy_resource_id: str
    title: str
    price: str
    sku: str | None = None
    inventory_quantity: int | None = None
    inventory_item: ItemRow | None = None


class ProductRow(Answered):
    """One product, with its first variants."""

    id: str
    legacy_resource_id: str
    title: str
    variants: Listed[VariantRow]
    online_store_url: str | None = None


class ProductsAnswer(Answered):
    """A page of products."""

    products: Listed[ProductRow]


class _Variants(Answered):
    variants: Listed[VariantRow]


class _MoreAnswer(Answered):
    product: _Variants | None = None


def product_pages(wire: ShopifyWire, *, stock: bool) -> Iterator[list[ProductRow]]:
    """All products, page by page, each with all its variants."""
    after: str | None = None
    while True:
        page = wire.ask("products", ProductsAnswer, first=_AT_ONCE, after=after, stock=stock).products
        yield [_whole(wire, row, stock=stock) for row in page.nodes]
        if page.page_info is None or not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def product_of_row(store: str, admin: str, currency: str, row: ProductRow) -> StoreProduct:
    """The product of a row, its prices in the shop's currency. BrokenRow where a price is none."""
    return StoreProduct(
        store=store,
        external_id=row.legacy_resource_id,
        title=line(row.title)[:300],
        variants=tuple(_variant(one, currency) for one in row.variants.nodes),
        url=line(row.online_store_url or ""),
        admin_url=f"{admin}/products/{row.legacy_resource_id}",
    )


def _whole(wire: ShopifyWire, row: ProductRow, *, stock: bool) -> ProductRow:
    info = row.variants.page_info
    while info and info.has_next_page:
        found = wire.ask("more_variants", _MoreAnswer, id=row.id, after=info.end_cursor, stock=stock).product
        if found is None:
            break
        row.variants.nodes.extend(found.variants.nodes)
        info = found.variants.page_info
    return row


def _variant(row: VariantRow, currency: str) -> ProductVariant:
    item = row.inventory_item
    counted = item is None or item.tracked
    title = "" if row.title == "Default Title" else line(row.title)[:300]  # Shopify's word for "no variants"
    return ProductVariant(
        external_id=row.legacy_resource_id,
        sku=line(row.sku or ""),
        title=title,
        price=amount(row.price, currency, "price"),
        stock=row.inventory_quantity if counted else None,
        incoming=_incoming(item) if item and counted else None,
    )


def _incoming(item: ItemRow) -> int:
    levels = item.inventory_levels.nodes if item.inventory_levels else []
    return sum(one.quantity for level in levels for one in level.quantities if one.name == "incoming")
