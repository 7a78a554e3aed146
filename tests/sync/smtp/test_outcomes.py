"""What the end of a try makes of a row, by values alone: no server is asked."""

from dataclasses import replace

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import Draft, Recipient
from deskterm.storage import customers, tickets
from deskterm.storage.replies import outbox
from deskterm.sync.smtp.outcomes import record_outcome, wait
from deskterm.sync.smtp.send import Answer, Fate

NOW, DAY = 1_760_000_000, 86400
JANA, TOM, EVA = "jana@mertens.example", "tom@mertens.example", "eva@mertens.example"


@pytest.fixture
def row(db):
    """A reply to three, being sent for the first time."""
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        people = (JANA, TOM, EVA)
        made = outbox.enqueue(
            tx, Draft(ticket, "Here.", "Re: Where?", "us@kiln.example", ()), account="shop", sender="us@kiln.example",
            message_id="<1@kiln.example>", raw=b"To: x\r\n\r\nHere.\r\n", recipients=people, action=1, send_at=NOW, at=NOW,
        )  # fmt: skip
        outbox.claim(tx, made, "me", NOW)
        return outbox.get(tx, made)


def told(*codes):
    """What was said of each, in the order of their names here."""
    return tuple(
        Recipient(one, Outcome.ACCEPTED if code < 400 else Outcome.REFUSED, f"{code} so", code=code)
        for one, code in zip((JANA, TOM, EVA), codes, strict=False)
    )


def end(db, row, fate, people=(), at=NOW, *, words="so"):
    record_outcome(db, row, Answer(fate, words, people), at)
    with db.read() as tx:
        return outbox.get(tx, row.id)


def again(db, row, at):
    """Try it once more at that time."""
    with db.write() as tx:
        outbox.bring_forward(tx, row.id, at)
        outbox.claim(tx, row.id, "me", at)
        return outbox.get(tx, row.id)


def outcomes(row):
    return {one.address: one.outcome for one in row.recipients}


def test_taken_for_all_it_is_sent_and_nothing_follows(db, row):
    now = end(db, row, Fate.SENT, told(250, 250, 250))
    assert (now.state, now.ending, now.sent_at, now.answered) == (OutboxState.SENT, Ending.NONE, NOW, "so")
    assert set(outcomes(now).values()) == {Outcome.ACCEPTED}


def test_a_recipient_refused_for_good_is_named_and_not_tried_again(db, row):
    now = end(db, row, Fate.SENT, told(250, 550, 250))
    assert (now.state, now.ending, now.refused_for_some) == (OutboxState.SENT, Ending.NOT_TO_ALL, True)
    assert outcomes(now)[TOM] is Outcome.REFUSED


def test_only_a_recipient_who_was_put_off_waits_while_the_others_have_it(db, row):
    now = end(db, row, Fate.SENT, told(250, 450, 250))
    assert (now.state, now.ending, now.sent_at) == (OutboxState.QUEUED, Ending.PUT_OFF, NOW)
    assert now.send_at == NOW + wait(row.attempts + 1, row.id)
    assert outcomes(now) == {JANA: Outcome.ACCEPTED, TOM: Outcome.UNKNOWN, EVA: Outcome.ACCEPTED}


def test_a_later_try_keeps_the_refusals_of_an_earlier_one(db, row):
    end(db, row, Fate.SENT, told(250, 450, 550))
    tried = again(db, row, NOW + 600)
    now = end(db, tried, Fate.SENT, (Recipient(TOM, Outcome.ACCEPTED, "250 so", code=250),), NOW + 600)
    assert (now.state, now.ending, now.sent_at) == (OutboxState.SENT, Ending.NOT_TO_ALL, NOW)


@pytest.mark.parametrize("late", [False, True])
def test_a_recipient_still_put_off_after_three_days_counts_as_refused(db, row, late):
    """Also where that very try reached somebody else."""
    at = NOW + 3 * DAY - (not late)
    tried = end(db, row, Fate.LATER, at=NOW + 60) and again(db, row, at)
    now = end(db, tried, Fate.SENT, told(250, 450, 250), at)
    assert now.state is (OutboxState.SENT if late else OutboxState.QUEUED)
    assert now.ending is (Ending.NOT_TO_ALL if late else Ending.PUT_OFF)
    assert now.refused_for_some is late


@pytest.mark.parametrize(
    ("fate", "ending"), [(Fate.LATER, Ending.PUT_OFF), (Fate.LINE_LOST, Ending.LINE_LOST)]
)
def test_not_now_and_a_lost_connection_wait_longer_each_time_and_three_days_at_most(db, row, fate, ending):
    now = end(db, row, fate)
    assert (now.state, now.ending, now.put_off) == (OutboxState.QUEUED, ending, fate is Fate.LATER)
    assert now.send_at == NOW + wait(2, row.id)
    tried = again(db, row, NOW + 3 * DAY - 1)
    assert end(db, tried, fate, at=NOW + 3 * DAY - 1).state is OutboxState.QUEUED
    tried = again(db, row, NOW + 3 * DAY)
    now = end(db, tried, fate, at=NOW + 3 * DAY, words="the last word")
    assert (now.state, now.sent_at, now.answered) == (OutboxState.REFUSED, None, "the last word")


def test_queued_again_by_the_owner_it_has_three_days_again(db, row):
    end(db, row, Fate.REFUSED)
    with db.write() as tx:
        outbox.later(tx, row.id, NOW + 5 * DAY, "", NOW + 5 * DAY)
    tried = again(db, row, NOW + 5 * DAY)
    assert end(db, tried, Fate.LATER, at=NOW + 5 * DAY + 60).state is OutboxState.QUEUED


def test_refused_before_anybody_had_it_it_goes_back_to_the_owner(db, row):
    now = end(db, row, Fate.REFUSED, told(550, 551, 552))
    assert (now.state, now.sent_at, now.ending) == (OutboxState.REFUSED, None, Ending.NONE)
    assert set(outcomes(now).values()) == {Outcome.REFUSED}


def test_refused_after_somebody_had_it_it_stays_sent_and_names_who_has_not(db, row):
    end(db, row, Fate.SENT, told(250, 450, 451))
    tried = again(db, row, NOW + 600)
    now = end(db, tried, Fate.REFUSED, (Recipient(TOM, Outcome.REFUSED, "550 gone", code=550),), NOW + 600)
    assert (now.state, now.ending, now.sent_at) == (OutboxState.SENT, Ending.NOT_TO_ALL, NOW)
    assert outcomes(now) == {JANA: Outcome.ACCEPTED, TOM: Outcome.REFUSED, EVA: Outcome.REFUSED}
    assert {one.address: one.words for one in now.recipients} == {
        JANA: "250 so", TOM: "550 gone", EVA: "so",
    }  # fmt: skip


def test_an_uncertain_reply_waits_for_the_owner_whatever_the_time(db, row):
    now = end(db, replace(row, history=()), Fate.UNCERTAIN, told(250, 550), NOW + 9 * DAY)
    assert (now.state, now.sent_at) == (OutboxState.UNCERTAIN, None)
    assert outcomes(now)[TOM] is Outcome.REFUSED


def test_the_waits_double_up_to_an_hour_and_differ_between_rows():
    assert [wait(one, 0) for one in (1, 2, 3, 6, 7, 8, 99)] == [60, 120, 240, 1920, 3600, 3600, 3600]
    assert sorted(wait(1, row) for row in range(20)) == list(range(60, 80))


def test_the_three_days_begin_with_the_first_try_not_when_it_was_queued(db, row):
    """It may have been planned for long, or the machine was off."""
    with db.write() as tx:
        tx.execute("UPDATE outbox_history SET at = ? WHERE state = 'queued'", (NOW - 9 * DAY,))
        begun = outbox.get(tx, row.id)
    assert end(db, begun, Fate.LATER, at=NOW + 60).state is OutboxState.QUEUED


def test_taken_for_all_after_three_days_it_needs_nobody(db, row):
    end(db, row, Fate.LATER)
    tried = again(db, row, NOW + 4 * DAY)
    now = end(db, tried, Fate.SENT, told(250, 250, 250), NOW + 4 * DAY)
    assert (now.state, now.ending) == (OutboxState.SENT, Ending.NONE)
