"""What tickets are split by: category, channel, tags, the stage of their order, its products."""

import json
from collections.abc import Collection, Mapping
from sqlite3 import Connection

from deskterm.domain.figures.counting import Dimension
from deskterm.domain.figures.stages import stage
from deskterm.storage.figures.records import order_times, products_of

_GIVEN = "id IN (SELECT value FROM json_each(?))"
Labels = Mapping[int, tuple[str, ...]]


def labels(tx: Connection, dimension: Dimension, tickets: Collection[int]) -> Labels:
    """The labels of tickets under a dimension; none for those that have nothing there."""
    given = (json.dumps([*tickets]),)
    if dimension is Dimension.TAG:
        rows = tx.execute(
            f"SELECT t.id, tag.value FROM ticket t, json_each(t.tags) tag WHERE t.{_GIVEN} AND t.tags != "
            f"'[]'",
            given,
        )
        return _collect([(row[0], row[1]) for row in rows], given_tickets=tickets)
    if dimension in (Dimension.STAGE, Dimension.PRODUCT):
        return _by_order(tx, dimension, tickets)
    column = "category" if dimension is Dimension.CATEGORY else "channel"
    cursor = tx.cursor()
    cursor.row_factory = None
    rows = cursor.execute(f"SELECT id, {column} FROM ticket WHERE {_GIVEN}", given)
    return {ticket: (label,) for ticket, label in rows}


def _collect(
    pairs: Collection[tuple[int, str]], given_tickets: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Several labels a ticket; without any it stands in no row at all."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(given_tickets, ())
    for ticket, label in pairs:
        found[ticket] = (*found[ticket], label)
    return found


def _by_order(tx: Connection, dimension: Dimension, tickets: Collection[int]) -> Labels:
    rows = tx.execute(
        f"SELECT id, created_at, category, order_id FROM ticket WHERE {_GIVEN}", (json.dumps([*tickets]),)
    ).fetchall()
    orders = {row[3] for row in rows if row[3] is not None}
    if dimension is Dimension.PRODUCT:
        products = products_of(tx, orders)
        return {row[0]: products.get(row[3], ()) for row in rows}
    times = order_times(tx, orders)
    return {row[0]: (str(stage(row[1], row[2], times.get(row[3]))),) for row in rows}
