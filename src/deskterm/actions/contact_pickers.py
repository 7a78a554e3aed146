"""Pickers about reaching a customer: plan a call, and note how they want to be reached."""

from functools import partial

from deskterm.actions import time_options
from deskterm.actions.front import Front
from deskterm.domain.moments import TRIES, suggested_times
from deskterm.domain.people.customers import Preferred
from deskterm.domain.text import line
from deskterm.widgets.picker import Option

OPTION = Option("prefers", "how they want to be reached", "w", "shown on card and review")
_WAYS = (
    Option(Preferred.PHONE, "by phone", "p"),
    Option(Preferred.MAIL, "by mail", "m"),
    Option(Preferred.MESSAGE, "by a message", "s"),
    Option("any", "in any way", "a", "no note"),
)
_LEAST_DIGITS = 3  # of a typed number: enough for an extension


async def ask_preferred(front: Front, ticket_id: int) -> None:
    """Ask how the customer wants to be reached, and note it."""
    chosen = await front.pick("They want to be reached", _WAYS)
    if chosen:
        how = Preferred.UNKNOWN if chosen == "any" else Preferred(chosen)
        work = front.work
        front.show_change(await work.write(work.desk.calls.prefer, ticket_id, how, work.now()))


async def ask_call_back(front: Front, ticket_id: int) -> None:
    """Ask which number and when, and hide the ticket until then."""
    work = front.work
    known = [Option(number, number) for number in work.desk.calls.numbers(ticket_id)]
    number = await front.pick("Call which number", known, _typed_number, "a number: +49 30 123456")
    if number is None:
        return
    times = time_options.options(work, suggested_times(work.formats.local(work.now())))
    at = await front.pick(f"Call {number}", times, partial(time_options.parse_typed_time, work), TRIES)
    if at:
        call_back = work.desk.calls.call_back
        await front.change((ticket_id,), lambda ids, now: call_back(ids[0], number, int(at), now), gone=True)


def _typed_number(words: str) -> list[Option]:
    number = line(words).strip()
    return [Option(number, number)] if sum(char.isdigit() for char in number) >= _LEAST_DIGITS else []
