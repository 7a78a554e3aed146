"""Show the links in full and copy one, or open a page of the order or its parcels."""

from collections.abc import Iterator
from typing import NamedTuple

from deskterm.actions.front import Front
from deskterm.domain.links import shown_link
from deskterm.widgets.picker import Option

_OPEN = "open "


class _OrderLink(NamedTuple):
    """A page about an order: its address as it is opened, what it is, whether it is ours, and its key.

    Ours is what is in the shop's own admin.
    """

    url: str
    what: str
    ours: bool
    key: str = ""


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Copy the chosen link, or open the chosen page. Links in mails are never opened."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    pages = {one.url: one for one in _order_pages(front)}
    links = [*pages, *(link for one in reversed(messages) for link in one.links if link not in pages)]
    if not links:
        front.tell("No links here.", "amber")
        return
    options = [Option(link, link, detail=pages[link].what if link in pages else "") for link in links]
    if front.opens_pages:
        options += [Option(_OPEN + one.url, f"open {one.what}", one.key) for one in pages.values()]
    chosen = await front.pick("Copy which link?", list({one.value: one for one in options}.values()))
    if chosen is None:
        return
    if chosen.startswith(_OPEN):
        page = pages[chosen.removeprefix(_OPEN)]
        await front.open_page(page.url, page.what, ours=page.ours)
    else:
        front.copy(chosen, chosen)


def _order_pages(front: Front) -> Iterator[_OrderLink]:
    """The pages of the ticket's order and its parcels, the newest parcel first."""
    view = front.ticket_view
    order = view.order.order if view and view.order else None
    if order is None:
        return
    parcels = [one for one in reversed(order.shipments) if one.url]
    for at, one in enumerate(parcels):
        what = f"{one.carrier or 'parcel'} {one.number}".rstrip()
        yield _OrderLink(_as_opened(one.url), what, ours=False, key="" if at else "p")
    if order.admin_url:
        ours = bool(front.work.desk.store_actions.own_page(order))
        yield _OrderLink(_as_opened(order.admin_url), f"{order.mark} in the shop", ours=ours, key="o")


def _as_opened(url: str) -> str:
    """The address with its host in punycode, as those of mails are; unchanged if it is no web address."""
    return shown_link(url) or url
