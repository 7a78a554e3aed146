"""The dimensions that figures can be split by: category, channel, tags, stage of the order, products."""

import json
from collections.abc import Collection, Mapping
from sqlite3 import Connection

from deskterm.domain.figures.counting import Dimension
from deskterm.domain.figures.stages import stage
from deskterm.storage.figures.categories import categories_at
from deskterm.storage.figures.records import order_times, products_of

_GIVEN = "id IN (SELECT value FROM json_each(?))"
Labels = Mapping[int, tuple[str, ...]]


def labels(tx: Connection, dimension: Dimension, tickets: Collection[int], at: int) -> Labels:
    """The labels of tickets under a dimension; none for those that have nothing there.

    The category is the one at a time (UTC seconds): a week that is over keeps what it counted.
    """
    given = (json.dumps([*tickets]),)
    if dimension is Dimension.TAG:
        rows = tx.execute(
            f"SELECT t.id, tag.value FROM ticket t, json_each(t.tags) tag WHERE t.{_GIVEN} AND t.tags != "
            f"'[]'",
            given,
        )
        return _collect([(row[0], row[1]) for row in rows], given_tickets=tickets)
    if dimension in (Dimension.STAGE, Dimension.PRODUCT):
        return _by_order(tx, dimension, tickets, at)
    if dimension is Dimension.CATEGORY:
        return {ticket: (category,) for ticket, category in categories_at(tx, tickets, at).items()}
    rows = tx.execute(f"SELECT id, channel FROM ticket WHERE {_GIVEN}", given)
    return {row[0]: (row[1],) for row in rows}


def _collect(
    pairs: Collection[tuple[int, str]], given_tickets: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """The labels of each ticket; a ticket without any counts nowhere."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(given_tickets, ())
    for ticket, label in pairs:
        found[ticket] = (*found[ticket], label)
    return found


def _by_order(tx: Connection, dimension: Dimension, tickets: Collection[int], at: int) -> Labels:
    rows = tx.execute(
        f"SELECT id, created_at, order_id FROM ticket WHERE {_GIVEN}", (json.dumps([*tickets]),)
    ).fetchall()
    orders = {row[2] for row in rows if row[2] is not None}
    if dimension is Dimension.PRODUCT:
        products = products_of(tx, orders)
        return {row[0]: products.get(row[2], ()) for row in rows}
    times, categories = order_times(tx, orders), categories_at(tx, tickets, at)
    return {row[0]: (str(stage(row[1], categories[row[0]], times.get(row[2]))),) for row in rows}
