"""Reading Shopify's products, with available and incoming stock."""

from collections.abc import Iterator, Sequence

from deskterm.domain.products.product import ProductVariant, StoreProduct
from deskterm.domain.text import line
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.reading import amount
from deskterm.sync.stores.shopify.answers import Listed
from deskterm.sync.stores.shopify.times import step_back
from deskterm.sync.stores.shopify.wire import ShopifyWire

_AT_ONCE = 20


class QuantityRow(Answered):
    """A named quantity."""

    name: str
    quantity: int


class LevelRow(Answered):
    """The stock at one location."""

    quantities: tuple[QuantityRow, ...] = ()


class ItemRow(Answered):
    """An inventory item."""

    tracked: bool = False
    inventory_levels: Listed[LevelRow] | None = None


class VariantRow(Answered):
    """What has a price and a stock."""

    legacy_resource_id: str
    title: str
    price: str
    sku: str | None = None
    inventory_quantity: int | None = None
    available_for_sale: bool | None = None
    inventory_item: ItemRow | None = None


class ProductRow(Answered):
    """One product, with its first variants."""

    id: str
    legacy_resource_id: str
    title: str
    updated_at: str
    variants: Listed[VariantRow]
    online_store_url: str | None = None


class ProductsAnswer(Answered):
    """A page of products."""

    products: Listed[ProductRow]


class SomeProducts(Answered):
    """Products by their ids; null for each that is not there."""

    nodes: list[ProductRow | None]


class _Variants(Answered):
    variants: Listed[VariantRow]


class _MoreAnswer(Answered):
    product: _Variants | None = None


def changed_products(wire: ShopifyWire, since: str, *, stock: bool) -> Iterator[tuple[list[ProductRow], str]]:
    """The pages of products that changed since a time ("" for all), oldest change first.

    Each comes with all its variants, each page with the time to go on from. Shopify counts what an order
    takes out of stock as a change.
    """
    query = f"updated_at:>='{step_back(since)}'" if since else None
    after: str | None = None
    while True:
        page = wire.ask("products", ProductsAnswer, first=_AT_ONCE, after=after, query=query, stock=stock)
        rows = page.products.nodes
        since = max([since, *(row.updated_at for row in rows)])
        yield [_whole(wire, row, stock=stock) for row in rows], since
        info = page.products.page_info
        if info is None or not info.has_next_page:
            return
        after = info.end_cursor


def products_by_id(wire: ShopifyWire, ids: Sequence[str], *, stock: bool) -> list[ProductRow]:
    """Products by Shopify's ids; unknown ones are missing."""
    gids = [f"gid://shopify/Product/{one}" for one in ids]
    found = wire.ask("products_by_id", SomeProducts, ids=gids, stock=stock).nodes
    return [_whole(wire, row, stock=stock) for row in found if row is not None]


def product_of_row(store: str, admin: str, currency: str, row: ProductRow) -> StoreProduct:
    """Convert a row to a product, prices in the shop's currency. Raises BrokenRow for an invalid price."""
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
        for_sale=row.available_for_sale,
    )


def _incoming(item: ItemRow) -> int:
    levels = item.inventory_levels.nodes if item.inventory_levels else []
    return sum(one.quantity for level in levels for one in level.quantities if one.name == "incoming")
