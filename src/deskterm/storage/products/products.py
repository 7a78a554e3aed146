"""Products, as a read-only copy of what the stores sell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from sqlite3 import Connection, Row

from deskterm.domain.orders.order import Money
from deskterm.domain.products.naming import naming_words
from deskterm.domain.products.product import ProductVariant, StoreProduct, sku_key
from deskterm.storage.schema.columns import to_json
from deskterm.storage.search.functions import allow_functions, fold

_GIVEN = "IN (SELECT value FROM json_each(?))"
_COMMON = 200  # a word in so many products says nothing
_ALL = -1  # a limit that is none
_MOST = 400  # products that are looked at for one mail


def upsert_all(tx: Connection, products: Sequence[StoreProduct], now: int) -> list[StoreProduct]:
    """Store products as a store describes them, as of `now` (UTC seconds); returns new or changed ones."""
    wanted = {(one.store, one.external_id): one for one in products}
    known = {(one.store, one.external_id): one for one in by_keys(tx, wanted)}
    same = [key for key in wanted if key in known and _is_as_known(wanted[key], known[key])]
    tx.executemany(
        "UPDATE product SET synced_at = ? WHERE store = ? AND external_id = ?", [(now, *key) for key in same]
    )
    changed = [one for key, one in wanted.items() if key not in set(same)]
    for one in changed:
        _write(tx, one, now)
    return changed


def by_keys(tx: Connection, keys: Iterable[tuple[str, str]]) -> list[StoreProduct]:
    """Products by their stores and the stores' keys."""
    listed = to_json([list(key) for key in keys])
    return _read(tx, "(store, external_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))", listed)


def by_ids(tx: Connection, ids: Iterable[int]) -> list[StoreProduct]:
    """Products by id."""
    return _read(tx, f"id {_GIVEN}", to_json(list(ids)))


def by_skus(tx: Connection, skus: Iterable[str]) -> list[StoreProduct]:
    """The products with a variant that has one of these SKUs, without those that are gone."""
    keys = to_json([key for one in skus if (key := sku_key(one))])
    where = f"id IN (SELECT product_id FROM product_variant WHERE sku_key != '' AND sku_key {_GIVEN})"
    return _read(tx, f"gone_at IS NULL AND {where}", keys)


def by_titles(tx: Connection, titles: Iterable[tuple[str, str]]) -> list[StoreProduct]:
    """The products of these stores with exactly these titles."""
    listed = to_json([list(one) for one in titles])
    where = "(store, title) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"
    return _read(tx, f"gone_at IS NULL AND {where}", listed)


def with_word_of(tx: Connection, words: Iterable[str]) -> tuple[list[StoreProduct], dict[str, int]]:
    """The products whose titles share a telling word with these, and how many have each of their words.

    A word that hundreds of products bear tells nothing by itself. The products are without their variants:
    few of hundreds are meant, and `by_ids` gives those whole.
    """
    counts = _count_words(tx, words)
    telling = [word for word, count in counts.items() if count <= _COMMON]
    ids = [
        row[0]
        for row in tx.execute(
            f"SELECT product_id, count(*) AS many FROM product_word WHERE word {_GIVEN}"
            " GROUP BY product_id ORDER BY many DESC LIMIT ?",
            (to_json(telling), _MOST),
        )
    ]
    given = to_json(ids)
    found = [_product(row, ()) for row in _read_rows(tx, f"gone_at IS NULL AND id {_GIVEN}", given)]
    own = tx.execute(f"SELECT DISTINCT word FROM product_word WHERE product_id {_GIVEN}", (given,))
    return found, counts | _count_words(tx, {row[0] for row in own} - counts.keys())


def matching(tx: Connection, typed: str, most: int) -> list[StoreProduct]:
    """The products whose title, variants and SKUs hold each typed word, case and accents aside, by title."""
    allow_functions(tx)
    where = (
        "gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM json_each(?1) AS word"
        " WHERE NOT instr(plain(title), word.value) AND NOT EXISTS"
        " (SELECT 1 FROM product_variant AS own WHERE own.product_id = product.id"
        " AND (instr(plain(own.sku_key), word.value) OR instr(plain(own.title), word.value))))"
    )
    return _read(tx, where, to_json(fold(typed).split()), most)


def mark_gone(tx: Connection, store: str, keys: Iterable[str], now: int) -> int:
    """Mark products as no longer in their store; returns how many were not marked before."""
    return tx.execute(
        f"UPDATE product SET gone_at = ? WHERE store = ? AND gone_at IS NULL AND external_id {_GIVEN}",
        (now, store, to_json(list(keys))),
    ).rowcount


def keys_of_store(tx: Connection, store: str) -> set[str]:
    """The store's keys of its products, those that are gone left out."""
    rows = tx.execute("SELECT external_id FROM product WHERE store = ? AND gone_at IS NULL", (store,))
    return {row[0] for row in rows}


def keys_to_read_again(tx: Connection, store: str, most: int) -> list[str]:
    """The store's keys of products that somebody waits for, those read longest ago first."""
    rows = tx.execute(
        "SELECT external_id FROM product WHERE store = ? AND gone_at IS NULL AND external_id IN"
        " (SELECT product_id FROM stock_wait WHERE store = ?1 AND told_at IS NULL AND dropped = 0)"
        " ORDER BY synced_at, id LIMIT ?",
        (store, most),
    )
    return [row[0] for row in rows]


def any_known(tx: Connection) -> bool:
    """Whether there are any products."""
    return bool(tx.execute("SELECT EXISTS (SELECT 1 FROM product)").fetchone()[0])


def _count_words(tx: Connection, words: Iterable[str]) -> dict[str, int]:
    rows = tx.execute(
        f"SELECT word, count(*) FROM product_word WHERE word {_GIVEN} GROUP BY word", (to_json(list(words)),)
    )
    return dict(rows.fetchall())


def _is_as_known(one: StoreProduct, known: StoreProduct) -> bool:
    return replace(one, id=known.id, synced_at=known.synced_at) == known


def _write(tx: Connection, one: StoreProduct, now: int) -> None:
    values = (one.title, one.url, one.admin_url, now, one.gone_at)
    row = tx.execute(
        "INSERT INTO product(store, external_id, title, url, admin_url, synced_at, gone_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store, external_id) DO UPDATE SET"
        " title = excluded.title, url = excluded.url, admin_url = excluded.admin_url,"
        " synced_at = excluded.synced_at, gone_at = excluded.gone_at RETURNING id",
        (one.store, one.external_id, *values),
    ).fetchone()
    id_ = int(row[0])
    tx.execute("DELETE FROM product_variant WHERE product_id = ?", (id_,))
    tx.executemany(
        "INSERT INTO product_variant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_variant_row(id_, at, variant) for at, variant in enumerate(one.variants)],
    )
    tx.execute("DELETE FROM product_word WHERE product_id = ?", (id_,))
    tx.executemany(
        "INSERT INTO product_word VALUES (?, ?)", [(word, id_) for word in naming_words(one.title)]
    )


def _variant_row(product: int, at: int, one: ProductVariant) -> tuple[object, ...]:
    for_sale = None if one.for_sale is None else int(one.for_sale)
    return (
        product, at, one.external_id, one.sku, sku_key(one.sku), one.title,
        one.price.minor, one.price.currency, one.stock, one.incoming, for_sale,
    )  # fmt: skip


def _read(tx: Connection, where: str, value: str, most: int = _ALL) -> list[StoreProduct]:
    rows = _read_rows(tx, where, value, most)
    variants: dict[int, list[ProductVariant]] = defaultdict(list)
    given = to_json([row["id"] for row in rows])
    for row in tx.execute(
        f"SELECT * FROM product_variant WHERE product_id {_GIVEN} ORDER BY product_id, position", (given,)
    ):
        variants[row["product_id"]].append(_variant(row))
    return [_product(row, tuple(variants[row["id"]])) for row in rows]


def _read_rows(tx: Connection, where: str, value: str, most: int = _ALL) -> list[Row]:
    return tx.execute(
        f"SELECT * FROM product WHERE {where} ORDER BY title, id LIMIT ?2", (value, most)
    ).fetchall()


def _product(row: Row, variants: tuple[ProductVariant, ...]) -> StoreProduct:
    return StoreProduct(
        row["store"], row["external_id"], row["title"], variants, row["url"], row["admin_url"],
        row["synced_at"], row["gone_at"], row["id"],
    )  # fmt: skip


def _variant(row: Row) -> ProductVariant:
    return ProductVariant(
        row["external_id"],
        row["sku"],
        row["title"],
        Money(row["price_minor"], row["currency"]),
        row["stock"],
        row["incoming"],
        None if row["for_sale"] is None else bool(row["for_sale"]),
    )
