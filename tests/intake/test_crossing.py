"""A customer writes while our reply is on its way: a mail that was not read has not been answered."""

from dataclasses import replace

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.tickets import Status
from deskterm.intake.arrive import arrive
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage import tickets
from deskterm.storage.replies import also_answered, outbox
from intake.world import CONTEXT, DAY, JANA, NOON, SHOP, mail

ASKED, SENT = NOON - 5000, NOON - 1000
RAW = (
    b"From: help@ridge.example\r\nTo: jana@mertens.example\r\nMessage-ID: <r@test>\r\nIn-Reply-To: <a@test>\r\n"
    b"Subject: Re: Mug\r\n\r\nHere.\r\n"
)


def queue(world, ticket, at=SENT - 15, name="r", *, to=JANA, also=()):
    draft = Draft(ticket, "Here.", "Re: Mug", SHOP.address, (to,), also=tuple(also))
    raw = RAW.replace(b"<r@", f"<{name}@".encode())
    with world.db.write() as tx:
        row = outbox.enqueue(
            tx, draft, account="main", sender=SHOP.address, message_id=f"<{name}@test>", raw=raw,
            recipients=[to.address], action=1, send_at=SENT, at=at,
        )  # fmt: skip
        for one in (ticket, *also):
            tickets.change(tx, one, status=Status.WAITING)
        for one in also:
            also_answered.put(tx, row, one, at, None)
    return row


def goes_out(world, row, at=SENT):
    with world.db.write() as tx:
        outbox.mark(tx, row, OutboxState.SENT, "250 ok", at)
        record_sent_reply(tx, row, at)


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


def subjects_by_time(world, ticket):
    with world.db.read() as tx:
        rows = tx.execute("SELECT text FROM message WHERE ticket_id = ? ORDER BY at, same_key", (ticket,))
        return [row[0].strip() for row in rows]


def test_mails_that_are_put_after_a_reply_keep_their_order(world):
    (ticket,) = world.come((mail("a", text="One"), ASKED))
    goes_out(world, queue(world, ticket))
    late = [(mail(f"m{n}", text=f"Late {n}", parents=("a",)), SENT - 100 + n) for n in range(8)]
    world.come(*reversed(late))
    assert subjects_by_time(world, ticket)[2:] == [f"Late {n}" for n in range(8)]


def test_mails_that_came_while_a_reply_waited_keep_their_order(world):
    (ticket,) = world.come((mail("a", text="One"), ASKED))
    row = queue(world, ticket)
    world.come(*((mail(f"m{n}", text=f"Late {n}", parents=("a",)), SENT - 10 + n) for n in range(8)))
    goes_out(world, row)
    assert subjects_by_time(world, ticket)[2:] == [f"Late {n}" for n in range(8)]


@pytest.mark.parametrize("later", [0, 1, 60])
def test_of_two_replies_that_wait_the_second_answers_what_came_between_them(world, later):
    (ticket,) = world.come((mail("a"), ASKED))
    first = queue(world, ticket, at=SENT - 900)
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 600))
    second = queue(world, ticket, SENT - 300, "s")
    goes_out(world, first)
    goes_out(world, second, SENT + later)
    assert state(world, ticket) == (Status.WAITING, False)


def test_a_mail_that_a_reply_written_elsewhere_answered_stays_answered(world):
    (ticket,) = world.come((mail("a"), ASKED))
    goes_out(world, queue(world, ticket))
    phone = mail("p", SHOP, (JANA,), text="From my phone.", parents=("b",))
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 300), (phone, SENT - 200))
    assert state(world, ticket) == (Status.WAITING, False)


def test_what_came_while_a_reply_waited_is_unanswered_if_its_copy_was_found_first(world):
    (ticket,) = world.come((mail("a"), ASKED))
    row = queue(world, ticket)
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 10))
    world.come((mail("r", SHOP, (JANA,), text="Here.", parents=("a",)), SENT))
    goes_out(world, row)
    assert state(world, ticket) == (Status.OPEN, True)


def test_a_letter_to_somebody_else_that_waits_answers_nothing_of_the_customers(world):
    (ticket,) = world.come((mail("a"), ASKED))
    first = queue(world, ticket, at=SENT - 900)
    world.come((mail("b", text="And the bowl?", parents=("a",)), SENT - 600))
    queue(world, ticket, SENT - 300, "s", to=Address("", "maker@kiln.example"))
    with world.db.write() as tx:
        tickets.change(tx, ticket, status=Status.OPEN)
    goes_out(world, first)
    assert state(world, ticket) == (Status.OPEN, True)


def test_what_came_on_a_further_ticket_while_its_reply_waited_is_unanswered_there(world):
    (ticket,) = world.come((mail("a"), ASKED))
    (other,) = world.come((mail("c", subject="A bowl"), ASKED))
    row = queue(world, ticket, also=[other])
    world.come((mail("b", text="And a plate?", parents=("c",), subject="Re: A bowl"), SENT - 10))
    goes_out(world, row)
    assert state(world, other) == (Status.OPEN, True)
    assert state(world, ticket) == (Status.WAITING, False)
