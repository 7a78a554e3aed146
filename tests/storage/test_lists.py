"""The order of the inbox, against a plain sort by the rule of the product."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from counterparts.templates import fresh
from deskterm.domain.messages import Address
from deskterm.domain.tickets import Listing, Row, Status, View
from deskterm.storage import changes, lists, tickets
from deskterm.storage.changes import By
from deskterm.storage.schema.database import Tx
from deskterm.storage.schema.migrate import open_database
from deskterm.storage.ticket_work import waking
from storage.making import NOON, message, reply, ticket

PEOPLE = [Address(name, f"{name}@test.example") for name in "abcd"]
STEPS = (
    "new",
    "new",
    "new",
    "writes",
    "urgent",
    "reply",
    "solve",
    "snooze",
    "wake",
    "hold",
    "trash",
    "reopen",
)


def sorted_by_hand(tx: Tx) -> list[int]:
    """What is due first, then the longest unanswered; a customer's tickets together, where the first of them is."""
    rows = tx.execute("SELECT * FROM ticket WHERE joined_into IS NULL").fetchall()
    here = [
        row
        for row in rows
        if row["status"] == "open" and row["view"] == "customers" and row["snoozed_until"] is None
    ]

    def own(row):
        waits = row["unanswered_since"]
        rank = 0 if row["due"] else 1 if waits is not None else 2
        return rank, row["last_at"] if waits is None else waits

    lead = {}
    for row in here:
        lead[row["customer_id"]] = min(own(row), lead.get(row["customer_id"], own(row)))
    here.sort(key=lambda row: (*lead[row["customer_id"]], row["customer_id"], *own(row), row["id"]))
    return [row["id"] for row in here]


def do(  # noqa: PLR0917 - a step's parts, in order
    tx: Tx, step: str, who: Address, made: list[int], now: int, pick: int
) -> None:
    if step == "new" or not made:
        made.append(ticket(tx, who, at=now))
        return
    one = made[pick % len(made)]
    if step in ("writes", "urgent"):
        message(tx, one, who, at=now, due="complaint" if step == "urgent" else "")
    elif step == "reply":
        reply(tx, one, at=now)
    elif step == "wake":
        waking.wake(tx, now)
    else:
        change = {
            "solve": {"status": Status.SOLVED},
            "snooze": {"snoozed_until": now + 50},
            "hold": {"status": Status.HOLD},
            "trash": {"view": View.TRASH},
            "reopen": {"status": Status.OPEN},
        }[step]
        changes.change(tx, one, now, By.OWNER, **change)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), st.integers(0, 9)), min_size=3, max_size=25
    )
)
def test_the_inbox_is_in_the_right_order_after_any_changes(steps):
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(fresh(Path(folder) / "desk.db"))
        with db.write() as tx:
            made: list[int] = []
            for at, (step, who, pick) in enumerate(steps):
                do(tx, step, who, made, NOON + at * 30, pick)
            wanted = sorted_by_hand(tx)
            rows = lists.page(tx, Listing.INBOX, 0, 100)
            assert [row.ticket_id for row in rows] == wanted
            assert lists.count(tx, Listing.INBOX) == len(wanted)
            assert [lists.position(tx, Listing.INBOX, one) for one in wanted] == list(range(len(wanted)))
            assert all(row.siblings == siblings(rows, row) for row in rows)
            for listing in (
                one for one in Listing if one is not Listing.FOUND
            ):  # what a search found stands elsewhere
                every_place_is_right(tx, listing)
        db.close()


def siblings(rows: list[Row], one: Row) -> int:
    return sum(row.name == one.name for row in rows)


def every_place_is_right(tx: Tx, listing: Listing) -> None:
    shown = [row.ticket_id for row in lists.page(tx, listing, 0, 100)]
    assert [lists.position(tx, listing, one) for one in shown] == list(range(len(shown)))
    assert lists.count(tx, listing) == len(shown)
    assert [row.ticket_id for row in lists.page(tx, listing, 1, 2)] == shown[1:3]


def test_a_ticket_that_is_not_in_a_list_has_no_place_there(db):
    with db.write() as tx:
        assert lists.position(tx, Listing.WAITING, ticket(tx)) is None


def test_a_ticket_whose_snooze_ended_is_on_top_until_something_is_done(db):
    with db.write() as tx:
        older, snoozed = ticket(tx, PEOPLE[0], at=NOON), ticket(tx, PEOPLE[1], at=NOON + 10)
        changes.change(tx, snoozed, NOON + 20, By.OWNER, snoozed_until=NOON + 60)
        assert lists.counts(tx).snoozed == 1
        assert waking.wake(tx, NOON + 59) == ()
        assert waking.wake(tx, NOON + 90) == (snoozed,)
        top = lists.page(tx, Listing.INBOX, 0, 9)
        assert [row.ticket_id for row in top] == [snoozed, older]
        assert top[0].due == tickets.SNOOZE_OVER
        reply(tx, snoozed, at=NOON + 100)
        assert tickets.get(tx, snoozed).due == ""


def test_a_page_is_walked_along_an_index_and_sorts_nothing(db):
    with db.read() as tx:
        for listing, wanted in lists._LISTS.items():
            if listing is Listing.DRAFTS:  # a handful, found one by one
                continue
            order = ", ".join(" ".join(one) for one in wanted.order)
            plan = tx.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {wanted.tickets} ORDER BY {order} LIMIT 9")
            words = " ".join(row["detail"] for row in plan)
            assert f"COVERING INDEX {wanted.walk}" in words, listing
            assert "TEMP B-TREE" not in words, (listing, words)
