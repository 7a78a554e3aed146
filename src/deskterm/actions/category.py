"""Set the category, or add or remove a tag."""

from deskterm.actions.front import Change, Front
from deskterm.domain.tickets import Ticket
from deskterm.widgets.picker import Option

_CATEGORY, _TAG = "category ", "tag "


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which category or tag, and set it."""
    view = front.ticket_view
    chosen = await front.pick("Category or tag", _options(front, view.ticket), _parse_typed) if view else None
    if view and chosen:
        await front.change(ids, _chosen_change(front, view.ticket, chosen), gone=False)


def _options(front: Front, ticket: Ticket) -> list[Option]:
    known = front.work.desk.tickets
    categories = dict.fromkeys((ticket.category, *known.categories()))
    tags = dict.fromkeys((*ticket.tags, *known.tags()))
    return [
        *(
            Option(_CATEGORY + name, name, "", "current" if name == ticket.category else "")
            for name in categories
            if name
        ),
        *(Option(_TAG + name, f"+{name}", "", "on" if name in ticket.tags else "tag") for name in tags),
    ]


def _parse_typed(words: str) -> list[Option]:
    name = words.removeprefix("+")
    found = [
        Option(_CATEGORY + name, name, "", "new category"),
        Option(_TAG + name, f"+{name}", "", "new tag"),
    ]
    return found[::-1] if words.startswith("+") else found


def _chosen_change(front: Front, ticket: Ticket, chosen: str) -> Change:
    """The change for the picked option: set the category, add the tag, or remove it."""
    tickets = front.work.desk.tickets
    if chosen.startswith(_CATEGORY):
        name = chosen.removeprefix(_CATEGORY)
        return lambda ids, now: tickets.categorise(ids, name, None, now)
    tag = chosen.removeprefix(_TAG)
    return lambda ids, now: tickets.tag(ids, tag, now, on=tag not in ticket.tags)
