"""The first reading of a shop, by a bulk operation: Shopify writes all orders into a file to download.

In the file an order's lines and returns are rows of their own. Since version 2026-01 they need not
follow their order, so they are grouped by their `__parentId`.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

import msgspec
from msgspec import structs

from deskterm.config.settings_file import Store
from deskterm.errors import ServerNonsense
from deskterm.sync.stores.graphql import Answered, load_query
from deskterm.sync.stores.http import StoreLine
from deskterm.sync.stores.rows import describe_row, find_key
from deskterm.sync.stores.shopify.answers import LineRow, Listed, OrderRow, ReturnRow
from deskterm.sync.stores.shopify.wire import ShopifyWire

_HEAD = re.compile(r"\Aquery \w+\([^)]*\)")
_LINE, _RETURN = "gid://shopify/LineItem/", "gid://shopify/Return/"
_MOST_BYTES = 4_000_000_000


class BulkRow(Answered):
    """A bulk operation. `url` is null where nothing was found, or until it is done.

    `root_object_count` is how many orders it found so far, in digits.
    """

    id: str
    status: str
    created_at: str = ""
    url: str | None = None
    root_object_count: str | int = 0

    @property
    def orders(self) -> int:
        """How many orders the file has, 0 if Shopify does not tell."""
        number = str(self.root_object_count)
        return int(number) if number.isdecimal() else 0

    @property
    def is_running(self) -> bool:
        """Whether Shopify is still working on it."""
        return self.status in ("CREATED", "RUNNING", "CANCELING")

    @property
    def is_complete(self) -> bool:
        """Whether the file is complete."""
        return self.status == "COMPLETED"


class _Started(Answered):
    bulk_operation: BulkRow | None = None


class _StartAnswer(Answered):
    bulk_operation_run_query: _Started | None = None


class _PollAnswer(Answered):
    node: BulkRow | None = None


class _Place(msgspec.Struct):
    id: str = ""
    parent: str = msgspec.field(default="", name="__parentId")


def start_bulk(wire: ShopifyWire, *, customers: bool, returns: bool) -> BulkRow | None:
    """Ask Shopify to write the file; None if it refuses (one is being written already)."""
    query = _HEAD.sub("query BulkOrders", load_query("shopify", "bulk_orders"))
    query = query.replace("$customers", str(customers).lower()).replace("$returns", str(returns).lower())
    started = wire.ask("bulk_run", _StartAnswer, query=query).bulk_operation_run_query
    return started.bulk_operation if started else None


def poll_bulk(wire: ShopifyWire, operation: str) -> BulkRow | None:
    """The state of the operation; None if Shopify no longer knows it."""
    return wire.ask("bulk_poll", _PollAnswer, id=operation).node


def read_bulk(store: Store, url: str) -> Iterator[OrderRow | tuple[str, str]]:
    """The orders of the file. An invalid order is yielded as its key and what is wrong with it.

    Downloaded without the shop's token: the file is on another host, and its address is a secret.
    """
    if not url.startswith("https://") and store.address.startswith("https://"):
        raise ServerNonsense("Shopify names a file without TLS.", safe="It was not fetched.")
    with (
        tempfile.TemporaryFile() as file,
        StoreLine(replace(store, ca_file="", pin=""), url) as wire,
    ):
        wire.save("", file, most=_MOST_BYTES)
        yield from gather_orders(file)


def gather_orders(file: IO[bytes]) -> Iterator[OrderRow | tuple[str, str]]:
    """As `read_bulk`, from a local file. Keeps the rows' offsets in memory, never the rows."""
    orders, children = _places(file)
    for name, place in orders:
        file.seek(place)
        row = file.readline()
        try:
            yield _with_children(msgspec.json.decode(row, type=OrderRow), file, children.pop(name, []))
        except msgspec.DecodeError as error:
            yield find_key(row, ("legacyResourceId", "id")), describe_row(error)


def _places(file: IO[bytes]) -> tuple[list[tuple[str, int]], dict[str, list[int]]]:
    """The offsets of the orders in the file, and by order id those of their lines and returns."""
    orders: list[tuple[str, int]] = []
    children: dict[str, list[int]] = defaultdict(list)
    decoder = msgspec.json.Decoder(_Place)
    file.seek(0)
    place = 0
    for row in file:
        if row.strip():
            found = decoder.decode(row)
            if found.parent:
                children[found.parent].append(place)
            else:
                orders.append((found.id, place))
        place += len(row)
    return orders, children


def _with_children(order: OrderRow, file: IO[bytes], places: list[int]) -> OrderRow:
    lines: list[LineRow] = []
    returns: list[ReturnRow] = []
    for place in places:
        file.seek(place)
        row = file.readline()
        kind = msgspec.json.decode(row, type=_Place).id
        if kind.startswith(_LINE):
            lines.append(msgspec.json.decode(row, type=LineRow))
        elif kind.startswith(_RETURN):
            returns.append(msgspec.json.decode(row, type=ReturnRow))
    return structs.replace(order, line_items=Listed(nodes=lines), returns=Listed(nodes=returns))
