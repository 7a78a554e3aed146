"""Writing orders through SQLModel, inside the transaction that is open already."""

from collections.abc import Iterable
from dataclasses import asdict
from sqlite3 import Connection, Cursor
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, select

from deskterm.domain.orders import Order
from deskterm.storage.schema.columns import to_json
from deskterm.storage.schema.tables import OrderLineTable, RefundTable, ShipmentTable, ShopOrderTable


def write(tx: Connection, orders: Iterable[Order]) -> list[int]:
    """Write orders that are new or differ; gives their ids."""
    engine = create_engine("sqlite://", creator=lambda: _Borrowed(tx), poolclass=StaticPool)
    with Session(engine, expire_on_commit=False) as session:
        ids = [_write(session, order) for order in orders]
        session.flush()
    engine.dispose()
    return ids


def _write(session: Session, order: Order) -> int:
    found = session.exec(
        select(ShopOrderTable).where(
            ShopOrderTable.store == order.store, ShopOrderTable.external_id == order.external_id
        )
    ).one_or_none()
    row = found or ShopOrderTable(**_columns(order))
    row.sqlmodel_update(_columns(order))
    session.add(row)
    session.flush()
    assert row.id is not None
    for table in (OrderLineTable, ShipmentTable, RefundTable):
        for old in session.exec(select(table).where(table.order_id == row.id)):
            session.delete(old)
    session.flush()
    session.add_all(_parts(order, row.id))
    return row.id


def _columns(order: Order) -> dict[str, Any]:
    return {
        "store": order.store,
        "external_id": order.external_id,
        "number": order.number,
        "email": order.email,
        "email_key": order.email.casefold(),
        "customer_name": order.customer_name,
        "placed_at": order.placed_at,
        "payment": str(order.payment),
        "fulfilment": str(order.fulfilment),
        "total_minor": order.total.minor,
        "currency": order.total.currency,
        "ship_to": to_json(asdict(order.ship_to)),
        "phone": order.phone,
        "discount_codes": to_json(order.discount_codes),
        "cancelled_at": order.cancelled_at,
        "note": order.note,
        "synced_at": order.synced_at,
    }


def _parts(order: Order, order_id: int) -> list[SQLModel]:
    lines: list[SQLModel] = [
        OrderLineTable(
            order_id=order_id, position=at, sku=one.sku, title=one.title, variant=one.variant,
            quantity=one.quantity, price_minor=one.price.minor, currency=one.price.currency,
        )
        for at, one in enumerate(order.lines)
    ]  # fmt: skip
    parcels = [
        ShipmentTable(order_id=order_id, position=at, **asdict(one)) for at, one in enumerate(order.shipments)
    ]
    refunds = [
        RefundTable(
            order_id=order_id, position=at, at=one.at, amount_minor=one.amount.minor,
            currency=one.amount.currency, reason=one.reason,
        )
        for at, one in enumerate(order.refunds)
    ]  # fmt: skip
    return [*lines, *parcels, *refunds]


class _Borrowed:
    """The open connection, lent to SQLAlchemy: it may run statements, but not end the transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def cursor(self) -> Cursor:
        """A cursor that gives plain tuples, as SQLAlchemy expects."""
        cursor = self._tx.cursor()
        cursor.row_factory = None
        return cursor

    def create_function(self, *_: object, **__: object) -> None:
        """Nothing: SQLAlchemy's REGEXP is not needed."""

    def commit(self) -> None:
        """Nothing: the transaction is not SQLAlchemy's to end."""

    def rollback(self) -> None:
        """Nothing: see `commit`."""

    def close(self) -> None:
        """Nothing: see `commit`."""
