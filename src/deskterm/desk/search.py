"""Finds mail and tickets by a query."""

from dataclasses import replace

from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.people.customers import CustomerFound
from deskterm.domain.query.complete import complete
from deskterm.domain.query.parse import parse_query
from deskterm.domain.query.query_settings import QueryFrame
from deskterm.domain.query.terms import Problem, Query, QueryField
from deskterm.domain.tickets import Listing
from deskterm.domain.views import SearchResult, SimilarTicket
from deskterm.storage import labels, lists
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find, people, similar, spelling

_IN_USE = {
    QueryField.TAG: labels.tags,
    QueryField.CATEGORY: labels.categories,
    QueryField.CHANNEL: labels.channels,
}
MOST_FILTERED = 5000  # tickets in a filtered list


class Search:
    """The search over all mail; `docs/search.md` describes the language. No input is an error."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop
        self._counted = (0, 0)  # the last mail id at the count, and the count

    def find(self, text: str, now: int, first: int = 0, count: int = 50) -> SearchResult:
        """Hits `first` to `first + count`, newest first, their total, and the query's problems.

        If a word occurs nowhere, a very similar word from the mail is used instead.
        """
        query = self._parse(text, now)
        with self._shop.db.read() as tx:
            instead, hits = query, find.find(tx, query, first, count)
            if not hits and not first:
                instead = _correct(tx, query)
                hits = find.find(tx, instead, first, count)
            total = len(hits) if not first and len(hits) < count else find.total(tx, instead)
        pairs = zip(query.terms, instead.terms, strict=True)
        changed = tuple((was.values[0], one.values[0]) for was, one in pairs if was is not one)
        return SearchResult(tuple(hits), total, query.problems, changed if total else ())

    def in_list(self, listing: Listing, text: str, now: int, most: int = MOST_FILTERED) -> list[int]:
        """The tickets of a list that match a query, in the list's order, at most `most`."""
        query = self._parse(text, now)
        with self._shop.db.read() as tx:
            if listing is Listing.FOUND:
                return find.ticket_ids(tx, query, most)
            found = find.matching_tickets(tx, query)
            return lists.matching(tx, listing, *found, most)

    def count_tickets(self, listing: Listing, text: str, now: int) -> int:
        """How many tickets of a list match a query."""
        if listing is Listing.FOUND:
            return len(self.in_list(listing, text, now))
        with self._shop.db.read() as tx:
            return lists.count_matching(tx, listing, *find.matching_tickets(tx, self._parse(text, now)))

    def similar(self, ticket_id: int, most: int = 20) -> tuple[SimilarTicket, ...]:
        """Past tickets that asked much the same as this one did last, the most similar first."""
        with self._shop.db.read() as tx:
            at = load_context(tx, ticket_id)
            if at.question is None:
                return ()
            matter = similar.SoughtMatter(
                ticket_id,
                at.question.subject,
                at.question.own_words,
                " ".join((at.customer.name, *at.customer.addresses)),
                at.ticket.category,
            )
            return tuple(similar.find_similar(tx, matter, self._count_mails(tx), most))

    def _count_mails(self, tx: Tx) -> int:
        """How many mails there are; counted again once there are a tenth more."""
        last = similar.last_mail(tx)
        if not self._counted[0] <= last <= self._counted[0] * 1.1:
            self._counted = last, similar.count_mails(tx)
        return self._counted[1]

    def customers(self, words: str, most: int) -> tuple[CustomerFound, ...]:
        """Customers whose name or address contains all the words, most recent writers first."""
        with self._shop.db.read() as tx:
            return tuple(people.find_customers(tx, words, most))

    def problems(self, text: str, now: int) -> tuple[Problem, ...]:
        """What is wrong with a query."""
        return self._parse(text, now).problems

    def _parse(self, text: str, now: int) -> Query:
        policy, local = self._shop.settings.policy, self._shop.formats.local(now)
        frame = QueryFrame(self._shop.hours, policy.ships_within_days, policy.silent_after_days)
        return replace(parse_query(text, local), frame=frame)

    def complete(self, text: str) -> str:
        """The query with its last term completed from existing values."""
        return complete(text, self._values)

    def _values(self, field: QueryField) -> tuple[str, ...]:
        find_values = _IN_USE.get(field)
        if find_values is None:
            return ()
        with self._shop.db.read() as tx:
            return find_values(tx)


def _correct(tx: Tx, query: Query) -> Query:
    """The query with misspelt words replaced by the mail's spelling."""
    return replace(
        query,
        terms=tuple(
            replace(one, values=(better,))
            if one.field in (QueryField.TEXT, QueryField.FROM)
            and not one.quoted
            and not one.negated
            and (better := spelling.correct(tx, one.values[0]))
            else one
            for one in query.terms
        ),
    )
