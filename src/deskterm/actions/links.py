"""Show the links in full and copy one."""

from deskterm.actions.front import Front
from deskterm.widgets.picker import Option


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Copy the chosen link. Nothing is ever opened."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    links = {**_order_pages(front), **{link: "" for one in reversed(messages) for link in one.links}}
    if not links:
        front.tell("No links here.", "amber")
        return
    chosen = await front.pick(
        "Copy which link?", [Option(link, link, detail=what) for link, what in links.items()]
    )
    if chosen:
        front.copy(chosen, chosen)


def _order_pages(front: Front) -> dict[str, str]:
    """The pages of the ticket's order and its parcels: link to description."""
    view = front.ticket_view
    order = view.order.order if view and view.order else None
    if order is None:
        return {}
    parcels = [one for one in reversed(order.shipments) if one.url]
    found = {one.url: f"{one.carrier or 'parcel'} {one.number}".rstrip() for one in parcels}
    if order.admin_url:
        found[order.admin_url] = f"{order.mark} in the shop"
    return found
