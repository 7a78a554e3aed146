"""Every change can be taken back, says what it was, and can be done again."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk.conftest import BEN, DAY, NOW, ShopOfOne
from desk.reply.test_replies import sent, taken
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Status, View
from deskterm.errors import NotNow

ONE_KEY = {
    "solve": lambda desk, ids: desk.tickets.solve(ids, NOW),
    "open": lambda desk, ids: desk.tickets.set_status(ids, Status.OPEN, NOW),
    "wait": lambda desk, ids: desk.tickets.set_status(ids, Status.WAITING, NOW),
    "hold": lambda desk, ids: desk.tickets.set_status(ids, Status.HOLD, NOW),
    "snooze": lambda desk, ids: desk.tickets.snooze(ids, NOW + DAY, NOW),
    "category": lambda desk, ids: desk.tickets.categorise(ids, "complaint", None, NOW),
    "tags": lambda desk, ids: desk.tickets.categorise(ids, "refund", ("a", "b"), NOW),
    "note": lambda desk, ids: desk.tickets.note(ids[0], "A note.", NOW),
    "spam": lambda desk, ids: desk.tickets.spam(ids, NOW),
    "trash": lambda desk, ids: desk.tickets.trash(ids, NOW),
    "restore": lambda desk, ids: desk.tickets.restore(ids, NOW),
    "tick": lambda desk, ids: desk.tickets.tick(ids[0], "late", "look", NOW),
    "no order": lambda desk, ids: desk.tickets.choose_order(ids[0], None, NOW),
    "order": lambda desk, ids: desk.tickets.choose_order(ids[0], 1, NOW),
}


def everything(shop: ShopOfOne) -> list:
    """All that a key press can change, except the events and the ids of rows that were written twice."""
    with shop.db.read() as tx:
        asked = (
            "SELECT * FROM ticket ORDER BY id",
            "SELECT ticket_id, direction, text FROM message ORDER BY id",
            "SELECT ticket_id, sop, step FROM sop_tick ORDER BY 1, 2, 3",
            "SELECT ticket_id, body, subject, macro, order_id, claims, after_status, attachments FROM draft ORDER BY 1",
        )
        return [[tuple(row) for row in tx.execute(sql)] for sql in asked]


@pytest.mark.parametrize("key", ONE_KEY)
def test_undo_takes_one_key_press_back_and_redo_does_it_again(shop, key):
    ticket = shop.ticket()
    shop.order()
    if key in ("restore", "no order", "open"):
        earlier = {"restore": "trash", "no order": "order", "open": "wait"}[key]
        ONE_KEY[earlier](shop.desk, (ticket,))
    before = everything(shop)
    done = ONE_KEY[key](shop.desk, (ticket,))
    after = everything(shop)
    assert after != before
    undone = shop.desk.undo.undo(NOW)
    assert everything(shop) == before
    assert undone.words.lower() == f"undid: {done.words}".lower()
    again = shop.desk.undo.redo(NOW)
    assert everything(shop) == after
    assert again.words.lower() == f"redid: {done.words}".lower()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(
        st.tuples(st.sampled_from(sorted(ONE_KEY)), st.sampled_from([(0,), (1,), (0, 1)])), max_size=8
    )
)
@example(keys=[("order", (0,)), ("no order", (0,)), ("order", (0,))])
def test_undoing_everything_gives_back_what_was_there(tmp_path_factory, keys):
    from desk import conftest

    made = conftest.shop.__wrapped__(tmp_path_factory.mktemp("desk"))
    shop = next(made)
    tickets = (shop.ticket(), shop.ticket(BEN))
    shop.order()
    states, done = [everything(shop)], []
    for key, which in keys:
        if ONE_KEY[key](shop.desk, tuple(tickets[one] for one in which)).action:
            done.append(key)
            states.append(everything(shop))
    for state in reversed(states[:-1]):
        shop.desk.undo.undo(NOW)
        assert everything(shop) == state, done
    with pytest.raises(NotNow, match="nothing to undo"):
        shop.desk.undo.undo(NOW)
    for state in states[1:]:
        shop.desk.undo.redo(NOW)
        assert everything(shop) == state, done
    with pytest.raises(NotNow, match="nothing to redo"):
        shop.desk.undo.redo(NOW)
    made.close()


def test_what_undo_would_do_is_told_beforehand(shop):
    ticket = shop.ticket()
    assert shop.desk.undo.peek() is None
    shop.desk.tickets.solve((ticket,), NOW)
    found = shop.desk.undo.peek()
    assert found is not None
    assert (found.words, found.tickets) == (f"solved T{ticket}", (ticket,))


def test_many_tickets_are_one_key_press(shop):
    ids = tuple(shop.ticket() for _ in range(3))
    assert shop.desk.tickets.solve(ids, NOW).words == "Solved 3 tickets"
    assert shop.desk.undo.undo(NOW).words == "Undid: solved 3 tickets"
    assert {shop.row(one)["status"] for one in ids} == {"open"}


def test_a_new_change_ends_the_redo(shop):
    ticket = shop.ticket()
    shop.desk.tickets.solve((ticket,), NOW)
    shop.desk.undo.undo(NOW)
    shop.desk.tickets.spam((ticket,), NOW)
    with pytest.raises(NotNow):
        shop.desk.undo.redo(NOW)


def test_a_queued_reply_is_a_draft_again_with_its_ticket_as_before(shop):
    ticket = taken(shop, "address-changed")
    before = everything(shop)
    sent(shop, ticket, Level.AMBER)
    found = shop.desk.undo.peek()
    assert found is not None
    assert (found.words, found.tickets) == (f"sent the reply to T{ticket}", (ticket,))
    assert shop.desk.undo.undo(NOW + 3).words == f"Undid: sent the reply to T{ticket}"
    assert everything(shop) == before
    with pytest.raises(NotNow, match="draft again"):
        shop.desk.undo.redo(NOW + 4)


def test_a_reply_that_has_gone_out_stays_out(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id)
    with pytest.raises(NotNow, match="has gone out"):
        shop.desk.undo.undo(NOW + 30)
    assert shop.desk.outbox.rows()[0].state is OutboxState.SENT
    assert shop.row(ticket)["status"] == "waiting"


@pytest.mark.parametrize(
    ("state", "words"), [("sending", "is being sent now"), ("may have been sent", "may have been sent")]
)
def test_a_reply_that_is_on_its_way_or_in_doubt_is_not_taken_back(shop, state, words):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id, state=state)
    with pytest.raises(NotNow, match=words):
        shop.desk.undo.peek()
    with pytest.raises(NotNow, match=words):
        shop.desk.undo.undo(NOW + 30)
    assert shop.desk.outbox.rows()[0].state == state
    assert shop.desk.tickets.view(ticket, NOW).draft is None


@pytest.mark.parametrize("state", ["queued", "refused"])
def test_a_reply_that_some_have_had_already_is_not_taken_back(shop, state):
    """One recipient has it; for another it waits or was refused."""
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id)
    shop.sent(row.id, state=state)
    with pytest.raises(NotNow, match="has gone out"):
        shop.desk.undo.undo(NOW + 30)
    assert shop.desk.outbox.rows()[0].state == state
    assert shop.desk.tickets.view(ticket, NOW).draft is None


def test_what_was_done_after_a_sent_reply_can_still_be_undone(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    shop.sent(shop.desk.outbox.rows()[0].id)
    shop.desk.tickets.trash((ticket,), NOW + 30)
    assert shop.desk.undo.undo(NOW + 31).words == f"Undid: put T{ticket} into the trash"


def test_a_reply_taken_back_in_the_history_leaves_its_ticket_open_once_the_solve_is_undone(shop):
    ticket = taken(shop)
    before = shop.row(ticket)
    reply = sent(shop, ticket)
    shop.desk.tickets.solve((ticket,), NOW + 1)
    shop.desk.history.take_back(reply.action, NOW + 2)
    assert shop.row(ticket)["status"] == Status.SOLVED
    shop.desk.undo.undo(NOW + 3)
    assert shop.row(ticket) == before


def test_a_thrown_away_draft_comes_back(shop):
    ticket = taken(shop)
    before = everything(shop)
    assert shop.desk.replies.discard(ticket, NOW).words == f"Discarded the draft of T{ticket}"
    assert shop.desk.tickets.view(ticket, NOW).draft is None
    shop.desk.undo.undo(NOW)
    assert everything(shop) == before
    shop.desk.undo.redo(NOW)
    assert shop.desk.tickets.view(ticket, NOW).draft is None


def test_a_new_mail_thrown_away_leaves_no_empty_ticket_behind(shop):
    draft = shop.desk.replies.compose(BEN, "Hello", NOW)
    shop.desk.replies.save(replace(draft, body="text"), NOW)
    shop.desk.replies.discard(draft.ticket_id, NOW)
    assert shop.row(draft.ticket_id)["view"] == View.TRASH


def test_a_mail_that_came_since_is_not_undone(shop):
    """The ticket was solved, the customer wrote, the owner presses z: it stays open."""
    from deskterm.domain.events import By
    from deskterm.storage import changes

    ticket = shop.ticket()
    shop.desk.tickets.solve((ticket,), NOW)
    shop.mail(ticket, at=NOW + 60)
    with shop.db.write() as tx:
        changes.change(tx, ticket, NOW + 60, By.SYNC, status=Status.OPEN)
    shop.desk.undo.undo(NOW + 90)
    assert shop.row(ticket)["status"] == "open"


def test_joined_tickets_come_apart_again(shop):
    from deskterm.domain.events import By
    from deskterm.storage import changes

    one, other = shop.ticket(), shop.ticket(BEN)
    before = everything(shop)
    with shop.db.write() as tx:
        changes.join(tx, one, other, NOW, By.OWNER)
    assert shop.desk.tickets.view(other, NOW).ticket.id == one
    assert len(shop.desk.tickets.view(one, NOW).messages) == 2
    shop.desk.undo.undo(NOW)
    assert everything(shop) == before


@settings(max_examples=40, deadline=None)
@given(
    keys=st.lists(
        st.tuples(st.sampled_from(sorted(ONE_KEY)), st.sampled_from([(0,), (1,), (0, 1)])), max_size=6
    )
)
def test_every_ticket_is_always_in_a_list(tmp_path_factory, keys):
    """Whatever was done, each ticket is in exactly one list."""
    from desk import conftest

    made = conftest.shop.__wrapped__(tmp_path_factory.mktemp("desk"))
    shop = next(made)
    tickets = (shop.ticket(), shop.ticket(BEN))
    shop.order()
    lists = [
        listing for listing in Listing if listing is not Listing.FOUND
    ]  # what a search found stands elsewhere
    for key, which in keys:
        ONE_KEY[key](shop.desk, tuple(tickets[one] for one in which))
        listed = [row.ticket_id for listing in lists for row in shop.desk.inbox.page(listing, 0, 9)]
        assert sorted(listed) == sorted(tickets), key
        assert len(listed) == sum(shop.desk.inbox.count(listing) for listing in lists)
    made.close()


def test_undoing_a_solve_keeps_the_day_on_which_the_ticket_solves_itself(shop):
    ticket = shop.ticket()
    shop.desk.tickets.set_status((ticket,), Status.WAITING, NOW)
    with shop.db.write() as tx:
        tx.execute("UPDATE ticket SET solve_at = ? WHERE id = ?", (NOW + 7 * DAY, ticket))
    shop.desk.tickets.solve((ticket,), NOW)
    shop.desk.undo.undo(NOW)
    with shop.db.read() as tx:
        found = tx.execute("SELECT status, solve_at FROM ticket").fetchone()
    assert tuple(found) == ("waiting", NOW + 7 * DAY)
