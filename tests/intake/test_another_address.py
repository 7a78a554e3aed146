"""Somebody who answers our mail from an address unknown to its ticket may be its customer."""

import pytest

from deskterm.domain.messages import Address, Cue
from deskterm.storage import tickets
from deskterm.storage.mail import aliases, messages, summaries
from intake.world import JANA, NOON, OMAR, SHOP, World, mail

WORK = Address("Jana", "j.mertens@office.example")
ASKED, OURS, AGAIN = NOON - 5000, NOON - 4000, NOON - 1000


def conversation(world: World) -> int:
    ticket, _ = world.come((mail("a"), ASKED), (mail("r", SHOP, (JANA,), answers="a"), OURS))
    return ticket


def strangers(world: World, ticket: int) -> list[str]:
    with world.db.read() as tx:
        return [one.sender.address for one in messages.for_ticket(tx, ticket) if one.stranger]


def test_an_answer_to_our_mail_from_another_address_joins_its_ticket_and_is_asked_about(world):
    ticket = conversation(world)
    assert world.come((mail("b", WORK, answers="r"), AGAIN)) == [ticket]
    assert strangers(world, ticket) == [WORK.address]
    with world.db.read() as tx:
        one = tickets.get(tx, ticket)
        assert (one.unanswered_since, one.cues) == (AGAIN, ())


@pytest.mark.parametrize("first", [("b",), ("b", "r"), ("r", "b"), ("b", "a")])
def test_it_does_so_in_any_order_of_the_mails(world, first):
    mails = {
        "a": (mail("a"), ASKED), "r": (mail("r", SHOP, (JANA,), answers="a"), OURS),
        "b": (mail("b", WORK, answers="r"), AGAIN),
    }  # fmt: skip
    rest = [name for name in mails if name not in first]
    for name in (*first, *rest):
        world.come(mails[name])
    ((names, picture),) = world.read().items()
    assert names == {"<a@test>", "<r@test>", "<b@test>"}
    assert picture[1] == JANA.key
    with world.db.read() as tx:
        assert (
            tx.execute("SELECT sender_address FROM message WHERE stranger = 1").fetchall()[0][0]
            == WORK.address
        )


def test_further_mail_of_that_writer_is_asked_about_too_whatever_it_names(world):
    ticket = conversation(world)
    world.come((mail("b", WORK, answers="r"), AGAIN))
    assert world.come((mail("c", WORK, parents=("b",), subject="And"), AGAIN + 5)) == [ticket]
    assert strangers(world, ticket) == [WORK.address] * 2


def test_naming_our_mail_in_references_alone_opens_a_ticket_of_its_own(world):
    ticket = conversation(world)
    (other,) = world.come((mail("b", WORK, parents=("a", "r")), AGAIN))
    assert other != ticket
    with world.db.read() as tx:
        assert tickets.get(tx, other).cues == (Cue.LINKED,)


def test_answering_the_customers_own_mail_opens_a_ticket_of_its_own(world):
    ticket = conversation(world)
    assert world.come((mail("b", OMAR, answers="a"), AGAIN)) != [ticket]


def test_somebody_whom_a_mail_of_the_ticket_names_is_no_stranger(world):
    ticket = conversation(world)
    world.come((mail("c", JANA, cc=(OMAR,), answers="r"), AGAIN), (mail("d", OMAR, answers="r"), AGAIN + 9))
    assert strangers(world, ticket) == []


def test_if_we_wrote_first_the_customer_stays_the_one_we_wrote_to(world):
    (ticket,) = world.come((mail("r", SHOP, (JANA,)), OURS))
    assert world.come((mail("b", WORK, answers="r"), AGAIN)) == [ticket]
    ((_, picture),) = world.read().items()
    assert picture[1] == JANA.key
    assert strangers(world, ticket) == [WORK.address]


def test_our_answer_to_that_writer_is_an_answer(world):
    ticket = conversation(world)
    world.come((mail("b", WORK, answers="r"), AGAIN), (mail("r2", SHOP, (WORK,), answers="b"), AGAIN + 5))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).unanswered_since is None
        assert not any(one.aside for one in messages.for_ticket(tx, ticket))
        assert summaries.conversation_states(tx, [ticket])[ticket].replied == AGAIN + 5


@pytest.mark.parametrize("written", ["JanaMertens+mug@googlemail.com", "jana.mertens@gmail.com"])
def test_a_mailbox_is_one_customer_however_its_address_is_written(world, written):
    known, other = Address("Jana", "jana.mertens@Gmail.com"), Address("", written)
    ticket, _ = world.come((mail("a", known), ASKED), (mail("r", SHOP, (known,), answers="a"), OURS))
    assert world.come((mail("b", other, answers="a"), AGAIN)) == [ticket]
    assert strangers(world, ticket) == []
    with world.db.read() as tx:
        assert tx.execute("SELECT count(DISTINCT customer_id) FROM address").fetchone()[0] == 1


HELLO = Address("Ridge & Pine", "hello@ridge.example")


def learned(world: World) -> list[tuple[str, int]]:
    with world.db.read() as tx:
        return [tuple(one) for one in aliases.list_offers(tx, frozenset({SHOP.key}))]


def test_an_address_that_mail_was_written_to_and_delivered_for_is_learned_and_offered(world):
    for number in range(3):
        world.come(
            (mail(f"m{number}", to=(HELLO,), subject=str(number), delivered_to=(HELLO.key, SHOP.key)), ASKED)
        )
        assert learned(world) == ([(HELLO.key, number + 1)] if number else [])


def test_a_field_that_names_nobody_written_to_teaches_nothing(world):
    for number in range(3):
        one = mail(f"m{number}", subject=str(number), delivered_to=("box17@host.example",))
        world.come((one, ASKED))
    assert learned(world) == []
    with world.db.read() as tx:
        assert aliases.known_aliases(tx) == frozenset()
