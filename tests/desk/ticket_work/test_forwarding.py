"""A mail is passed on to a supplier; their answer comes back beside the ticket and answers nobody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.conftest import DAY, JANA, NOW, OURS
from deskterm.domain.messages import Address, Attachment, Direction, MachineKind
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotNow
from deskterm.intake.arrive import arrive_all
from deskterm.intake.classify import classify
from deskterm.intake.values import Context
from deskterm.storage import tickets
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.replies import outbox
from deskterm.storage.upkeep import forget
from intake.world import mail

LUMEN = Address("Lumen Works", "service@lumen.example")
AGENT = Address("Petra at Lumen", "petra@lumen.example")
CONTEXT = Context(frozenset({OURS.key}), NOW)
HOUR = 3600


def arrives(shop, one, at, role="inbox") -> int:
    """Take in a mail as any other mail; gives its ticket."""
    with shop.db.write() as tx:
        box = folders.cursor(tx, "main", role, role).id
        place = MailPlace(box, at % 100_000, role=role)
        return arrive_all(tx, [classify(one, b"x", place, at, CONTEXT)], CONTEXT)[0].ticket_id


def asked(shop, name="q", **more) -> int:
    """A customer's mail about a broken lamp."""
    return arrives(
        shop,
        mail(name, JANA, (OURS,), subject="Broken lamp", text="Order 1042: the lamp is broken.", **more),
        NOW - DAY,
    )


def forwarded(shop, ticket, to=LUMEN) -> tuple[int, str]:
    """Pass the customer's mail on and let it go out; gives the thread and the Message-ID of what went."""
    desk = shop.desk
    draft = desk.forwarding.begin(ticket, to, None, NOW)
    review = desk.replies.review(draft.ticket_id, NOW)
    desk.replies.send(draft.ticket_id, review, NOW, Level.AMBER)
    return draft.ticket_id, out(shop)


def out(shop, at=NOW + 20) -> str:
    from deskterm.intake.sent_replies import record_sent_reply

    with shop.db.write() as tx:
        row = outbox.due_rows(tx, at)[-1]
        outbox.mark(tx, row.id, OutboxState.SENT, "250 ok", at)
        record_sent_reply(tx, row.id, at)
        return row.message_id


def answer(message_id, name="a", sender=LUMEN, **more):
    made = mail(name, sender, (OURS,), subject="Re: Broken lamp", text="A new one leaves on Monday.", **more)
    return answering(made, message_id)


def answering(made, *message_ids):
    return replace(made, mail=replace(made.mail, references=message_ids))


def row(shop, ticket) -> dict:
    return shop.row(ticket)


def on_top(shop) -> list[tuple[int, str]]:
    return [(one.ticket_id, one.due) for one in shop.desk.inbox.page(Listing.INBOX, 0, 9)]


def test_the_mail_is_passed_on_with_its_words_and_the_ticket_is_on_hold_for_them(shop):
    ticket = asked(shop)
    draft = shop.desk.forwarding.begin(ticket, LUMEN, None, NOW)
    assert (draft.subject, draft.to, draft.sender) == ("Fwd: Broken lamp", (LUMEN,), OURS.address)
    assert "From: Jana Mertens <jana@mertens.example>" in draft.body
    assert "Order 1042: the lamp is broken." in draft.body
    review = shop.desk.replies.review(draft.ticket_id, NOW)
    assert review.follows.startswith(f"then: T{ticket} on hold for Lumen Works, answer due ")
    shop.desk.replies.send(draft.ticket_id, review, NOW, Level.AMBER)
    view = shop.desk.tickets.view(ticket, NOW)
    assert (view.ticket.status, view.ticket.held_for) == (Status.HOLD, "Lumen Works")
    assert NOW + 2 * DAY < view.ticket.held_until <= NOW + 6 * DAY
    (held,) = shop.desk.inbox.page(Listing.HOLD, 0, 9)
    assert (held.ticket_id, held.held_for) == (ticket, "Lumen Works")


def test_the_customer_stays_unanswered_and_no_figure_counts_the_forward(shop):
    ticket = asked(shop)
    forwarded(shop, ticket)
    assert row(shop, ticket)["unanswered_since"] == NOW - DAY
    found = {one.id: one for one in shop.desk.metrics.week(NOW + HOUR).figures}
    assert found["first reply"].left_out == (("not answered yet", 1),)
    assert found["created"].tickets == (ticket,)


def test_their_answer_comes_back_beside_the_ticket_on_top_of_the_inbox(shop):
    ticket = asked(shop)
    thread, message_id = forwarded(shop, ticket)
    assert arrives(shop, answer(message_id), NOW + HOUR) == thread
    assert on_top(shop) == [(ticket, "Lumen Works has answered")]
    view = shop.desk.tickets.view(ticket, NOW + HOUR)
    assert [(one.direction, one.beside) for one in view.messages] == [
        (Direction.IN, ""), (Direction.OUT, "Lumen Works"), (Direction.IN, "Lumen Works"),
    ]  # fmt: skip
    assert view.ticket.unanswered_since == NOW - DAY
    assert shop.desk.replies.begin(ticket, NOW + HOUR).to == (JANA,)


def test_a_colleague_of_theirs_answers_in_the_thread(shop):
    thread, message_id = forwarded(shop, asked(shop))
    assert arrives(shop, answer(message_id, sender=AGENT), NOW + HOUR) == thread


def test_the_customers_own_word_in_that_thread_goes_to_their_ticket(shop):
    ticket = asked(shop)
    _, message_id = forwarded(shop, ticket)
    assert arrives(shop, answer(message_id, sender=JANA), NOW + HOUR) == ticket
    assert row(shop, ticket)["status"] == "open"


def test_an_overdue_answer_brings_the_ticket_back_on_top(shop):
    ticket = asked(shop)
    forwarded(shop, ticket)
    assert on_top(shop) == []
    shop.desk.inbox.wake(NOW + 8 * DAY)
    assert on_top(shop) == [(ticket, "no answer from Lumen Works")]


def test_they_can_be_given_longer(shop):
    ticket = asked(shop)
    thread, _ = forwarded(shop, ticket)
    shop.desk.forwarding.wait_until(thread, NOW + 20 * DAY, NOW)
    shop.desk.inbox.wake(NOW + 8 * DAY)
    assert on_top(shop) == []
    with pytest.raises(NotNow, match="past"):
        shop.desk.forwarding.wait_until(thread, NOW - 1, NOW)


def test_a_forward_that_bounces_brings_the_ticket_back(shop):
    ticket = asked(shop)
    _, message_id = forwarded(shop, ticket)
    bounce = mail("b", Address("", "mailer-daemon@loom.example"), (OURS,), kind=MachineKind.BOUNCE)
    bounce = replace(bounce, verdict=replace(bounce.verdict, about=(message_id,)))
    arrives(shop, bounce, NOW + HOUR)
    assert on_top(shop) == [(ticket, "the mail to Lumen Works did not arrive")]


def test_an_out_of_office_reply_of_theirs_changes_nothing(shop):
    _, message_id = forwarded(shop, asked(shop))
    arrives(shop, answer(message_id, kind=MachineKind.VACATION), NOW + HOUR)
    assert on_top(shop) == []


def test_two_customers_forwards_to_one_supplier_stay_two_threads(shop):
    first, second = (
        asked(shop),
        arrives(
            shop,
            mail("p", Address("Ben", "ben@ode.example"), (OURS,), subject="Broken lamp", text="Mine too."),
            NOW - DAY,
        ),
    )
    one, id_one = forwarded(shop, first)
    two, id_two = forwarded(shop, second)
    both = answering(answer(id_one, "both"), id_one, id_two)
    assert arrives(shop, both, NOW + HOUR) == one
    assert len({first, second, one, two}) == 4
    with shop.db.read() as tx:
        assert tickets.root(tx, two) == two


def test_writing_again_goes_on_in_the_thread(shop):
    ticket = asked(shop)
    thread, message_id = forwarded(shop, ticket)
    arrives(shop, answer(message_id), NOW + HOUR)
    draft = shop.desk.replies.begin(thread, NOW + 2 * HOUR)
    assert (draft.to, draft.subject) == ((LUMEN,), "Re: Broken lamp")
    shop.desk.replies.save(replace(draft, body="Thank you, Monday is fine."), NOW + 2 * HOUR)
    shop.desk.replies.send(
        thread, shop.desk.replies.review(thread, NOW + 2 * HOUR), NOW + 2 * HOUR, Level.AMBER
    )
    assert row(shop, ticket)["status"] == "on hold"


def test_undo_takes_the_forward_and_the_hold_back(shop):
    ticket = asked(shop)
    draft = shop.desk.forwarding.begin(ticket, LUMEN, None, NOW)
    before = row(shop, ticket)
    shop.desk.replies.send(draft.ticket_id, shop.desk.replies.review(draft.ticket_id, NOW), NOW, Level.AMBER)
    shop.desk.undo.undo(NOW + 3)
    assert row(shop, ticket) == before
    assert shop.desk.replies.begin(draft.ticket_id, NOW + 4).body == draft.body


def test_attachments_go_along_as_files(shop):
    raw = (
        b"From: jana@mertens.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nSee.\r\n"
        b"--x\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=box.jpg\r\n\r\nJPEG\r\n--x--\r\n"
    )
    from deskterm.mail.read import read_mail
    from deskterm.storage.mail import messages
    from deskterm.storage.mail.new_message import new_message

    ticket = asked(shop)
    told = read_mail(raw, frozenset())
    with shop.db.write() as tx:
        made = messages.add(
            tx, ticket, new_message(direction=Direction.IN, at=NOW - HOUR, text="See.", raw=raw, sender=JANA, attachments=told.mail.attachments),
        )  # fmt: skip
    assert isinstance(told.mail.attachments[0], Attachment)
    draft = shop.desk.forwarding.begin(ticket, LUMEN, made, NOW)
    (path,) = draft.attachments
    assert path.endswith("box.jpg")
    assert Path(path).read_bytes() == b"JPEG"


def test_contacts_are_remembered_the_last_one_first(shop):
    ticket = asked(shop)
    for who, at in ((LUMEN, NOW), (AGENT, NOW + 5)):
        shop.desk.forwarding.begin(ticket, who, None, at)
    assert shop.desk.forwarding.contacts() == (AGENT, LUMEN)


def test_a_mail_cannot_be_forwarded_to_its_own_customer(shop):
    with pytest.raises(NotNow, match="is the customer"):
        shop.desk.forwarding.begin(asked(shop), JANA, None, NOW)


def test_the_customers_order_may_be_named_to_a_supplier(shop):
    shop.order()
    ticket = asked(shop)
    draft = shop.desk.forwarding.begin(ticket, LUMEN, None, NOW)
    shop.desk.replies.save(replace(draft, body="Where is order #1042?" + draft.body), NOW)
    assert shop.desk.replies.review(draft.ticket_id, NOW).level is Level.GREEN
    assert [one.order.number for one in shop.desk.replies.orders_for(draft.ticket_id)] == ["1042"]


def test_what_was_passed_on_is_erased_with_the_customer(shop):
    ticket = asked(shop)
    thread, message_id = forwarded(shop, ticket)
    arrives(shop, answer(message_id), NOW + HOUR)
    with shop.db.write() as tx:
        erased = forget.erase(tx, forget.find(tx, JANA.address))
        left = tx.execute("SELECT count(*) FROM message").fetchone()[0]
    assert (erased.tickets, left) == ((ticket, thread), 0)


@pytest.mark.parametrize(
    ("above", "warned"), [("", True), ("  \n", True), ("Can you replace it?", False), ("Hi", False)]
)
def test_a_forward_without_words_of_the_owners_is_amber(shop, above, warned):
    draft = shop.desk.forwarding.begin(asked(shop), LUMEN, None, NOW)
    shop.desk.replies.save(replace(draft, body=above + draft.body), NOW)
    review = shop.desk.replies.review(draft.ticket_id, NOW)
    assert review.level is (Level.AMBER if warned else Level.GREEN)
    assert [one.words for one in review.concerns] == [
        "Nothing of your own is written above the mail that you forward."
    ] * warned
