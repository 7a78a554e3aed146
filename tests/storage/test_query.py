"""Queries over real rows: what each term finds, and what its opposite leaves out."""

import pytest

from deskterm.domain.messages import Address, Direction
from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderLine, Payment, Shipment
from deskterm.domain.ticket_work.promises import PromisedDate
from deskterm.domain.tickets import Status, View
from deskterm.storage import orders, tickets
from deskterm.storage.search import find, spelling
from deskterm.storage.ticket_work import promises
from storage.making import JANA, NOON, message, query_of, reply, ticket

DAY = 86400
OMAR = Address("Omar Okafor", "omar@okafor.example")
ANNE = Address("Anne Müßig", "anne@example.net")


def an_order() -> Order:
    return Order(
        "shop", "8801", "1042", "omar@okafor.example", "Omar Okafor", NOON - 5 * DAY,
        Payment.PAID, Fulfilment.SHIPPED, Money(4900, "EUR"),
        lines=(OrderLine("MUG-01", "Celadon mug", "large", 2, Money(2450, "EUR")),),
        shipments=(Shipment("DHL", "00340434161094", "", NOON - DAY),),
    )  # fmt: skip


@pytest.fixture
def asked(db):
    """The names of those whose mails a query finds, in the order of their tickets."""
    with db.write() as tx:
        jana = ticket(tx, JANA, subject="Late parcel", text="Where is the parcel? Danke und viele Grüße")
        omar = ticket(tx, OMAR, at=NOON - 3 * DAY, text="The mug of order 1042 came broken.")
        anne = ticket(
            tx, ANNE, at=NOON - 40 * DAY, text="Ich habe die Tasse noch nicht bekommen, wann kommt sie?"
        )
        (order_id,) = orders.upsert_all(tx, [an_order()], NOON)
        tickets.change(tx, omar, order_id=order_id, tags=("VIP", "fragile"), category="damaged")
        tickets.change(tx, anne, status=Status.SOLVED)
        reply(tx, jana, at=NOON + 60)
        for one, due in ((jana, NOON + 2 * DAY), (omar, NOON - 3600)):
            promises.add(tx, one, [PromisedDate("by then", due, due)], NOON + 90)
        message(tx, omar, OMAR, at=NOON - 2 * DAY, text="call him", direction=Direction.NOTE)
        names = {jana: "jana", omar: "omar", anne: "anne"}

        def asked(text: str) -> str:
            query = query_of(text)
            assert not query.problems
            hits = find.find(tx, query, 0, 50)
            assert len(hits) == find.total(tx, query)
            found = {hit.row.ticket_id for hit in hits}
            assert found == set(find.ticket_ids(tx, query, 50))
            return " ".join(name for one, name in names.items() if one in found)

        yield asked


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from:jana", "jana"), ("from:okaf", "omar"), ("from:mussig", "anne"), ("from:example.net", "anne"),
        ("from:help", "jana"), ("from:nobody", ""), ("to:help", ""),
        ("order:1042", "omar"), ("order:#1042", "omar"), ("order:104", ""), ("order:1042,9999", "omar"),
        ("sku:mug-01", "omar"), ("product:celadon", "omar"), ("product:plate", ""),
        ("tracking:00340434161094", "omar"), ("tag:vip", "omar"), ("tag:fragile broken", "omar"),
        ("category:damaged", "omar"), ("subject:late", "jana"), ("subject:mug parcel", ""),
        ("is:solved", "anne"), ("is:open,solved", "jana omar anne"), ("is:waiting", ""), ("is:spam", ""),
        ("has:order", "omar"), ("has:tracking", "omar"), ("has:note", "omar"), ("has:tag", "omar"),
        ("has:attachment", ""), ("after:7d", "jana omar"), ("before:7d", "anne"), ("after:today", "jana"),
        ("language:de", "anne"), ("channel:mail", "jana omar anne"), ("channel:phone", ""),
        ("promise:any", "jana omar"), ("promise:late", "omar"), ("promise:today", "omar"),
        ("promise:1d", "omar"), ("promise:2d", "jana omar"), ("promise:<2d", "omar"), ("-promise:any", "anne"),
        ("parcel from:jana", "jana"), ("parcel from:omar", ""),
    ],
)  # fmt: skip
def test_a_term_finds_what_it_says(asked, query, names):
    assert asked(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("-is:solved", "jana omar"), ("-has:order", "jana anne"), ("-tag:vip", "jana anne"),
        ("-order:1042", "jana anne"), ("is:open -parcel", "jana omar"), ("from:jana -where", ""),
        ("-category:damaged -is:solved", "jana"),
    ],
)  # fmt: skip
def test_a_minus_leaves_out_what_the_term_finds_and_nothing_else(asked, query, names):
    """Jana's ticket stays with `-parcel`: the answer to her does not have the word."""
    assert asked(query) == names


@pytest.mark.parametrize(
    "query", ["has:attachment", "status:open", "crack from:jana", "-crack", "is:unanswered"]
)
def test_a_list_is_filtered_by_the_messages_of_its_tickets_alone(asked, db, query):
    with db.read() as tx:
        sql, values = find.matching_tickets(tx, query_of(query))
        wanted = f"EXPLAIN QUERY PLAN SELECT id FROM ticket WHERE status = 'open' AND id IN ({sql})"
        steps = [row["detail"] for row in tx.execute(wanted, values)]
    assert [one for one in steps if one.split()[:2] in (["SCAN", "m"], ["SCAN", "t"])] == []


def test_what_is_not_known_to_hold_is_no_match_and_no_reason_to_leave_out(db):
    with db.write() as tx:
        one = ticket(tx)
        tickets.change(tx, one, view=View.TRASH)
        assert find.ticket_ids(tx, query_of("is:trash"), 9) == [one]
        assert find.ticket_ids(tx, query_of("is:open"), 9) == []
        assert find.ticket_ids(tx, query_of("-has:order"), 9) == [one]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("okafr", "okafor"),
        ("parcle", "parcel"),
        ("brokn", "broken"),
        ("mussg", "mußig"),
        ("okafor", ""),
        ("xyzzy", ""),
        ("mgu", ""),
    ],
)
def test_a_misspelt_word_is_looked_up(asked, db, typed, meant):
    assert asked("parcel") == "jana"
    with db.read() as tx:
        assert spelling.correct(tx, typed) == meant
