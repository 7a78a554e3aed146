"""What a macro does besides its text: it promises news, and plans the letter that follows it."""

from dataclasses import replace

import pytest

from desk.conftest import DAY, NOW, STATUS
from deskterm.desk import playbook_files
from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.domain.playbook import Effects, FollowUp, Macro
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Status
from deskterm.errors import PlaybookError
from deskterm.intake.planned_replies import WROTE, hold_back
from deskterm.storage.mail import messages
from deskterm.storage.replies import outbox

WELL = Macro("well", "Still well?", "Hello Jana,\n\nis all well with it? I am glad to help.")
FIRST = Macro(
    "first", "Repaired", "Hello Jana,\n\nit is repaired.",
    effects=Effects(status=Status.WAITING, follow_up=FollowUp("well", 7), promise_days=2),
)  # fmt: skip


@pytest.fixture
def sent(shop):
    """A ticket whose answer was sent with the letter that follows it."""
    macros = shop.desk.shop.playbook.current().macros
    macros |= {"first": FIRST, "well": WELL}
    ticket = shop.ticket()
    shop.desk.replies.take(ticket, "first", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    return ticket, review, shop.desk.replies.send(ticket, review, NOW, Level.AMBER)


def rows(shop):
    return sorted(shop.desk.outbox.rows(), key=lambda row: row.send_at)


def test_the_review_names_both_letters_and_the_promise_and_both_wait_in_the_outbox(shop, sent):
    ticket, review, _ = sent
    assert "“Still well?” goes" in review.follows
    assert "promised for" in review.follows
    assert [row.send_at - NOW for row in rows(shop)] == [shop.desk.shop.settings.undo_seconds, 7 * DAY]
    assert [row.unless_answered for row in rows(shop)] == [False, True]
    (promise,) = shop.desk.promising.standing(ticket)
    assert promise.words == "within 2 working days"
    assert shop.desk.tickets.view(ticket, NOW).ticket.status is Status.WAITING


def test_z_takes_back_both_and_leaves_one_draft(shop, sent):
    ticket, _, done = sent
    shop.desk.undo.undo(NOW + 1)
    assert {row.state for row in shop.desk.outbox.rows()} <= {OutboxState.DISCARDED}
    body = shop.desk.tickets.view(ticket, NOW).draft.body
    assert "it is repaired" in body
    assert "is all well" not in body
    assert done.action


def test_once_they_wrote_it_is_dropped_and_nobody_is_told(shop, sent):
    ticket = sent[0]
    follows = rows(shop)[-1]
    with shop.db.write() as tx:
        hold_back(tx, follows, WROTE, NOW + DAY)
        row = outbox.get(tx, follows.id)
    assert (row.state, row.ending) == (OutboxState.DISCARDED, Ending.DROPPED)
    assert shop.desk.tickets.view(ticket, NOW + DAY).draft is None


def test_a_later_one_takes_its_place_and_one_that_is_not_green_is_not_planned(shop, sent):
    ticket = sent[0]
    shop.desk.replies.take(ticket, "first", None, NOW + 60)
    review = shop.desk.replies.review(ticket, NOW + 60)
    shop.desk.replies.send(ticket, review, NOW + 60, Level.AMBER)
    waiting = [row for row in rows(shop) if row.unless_answered and row.state is OutboxState.QUEUED]
    assert [row.send_at for row in waiting] == [NOW + 60 + 7 * DAY]
    macros = shop.desk.shop.playbook.current().macros
    macros["well"] = replace(WELL, body="Hello Jana, {{ tracking.number }}.", claims=("it was looked at",))
    other = shop.ticket(text="Another matter")
    shop.desk.replies.take(other, "first", None, NOW)
    review = shop.desk.replies.review(other, NOW)
    assert any("is not planned to follow it: No value for tracking.number" in one for one in review.notes)
    shop.desk.replies.send(other, review, NOW, Level.AMBER)
    with shop.db.read() as tx:
        assert len(outbox.of_ticket(tx, other)) == 1
        assert messages.of_ticket(tx, other)


def test_the_fields_are_read_and_a_wrong_one_is_named():
    def read(effects):
        return playbook_files.macro("x", f"---\ntitle: X\neffects: {effects}\n---\nText\n").effects

    found = read("{promise_days: 3, follow_up: {macro: well, days: 7}}")
    assert (found.promise_days, found.follow_up) == (3, FollowUp("well", 7))
    for wrong in (
        "{follow_up: well}",
        "{follow_up: {macro: well}}",
        "{follow_up: {macro: well, days: 7, at: 9}}",
    ):
        with pytest.raises(PlaybookError, match="needs a macro and days"):
            read(wrong)
    assert STATUS.effects.follow_up is None
