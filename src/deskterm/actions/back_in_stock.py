"""Put a ticket's customer on the back-in-stock list, or take them off."""

from deskterm.actions.front import Front
from deskterm.actions.products import pick_product
from deskterm.desk.action_words import marks
from deskterm.widgets.picker import Option

_ADD = "add"
_HEARS = ("is", "are")


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which product; if the customer is on the list already, offer to take them off."""
    work, now, ticket = front.work, front.work.now(), ids[0]
    listed = work.desk.products.stock_list.for_ticket(ticket) if len(ids) == 1 else ()
    if listed:
        drops = [Option(str(one.id), f"take off the list: {one.title}") for one in listed]
        chosen = await front.pick(
            f"Back-in-stock list of T{ticket}", [*drops, Option(_ADD, "put on the list for something else")]
        )
        if chosen is None:
            return
        if chosen != _ADD:
            front.show_change(await work.write(work.desk.products.stock_list.drop, int(chosen), now))
            return
    found = await pick_product(
        front, ticket, f"{marks(ids)} {_HEARS[len(ids) > 1]} to hear when there is again"
    )
    if found is not None and len(ids) > 1:
        front.show_change(await work.write(work.desk.products.stock_list.add_all, ids, found[1], now))
    elif found is not None:
        front.show_change(await work.write(work.desk.products.stock_list.add, ticket, found[1], now))
