"""Every change writes its event, and events alone take it back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from counterparts.templates import fresh
from deskterm.domain.events import By, What
from deskterm.domain.tickets import CategoryBy, Status, View
from deskterm.storage import changes, events, sops, tickets, undo
from deskterm.storage.mail import messages
from deskterm.storage.search import find
from deskterm.storage.ticket_work import merging, waking
from storage.making import NOON, message, query_of, reply, ticket

CHANGES = st.sampled_from(
    [
        {"status": Status.SOLVED}, {"status": Status.WAITING}, {"status": Status.OPEN}, {"status": Status.SPAM},
        {"snoozed_until": NOON + 9000}, {"snoozed_until": None}, {"category": "late"}, {"tags": ("a", "b")},
        {"view": View.TRASH}, {"view": View.CUSTOMERS}, {"status": Status.SOLVED, "category": "return"},
    ]
)  # fmt: skip


def shape(tx, made):
    row = dict(tx.execute("SELECT * FROM ticket WHERE id = ?", (made,)).fetchone())
    return {name: value for name, value in row.items() if name not in ("lead_rank", "lead_since", "siblings")}


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=7))
def test_undoing_all_changes_brings_back_the_beginning_and_redoing_them_the_end(steps):
    import tempfile
    from pathlib import Path

    from deskterm.storage.schema.migrate import open_database

    with tempfile.TemporaryDirectory() as folder:
        db = open_database(fresh(Path(folder) / "desk.db"))
        with db.write() as tx:
            made = ticket(tx)
            seen = [shape(tx, made)]
            for at, step in enumerate(steps, 1):
                if changes.change(tx, made, NOON + at, By.OWNER, **step):
                    seen.append(shape(tx, made))
            for was in reversed(seen[:-1]):
                undo.reverse(tx, events.last_undoable(tx), NOON + 100)
                assert shape(tx, made) == was
            assert events.last_undoable(tx) == 0
            for now in seen[1:]:
                undo.reverse(tx, events.last_undone(tx), NOON + 200)
                assert shape(tx, made) == now
            assert events.last_undone(tx) == 0
        db.close()


def test_nothing_changed_writes_nothing(db):
    with db.write() as tx:
        made = ticket(tx)
        assert changes.change(tx, made, NOON, By.OWNER, status=Status.OPEN) == 0
        assert events.for_ticket(tx, made) == ()


def test_one_key_press_over_two_tickets_is_one_action(db):
    with db.write() as tx:
        one, two = ticket(tx), ticket(tx, at=NOON + 1)
        action = changes.change(tx, one, NOON + 5, By.OWNER, status=Status.SOLVED)
        assert changes.change(tx, two, NOON + 5, By.OWNER, action=action, status=Status.SOLVED) == action
        assert {event.ticket_id for event in events.for_action(tx, action)} == {one, two}
        undo.reverse(tx, action, NOON + 9)
        assert tickets.get(tx, one).status is tickets.get(tx, two).status is Status.OPEN


def test_solved_without_an_answer_is_unanswered_again_after_the_undo(db):
    with db.write() as tx:
        made = ticket(tx)
        action = changes.change(tx, made, NOON + 5, By.OWNER, status=Status.SOLVED)
        assert tickets.get(tx, made).unanswered_since is None
        undo.reverse(tx, action, NOON + 9)
        assert tickets.get(tx, made).unanswered_since == NOON


def test_an_undo_leaves_alone_what_somebody_changed_since(db):
    with db.write() as tx:
        made = ticket(tx)
        action = changes.change(tx, made, NOON + 5, By.OWNER, status=Status.SOLVED, category="late")
        changes.change(tx, made, NOON + 6, By.SYNC, status=Status.OPEN)
        undo.reverse(tx, action, NOON + 9)
        assert tickets.get(tx, made).status is Status.OPEN
        assert tickets.get(tx, made).category == ""
        assert events.last_undoable(tx) == 0


def test_what_sync_did_is_not_the_owners_to_undo(db):
    with db.write() as tx:
        changes.change(tx, ticket(tx), NOON + 5, By.SYNC, status=Status.WAITING)
        assert events.last_undoable(tx) == 0


def test_a_new_change_ends_the_redo(db):
    with db.write() as tx:
        made = ticket(tx)
        undo.reverse(tx, changes.change(tx, made, NOON + 5, By.OWNER, category="late"), NOON + 6)
        assert events.last_undone(tx) != 0
        changes.change(tx, made, NOON + 7, By.OWNER, tags=("x",))
        assert events.last_undone(tx) == 0


def test_a_guess_stays_marked_as_one_after_an_undo(db):
    with db.write() as tx:
        made = ticket(tx)
        changes.change(tx, made, NOON + 1, By.SYNC, category="late")
        action = changes.change(tx, made, NOON + 5, By.OWNER, category="return")
        undo.reverse(tx, action, NOON + 6)
        assert (tickets.get(tx, made).category, tickets.get(tx, made).category_by) == (
            "late",
            CategoryBy.GUESS,
        )


def test_a_note_a_tick_and_a_join_can_be_taken_back_and_brought_back(db):
    with db.write() as tx:
        one, two = ticket(tx), ticket(tx, at=NOON + 1, text="second")
        action = changes.note(tx, one, "supplier says Friday", NOON + 2)
        changes.tick(tx, one, "late", "ask", NOON + 3, on=True, action=action)
        changes.join(tx, one, two, NOON + 4, By.OWNER, action=action)
        assert (len(messages.for_ticket(tx, one)), find.total(tx, query_of("supplier"))) == (3, 1)
        assert sops.ticked_steps(tx, one, "late") == {"ask"}
        back = undo.reverse(tx, action, NOON + 9)
        assert [len(messages.for_ticket(tx, made)) for made in (one, two)] == [1, 1]
        assert (find.total(tx, query_of("supplier")), sops.ticked_steps(tx, one, "late")) == (0, frozenset())
        undo.reverse(tx, back, NOON + 10)
        assert (len(messages.for_ticket(tx, one)), find.total(tx, query_of("supplier"))) == (3, 1)
        assert tickets.get(tx, two).id == one


def test_tickets_joined_one_after_the_other_come_apart_in_that_order(db):
    with db.write() as tx:
        one, two, three = (ticket(tx, at=NOON + at, text=str(at)) for at in range(3))
        merging.join(tx, two, three)
        merging.join(tx, one, two)
        assert tickets.root(tx, three) == one
        assert len(messages.for_ticket(tx, one)) == 3
        merging.unjoin(tx, two)
        assert [len(messages.for_ticket(tx, made)) for made in (one, two)] == [1, 2]
        merging.unjoin(tx, three)
        assert [len(messages.for_ticket(tx, made)) for made in (one, two, three)] == [1, 1, 1]


def test_solved_after_days_unless_the_customer_writes(db):
    with db.write() as tx:
        one, two = ticket(tx), ticket(tx, at=NOON + 1)
        for made in (one, two):
            reply(tx, made, at=NOON + 5)
            changes.change(tx, made, NOON + 5, By.OWNER, status=Status.WAITING)
            tickets.change(tx, made, solve_at=NOON + 100)
        message(tx, two, at=NOON + 50, text="wait")
        changes.change(tx, two, NOON + 50, By.SYNC, status=Status.OPEN)
        assert waking.solve_due(tx, NOON + 99) == ()
        assert waking.solve_due(tx, NOON + 200) == (one,)
        assert tickets.get(tx, one).solved_at == NOON + 100
        assert [event.at for event in events.for_ticket(tx, one) if event.what is What.STATUS][
            -1
        ] == NOON + 100
