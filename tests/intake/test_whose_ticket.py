"""Whose ticket a mail becomes, and which mails of ours answer it."""

import pytest

from deskterm.domain.messages import Address, Direction
from deskterm.domain.tickets import Status
from deskterm.intake.arrive import arrive
from deskterm.mail.values import Writer
from deskterm.storage import tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.folders import MailPlace
from intake.world import CONTEXT, JANA, NOON, OMAR, SHOP, mail

FORM = Address("Ridge", "web@ridge.example")
POTTER = Address("Potter", "orders@potter.example")


def carried(name, who, **more):
    return mail(name, FORM, writer=Writer(who, answer_to=(who,)), subject="New message", **more)


def test_two_customers_of_one_form_never_share_a_ticket(world):
    first, second = world.come((carried("a", JANA), NOON), (carried("b", OMAR, parents=("a",)), NOON + 60))
    assert first != second


def test_a_mail_to_somebody_else_answers_nothing(world):
    (ticket,) = world.come((mail("a", cc=(POTTER,)), NOON))
    assert world.come((mail("b", SHOP, (POTTER,), parents=("a",)), NOON + 60)) == [ticket]
    world.come((mail("c", SHOP, (JANA,), parents=("a",), cc=(POTTER,)), NOON + 5))
    with world.db.read() as tx:
        said = {one.message_id: one.aside for one in messages.for_ticket(tx, ticket)}
    assert said["<c@test>"] is False
    assert said["<b@test>"] is True


def test_the_customer_still_waits_while_only_the_supplier_was_written_to(world):
    (ticket,) = world.come((mail("a", cc=(POTTER,)), NOON))
    assert world.come((mail("b", SHOP, (POTTER,), parents=("a",)), NOON + 60)) == [ticket]
    with world.db.read() as tx:
        now = tickets.get(tx, ticket)
    assert now.status is Status.OPEN
    assert now.unanswered_since == NOON


@pytest.mark.parametrize("to", [(), (SHOP,), (POTTER,)])
@pytest.mark.parametrize("parents", [("a",), ()])
def test_a_mail_of_ours_that_the_customer_got_as_a_hidden_copy_answers_them(world, to, parents):
    (ticket,) = world.come((mail("a", subject="Mug"), NOON))
    box = MailPlace(world.boxes["sent"], 7, role="sent")
    with world.db.write() as tx:
        one = mail("b", SHOP, to, bcc=(JANA,), parents=parents, subject="Re: Mug", date=NOON + 60)
        made = arrive(tx, one, b"x", place=box, arrived_at=NOON + 60, context=CONTEXT)
        stored = messages.get(tx, made.message_id)
        assert (stored.direction, stored.aside, stored.bcc) == (Direction.OUT, False, (JANA,))
        if parents or POTTER not in to:
            assert made.ticket_id == ticket
            assert tickets.get(tx, ticket).unanswered_since is None


def test_an_answer_to_the_address_that_the_customer_wants_counts(world):
    desk = Address("", "desk@elsewhere.example")
    (ticket,) = world.come((mail("a", writer=Writer(JANA, answer_to=(desk,))), NOON))
    again = world.come((mail("b", SHOP, (desk,), parents=("a",)), NOON + 60))
    with world.db.read() as tx:
        assert again == [ticket]
        assert tickets.get(tx, ticket).unanswered_since is None


def test_a_form_from_our_own_address_is_no_answer_of_ours(world):
    one = mail("a", SHOP, (SHOP,), writer=Writer(OMAR, answer_to=(OMAR,)))
    with world.db.write() as tx:
        place = MailPlace(world.boxes["inbox"], 7)
        made = arrive(tx, one, b"x", place=place, arrived_at=NOON, context=CONTEXT)
        assert messages.get(tx, made.message_id).direction is Direction.IN
        assert tickets.get(tx, made.ticket_id).unanswered_since == NOON


def test_mails_of_one_sender_that_are_to_be_answered_elsewhere_do_not_join_by_their_subject(world):
    """A program that nothing gives away writes for two people; the reply address tells them apart."""
    one, two = (Writer(FORM, answer_to=(who,)) for who in (JANA, OMAR))
    first = mail("a", FORM, writer=one, subject="Question"), NOON
    second = mail("b", FORM, writer=two, subject="Question"), NOON + 60
    assert len(set(world.come(first, second))) == 2
