"""Parcels from a second file (a label service's), added to what the store says about an order."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.domain.orders.order import Fulfilment, Order, Shipment, TrackingSource
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class ReportedParcel:
    """A row of such a file. `order` is the order number without #, `shipped_at` is UTC seconds."""

    order: str
    number: str
    carrier: str = ""
    url: str = ""
    shipped_at: int | None = None


def with_reported(order: Order, parcels: Iterable[ReportedParcel]) -> Order:
    """The order with these parcels; one that the store has already only gets its missing data.

    So does one of which the store only says that it left, and not its number.
    """
    found = list(order.shipments)
    for one in parcels:
        numbers = [_bare(known.number) for known in found]
        at = next((numbers.index(each) for each in (_bare(one.number), "") if each in numbers), None)
        if at is None:
            found.append(
                Shipment(one.carrier, one.number, one.url, one.shipped_at, source=TrackingSource.FILE)
            )
        else:
            found[at] = _fill_in(found[at], one)
    return count_parcels(replace(order, shipments=tuple(found))) if found else order


def count_parcels(order: Order) -> Order:
    """The order marked as shipped if a parcel has left although the store does not say so.

    The store's own word is kept beside it, because we do not know whether everything has left.
    """
    left = any(one.number and one.shipped_at is not None for one in order.shipments)
    if not left or order.fulfilment not in (Fulfilment.UNFULFILLED, Fulfilment.UNKNOWN):
        return order
    word = order.fulfilment_word or order.fulfilment.value
    return replace(order, fulfilment=Fulfilment.SHIPPED, fulfilment_word=f"{word}, a parcel left")


def _fill_in(known: Shipment, one: ReportedParcel) -> Shipment:
    return replace(
        known,
        number=known.number or one.number,
        source=known.source if known.number else TrackingSource.FILE,
        carrier=known.carrier or one.carrier,
        url=known.url or one.url,
        shipped_at=one.shipped_at if known.shipped_at is None else known.shipped_at,
    )


def _bare(number: str) -> str:
    return "".join(number.split()).replace("-", "").casefold()
