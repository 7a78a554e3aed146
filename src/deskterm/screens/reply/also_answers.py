"""Which further tickets of the customer a reply answers: the key of the editor and of the review."""

from collections.abc import Sequence

from deskterm.domain.review.replies import OtherTicket
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.widgets.picker import Option

_ALL = "all"
_KEYED = 9


async def pick_others(front: ScreenFront, others: Sequence[OtherTicket]) -> tuple[int, ...]:
    """The tickets to add or remove: the only one, or those the owner picks. Empty if there are none."""
    if not others:
        front.tell("The customer has no other open ticket that this mail could answer.", "amber")
    if len(others) <= 1:
        return tuple(one.ticket_id for one in others)
    every = Option(_ALL, f"all {len(others)}", "a")
    options = [_option(one, str(place)) for place, one in enumerate(others, 1)]
    chosen = await front.pick("Also answers", [*options, every])
    if chosen == _ALL:
        return tuple(one.ticket_id for one in others)
    return (int(chosen),) if chosen else ()


def _option(one: OtherTicket, key: str) -> Option:
    known = key if int(key) <= _KEYED else ""
    return Option(str(one.ticket_id), f"T{one.ticket_id}  {one.subject}", known, "on" if one.answered else "")
