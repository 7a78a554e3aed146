"""Run a step of the SOP: its macro, its store action, its link or its file."""

from deskterm.actions import tick
from deskterm.actions.front import Front
from deskterm.domain.sops.sop import Step


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Run the step under the cursor; a step with nothing to run is ticked."""
    step = front.panel.step
    if not ids or step is None:
        return
    if step.macro:
        await front.take_macro(ids[0], step.macro)
    elif step.action:
        await _act(front, ids[0], step)
    elif step.link:
        await _follow_link(front, step.link)
    elif step.file:
        _open_file(front, step.file)
    else:
        await tick.run(front, ids)


async def _act(front: Front, ticket_id: int, step: Step) -> None:
    if front.ticket_view is None or not front.ticket_view.orders:
        front.tell("No order of this customer is known.", "amber")
        return
    await front.act_on_order(ticket_id, step.action)


async def _follow_link(front: Front, link: str) -> None:
    """Open the order's page in the shop's own admin; copy the address of any other page."""
    view = front.ticket_view
    order = view.order.order if view and view.order else None
    if link == "order" and order and (own := front.work.desk.store_actions.own_page(order)):
        await front.open_page(own, f"{order.mark} in the shop", ours=True)
        return
    pages = [one.url for one in reversed(order.shipments) if one.url] if order else []
    known = {"order": order.admin_url if order else "", "tracking.url": pages[0] if pages else ""}
    page = known.get(link, link)
    missing = "page in the shop" if link == "order" else "tracking page"
    if page:
        front.copy(page, page)
    else:
        front.tell(f"This order has no {missing}.", "amber")


def _open_file(front: Front, name: str) -> None:
    path = front.work.desk.shop.home.config_folder / name
    if not path.is_file():
        front.tell(f"There is no file {name} beside the macros.", "amber")
    elif front.open_outside(path):
        front.tell(f"Opened {path.name}", "green")
    else:
        front.copy(str(path), str(path))
