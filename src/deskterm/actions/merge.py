"""Merge tickets, or split one."""

from typing import TYPE_CHECKING

from deskterm.actions.front import Front
from deskterm.widgets.picker import Option

if TYPE_CHECKING:
    from deskterm.domain.tickets import Row
    from deskterm.domain.views import Done

_ALL, _SPLIT, _SPLIT_ON = "all", "split", "split on"
_KEYED = 9


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Merge the selected tickets; for a single one, ask which other to merge into it or what to split off."""
    merging, ticket = front.work.desk.merging, ids[0]
    if len(ids) > 1:
        front.show_change(await front.work.write(merging.merge, tuple(sorted(ids)), front.work.now()))
        return
    others = merging.candidates(ticket)
    chosen = await front.pick(
        f"Merge into T{ticket}, or split",
        _options(front, others),
        lambda words: _parse_typed(front, ticket, words),
        "The number of any other ticket",
    )
    if chosen in (_SPLIT, _SPLIT_ON):
        front.show_change(await _split(front, ticket, on=chosen == _SPLIT_ON))
    elif chosen:
        unsolved = [row.ticket_id for row in others if row.status != "solved"]
        taken = unsolved if chosen == _ALL else [int(chosen)]
        front.show_change(await front.work.write(merging.merge, (ticket, *taken), front.work.now()))


def _options(front: Front, others: "tuple[Row, ...]") -> list[Option]:
    unsolved = [row for row in others if row.status != "solved"]
    options = [_option(front, row, str(place)) for place, row in enumerate(others, 1)]
    if len(unsolved) > 1:
        options.append(Option(_ALL, f"all {len(unsolved)} not solved", "a"))
    if front.ticket_view and len(front.ticket_view.messages) > 1:
        options.append(Option(_SPLIT, "split off the mail on screen", "s", "a ticket of its own"))
        options.append(Option(_SPLIT_ON, "split off that mail and all later ones", "S"))
    return options


def _option(front: Front, row: "Row", key: str) -> Option:
    age = front.work.formats.age(front.work.now() - row.last_at)
    known = key if key.isdigit() and int(key) <= _KEYED else ""
    detail = f"{row.name}, {row.status}, {age}"
    return Option(str(row.ticket_id), f"T{row.ticket_id}  {row.subject}", known, detail)


def _parse_typed(front: Front, ticket: int, words: str) -> list[Option]:
    """Any ticket, by its number."""
    number = words.strip().lstrip("Tt#")
    found = front.work.desk.merging.find(ticket, int(number)) if number.isdecimal() else None
    return [_option(front, found, "")] if found else []


async def _split(front: Front, ticket: int, *, on: bool) -> "Done":
    """Split off the topmost mail on screen; with `on`, all later mails too."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    current = front.conversation.current
    at = next((place for place, one in enumerate(messages) if current and one.id == current.id), 0)
    moved = messages[at:] if on else messages[at : at + 1]
    split = front.work.desk.merging.split
    return await front.work.write(split, ticket, tuple(one.id for one in moved), front.work.now())
