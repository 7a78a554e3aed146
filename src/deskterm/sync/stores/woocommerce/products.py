"""Reading WooCommerce's products, with their variations, which the product list lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from deskterm.config.store import Store
from deskterm.domain.products.product import ProductVariant, StoreProduct
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, NotFound, ServerRefused
from deskterm.sync.stores.adapter import OrderGap, ProductPage
from deskterm.sync.stores.reading import BrokenRow
from deskterm.sync.stores.rows import decode, decode_row, describe_row, find_key, split_rows
from deskterm.sync.stores.woocommerce.changes import PAGE, ChangeWalk, RowPage, total_of
from deskterm.sync.stores.woocommerce.line import WooLine
from deskterm.sync.stores.woocommerce.orders import to_money, to_seconds
from deskterm.sync.stores.woocommerce.rows import OrderCurrency, WooCurrency, WooProduct

_LONGEST = 300


def read(woo: WooLine, store: Store, cursor: str, now: int) -> Iterator[ProductPage]:
    """Products that changed since the cursor, oldest change first, as of `now` (UTC seconds)."""
    coin = shop_currency(woo, store)

    def ask(asked: Mapping[str, str]) -> RowPage:
        found: list[tuple[int, int, object]] = []
        answer = woo.get("products", {"status": "publish", **asked})
        for raw in split_rows(answer):
            key = find_key(raw)
            found.append((int(key) if key.isdecimal() else 0, _change_time(raw), raw))
        return RowPage(found, total_of(answer))

    for page in ChangeWalk(ask, int(cursor) if cursor.isdecimal() else 0, now).pages():
        yield replace(_page(woo, store, page.rows, str(page.then), coin), left=page.left)


def read_again(woo: WooLine, store: Store, ids: Sequence[str]) -> Iterator[ProductPage]:
    """Read these products; those no longer published are reported as gone."""
    asked = [one for one in ids if one.isdecimal()]
    coin = shop_currency(woo, store) if asked else ""
    for at in range(0, len(asked), PAGE):
        some = asked[at : at + PAGE]
        given = {"status": "publish", "include": ",".join(some), "per_page": str(PAGE)}
        rows = split_rows(woo.get("products", given))
        there = {find_key(raw) for raw in rows}
        page = _page(woo, store, rows, "", coin)
        yield replace(page, gone=tuple(one for one in some if one not in there))


def shop_currency(woo: WooLine, store: Store) -> str:
    """The shop's currency: from the settings, else from the shop.

    If the key's user may see only orders, it is that of the newest order.
    """
    if store.currency:
        return store.currency
    try:
        return decode(woo.get("data/currencies/current"), WooCurrency).code
    except (LoginRefused, NotFound, ServerRefused):
        found = decode(woo.get("orders", {"per_page": "1", "_fields": "currency"}), list[OrderCurrency])
        if not found:
            raise
        return found[0].currency


def _page(woo: WooLine, store: Store, rows: Iterable[object], cursor: str, coin: str) -> ProductPage:
    gaps: list[OrderGap] = []
    products = [one for raw in rows if (one := _product(woo, store, raw, coin, gaps))]
    return ProductPage(tuple(products), cursor, tuple(gaps))


def _product(woo: WooLine, store: Store, raw: object, coin: str, gaps: list[OrderGap]) -> StoreProduct | None:
    assert isinstance(raw, msgspec.Raw)
    try:
        row = decode_row(raw, WooProduct)
        variants = _variations(woo, row) if row.type == "variable" else [row]
        return StoreProduct(
            store.name,
            str(row.id),
            line(row.name)[:_LONGEST],
            tuple(_variant(one, row, coin) for one in variants),
            row.permalink or "",
            f"{store.address.rstrip('/')}/wp-admin/post.php?post={row.id}&action=edit",
        )
    except (msgspec.DecodeError, BrokenRow) as error:
        key = find_key(raw)
        why = describe_row(error) if isinstance(error, msgspec.DecodeError) else str(error)
        gaps.append(OrderGap(f"product {key or '?'}: {why}", key))
        return None


def _variations(woo: WooLine, row: WooProduct) -> list[WooProduct]:
    found: list[WooProduct] = []
    page = 1
    while True:
        some = split_rows(
            woo.get(f"products/{row.id}/variations", {"per_page": str(PAGE), "page": str(page)})
        )
        found += [decode_row(one, WooProduct) for one in some]
        if len(some) < PAGE:
            return found
        page += 1


def _variant(one: WooProduct, product: WooProduct, coin: str) -> ProductVariant:
    options = [str(each.get("option", "")) for each in one.attributes if isinstance(each, dict)]
    title = ", ".join(filter(None, options)) if one is not product else ""
    counted = one.manage_stock is True and one.stock_quantity is not None
    return ProductVariant(
        str(one.id),
        line(one.sku or "")[:_LONGEST],
        line(title)[:_LONGEST],
        to_money(one.price or "0", coin, "price"),
        int(one.stock_quantity or 0) if counted else None,
        for_sale=one.stock_status != "outofstock" if one.stock_status else None,
    )


def _change_time(raw: msgspec.Raw) -> int:
    try:
        return to_seconds(decode_row(raw, WooProduct).date_modified_gmt, "time it was changed")
    except (msgspec.DecodeError, BrokenRow):
        return 0
