"""Orders, drafts, the outbox, folders, sources: each noun comes back as it was given."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterparts.templates import fresh
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.domain.tickets import Status
from deskterm.errors import NotFound, NotNow
from deskterm.storage import customers, desk_facts, lists, orders, sources
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.replies import drafts, outbox, outbox_counts
from storage.making import JANA, NOON, ticket

EUR = Money(1900, "EUR")
ORDER = Order(
    "shop", "x1", "1042", "Jana@Mertens.example", "Jana", NOON, Payment.PAID, Fulfilment.SHIPPED, Money(4800, "EUR"),
    lines=(OrderLine("MUG-B", "Mug", "blue", 2, EUR), OrderLine("", "Card", "", 1, Money(1000, "EUR"))),
    shipments=(Shipment("DHL", "00340", "https://dhl.example/00340", NOON + 5, None, NOON + 9, "in transit"),),
    refunds=(Refund(NOON + 7, Money(500, "EUR"), "scratch"),),
    ship_to=PostalAddress("Jana Mertens", "Weg 1", "20095", "Hamburg", "", "DE"), phone="+49", discount_codes=("HI",),
)  # fmt: skip
DRAFT = Draft(
    0, "Hallo", "Re: Mug", "help@ridge.example", (JANA,), (Address("", "c@x.example"),), (Address("B", "b@x.example"),),
    macro="late", claims_ticked=("sent",), after=Status.SOLVED, quote=True, attachments=("/a b.pdf",),
)  # fmt: skip
words = st.text(st.characters(codec="utf-8"), max_size=8)
money = st.builds(Money, st.integers(-(10**9), 10**12), st.sampled_from(("EUR", "JPY", "USD")))
instant = st.none() | st.integers(-(10**9), 10**11)


@st.composite
def any_order(draw):
    currency = draw(st.sampled_from(("EUR", "JPY")))
    return Order(
        "shop", draw(st.sampled_from("ab")), draw(words), draw(words), draw(words), draw(st.integers(0, 10**10)),
        draw(st.sampled_from(Payment)), draw(st.sampled_from(Fulfilment)), Money(draw(st.integers(0, 10**9)), currency),
        tuple(draw(st.lists(st.builds(OrderLine, words, words, words, st.integers(0, 99), money), max_size=3))),
        tuple(draw(st.lists(st.builds(Shipment, words, words, words, instant, instant, instant, words), max_size=2))),
        tuple(draw(st.lists(st.builds(Refund, st.integers(0, 10**10), money, words), max_size=2))),
        draw(st.builds(PostalAddress, words, words, words, words, words, words)), draw(words),
        tuple(draw(st.lists(words, max_size=2))), draw(instant), draw(words),
    )  # fmt: skip


def test_an_order_comes_back_whole_and_by_number_and_address_in_any_case(db):
    with db.write() as tx:
        (made,) = orders.upsert_all(tx, [ORDER], NOON)
        whole = replace(ORDER, id=made, synced_at=NOON)
        assert orders.get(tx, made) == whole
        assert orders.by_numbers(tx, ["1042"]) == orders.for_email(tx, ["JANA@mertens.EXAMPLE"]) == [whole]


def test_only_what_differs_is_written_again_but_all_is_fresh(db):
    with db.write() as tx:
        (made,) = orders.upsert_all(tx, [ORDER], NOON)
        assert orders.upsert_all(tx, [ORDER], NOON + 60) == {}
        assert orders.get(tx, made).synced_at == NOON + 60
        shorter = replace(ORDER, lines=ORDER.lines[:1], refunds=(), payment=Payment.REFUNDED)
        assert list(orders.upsert_all(tx, [ORDER, shorter], NOON + 90)) == [made]
        assert orders.get(tx, made) == replace(shorter, id=made, synced_at=NOON + 90)


def test_an_order_write_belongs_to_the_transaction_that_is_open(db):
    with pytest.raises(NotFound):
        write_and_raise(db)
    with db.read() as tx:
        assert orders.count(tx) == 0


def write_and_raise(db):
    with db.write() as tx:
        orders.upsert_all(tx, [ORDER], NOON)
        assert orders.count(tx) == 1
        orders.get(tx, 99)


@settings(max_examples=25, deadline=None)
@given(st.lists(any_order(), min_size=1, max_size=4))
def test_any_order_comes_back_as_it_was_given(many):
    import tempfile
    from pathlib import Path

    from deskterm.storage.schema.migrate import open_database

    with tempfile.TemporaryDirectory() as folder:
        db = open_database(fresh(Path(folder) / "desk.db"))
        with db.write() as tx:
            for one in many:
                orders.upsert_all(tx, [one], NOON)
            last = {one.external_id: one for one in many}
            for one in last.values():
                found = [kept for kept in orders.by_ids(tx, range(9)) if kept.external_id == one.external_id]
                assert [replace(kept, id=0, synced_at=0) for kept in found] == [one]
        db.close()


def test_reading_orders_does_not_wait_for_sqlmodel(db):
    import subprocess
    import sys

    code = (
        "import sys\nfrom deskterm.storage import orders, lists, changes, undo; from deskterm.storage.search import find; from deskterm.storage.replies import outbox; from deskterm.storage.schema import migrate\n"
        "assert not {'sqlmodel', 'sqlalchemy', 'email', 'pydantic'} & set(sys.modules), 'heavy imports'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_customers_payments_are_added_up(db):
    with db.write() as tx:
        customer = customers.upsert(tx, JANA, NOON)
        unpaid = replace(ORDER, external_id="x2", payment=Payment.PENDING)
        orders.upsert_all(
            tx, [ORDER, unpaid, replace(ORDER, external_id="x3", total=Money(900, "JPY"), refunds=())], NOON
        )
        one, two, waiting = (ticket(tx, at=NOON + at) for at in (0, 9, 12))
        tx.execute("UPDATE ticket SET status = 'waiting' WHERE id = ?", (waiting,))
        facts = customers.facts(tx, customer, one)
        assert (facts.orders, facts.spent) == (3, (Money(4300, "EUR"), Money(900, "JPY")))
        assert (facts.earlier_tickets, facts.open_tickets) == (2, (two,))


def test_one_address_in_any_case_is_one_customer(db):
    with db.write() as tx:
        first = customers.upsert(tx, Address("", "Jana@Mertens.example"), NOON)
        assert customers.upsert(tx, JANA, NOON - 5) == first
        found = customers.get(tx, first)
        assert (found.name, found.addresses, found.first_seen_at) == (
            JANA.name,
            ("Jana@Mertens.example",),
            NOON - 5,
        )
        assert customers.upsert(tx, Address("", "jana+shop@mertens.example"), NOON) != first


def test_a_ticket_has_one_draft_which_comes_back_whole(db):
    with db.write() as tx:
        made = ticket(tx)
        kept = drafts.save(tx, replace(DRAFT, ticket_id=made), NOON)
        assert replace(kept, id=0, updated_at=0) == replace(DRAFT, ticket_id=made)
        again = drafts.save(tx, replace(kept, body="Hallo Jana"), NOON + 2)
        assert (again.id, again.updated_at) == (kept.id, NOON + 2)
        assert again == drafts.get(tx, made)
        assert lists.rows(tx, [made])[0].draft
        drafts.delete(tx, made)
        assert drafts.find(tx, made) is None


@pytest.fixture
def queued(db):
    with db.write() as tx:
        made = ticket(tx)
        return outbox.enqueue(
            tx, replace(DRAFT, ticket_id=made), account="main", sender="help@ridge.example", message_id="<r@test>",
            raw=b"raw", recipients=["a@x.example", "b@x.example"], action=7, send_at=NOON + 15, at=NOON,
        )  # fmt: skip


def test_a_reply_is_due_only_after_its_undo_time(db, queued):
    with db.read() as tx:
        assert outbox.due_rows(tx, NOON + 14) == ()
        assert [row.id for row in outbox.due_rows(tx, NOON + 15, "main")] == [queued]
        assert outbox.due_rows(tx, NOON + 15, "other") == ()
        assert outbox_counts.next_send_at(tx, planned=False) == NOON + 15


def test_a_reply_is_claimed_once(db, queued):
    with db.write() as tx:
        with pytest.raises(NotNow):
            outbox.claim(tx, queued, "early", NOON + 14)
        assert outbox.claim(tx, queued, "one", NOON + 15) == b"raw"
        with pytest.raises(NotNow):
            outbox.claim(tx, queued, "two", NOON + 15)
        assert [(row.id, handed) for row, handed in outbox.abandoned_rows(tx, "main")] == [(queued, False)]
        outbox.hand(tx, queued)
        assert [handed for _, handed in outbox.abandoned_rows(tx, "main")] == [True]
        assert outbox.abandoned_rows(tx, "other") == ()


def test_the_outbox_keeps_what_was_said_about_each_recipient_and_each_step(db, queued):
    with db.write() as tx:
        outbox.claim(tx, queued, "one", NOON + 15)
        outbox.note_answer(tx, queued, "a@x.example", "accepted", "250 ok")
        outbox.note_answer(tx, queued, "b@x.example", "refused", "550 no such user")
        outbox.mark(tx, queued, OutboxState.SENT, "250 2.0.0 queued", NOON + 16)
        row = outbox.get(tx, queued)
        assert [(one.outcome, one.words) for one in row.recipients] == [
            ("accepted", "250 ok"),
            ("refused", "550 no such user"),
        ]
        assert [step[1] for step in row.history] == ["queued", "sending", "sent"]
        assert (row.sent_at, row.attempts, row.subject) == (NOON + 16, 1, "Re: Mug")
        assert [one.id for one in outbox.copies_wanted(tx, "main")] == [queued]
        outbox.set_copy_state(tx, queued, "theirs")
        assert outbox.copies_wanted(tx, "main") == ()
        assert outbox.find(tx, "<r@test>") == queued
        assert (outbox.raw(tx, queued), outbox.action(tx, queued)) == (b"raw", 7)
        assert replace(outbox.draft(tx, queued), ticket_id=0) == DRAFT
        assert outbox_counts.tally(tx)[OutboxState.SENT] == 1
        assert outbox.for_ticket(tx, row.ticket_id) == ()


def test_a_reply_put_off_is_queued_for_later(db, queued):
    with db.write() as tx:
        outbox.claim(tx, queued, "one", NOON + 15)
        outbox.later(tx, queued, NOON + 300, "451 try again", NOON + 16)
        assert outbox.due_rows(tx, NOON + 299) == ()
        assert outbox.get(tx, queued).state is OutboxState.QUEUED
        assert outbox.rows(tx, OutboxState.QUEUED)[0].answered == "451 try again"


def test_what_needs_the_owner_comes_first_in_the_outbox(db, queued):
    with db.write() as tx:
        draft = outbox.draft(tx, queued)
        for name, state in (("<s@test>", OutboxState.SENT), ("<u@test>", OutboxState.UNCERTAIN)):
            row = outbox.enqueue(
                tx, draft, account="main", sender="", message_id=name, raw=b"", recipients=[], action=1,
                send_at=NOON, at=NOON,
            )  # fmt: skip
            outbox.mark(tx, row, state, "", NOON + 99)
        assert [row.state for row in outbox.rows(tx)] == [
            OutboxState.UNCERTAIN,
            OutboxState.QUEUED,
            OutboxState.SENT,
        ]


def test_a_folder_is_read_on_from_where_it_was_left(db):
    with db.write() as tx:
        found = folders.cursor(tx, "main", "INBOX", "inbox")
        folders.save(
            tx, replace(found, uidvalidity=7, highest_uid=90, lowest_uid=40, modseq=2**60, complete_to=NOON)
        )
        assert folders.cursor(tx, "main", "INBOX", "inbox") == replace(
            found, uidvalidity=7, highest_uid=90, lowest_uid=40, modseq=2**60, complete_to=NOON
        )
        assert folders.cursor(tx, "other", "INBOX", "inbox").id != found.id


def test_a_message_gone_from_the_server_stays_here(db):
    with db.write() as tx:
        box = folders.cursor(tx, "main", "INBOX", "inbox").id
        ticket(tx)
        message = tx.execute("SELECT id FROM message").fetchone()[0]
        folders.put_all(tx, [(MailPlace(box, 5), message), (MailPlace(box, 0, "abc"), message)])
        assert (folders.uids(tx, box), folders.names(tx, box)) == ({5}, {"abc"})
        folders.mark_gone(tx, box, uids=[5], names=["abc"])
        assert (folders.uids(tx, box), folders.names(tx, box)) == (set(), set())
        assert all(gone for _, gone in folders.places(tx, message))
        folders.forget_places(tx, box)
        assert folders.places(tx, message) == ()


def test_a_source_that_fails_says_since_when_until_it_works_again(db):
    with db.write() as tx:
        sources.mark_complete(tx, Source("main"), complete_to=NOON, at=NOON)
        sources.mark_failed(
            tx, Source("main"), Failure.OFFLINE, at=NOON + 60, words="No network.", todo="Check the cable."
        )
        sources.mark_failed(
            tx, Source("main"), Failure.OFFLINE, at=NOON + 120, words="Still none.", todo="Wait."
        )
        (state,) = sources.states(tx, SourceKind.MAIL)
        assert (state.complete_to, state.failing_since, state.words) == (NOON, NOON + 60, "Still none.")
        sources.mark_complete(tx, Source("main"), complete_to=NOON + 180, at=NOON + 180)
        assert sources.states(tx, SourceKind.MAIL)[0].failing_since is None
        assert sources.states(tx, SourceKind.ORDERS) == ()


def test_a_fact_of_the_desk_is_the_last_one_set(db):
    with db.write() as tx:
        assert desk_facts.get_fact(tx, "at", "none") == "none"
        desk_facts.set_fact(tx, "at", "T1001")
        desk_facts.set_fact(tx, "at", "T1002")
        assert desk_facts.get_fact(tx, "at") == "T1002"
