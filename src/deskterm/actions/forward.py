"""Forward a mail to a supplier or carrier, or write again in the thread with them."""

from typing import TYPE_CHECKING

from deskterm.actions import time_options
from deskterm.actions.front import Front
from deskterm.domain.messages import Address
from deskterm.domain.moments import TRIES, suggested_times
from deskterm.domain.people.recipients import format_recipients, parse_recipients
from deskterm.errors import NotNow
from deskterm.widgets.picker import Option

if TYPE_CHECKING:
    from deskterm.domain.ticket_work.side_threads import SideThread

_THREAD, _WAIT = "thread ", "wait "
_KEYED = 9


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask to whom: an existing thread, a contact, or a typed address."""
    desk, ticket = front.work.desk, ids[0]
    threads = desk.forwarding.threads(ticket)
    chosen = await front.pick(
        f"Forward T{ticket} to",
        [*_thread_options(front, threads), *_contact_options(desk.forwarding.contacts(), threads)],
        _parse_typed,
        "a name, or an address: service@carrier.example",
    )
    if not chosen:
        return
    if chosen.startswith(_THREAD):
        front.go_to("compose", int(chosen.removeprefix(_THREAD)))
    elif chosen.startswith(_WAIT):
        await _wait_longer(front, int(chosen.removeprefix(_WAIT)))
    else:
        await _forward(front, ticket, chosen)


async def _forward(front: Front, ticket: int, to: str) -> None:
    """Open the editor with the mail on screen as a forward to `to`, attachments included."""
    current = front.conversation.current
    message = current.id if current is not None and not current.beside else None
    address = parse_recipients(to)[0]
    begin = front.work.desk.forwarding.begin
    draft = await front.work.write(begin, ticket, address, message, front.work.now())
    front.go_to("compose", draft.ticket_id)


async def _wait_longer(front: Front, side: int) -> None:
    """Ask for a new time by which the contact should answer."""
    work = front.work
    found = time_options.options(work, suggested_times(work.formats.local(work.now())))
    until = await front.pick(
        "Wait for their answer until",
        found,
        lambda words: time_options.parse_typed_time(work, words),
        tries=TRIES,
    )
    if until:
        front.show_change(await work.write(work.desk.forwarding.wait_until, side, int(until), work.now()))


def _thread_options(front: Front, threads: "tuple[SideThread, ...]") -> list[Option]:
    """For each thread: write to them again, and wait longer if their answer is awaited."""
    options: list[Option] = []
    for place, one in enumerate(threads, 1):
        stands = "has answered" if one.is_answered else "a draft" if not one.messages else "no answer yet"
        if one.is_awaited and one.until is not None:
            stands = f"should answer by {front.work.formats.moment(one.until, front.work.now())}"
        key = str(place) if place <= _KEYED else ""
        options.append(Option(f"{_THREAD}{one.ticket_id}", f"write again to {one.name}", key, stands))
        if one.is_awaited:
            options.append(
                Option(f"{_WAIT}{one.ticket_id}", f"give {one.name} more time", "b" * (place == 1))
            )
    return options


def _contact_options(contacts: tuple[Address, ...], threads: "tuple[SideThread, ...]") -> list[Option]:
    there = {one.contact.key for one in threads}
    return [
        Option(
            format_recipients([one]),
            one.name or one.address,
            "",
            one.address if one.name else "",
            one.address,
        )
        for one in contacts
        if one.key not in there
    ]


def _parse_typed(words: str) -> list[Option]:
    """A new contact, from a typed address."""
    try:
        found = parse_recipients(words)
    except NotNow:  # no address yet: it is still being typed
        return []
    return [Option(format_recipients([one]), one.display, "", "a new contact") for one in found[:1]]
