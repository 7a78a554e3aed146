"""The stored day switches, and the status line's words for the 72-hour clock; read at every look."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.rules.day import DayState, from_text
from deskterm.storage import desk_facts
from deskterm.storage.schema.database import Tx

DAY = "kind of day"


def read_day(tx: Tx) -> DayState:
    """What is switched on."""
    return from_text(desk_facts.get_fact(tx, DAY))


def clock_words(shop: DeskContext, now: int) -> str:
    """How long the 72-hour clock still runs; empty if it does not."""
    with shop.db.read() as tx:
        state = read_day(tx)
    return state.clock_words(now, lambda at: f"{shop.formats.day(at)} {shop.formats.time(at)}")
