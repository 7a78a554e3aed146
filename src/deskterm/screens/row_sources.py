"""Where the inbox screen's rows come from: a list, or those of its tickets that a query finds."""

from collections.abc import Coroutine
from typing import Any

from deskterm.actions.work import Work
from deskterm.domain.tickets import Listing
from deskterm.widgets.row_pages import RowSource

_MOST_PROMISES = 100  # of a day
_COMES = "The mail is not all here yet. The first tickets come here by themselves."
_FAILS = "Nothing could be fetched yet: ! says why, and what to do. R tries again."
EMPTY = {
    Listing.INBOX: "Nothing to do. New mail comes here by itself; R looks now.",
    Listing.WAITING: "No customer is to answer.",
    Listing.HOLD: "Nothing is on hold.",
    Listing.SNOOZED: "Nothing is snoozed.",
    Listing.PROMISED: "No promise stands.",
    Listing.SOLVED: "Nothing is solved yet.",
    Listing.DRAFTS: "No reply is being written.",
    Listing.OTHERS: "No newsletters, payouts or robots.",
    Listing.SPAM: "No spam.",
    Listing.TRASH: "The trash is empty.",
    Listing.FOUND: "Nothing was found.",
}


def list_source(work: Work, listing: Listing) -> RowSource:
    """All of a list, read page by page."""
    inbox = work.desk.inbox
    return RowSource(
        lambda first, count: inbox.page(listing, first, count),
        lambda: inbox.count(listing),
        lambda one: inbox.position(listing, one),
    )


def filtered_source(work: Work, listing: Listing, query: str) -> RowSource:
    """The tickets of a list that a query finds. They are looked up anew each time they are counted."""
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
    """The tickets of a list by what is due: sorted anew each time they are counted."""
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
    """Why a list is empty: that all is done is only said when all mail is here."""
    if listing is Listing.INBOX and not work.settings.mailboxes:
        return "No mailbox is set up. Leave, and `deskterm setup` asks for one."
    truth = work.facts.truth
    if listing is Listing.INBOX and not (truth and truth.all_mail_is_here):
        return _FAILS if truth and truth.failing else _COMES
    receipt = receipt_words(work) if listing is Listing.INBOX else ""
    return f"Done: {receipt}. New mail comes here by itself." if receipt else EMPTY[listing]


def receipt_words(work: Work) -> str:
    """What the round through the inbox came to, empty before anything was done in it."""
    now, one = work.now(), work.round
    today = work.formats.day(now)
    rows = work.desk.inbox.page(Listing.PROMISED, 0, _MOST_PROMISES) if one.dealt else []
    due = [row for row in rows if row.promised_at and work.formats.day(row.promised_at) == today]
    return one.receipt(f"{max(1, round((now - one.begun_at) / 60))} min", len(due))


def note_seen(work: Work, listing: Listing, seen: dict[int, int]) -> Coroutine[Any, Any, None] | None:
    """What notes the tickets of "not customers" that were on the screen before a key; None for no tickets."""
    newest = dict(seen)
    if listing is not Listing.OTHERS or not newest or work.desk.read_only:
        return None
    seen.clear()
    return work.write(work.desk.inbox.note_looked_at, newest)
