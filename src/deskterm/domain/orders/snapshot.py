"""The state of an order at the time of a letter, to check later whether the letter is still true."""

from typing import NamedTuple

from deskterm.domain.orders.order import Order


class OrderSnapshot(NamedTuple):
    """What a letter may say about an order; each field is a text that is only compared."""

    mark: str
    state: str
    parcels: str
    address: str
    lines: str
    money: str


def snapshot_of(order: Order) -> OrderSnapshot:
    """The current state of an order."""
    return OrderSnapshot(
        mark=order.mark,
        state="gone from the store" if order.gone_at else order.state_text,
        parcels=" ".join(sorted(one.number for one in order.shipments)),
        address="\n".join(order.ship_to.lines),
        lines="\n".join(f"{one.quantity} {one.title} {one.variant} {one.sent}" for one in order.lines),
        money=f"{order.total.minor} {sum(one.amount.minor for one in order.refunds)}",
    )


def explain_change(was: OrderSnapshot, now: OrderSnapshot) -> str:
    """What has changed, in words; "" if a letter about it is still true."""
    if was.state != now.state:
        return f"order {now.mark} was “{was.state}” and is “{now.state}” now"
    for name, words in (
        ("money", "what was paid for order {} has changed"),
        ("parcels", "the parcels of order {} have changed"),
        ("address", "the address of order {} has changed"),
        ("lines", "what order {} holds has changed"),
    ):
        if getattr(was, name) != getattr(now, name):
            return words.format(now.mark)
    return ""
