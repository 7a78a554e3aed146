"""Incidents: a filter finds the orders, each customer gets one letter, and all are tracked to the end."""

from collections.abc import Mapping
from datetime import datetime

from deskterm.desk.incidents.letters import letters_for
from deskterm.desk.incidents.order_states import rows_of
from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.desk.ticket_work.bulk import Bulk
from deskterm.domain.incidents.incident import (
    STARTS,
    Incident,
    IncidentKind,
    IncidentNews,
    IncidentRow,
    OrderState,
    count_states,
)
from deskterm.domain.incidents.order_filter import OrderFilter, parse_filter
from deskterm.domain.orders.order import Order
from deskterm.domain.text import line
from deskterm.domain.ticket_work.bulk import BulkLetter
from deskterm.errors import NotNow
from deskterm.storage.acting import incidents

_LOOKED_BACK = 400 * 86_400  # seconds a filter without a date looks back
_HOUR = 3600


class Incidents:
    """One cause, many customers. Times are UTC seconds."""

    def __init__(self, shop: DeskContext, bulk: Bulk) -> None:
        self._shop, self._bulk = shop, bulk

    def filter(self, query: str, now: int) -> OrderFilter:
        """A filter, parsed, with its problems."""
        local: datetime = self._shop.formats.local(now)
        return parse_filter(query, local)

    def candidates(self, now: int) -> tuple[Order, ...]:
        """The orders a filter can match."""
        with self._shop.db.read() as tx:
            return tuple(incidents.placed_since(tx, now - _LOOKED_BACK))

    def begin(self, title: str, kind: IncidentKind, query: str, macro: str, now: int) -> Incident:
        """A new incident with the orders its filter matches. NotNow if there are none."""
        title = line(title).strip() or kind.value
        writing.macro_called(self._shop, macro)
        hours = STARTS[kind].hours
        made = Incident(0, title, kind, query, macro, 1, now, due_at=now + hours * _HOUR if hours else None)
        with self._shop.db.write() as tx:
            found = self._find(incidents.placed_since(tx, self._since(query, now)), query, now)
            number = incidents.add(tx, made)
            incidents.add_orders(tx, number, found)
            return incidents.get(tx, number)

    def look_again(self, incident_id: int) -> int:
        """Add the orders that match the filter by now; gives how many are new.

        Relative dates (`7d`, `monday`) count from the start of the incident.
        """
        with self._shop.db.write() as tx:
            known = incidents.get(tx, incident_id)
            before = {order.id for order, _ in incidents.orders_of(tx, incident_id)}
            query, began = known.query, known.began_at
            found = self._find(incidents.placed_since(tx, self._since(query, began)), query, began)
            incidents.add_orders(tx, incident_id, found)
            return len(set(found) - before)

    def get(self, incident_id: int) -> Incident:
        """One incident. Raises NotFound."""
        with self._shop.db.read() as tx:
            return incidents.get(tx, incident_id)

    def summaries(self) -> tuple[tuple[Incident, dict[OrderState, int]], ...]:
        """All incidents, open ones first, each with the number of its orders by state."""
        with self._shop.db.read() as tx:
            found = incidents.list_all(tx)
            return tuple((one, count_states(rows_of(tx, one))) for one in found)

    def rows(self, incident_id: int) -> tuple[IncidentRow, ...]:
        """Its orders and their states."""
        with self._shop.db.read() as tx:
            return rows_of(tx, incidents.get(tx, incident_id))

    def questions(self, incident_id: int) -> tuple[str, ...]:
        """What its macro asks for that has no answer in this round."""
        known = self.get(incident_id)
        asked = writing.questions_of(writing.macro_called(self._shop, known.macro))
        return tuple(one for one in asked if one not in dict(known.given))

    def answer(self, incident_id: int, given: Mapping[str, str]) -> None:
        """Keep the answers to the macro's questions, for all letters of this round."""
        with self._shop.db.write() as tx:
            known = incidents.get(tx, incident_id)
            kept = tuple((dict(known.given) | dict(given)).items())
            incidents.begin_round(tx, incident_id, known.round, kept)

    def next_round(self, incident_id: int) -> int:
        """Start a round for a new date: everyone who waits is told again, and the macro asks again."""
        with self._shop.db.write() as tx:
            known = incidents.get(tx, incident_id)
            incidents.begin_round(tx, incident_id, known.round + 1, ())
            return known.round + 1

    def choose_macro(self, incident_id: int, macro: str) -> None:
        """Answer it with another macro from now on."""
        writing.macro_called(self._shop, macro)
        with self._shop.db.write() as tx:
            incidents.choose_macro(tx, incident_id, macro)

    def end(self, incident_id: int, now: int, *, over: bool = True) -> None:
        """End the incident, so that its macro is no longer offered; or reopen it."""
        with self._shop.db.write() as tx:
            incidents.end(tx, incident_id, now if over else None)

    def letters(
        self, incident_id: int, says: IncidentNews, now: int, claims: tuple[str, ...] = ()
    ) -> tuple[BulkLetter, ...]:
        """A letter for each customer to be told, warnings first. NotNow if there is none."""
        with self._shop.db.write() as tx:
            known = incidents.get(tx, incident_id)
            macro, about = letters_for(tx, self._shop, known, says, now)
        if not about:
            raise NotNow("There is nobody to tell now.")
        return self._bulk.fill(tuple(about), macro, now, claims, about)

    def _since(self, query: str, now: int) -> int:
        return max(self.filter(query, now).since, now - _LOOKED_BACK)

    def _find(self, orders: list[Order], query: str, now: int) -> list[int]:
        wanted = self.filter(query, now)
        if wanted.problems:
            raise NotNow(wanted.problems[0])
        found = [one.id for one in orders if wanted.matches(one)]
        if not found:
            raise NotNow(f"No order matches {query or 'an empty filter'}.")
        return found
