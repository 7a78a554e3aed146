"""What changes a status: the table of the product, line by line."""

from dataclasses import replace

import pytest

from deskterm.domain.events import By, What
from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.tickets import Listing, Status, Ticket, View
from deskterm.intake.due import CAME_BACK
from deskterm.intake.values import Context
from deskterm.mail.values import ReadMail
from deskterm.storage import changes, events, lists, tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.replies import outbox
from intake.world import CONTEXT, DAY, JANA, NOON, OMAR, SHOP, World, mail, told

FIRST = Context(CONTEXT.own, NOON, first_sync=True)
ASKED, AGAIN = NOON - 5000, NOON - 1000


def now(world: World, ticket: int) -> Ticket:
    with world.db.read() as tx:
        return tickets.get(tx, ticket)


def put(world: World, ticket: int, at: int, **columns: object) -> None:
    with world.db.write() as tx:
        changes.change(tx, ticket, at, By.OWNER, **columns)


def asked_and(world: World, **columns: object) -> int:
    (ticket,) = world.come((mail("a"), ASKED))
    if columns:
        put(world, ticket, ASKED + 60, **columns)
    return ticket


def test_new_mail_is_open_and_unanswered_since_it_arrived(world):
    ticket = now(world, asked_and(world))
    assert (ticket.status, ticket.unanswered_since, ticket.created_at) == (Status.OPEN, ASKED, ASKED)


@pytest.mark.parametrize("status", [Status.OPEN, Status.WAITING, Status.HOLD, Status.SOLVED])
def test_a_mail_of_the_customer_opens_the_ticket(world, status):
    ticket = asked_and(world, status=status)
    assert world.come((mail("b", parents=("a",)), AGAIN)) == [ticket]
    assert now(world, ticket).status is Status.OPEN


def test_a_mail_of_the_customer_opens_a_snoozed_ticket(world):
    ticket = asked_and(world, status=Status.WAITING, snoozed_until=NOON + DAY)
    world.come((mail("b", parents=("a",)), AGAIN))
    assert (now(world, ticket).status, now(world, ticket).snoozed_until) == (Status.OPEN, None)


def test_a_mail_to_spam_leaves_it_spam(world):
    ticket = asked_and(world, status=Status.SPAM)
    world.come((mail("b", parents=("a",)), AGAIN))
    assert now(world, ticket).status is Status.SPAM


def test_a_mail_to_a_solved_ticket_is_a_reopening_in_its_events(world):
    ticket = asked_and(world, status=Status.SOLVED)
    world.come((mail("b", parents=("a",)), AGAIN))
    with world.db.read() as tx:
        turns = [
            (one.was, one.now, one.at) for one in events.for_ticket(tx, ticket) if one.what is What.STATUS
        ]
    assert turns == [("open", "solved", ASKED + 60), ("solved", "open", AGAIN)]
    assert now(world, ticket).unanswered_since == AGAIN  # what was solved needs no answer any more


def test_a_mail_that_was_on_its_way_when_the_ticket_was_solved_reopens_it(world):
    """The server had it before the owner solved the ticket, the desk only after."""
    ticket = asked_and(world, status=Status.SOLVED)
    world.come((mail("b", parents=("a",)), ASKED + 30))
    assert (now(world, ticket).status, now(world, ticket).unanswered_since) == (Status.OPEN, ASKED + 30)


def test_a_reply_written_elsewhere_makes_it_waiting(world):
    ticket = asked_and(world)
    assert world.come((mail("r", SHOP, (JANA,), parents=("a",)), AGAIN)) == [ticket]
    assert (now(world, ticket).status, now(world, ticket).unanswered_since) == (Status.WAITING, None)


def test_a_reply_found_late_does_not_answer_what_came_after_it(world):
    ticket = asked_and(world)
    world.come((mail("b", parents=("a",)), AGAIN))
    world.come((mail("r", SHOP, (JANA,), parents=("a",)), ASKED + 100))
    assert (now(world, ticket).status, now(world, ticket).unanswered_since) == (Status.OPEN, AGAIN)


@pytest.mark.parametrize("kind", [MachineKind.VACATION, MachineKind.OTHER, MachineKind.CALENDAR])
def test_automatic_mail_changes_no_status(world, kind):
    ticket = asked_and(world, status=Status.SOLVED)
    assert world.come((mail("v", parents=("a",), kind=kind), AGAIN)) == [ticket]
    assert now(world, ticket).status is Status.SOLVED


DAEMON = Address("", "mailer-daemon@mx.example")


def bounce(about: str) -> ReadMail:
    return mail("x", DAEMON, kind=MachineKind.BOUNCE, about=(about,), subject="Undelivered Mail")


@pytest.mark.parametrize("status", [Status.WAITING, Status.HOLD, Status.SOLVED])
def test_a_mail_that_comes_back_brings_its_ticket_to_the_top(world, status):
    ticket = asked_and(world)
    world.come((mail("r", SHOP, (JANA,), parents=("a",)), AGAIN))
    put(
        world, ticket, AGAIN + 1, status=status, snoozed_until=None if status is Status.SOLVED else NOON + DAY
    )
    assert world.come((bounce("r"), AGAIN + 5)) == [ticket]
    one = now(world, ticket)
    assert (one.status, one.due, one.snoozed_until) == (Status.OPEN, CAME_BACK, None)
    with world.db.read() as tx:
        assert lists.page(tx, Listing.INBOX, 0, 1)[0].ticket_id == ticket


def test_a_newer_answer_takes_the_ticket_off_the_top(world):
    ticket = asked_and(world)
    world.come((mail("r", SHOP, (JANA,), parents=("a",)), AGAIN), (bounce("r"), AGAIN + 5))
    world.come((mail("r2", SHOP, (JANA,), parents=("a",)), AGAIN + 50))
    assert (now(world, ticket).status, now(world, ticket).due) == (Status.WAITING, "")


def test_a_bounce_that_is_older_than_our_newest_answer_changes_nothing(world):
    ticket = asked_and(world)
    world.come((mail("r", SHOP, (JANA,), parents=("a",)), AGAIN))
    world.come((mail("r2", SHOP, (JANA,), parents=("a",)), AGAIN + 50))
    world.come((bounce("r"), AGAIN + 5))
    assert (now(world, ticket).status, now(world, ticket).due) == (Status.WAITING, "")


def test_a_bounce_read_before_the_mail_it_is_about_counts_all_the_same(world):
    ticket = asked_and(world)
    world.come((bounce("r"), AGAIN + 5))
    assert world.come((mail("r", SHOP, (JANA,), parents=("a",)), AGAIN)) == [ticket]
    assert (now(world, ticket).status, now(world, ticket).due) == (Status.OPEN, CAME_BACK)


def test_a_bounce_of_mail_that_is_not_here_is_not_among_the_customers(world):
    (ticket,) = world.come((bounce("elsewhere"), AGAIN))
    assert (now(world, ticket).view, now(world, ticket).due) == (View.OTHERS, "")


def test_a_bounce_found_at_the_first_sync_leaves_the_ticket_open_and_is_in_its_events(world):
    world.come(
        (mail("a"), ASKED),
        (mail("r", SHOP, (JANA,), parents=("a",)), AGAIN),
        (bounce("r"), AGAIN + 5),
        context=FIRST,
    )
    world.infer()
    with world.db.read() as tx:
        ((ticket, story),) = told(tx).items()
        (row,) = lists.page(tx, Listing.INBOX, 0, 9)
    assert row.due == CAME_BACK
    assert [one[2:4] for one in story if one[2] == What.STATUS] == [
        (What.STATUS, '"open"'), (What.STATUS, '"waiting"')
    ], ticket  # fmt: skip


def test_mail_of_machines_alone_is_not_among_the_customers(world):
    (ticket,) = world.come((mail("n", subject="Your payout", kind=MachineKind.NOTICE), AGAIN))
    assert now(world, ticket).view is View.OTHERS


def test_a_persons_answer_to_a_machines_mail_makes_the_ticket_a_customers(world):
    (ticket,) = world.come((mail("n", kind=MachineKind.NOTICE), ASKED))
    world.come((mail("b", parents=("n",)), AGAIN))
    assert now(world, ticket).view is View.CUSTOMERS


def test_a_machines_ticket_that_a_batch_joins_to_a_customers_is_a_customers(world):
    """Of the batch, the first mail answers the machine; the second joins its ticket with the customer's."""
    world.come((mail("away", kind=MachineKind.VACATION, subject="Away"), ASKED), (mail("a"), ASKED + 1))
    world.come((mail("b", parents=("away",)), ASKED + 2), (mail("c"), ASKED + 3))
    ((_, _, _, view, *_),) = world.read().values()
    assert view == View.CUSTOMERS


def test_what_the_owner_put_among_the_others_stays_there(world):
    ticket = asked_and(world, view=View.OTHERS)
    world.come((mail("b", parents=("a",)), AGAIN))
    assert now(world, ticket).view is View.OTHERS


def test_a_customer_brings_a_ticket_back_from_the_trash(world):
    ticket = asked_and(world, view=View.TRASH)
    world.come((mail("b", parents=("a",)), AGAIN))
    assert now(world, ticket).view is View.CUSTOMERS


def test_writing_to_somebody_who_never_wrote_opens_a_ticket_that_waits_for_them(world):
    (ticket,) = world.come((mail("r", SHOP, (OMAR,)), AGAIN))
    found = now(world, ticket)
    assert (found.status, found.unanswered_since) == (Status.WAITING, None)
    with world.db.read() as tx:
        assert lists.rows(tx, [ticket])[0].name == "Omar Diaz"


def test_our_own_mail_in_the_inbox_is_ours(world):
    one, raw, place, _ = world.arrived(mail("r", SHOP, (JANA,), parents=("a",)), AGAIN)
    from dataclasses import replace

    from deskterm.intake.arrive import arrive

    ticket = asked_and(world)
    in_inbox = MailPlace(world.boxes["inbox"], 99)
    with world.db.write() as tx:
        first = arrive(tx, one, raw, place=in_inbox, arrived_at=AGAIN, context=CONTEXT)
        again = arrive(tx, one, raw, place=place, arrived_at=AGAIN, context=CONTEXT)
    assert (first.new, again.new) == (True, False)
    assert first.message_id == again.message_id
    assert now(world, ticket).status is Status.WAITING
    assert replace(first, new=False) == again


def test_a_week_after_our_reply_old_mail_is_solved_at_that_reply(world):
    (ticket, _) = world.come(
        (mail("a"), NOON - 9 * DAY), (mail("r", SHOP, (JANA,), parents=("a",)), NOON - 8 * DAY), context=FIRST
    )
    world.infer()
    found = now(world, ticket)
    assert (found.status, found.solved_at, found.inferred) == (Status.SOLVED, NOON - 8 * DAY, True)


def test_old_mail_unanswered_for_thirty_days_is_solved_then(world):
    (ticket,) = world.come((mail("a"), NOON - 40 * DAY), context=FIRST)
    world.infer()
    found = now(world, ticket)
    assert (found.status, found.solved_at, found.inferred) == (Status.SOLVED, NOON - 10 * DAY, True)


def test_mail_from_before_the_work_window_is_history(world):
    context = Context(CONTEXT.own, NOON, first_sync=True, work_from=NOON - 2 * DAY)
    old, new = world.come((mail("a"), NOON - 3 * DAY), (mail("b", OMAR), NOON - DAY), context=context)
    world.infer(work_from=NOON - 2 * DAY)
    assert (now(world, old).status, now(world, old).inferred) == (Status.SOLVED, True)
    assert (now(world, new).status, now(world, new).inferred) == (Status.OPEN, False)


def test_history_tells_a_silence_of_a_week_as_solved_and_the_next_mail_as_a_reopening(world):
    world.come(
        (mail("c", parents=("a", "r")), NOON - DAY),
        (mail("r", SHOP, (JANA,), parents=("a",)), NOON - 20 * DAY),
        (mail("a"), NOON - 21 * DAY),
        context=FIRST,
    )
    world.infer()
    with world.db.read() as tx:
        (lines,) = told(tx).values()
    turns = [(line[0], line[3], line[4]) for line in lines if line[2] == What.STATUS]
    assert turns == [
        (NOON - 20 * DAY, '"open"', '"waiting"'),
        (NOON - 20 * DAY, '"waiting"', '"solved"'),
        (NOON - DAY, '"solved"', '"open"'),
    ]


def test_what_the_owner_did_during_a_first_sync_is_kept(world):
    (ticket,) = world.come((mail("a"), NOON - DAY), context=FIRST)
    put(world, ticket, NOON, status=Status.SOLVED)
    world.come((mail("z", OMAR), NOON - 2 * DAY), context=FIRST)
    world.infer()
    assert (now(world, ticket).status, now(world, ticket).inferred) == (Status.SOLVED, False)


def test_a_copy_of_a_reply_sent_from_here_is_no_second_message(world):
    """The server changed the mail on its way, so that only its Message-ID identifies it."""
    from deskterm.domain.messages import Direction
    from deskterm.domain.review.replies import Draft
    from deskterm.storage.mail import messages
    from deskterm.storage.mail.new_message import new_message

    ticket = asked_and(world)
    with world.db.write() as tx:
        outbox.enqueue(
            tx, Draft(ticket, "Here.", "Re: Mug", SHOP.address, (JANA,)), account="main", sender=SHOP.address,
            message_id="<r@test>", raw=b"", recipients=[JANA.address], action=1, send_at=AGAIN, at=AGAIN,
        )  # fmt: skip
        messages.add(
            tx, ticket,
            new_message(
                direction=Direction.OUT, at=AGAIN, text="Here.", message_id="<r@test>", fingerprint=b"ours", sender=SHOP,
            ),
        )  # fmt: skip
    assert world.come((mail("r", SHOP, (JANA,), parents=("a",), text="Here.\n\nchanged"), AGAIN)) == [ticket]
    with world.db.read() as tx:
        assert len(messages.for_ticket(tx, ticket)) == 2


@pytest.mark.parametrize(
    ("subject", "by_program", "after", "is_receipt"),
    [
        ("[#99120] Mottagen", False, 20, True),
        ("Re: Mug", True, 20, True),
        ("[#99120] Mottagen", False, 600, False),
        ("Re: Mug", True, 600, False),
        ("Re: Mug", False, 20, False),
    ],
)
def test_an_answer_within_a_minute_under_a_new_number_or_by_a_program_is_a_receipt(
    world, subject, by_program, after, is_receipt
):
    (ticket,) = world.come((mail("a"), NOON))
    world.come((mail("b", SHOP, (JANA,), answers="a"), NOON + 60))
    one = mail("c", subject=subject, answers="b")
    one = replace(one, verdict=replace(one.verdict, by_program=by_program))
    assert world.come((one, NOON + 60 + after)) == [ticket]
    with world.db.read() as tx:
        said = messages.for_ticket(tx, ticket)[-1]
        assert said.human is not is_receipt
        assert (tickets.get(tx, ticket).status is Status.WAITING) is is_receipt
