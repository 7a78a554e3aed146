"""Returns noted by the owner, and orders with an open return."""

from collections.abc import Iterable
from sqlite3 import Connection, Row

from deskterm.domain.orders.returns import OrderReturn, ReturnState
from deskterm.storage.schema.columns import to_json

_GIVEN = "IN (SELECT value FROM json_each(?))"
_STEPS = ("label_at", "back_at", "money_at", "closed_at")


def noted_of(tx: Connection, order_ids: Iterable[int]) -> dict[int, tuple[OrderReturn, ...]]:
    """The returns of orders that the owner noted, the oldest first."""
    rows = tx.execute(
        f"SELECT * FROM noted_return WHERE order_id {_GIVEN} ORDER BY opened_at",
        (to_json(list(order_ids)),),
    )
    found: dict[int, tuple[OrderReturn, ...]] = {}
    for row in rows:
        found[row["order_id"]] = (*found.get(row["order_id"], ()), _of_row(row))
    return found


def put(tx: Connection, order_id: int, was: OrderReturn | None, one: OrderReturn | None) -> None:
    """Replace the noted return `was` with `one`; None means that there is none."""
    if was is not None:
        tx.execute("DELETE FROM noted_return WHERE order_id = ? AND opened_at = ?", (order_id, was.opened_at))
    if one is not None:
        tx.execute(
            "INSERT INTO noted_return VALUES (?, ?, ?, ?, ?, ?)",
            (order_id, one.opened_at, *(getattr(one, name) for name in _STEPS)),
        )


def as_values(one: OrderReturn | None) -> dict[str, int | None] | None:
    """A noted return as the value of an event."""
    if one is None:
        return None
    return {"opened_at": one.opened_at, **{name: getattr(one, name) for name in _STEPS}}


def from_values(values: dict[str, int | None] | None) -> OrderReturn | None:
    """The reverse of `as_values`."""
    if values is None:
        return None
    closed_at = values.get("closed_at")
    return OrderReturn(
        int(values["opened_at"] or 0),
        state=ReturnState.OPEN if closed_at is None else ReturnState.CLOSED,
        label_at=values.get("label_at"),
        back_at=values.get("back_at"),
        money_at=values.get("money_at"),
        closed_at=closed_at,
        by_hand=True,
    )


def orders_with_open(tx: Connection, since: int) -> list[int]:
    """The orders with a return that is not done, begun since a time (UTC seconds)."""
    rows = tx.execute(
        "SELECT order_id FROM noted_return WHERE closed_at IS NULL AND money_at IS NULL AND opened_at >= ?1"
        " UNION SELECT order_id FROM order_return WHERE state IN ('open', 'requested') AND opened_at >= ?1",
        (since,),
    )
    return [row[0] for row in rows]


def _of_row(row: Row) -> OrderReturn:
    found = from_values({name: row[name] for name in ("opened_at", *_STEPS)})
    assert found is not None
    return found
