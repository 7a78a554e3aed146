"""Set the category, or add or remove a tag."""

from collections.abc import Collection

from deskterm.actions.front import Change, Front
from deskterm.domain.tickets import Ticket
from deskterm.widgets.picker import Option

_CATEGORY, _TAG = "category ", "tag "
_MOVES = "jkq"  # keys of the picker itself


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which category or tag, and set it."""
    view = front.ticket_view
    chosen = await front.pick("Category or tag", _options(front, view.ticket), _parse_typed) if view else None
    if view and chosen:
        await front.change(ids, _chosen_change(front, view.ticket, chosen), gone=False)


def _options(front: Front, ticket: Ticket) -> list[Option]:
    known = front.work.desk.tickets
    categories = dict.fromkeys((ticket.category, *known.categories()))
    keys = category_keys(categories)
    tags = dict.fromkeys((*ticket.tags, *known.tags()))
    return [
        *(
            Option(_CATEGORY + name, name, keys[name], "current" if name == ticket.category else "")
            for name in categories
            if name
        ),
        *(Option(_TAG + name, f"+{name}", "", "on" if name in ticket.tags else "tag") for name in tags),
    ]


def category_keys(names: Collection[str]) -> dict[str, str]:
    """A key for each category: its first letter, else that in upper case, else another letter of it.

    They depend on the names alone, so they stay while categories are used more or less.
    """
    keys: dict[str, str] = {}
    for letters in (str.lower, str.upper):
        for name in sorted(names):
            key = letters(name[:1])
            if name not in keys and key not in keys.values() and key not in _MOVES:
                keys[name] = key
    for name in sorted(names):
        free = (one for one in name.lower() if one.isalpha() and one not in {*keys.values(), *_MOVES})
        keys.setdefault(name, next(free, ""))
    return keys


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
