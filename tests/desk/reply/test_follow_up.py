"""What a macro does besides its text: it promises news, and plans the letter that follows it."""

from dataclasses import replace
from threading import Event

import pytest

from desk.conftest import BEN, DAY, NOW, STATUS
from deskterm.config.secret.secrets import Secrets
from deskterm.desk import playbook_files
from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.domain.playbook import Effects, FollowUp, Macro
from deskterm.domain.review.replies import Level
from deskterm.domain.sources import Source
from deskterm.domain.ticket_work.calls import KINDS
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow, PlaybookError
from deskterm.intake.planned_replies import WROTE, hold_back
from deskterm.storage import sources
from deskterm.storage.mail import messages
from deskterm.storage.replies import outbox
from deskterm.sync.smtp.outbox import deliver

WELL = Macro("well", "Still well?", "Hello Jana,\n\nis all well with it? I am glad to help.")
FIRST = Macro(
    "first", "Repaired", "Hello Jana,\n\nit is repaired.",
    effects=Effects(status=Status.WAITING, follow_up=FollowUp("well", 7), promise_days=2, solve_after_days=9),
)  # fmt: skip


@pytest.fixture
def sent(shop):
    """A ticket whose answer was sent with its follow-up."""
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


def test_once_the_customer_writes_it_is_dropped_silently(shop, sent):
    ticket = sent[0]
    follows = rows(shop)[-1]
    with shop.db.write() as tx:
        hold_back(tx, follows, WROTE, NOW + DAY)
        row = outbox.get(tx, follows.id)
    assert (row.state, row.ending) == (OutboxState.DISCARDED, Ending.DROPPED)
    assert shop.desk.tickets.view(ticket, NOW + DAY).draft is None


def answer_by_hand(shop, ticket, at=NOW + 60, text="Hello Jana,\n\nyour money is on its way back instead."):
    """Send an answer of the owner's own words; gives its review."""
    draft = shop.desk.replies.begin(ticket, at)
    shop.desk.replies.save(replace(draft, body=text), at)
    review = shop.desk.replies.review(ticket, at)
    shop.desk.replies.send(ticket, review, at, Level.AMBER)
    return review


def follow_ups_to_go(shop):
    """When the follow-ups in the outbox go, in seconds from NOW."""
    return [
        row.send_at - NOW for row in rows(shop) if row.unless_answered and row.state is OutboxState.QUEUED
    ]


def test_an_answer_by_hand_takes_the_follow_up_out_and_its_review_says_so_and_z_lets_it_go_again(shop, sent):
    ticket = sent[0]
    shop.sent(rows(shop)[0].id)
    review = answer_by_hand(shop, ticket)
    assert "“Still well?” of" in review.follows
    assert "does not go" in review.follows
    assert not any("Another reply" in one.words for one in review.concerns)
    assert follow_ups_to_go(shop) == []
    assert {row.ending for row in rows(shop) if row.unless_answered} == {Ending.REPLACED}
    shop.desk.undo.undo(NOW + 70)
    assert follow_ups_to_go(shop) == [7 * DAY]
    shop.desk.replies.discard(ticket, NOW + 80)


def test_a_later_macro_plans_its_own_follow_up_and_z_lets_the_first_one_go_again(shop, sent):
    ticket = sent[0]
    shop.desk.replies.take(ticket, "first", None, NOW + 60)
    review = shop.desk.replies.review(ticket, NOW + 60)
    shop.desk.replies.send(ticket, review, NOW + 60, Level.AMBER)
    assert follow_ups_to_go(shop) == [60 + 7 * DAY]
    shop.desk.undo.undo(NOW + 70)
    assert follow_ups_to_go(shop) == [7 * DAY]


def test_a_follow_up_whose_time_passed_meanwhile_does_not_go_late(shop, sent):
    ticket = sent[0]
    shop.sent(rows(shop)[0].id)
    answer_by_hand(shop, ticket)
    shop.desk.undo.undo(NOW + 8 * DAY)
    assert follow_ups_to_go(shop) == []


def refused(shop, ticket, at):
    """An answer by hand that the server refuses; gives its id in the outbox."""
    before = {row.id for row in rows(shop)}
    answer_by_hand(shop, ticket, at)
    (made,) = (row.id for row in rows(shop) if row.id not in before)
    shop.sent(made, at + 20, state="refused")
    return made


def test_a_letter_that_is_given_up_lets_no_follow_up_go_once_the_customer_has_written(shop, sent, tmp_path):
    ticket = sent[0]
    shop.sent(rows(shop)[0].id)
    letter = refused(shop, ticket, NOW + DAY)
    shop.mail(ticket, at=NOW + 2 * DAY, text="It is broken again.")
    shop.desk.outbox.discard(letter, NOW + 3 * DAY)
    assert follow_ups_to_go(shop) == []
    shop.desk.tickets.set_status((ticket,), Status.WAITING, NOW + 3 * DAY)
    assert delivered(shop, tmp_path / "box", NOW + 7 * DAY) == 0


def test_a_letter_that_is_given_up_lets_no_follow_up_go_past_a_later_answer(shop, sent):
    ticket = sent[0]
    shop.sent(rows(shop)[0].id)
    letter = refused(shop, ticket, NOW + DAY)
    shop.answer(ticket, at=NOW + 2 * DAY, text="Here is a new one.")
    shop.desk.outbox.discard(letter, NOW + 3 * DAY)
    assert follow_ups_to_go(shop) == []


def test_a_letter_that_is_given_up_lets_the_follow_up_go_if_nobody_has_written(shop, sent, tmp_path):
    ticket = sent[0]
    shop.sent(rows(shop)[0].id)
    shop.desk.outbox.discard(refused(shop, ticket, NOW + DAY), NOW + 3 * DAY)
    assert follow_ups_to_go(shop) == [7 * DAY]
    assert delivered(shop, tmp_path / "box", NOW + 7 * DAY) == 1


@pytest.mark.parametrize("who", ["customer", "shop"])
def test_it_does_not_go_if_somebody_wrote_unnoticed_while_it_waited(shop, sent, tmp_path, who):
    ticket = sent[0]
    first, follows = rows(shop)
    shop.sent(first.id)
    if who == "customer":
        shop.mail(ticket, at=NOW + 2 * DAY)
    else:
        shop.answer(ticket, at=NOW + 2 * DAY)
    assert delivered(shop, tmp_path / "box", NOW + 7 * DAY) == 0
    with shop.db.read() as tx:
        row = outbox.get(tx, follows.id)
    why = {"customer": WROTE, "shop": "another letter of yours went to the customer first"}[who]
    assert (row.ending, row.answered) == (Ending.DROPPED, f"not sent: {why}")


def test_a_mail_to_somebody_else_leaves_the_follow_up_alone_and_a_call_of_ours_does_not(shop, sent):
    ticket = sent[0]
    draft = shop.desk.replies.begin(ticket, NOW + 60)
    shop.desk.replies.save(replace(draft, to=(BEN,), body="Ben, do you know more?"), NOW + 60)
    review = shop.desk.replies.review(ticket, NOW + 60)
    shop.desk.replies.send(ticket, review, NOW + 60, Level.AMBER)
    assert follow_ups_to_go(shop) == [7 * DAY]
    shop.desk.calls.log(ticket, KINDS["a"][1], "Told her on the phone.", NOW + 90)
    assert follow_ups_to_go(shop) == []
    shop.desk.undo.undo(NOW + 91)
    assert follow_ups_to_go(shop) == [7 * DAY]


def test_one_that_is_not_green_is_not_planned(shop):
    macros = shop.desk.shop.playbook.current().macros
    macros["first"] = FIRST
    macros["well"] = replace(WELL, body="Hello Jana, {{ tracking.number }}.", claims=("it was looked at",))
    other = shop.ticket(text="Another matter")
    shop.desk.replies.take(other, "first", None, NOW)
    review = shop.desk.replies.review(other, NOW)
    assert any("will not follow: No value for tracking.number" in one for one in review.notes)
    shop.desk.replies.send(other, review, NOW, Level.AMBER)
    with shop.db.read() as tx:
        assert len(outbox.for_ticket(tx, other)) == 1
        assert messages.for_ticket(tx, other)


def delivered(shop, root, at):
    """How many letters go out at that time, with the mail read up to then."""
    desk = shop.desk.shop
    with shop.db.write() as tx:
        sources.mark_complete(tx, Source("main"), complete_to=at, at=at)
    boxes = (replace(desk.settings.mailboxes[0], kind="maildir", delivery="maildir", path=str(root)),)
    settings = replace(desk.settings, mailboxes=boxes)
    return deliver(settings, desk.home, shop.db, Secrets(desk.home), now=at, stop=Event()).sent


@pytest.mark.parametrize(
    ("ending", "goes"), [("sent", 1), ("refused", 0), ("may have been sent", 0), ("discarded", 0)]
)
def test_it_goes_only_where_its_own_letter_went(shop, sent, tmp_path, ending, goes):
    first, follows = rows(shop)
    shop.sent(first.id, state=ending)
    assert delivered(shop, tmp_path / "box", NOW + 7 * DAY) == goes
    with shop.db.read() as tx:
        row = outbox.get(tx, follows.id)
    assert row.state is (OutboxState.SENT if goes else OutboxState.DISCARDED)
    assert goes or row.answered == "not sent: the letter before it is not known to have gone out"


def test_a_letter_that_went_to_some_and_waits_for_others_went(shop, sent, tmp_path):
    first, follows = rows(shop)
    shop.sent(first.id)
    with shop.db.write() as tx:
        outbox.later(tx, first.id, NOW + 8 * DAY, "450 later", NOW + DAY)
    delivered(shop, tmp_path / "box", NOW + 7 * DAY)
    with shop.db.read() as tx:
        assert outbox.get(tx, follows.id).state is OutboxState.SENT


def test_z_says_that_a_letter_has_gone_out_though_one_is_to_follow(shop, sent):
    first, follows = rows(shop)
    shop.sent(first.id)
    with pytest.raises(NotNow, match="has gone out"):
        shop.desk.undo.peek()
    with pytest.raises(NotNow, match="has gone out"):
        shop.desk.undo.undo(NOW + 60)
    with shop.db.read() as tx:
        assert outbox.get(tx, follows.id).state is OutboxState.QUEUED


def test_z_takes_back_a_letter_whose_follow_up_was_given_up(shop, sent):
    first, follows = rows(shop)
    shop.desk.outbox.discard(follows.id, NOW + 1)
    assert shop.desk.undo.undo(NOW + 2).words == f"Undid: sent the reply to T{sent[0]}"
    with shop.db.read() as tx:
        assert outbox.get(tx, first.id).ending is Ending.BROUGHT_BACK


def test_the_follow_up_alone_comes_back_and_z_still_stops_the_first(shop, sent):
    ticket = sent[0]
    first, follows = rows(shop)
    before, promised = shop.row(ticket), shop.desk.promising.standing(ticket)
    shop.desk.outbox.bring_back(follows.id, NOW + 1)
    after = shop.row(ticket)
    assert [after[name] for name in ("status", "solve_at")] == [
        before[name] for name in ("status", "solve_at")
    ]
    assert shop.desk.promising.standing(ticket) == promised
    assert "is all well" in shop.desk.tickets.view(ticket, NOW + 1).draft.body
    with shop.db.read() as tx:
        assert outbox.get(tx, first.id).state is OutboxState.QUEUED
    assert shop.desk.undo.undo(NOW + 2).words == f"Undid: sent the reply to T{ticket}"
    assert "it is repaired" in shop.desk.tickets.view(ticket, NOW + 2).draft.body
    assert (shop.row(ticket)["status"], shop.desk.promising.standing(ticket)) == ("open", ())
    assert {row.state for row in rows(shop)} == {OutboxState.DISCARDED}


@pytest.mark.parametrize("take", ["bring_back", "discard"])
def test_taking_back_the_first_letter_drops_its_own_follow_up_and_no_other(shop, sent, take):
    first, follows = rows(shop)
    shop.desk.replies.take(sent[0], "well", None, NOW + 60)
    review = shop.desk.replies.review(sent[0], NOW + 60)
    shop.desk.replies.send(sent[0], review, NOW + 60, Level.AMBER)
    (other,) = (row for row in rows(shop) if row.id not in (first.id, follows.id))
    getattr(shop.desk.outbox, take)(other.id, NOW + 61)
    with shop.db.read() as tx:
        assert outbox.get(tx, follows.id).state is OutboxState.QUEUED
    getattr(shop.desk.outbox, take)(first.id, NOW + 62)
    with shop.db.read() as tx:
        assert outbox.get(tx, follows.id).ending is Ending.DROPPED


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
