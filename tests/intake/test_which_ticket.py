"""Which ticket a mail belongs to, and whose order it names."""

from dataclasses import replace

import pytest

from deskterm.domain.events import By, What
from deskterm.domain.messages import Cue, MachineKind
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.tickets import View
from deskterm.intake.classify import classify
from deskterm.intake.due import BY_DATE, CHANGE, COMPLAINT, DISPUTE, due_reason, due_signals
from deskterm.intake.orders_in import orders_arrived
from deskterm.mail.read import read_mail
from deskterm.mail.values import Writer
from deskterm.storage import changes, events, lists, tickets, undo
from deskterm.storage.mail import messages
from intake.world import CONTEXT, DAY, JANA, NOON, OMAR, SHOP, World, mail, order

T = NOON - 3000


def cues(world: World, ticket: int) -> tuple[Cue, ...]:
    with world.db.read() as tx:
        return tickets.get(tx, ticket).cues


def test_a_missing_parent_still_joins_its_children(world):
    assert len(set(world.come((mail("b", parents=("lost",)), T), (mail("c", parents=("lost",)), T + 9)))) == 1


def test_a_stranger_does_not_enter_by_a_reference_alone(world):
    first, second = world.come((mail("a"), T), (mail("b", OMAR, parents=("a",), subject="Re: Mug"), T + 9))
    assert first != second
    assert cues(world, second) == (Cue.LINKED,)
    assert cues(world, first) == ()


def test_somebody_who_was_in_copy_is_no_stranger(world):
    first, second = world.come((mail("a", cc=(OMAR,)), T), (mail("b", OMAR, parents=("a",)), T + 9))
    assert first == second


def test_a_stranger_is_let_in_once_a_mail_names_them(world):
    world.come((mail("a"), T))
    world.come((mail("b", OMAR, parents=("a",)), T + 9))
    world.come((mail("c", cc=(OMAR,), parents=("a",)), T + 20))
    (only,) = world.read()
    assert only == {"<a@test>", "<b@test>", "<c@test>"}


def test_a_late_mail_lets_in_its_answer_by_somebody_who_was_in_copy_elsewhere_on_its_ticket(world):
    world.come((mail("a"), T), (mail("answer", OMAR, parents=("late",)), T + 20))
    world.come((mail("c", cc=(OMAR,)), T + 30))
    world.come((mail("late"), T + 10))
    (only,) = world.read()
    assert "<answer@test>" in only


def test_what_a_joined_ticket_waits_for_does_not_depend_on_when_its_mails_were_read(world):
    """The owner's own merge is another matter: a question that was open on its ticket stays open."""
    world.come((mail("first", SHOP, (JANA,), date=T - 10), T - 10))
    world.come((mail("a", OMAR), T))
    world.come((mail("b"), T + 10))
    world.come((mail("reply", SHOP, (OMAR,), parents=("first", "a"), date=T + 20), T + 20))
    (ticket,) = world.come((mail("c", cc=(OMAR,)), T + 30))
    assert len(world.read()) == 1
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).unanswered_since == T + 30


def test_two_tickets_that_a_late_parent_brings_together_are_one_and_can_be_parted(world):
    one, two = world.come((mail("b", subject="Mug?"), T), (mail("c", subject="My mug"), T + 5))
    assert one != two
    (now,) = world.come((mail("d", parents=("b", "c"), subject="Both"), T + 9))
    assert now == one
    with world.db.write() as tx:
        assert tickets.get(tx, two).id == one
        (joined,) = [event for event in events.for_ticket(tx, one) if event.what is What.JOINED]
        undo.reverse(tx, joined.action, NOON)
        assert tickets.get(tx, two).id == two
    assert {len(mails) for mails in world.read()} == {1, 2}


def test_a_subject_joins_only_the_same_customer_and_within_a_fortnight(world):
    first, same, other, late = world.come(
        (mail("a"), T - 20 * DAY),
        (mail("b", subject="RE: mug"), T - 7 * DAY),
        (mail("c", OMAR), T - 7 * DAY),
        (mail("d"), T + 8 * DAY),
    )
    assert first == same
    assert len({first, other, late}) == 3


def test_an_answer_with_another_help_desks_number_joins_by_the_rest_of_its_subject(world):
    first, numbered, new, other = world.come(
        (mail("a"), T),
        (mail("b", subject="Re: [Ticket#8123] Mug"), T + 9),
        (mail("c", subject="[Order 1042] Mug"), T + 20),
        (mail("d", OMAR, subject="Re: [Ticket#8123] Mug"), T + 30),
    )
    assert first == numbered
    assert len({first, new, other}) == 3


def test_a_relay_that_writes_for_many_from_one_address_joins_nothing_by_subject(world):
    relay = replace(JANA, name="Etsy", address="messages@etsy.test")
    subject = "Question from a customer"
    first, second, third = world.come(
        (mail("a", relay, subject=subject, writer=Writer(relay, channel="marketplace")), T),
        (mail("b", relay, subject=subject, writer=Writer(relay, channel="marketplace")), T + 9),
        (mail("c", relay, subject=subject), T + 20),
    )
    assert len({first, second, third}) == 3


def test_a_form_that_cannot_be_read_joins_nothing_by_subject(world):
    site = replace(JANA, name="Mugs", address="wordpress@mugs.test")
    first, second = world.come(
        (mail("a", site, subject="Contact"), T), (mail("b", site, subject="Contact"), T + 9)
    )
    assert first != second


def test_a_relays_answer_is_still_joined_by_what_it_answers(world):
    relay = replace(JANA, name="Etsy", address="messages@etsy.test")
    told = Writer(relay, channel="marketplace")
    first, second = world.come(
        (mail("a", relay, writer=told), T), (mail("b", relay, writer=told, parents=("a",)), T + 9)
    )
    assert first == second


def test_a_forms_customers_with_addresses_of_their_own_are_joined_by_subject(world):
    form = Writer(JANA, channel="contact form")
    first, second = world.come(
        (mail("a", SHOP, (SHOP,), writer=form), T), (mail("b", SHOP, (SHOP,), writer=form), T + 9)
    )
    assert first == second


def test_mails_without_a_subject_are_not_joined_by_it(world):
    assert len(set(world.come((mail("a", subject=""), T), (mail("b", subject="Re: "), T + 1)))) == 2


def test_two_mails_with_one_message_id_are_both_kept(world):
    world.come((mail("a", text="One"), T), (mail("a", text="Two"), T + 1))
    with world.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 2


def test_a_mail_without_message_id_is_known_by_its_fingerprint(world):
    same = mail("", text="No id")
    assert len(set(world.come((same, T), (same, T), (mail("", text="Another"), T)))) == 1
    with world.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 2


def test_a_contact_form_from_the_shops_own_address_is_the_customers(world):
    form = mail("f", SHOP, (SHOP,), writer=Writer(JANA, channel="contact form"))
    (ticket,) = world.come((form, T))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).channel == "contact form"
        assert lists.rows(tx, [ticket])[0].name == "Jana Mertens"
        assert tickets.get(tx, ticket).unanswered_since == T


def test_senders_without_an_address_are_not_one_customer(world):
    nobody = replace(JANA, name="", address="")
    world.come((mail("a", nobody, text="one"), T), (mail("b", nobody, text="two"), T + 1))
    assert len(world.read()) == 2


def number(world: World, ticket: int) -> str:
    with world.db.read() as tx:
        return lists.rows(tx, [ticket])[0].order


def orders(world: World, *many: object) -> None:
    with world.db.write() as tx:
        orders_arrived(tx, many, NOON)  # type: ignore[arg-type]


def test_an_order_that_the_mail_names_is_the_tickets(world):
    orders(
        world, order("1042", "else@test.example"), order("1043", JANA.address), order("1044", JANA.address)
    )
    (ticket,) = world.come((mail("a", text="Where is order no. 1042?"), T))
    assert number(world, ticket) == "#1042"


def test_a_number_that_two_stores_have_is_asked_about(world):
    orders(world, order("1042", OMAR.address), order("1042", OMAR.address, store="other"))
    (ticket,) = world.come((mail("a", text="Where is #1042?"), T))
    assert number(world, ticket) == ""


def test_a_customers_only_order_is_taken_and_of_two_none(world):
    orders(world, order("1", JANA.address), order("1001", OMAR.address), order("1002", OMAR.address))
    one, two = world.come((mail("a"), T), (mail("b", OMAR), T))
    assert (number(world, one), number(world, two)) == ("#1", "")


def test_an_order_that_comes_after_the_mail_is_still_found(world):
    (ticket,) = world.come((mail("a", text="Where is #1042?"), T))
    assert number(world, ticket) == ""
    orders(world, order("1042", "else@test.example"))
    assert number(world, ticket) == "#1042"


def test_a_wish_to_cancel_is_on_top_until_the_order_has_shipped(world):
    orders(world, order("1042", JANA.address))
    (ticket,) = world.come((mail("a", subject="Please cancel order 1042"), T))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).due == CHANGE
    orders(world, order("1042", JANA.address, fulfilment=Fulfilment.SHIPPED))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).due == ""


def test_a_payment_dispute_comes_on_top_though_a_machine_reports_it(world):
    (ticket,) = world.come((mail("a", subject="Chargeback opened", kind=MachineKind.NOTICE), T))
    with world.db.read() as tx:
        found = tickets.get(tx, ticket)
    assert (found.view, found.due) == (View.CUSTOMERS, DISPUTE)


def test_certain_words_put_a_mail_on_top():
    assert due_reason(due_signals("", "This is unacceptable!"), None) == COMPLAINT
    assert due_reason(due_signals("", "Das ist eine Frechheit"), None) == COMPLAINT
    assert (
        due_reason(due_signals("", "I need it for Friday, by the 24th of December at the latest"), None)
        == BY_DATE
    )
    assert due_reason(due_signals("", "Ich brauche es bis zum 24.12."), None) == BY_DATE
    assert due_signals("", "The code is not valid. It should run until Sunday.") == ()
    assert due_signals("", "The page says it has expired. The mail says until Sunday, though.") == ()
    assert due_signals("", "Der Gutschein gilt bis zum 24.12., sagt Ihre Seite") == ()
    assert due_signals("", "The code is valid until Sunday. I need the mug by Friday.") == (BY_DATE,)
    assert due_reason(due_signals("", "Please cancel it"), None) == ""
    assert due_reason(due_signals("", "Where is my parcel?"), order("1", "")) == ""


def test_an_import_that_stamped_all_mail_today_counts_by_received(world):
    one = mail("a", received=T - 90 * DAY)
    world.come((one, T))
    assert next(iter(world.read().values()))[7] == T - 90 * DAY


def test_our_reply_dated_in_the_year_99999_counts_when_it_was_found(world):
    (ticket,) = world.come((mail("a"), T))
    reply = (
        mail("r", SHOP, (JANA,), parents=("a",), date=3_093_527_980_800),
        b"x",
        world.arrived(mail("r", SHOP), T)[2],
        T + 60,
    )
    from deskterm.intake.arrive import arrive_all

    with world.db.write() as tx:
        arrive_all(tx, [classify(*reply, CONTEXT)], CONTEXT)
        assert tickets.get(tx, ticket).last_at == T + 60


def test_that_a_mail_could_not_be_read_is_reported_once(world):
    raw = b"From: a@b.example\nContent-Type: application/pkcs7-mime\n\nxx"
    found = (read_mail(raw, CONTEXT.own), raw, world.arrived(mail("r"), T)[2], T)
    assert classify(*found, CONTEXT).cues == (Cue.UNREADABLE,)


def tickets_root(world: World, ticket: int) -> int:
    with world.db.read() as tx:
        return tickets.root(tx, ticket)


def split_in_two(world: World) -> tuple[int, int]:
    """A conversation whose second mail, in the thread of the first, has a ticket of its own."""
    (one,) = set(world.come((mail("a"), T), (mail("b", parents=("a",), text="And in blue?"), T + 5)))
    with world.db.write() as tx:
        second = messages.for_ticket(tx, one)[1]
        _, made = changes.split(tx, one, (second.id,), NOON, By.OWNER)
    return one, made


def test_an_answer_in_the_old_thread_goes_to_the_part_it_answers_and_joins_nothing(world):
    one, made = split_in_two(world)
    assert world.come((mail("c", parents=("b", "a"), subject="Re: Mug"), T + 9)) == [made]
    assert world.come((mail("d", parents=("a",), subject="Re: Mug"), T + 20)) == [one]
    assert {len(mails) for mails in world.read()} == {2}


def test_a_split_that_is_taken_back_joins_again(world):
    one, made = split_in_two(world)
    with world.db.write() as tx:
        (event,) = [event for event in events.for_ticket(tx, one) if event.what is What.SPLIT]
        undo.reverse(tx, event.action, NOON)
    assert world.come((mail("c", parents=("b",), subject="Re: Mug"), T + 9)) == [one]
    assert len(world.read()) == 1
    assert tickets_root(world, made) == one


def test_what_a_sync_has_joined_stays_apart_once_the_owner_says_so(world):
    one, two = world.come((mail("b", subject="Mug?"), T), (mail("c", subject="My mug"), T + 5))
    world.come((mail("d", parents=("b", "c"), subject="Both"), T + 9))
    with world.db.write() as tx:
        (joined,) = [event for event in events.for_ticket(tx, one) if event.what is What.JOINED]
        undo.reverse(tx, joined.action, NOON)
    assert world.come((mail("e", parents=("c", "d"), subject="Re: Both"), T + 20)) == [two]
    assert {len(mails) for mails in world.read()} == {2}


@pytest.mark.parametrize(("subject", "days", "seconds", "joins"), [
    ("Mug", 14, 0, True), ("Mug", 14, 1, False), ("Re: Mug", 14, 1, True), ("Re: Mug", 30, 0, True), ("Re: Mug", 30, 1, False),
])  # fmt: skip
def test_by_its_subject_alone_a_mail_joins_for_two_weeks_and_an_answer_for_thirty_days(
    world, subject, days, seconds, joins
):
    asked = NOON - 40 * DAY
    (ticket,) = world.come((mail("a"), asked))
    (other,) = world.come((mail("b", subject=subject), asked + days * DAY + seconds))
    assert (other == ticket) is joins


def test_our_mail_to_a_stranger_that_answers_our_own_opens_a_ticket_of_its_own(world):
    (ticket,) = world.come((mail("r", SHOP, (JANA,)), NOON - 900))
    assert world.come((mail("s", SHOP, (OMAR,), answers="r"), NOON - 800)) != [ticket]


@pytest.mark.parametrize(
    ("typed", "subject"), [("Broken mug", "Broken mug"), ("", "New message"), ("(no subject)", "New message")]
)
def test_a_forms_mail_has_the_subject_that_the_customer_typed(world, typed, subject):
    writer = Writer(JANA, channel="contact form", fields={"subject": typed, "message": "It broke."})
    (ticket,) = world.come((mail("f", SHOP, (SHOP,), subject="New message", writer=writer), T))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).subject == subject
        assert [one.subject for one in messages.for_ticket(tx, ticket)] == [subject]
