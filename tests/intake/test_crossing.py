"""A customer writes while our reply is on its way: a mail that was not read has not been answered."""

from dataclasses import replace

import pytest

from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.tickets import Status
from deskterm.intake.arrive import arrive
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage import tickets
from deskterm.storage.replies import outbox
from intake.world import CONTEXT, DAY, JANA, NOON, SHOP, mail

ASKED, SENT = NOON - 5000, NOON - 1000
RAW = (
    b"From: help@ridge.example\r\nTo: jana@mertens.example\r\nMessage-ID: <r@test>\r\nIn-Reply-To: <a@test>\r\n"
    b"Subject: Re: Mug\r\n\r\nHere.\r\n"
)


def queue(world, ticket):
    draft = Draft(ticket, "Here.", "Re: Mug", SHOP.address, (JANA,))
    with world.db.write() as tx:
        row = outbox.enqueue(
            tx, draft, account="main", sender=SHOP.address, message_id="<r@test>", raw=RAW,
            recipients=[JANA.address], action=1, send_at=SENT, at=SENT - 15,
        )  # fmt: skip
        tickets.change(tx, ticket, status=Status.WAITING)
    return row


def goes_out(world, row):
    with world.db.write() as tx:
        outbox.mark(tx, row, OutboxState.SENT, "250 ok", SENT)
        record_sent_reply(tx, row, SENT)


def state(world, ticket):
    with world.db.read() as tx:
        found = tickets.get(tx, ticket)
    return found.status, found.unanswered_since is not None


@pytest.mark.parametrize("at", [SENT - 300, SENT - 10])
def test_a_mail_read_after_our_reply_that_was_there_before_it_is_unanswered(world, at):
    (ticket,) = world.come((mail("a"), ASKED))
    goes_out(world, queue(world, ticket))
    assert state(world, ticket) == (Status.WAITING, False)
    assert world.come((mail("b", text="And the bowl?", parents=("a",)), at)) == [ticket]
    assert state(world, ticket) == (Status.OPEN, True)


def test_a_mail_that_comes_while_our_reply_waits_in_the_outbox_is_unanswered(world):
    (ticket,) = world.come((mail("a"), ASKED))
    row = queue(world, ticket)
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 10))
    goes_out(world, row)
    assert state(world, ticket) == (Status.OPEN, True)


def test_another_copy_of_a_mail_that_was_read_changes_nothing(world):
    (ticket,) = world.come((mail("a"), ASKED))
    goes_out(world, queue(world, ticket))
    assert world.come((mail("a", text="Hello.\n\n-- \nscanned"), ASKED)) == [ticket]
    assert state(world, ticket) == (Status.WAITING, False)


def test_a_mail_of_which_only_the_header_was_read_is_unanswered_when_it_comes(world):
    with world.db.write() as tx:
        header, raw, place, at = world.arrived(mail("a", text="[not given out]"), ASKED)
        ticket = arrive(
            tx, header, raw, place=replace(place, uid=0), arrived_at=at, context=CONTEXT
        ).ticket_id
    goes_out(world, queue(world, ticket))
    assert world.come((mail("a"), ASKED)) == [ticket]
    assert state(world, ticket) == (Status.OPEN, True)


def test_a_reply_written_elsewhere_answers_what_was_there_before_it(world):
    (ticket,) = world.come((mail("a"), ASKED))
    world.come((mail("r", SHOP, (JANA,), parents=("a",)), SENT))
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 300))
    assert state(world, ticket) == (Status.WAITING, False)


def test_an_old_mail_that_is_found_later_changes_nothing(world):
    (ticket,) = world.come((mail("a"), ASKED))
    goes_out(world, queue(world, ticket))
    assert world.come((mail("z", parents=("a",)), SENT - 8 * DAY)) == [ticket]
    assert state(world, ticket) == (Status.WAITING, False)
