"""What the inbox screen lists: a whole list, its tickets that match a query, or what is due first."""

from collections.abc import Coroutine
from typing import Any

from deskterm.actions.work import Work
from deskterm.domain.tickets import Listing
from deskterm.value_class import dataclass
from deskterm.widgets.row_pages import RowSource

_MOST_PROMISES = 100  # of a day
_COMES = "Not all mail is here yet. The first tickets appear by themselves."
_FAILS = "Nothing could be fetched yet: {standing} says why and what to do; {sync} tries again."
EMPTY = {
    Listing.INBOX: "Nothing to do. New mail appears by itself; {sync} looks now.",
    Listing.WAITING: "Waiting for no customer.",
    Listing.HOLD: "Nothing is on hold.",
    Listing.SNOOZED: "Nothing is snoozed.",
    Listing.PROMISED: "No promises to keep.",
    Listing.SOLVED: "Nothing is solved yet.",
    Listing.DRAFTS: "No drafts.",
    Listing.OTHERS: "No newsletters, payouts or robots.",
    Listing.SPAM: "No spam.",
    Listing.TRASH: "The trash is empty.",
    Listing.FOUND: "Nothing was found.",
}


@dataclass(frozen=True, slots=True)
class ShownList:
    """The list on screen: whole, filtered by a query, or sorted by what is due."""

    listing: Listing = Listing.INBOX
    query_text: str = ""  # empty for all tickets
    is_by_due: bool = False

    @property
    def name(self) -> str:
        """What the top line calls it; nothing for the whole inbox."""
        if self.listing is Listing.FOUND:
            return f"found: {self.query_text}"
        name = "" if self.listing is Listing.INBOX else self.listing.value
        extra = f"only {self.query_text}" if self.query_text else "by what is due" if self.is_by_due else ""
        return f"{name} {extra}".strip()

    @property
    def is_narrowed(self) -> bool:
        """Whether there is a usual view of the same list to go back to; what was found is only its query."""
        return self.is_by_due or bool(self.query_text and self.listing is not Listing.FOUND)

    def source(self, work: Work) -> RowSource:
        """Where its rows come from."""
        if self.is_by_due:
            return due_source(work, self.listing)
        if self.query_text:
            return filtered_source(work, self.listing, self.query_text)
        return list_source(work, self.listing)

    def empty_words(self, work: Work) -> str:
        """Why no ticket is listed."""
        if self.is_by_due or self.query_text:
            return f"No ticket of this list matches. {work.key('back', 'Esc')} shows all."
        return empty_words(work, self.listing)


def list_source(work: Work, listing: Listing) -> RowSource:
    """All tickets of a list, read page by page."""
    inbox = work.desk.inbox
    return RowSource(
        lambda first, count: inbox.page(listing, first, count),
        lambda: inbox.count(listing),
        lambda one: inbox.position(listing, one),
    )


def filtered_source(work: Work, listing: Listing, query: str) -> RowSource:
    """The tickets of a list that match a query; searched again each time they are counted."""
    found: list[int] = []

    def count() -> int:
        found[:] = work.desk.search.in_list(listing, query, work.now())
        return len(found)

    return RowSource(
        lambda first, count: work.desk.inbox.rows(tuple(found[first : first + count])),
        count,
        lambda one: found.index(one) if one in found else None,
    )


def due_source(work: Work, listing: Listing) -> RowSource:
    """The tickets of a list by what is due; sorted again each time they are counted."""
    found: list[int] = []

    def count() -> int:
        found[:] = work.desk.inbox.by_due(listing, work.now())
        return len(found)

    return RowSource(
        lambda first, count: work.desk.inbox.rows(tuple(found[first : first + count])),
        count,
        lambda one: found.index(one) if one in found else None,
    )


def empty_words(work: Work, listing: Listing) -> str:
    """Why a list is empty. That all is done is only said if all mail is here."""
    if listing is Listing.INBOX and not work.settings.mailboxes:
        return "No mailbox is set up. Quit and run `deskterm setup`."
    state = work.facts.state
    if listing is Listing.INBOX and not (state and state.all_mail_is_here):
        return work.with_keys(_FAILS) if state and state.failing else _COMES
    receipt = receipt_words(work) if listing is Listing.INBOX else ""
    return f"Done: {receipt}. New mail appears by itself." if receipt else work.with_keys(EMPTY[listing])


def receipt_words(work: Work) -> str:
    """What the round through the inbox achieved; empty if nothing was done yet."""
    now, one = work.now(), work.round
    today = work.formats.day(now)
    rows = work.desk.inbox.page(Listing.PROMISED, 0, _MOST_PROMISES) if one.handled else []
    due = [row for row in rows if row.promised_at and work.formats.day(row.promised_at) == today]
    return one.receipt(f"{max(1, round((now - one.begun_at) / 60))} min", len(due))


def note_seen(work: Work, listing: Listing, seen: dict[int, int]) -> Coroutine[Any, Any, None] | None:
    """What notes the tickets of "not customers" that were on the screen before a key; None for no tickets."""
    newest = dict(seen)
    if listing is not Listing.OTHERS or not newest or work.desk.read_only:
        return None
    seen.clear()
    return work.write(work.desk.inbox.note_looked_at, newest)
