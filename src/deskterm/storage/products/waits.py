"""The back-in-stock list: which tickets' customers want to know when a product is back."""

from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection, Row

from deskterm.domain.products.product import ProductChoice, StoreProduct
from deskterm.domain.products.waits import StockWait
from deskterm.storage.schema.columns import to_json

_GIVEN = "IN (SELECT value FROM json_each(?))"
_OPEN = "told_at IS NULL AND dropped = 0"


def add(tx: Connection, ticket_id: int, choice: ProductChoice, at: int, message_id: str = "") -> int:
    """Note that a ticket's customer is to hear of a variant, by hand or by a letter (its Message-ID)."""
    product, variant = choice.product, choice.variant
    row = tx.execute(
        "INSERT INTO stock_wait(ticket_id, home_id, message_id, store, product_id, variant_id, sku, title,"
        " asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ticket_id, ticket_id, message_id, product.store, product.external_id, variant.external_id,
         variant.sku, choice.title, at),
    ).lastrowid  # fmt: skip
    assert row is not None
    return row


def for_ticket(tx: Connection, ticket_id: int) -> tuple[StockWait, ...]:
    """What a ticket's customer waits for, the oldest first."""
    rows = tx.execute(f"SELECT * FROM stock_wait WHERE ticket_id = ? AND {_OPEN} ORDER BY id", (ticket_id,))
    return tuple(map(_wait, rows))


def for_customer(tx: Connection, customer_id: int) -> tuple[StockWait, ...]:
    """What a customer waits for on any ticket."""
    rows = tx.execute(
        "SELECT w.* FROM stock_wait w JOIN ticket t ON t.id = w.ticket_id"
        f" WHERE t.customer_id = ? AND {_OPEN} ORDER BY w.id",
        (customer_id,),
    )
    return tuple(map(_wait, rows))


def waiting_list(tx: Connection) -> tuple[StockWait, ...]:
    """All entries: first those whose product is back, then those who have waited longest."""
    rows = tx.execute(f"SELECT * FROM stock_wait WHERE {_OPEN} ORDER BY back_at IS NULL, asked_at, id")
    return tuple(map(_wait, rows))


def get(tx: Connection, wait_id: int) -> StockWait | None:
    """One by its id, told and dropped ones too."""
    row = tx.execute("SELECT * FROM stock_wait WHERE id = ?", (wait_id,)).fetchone()
    return _wait(row) if row else None


def set_dropped(tx: Connection, ids: Iterable[int], *, dropped: bool) -> None:
    """Take entries off the list, or put them on again."""
    tx.execute(f"UPDATE stock_wait SET dropped = ? WHERE id {_GIVEN}", (int(dropped), to_json(list(ids))))


def mark_announced(tx: Connection, ids: Iterable[int], at: int | None, message_id: str = "") -> None:
    """The customer hears of it in a letter queued at `at` (UTC seconds); None takes that back."""
    tx.execute(
        f"UPDATE stock_wait SET told_at = ?, told_in = ? WHERE id {_GIVEN}",
        (at, message_id, to_json(list(ids))),
    )


def letter_came_back(tx: Connection, message_id: str) -> None:
    """Undo what a letter did to the list, because it became a draft again."""
    if message_id:
        tx.execute("UPDATE stock_wait SET told_at = NULL, told_in = '' WHERE told_in = ?", (message_id,))
        tx.execute("UPDATE stock_wait SET dropped = 1 WHERE message_id = ?", (message_id,))


def stock_moved(tx: Connection, products: Iterable[StoreProduct], now: int) -> tuple[StockWait, ...]:
    """Keep what is back and what is gone again of these products; returns whose goods came back just now."""
    waiting: dict[tuple[str, str], list[StockWait]] = defaultdict(list)
    for one in waiting_list(tx):
        waiting[one.store, one.variant_id].append(one)
    came: list[StockWait] = []
    for product in products if waiting else ():
        for variant in product.variants:
            there = bool(variant.in_stock) and product.gone_at is None
            concerned = waiting.get((product.store, variant.external_id), [])
            moved = [one for one in concerned if (one.back_at is not None) != there]
            ids = to_json([one.id for one in moved])
            tx.execute(f"UPDATE stock_wait SET back_at = ? WHERE id {_GIVEN}", (now if there else None, ids))
            came += moved if there else []
    return tuple(came)


def _wait(row: Row) -> StockWait:
    return StockWait(
        row["id"], row["ticket_id"], row["store"], row["product_id"], row["variant_id"], row["sku"],
        row["title"], row["asked_at"], row["back_at"], row["told_at"],
    )  # fmt: skip
