"""The week's figures from a database, with tickets that were joined, undone and old."""

from dataclasses import replace
from datetime import date

import pytest

from desk.conftest import BEN, DAY, JANA, NOW
from deskterm.desk.metrics import Metrics, PeriodChoice
from deskterm.domain.events import By
from deskterm.domain.messages import MachineKind
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Status, View
from deskterm.errors import NotNow
from deskterm.storage import changes, customers, tickets


def figures(shop, **how) -> dict:
    return {one.id: one for one in shop.desk.metrics.week(NOW + 1, **how).figures}


def test_an_answer_counts_in_calendar_and_in_business_hours(shop):
    """Asked on Thursday at 13:00 in Berlin, answered on Friday at 11:00."""
    ticket = shop.ticket(at=NOW - DAY)
    shop.answer(ticket, at=NOW - 2 * 3600)
    assert figures(shop)["first reply"].value == 22 * 3600
    assert figures(shop, business=True)["first reply"].value == 6 * 3600


def test_a_machines_mail_is_no_answer_and_no_question(shop):
    ticket = shop.ticket()
    shop.answer(ticket, at=NOW - 600, machine=MachineKind.OTHER)
    assert figures(shop)["first reply"].left_out == (("not answered yet", 1),)


def test_an_undone_solve_leaves_no_trace_in_the_figures(shop):
    ticket = shop.ticket()
    shop.desk.tickets.solve((ticket,), NOW)
    assert figures(shop)["solved"].tickets == (ticket,)
    shop.desk.undo.undo(NOW)
    assert figures(shop)["solved"].value == 0
    shop.desk.undo.redo(NOW)
    assert figures(shop)["solved"].value == 1


def test_what_was_solved_before_it_was_joined_counts_for_the_ticket_it_became(shop):
    one, other = shop.ticket(), shop.ticket(BEN, at=NOW - 2 * DAY)
    shop.desk.tickets.solve((other,), NOW - DAY)
    with shop.db.write() as tx:
        changes.join(tx, one, other, NOW, By.OWNER)
    assert figures(shop)["created"].tickets == (one,)
    assert figures(shop)["solved"].tickets == (one,)


def test_a_snoozed_ticket_is_counted_and_opened_until_it_wakes(shop):
    ticket = shop.ticket(at=NOW - DAY)
    shop.desk.tickets.snooze((ticket,), NOW + DAY, NOW - 3600)
    assert figures(shop)["snoozed"].tickets == (ticket,)
    shop.desk.undo.undo(NOW - 60)
    assert figures(shop)["snoozed"].tickets == ()


def test_an_old_ticket_that_is_still_open_is_in_the_backlog(shop):
    ticket = shop.ticket(at=NOW - 300 * DAY)
    done = shop.ticket(at=NOW - 290 * DAY)
    with shop.db.write() as tx:
        changes.change(tx, done, NOW - 280 * DAY, By.INFERRED, status=Status.SOLVED)
    assert figures(shop)["backlog"].tickets == (ticket,)
    assert figures(shop)["unanswered"].value == 300 * DAY + 1


def test_volume_goes_by_category_and_opens_its_tickets(shop):
    ticket = shop.ticket()
    shop.desk.tickets.categorise((ticket,), "shipping", None, NOW)
    (bar,) = shop.desk.metrics.week(NOW + 1).sections[0].tables[0].rows
    assert (bar.label, bar.figures[0].value, bar.figures[0].before, bar.tickets) == (
        "shipping",
        1,
        None,
        (ticket,),
    )


def by_category(shop, back):
    report = shop.desk.metrics.report(PeriodChoice(back=back), NOW)
    return {row.label: row.figures[0].value for row in report.sections[0].tables[0].rows if row.figures[0].n}


def test_a_week_that_is_over_keeps_the_categories_it_ended_with(shop):
    ticket = shop.ticket(at=NOW - 9 * DAY)
    shop.desk.tickets.categorise((ticket,), "shipping", None, NOW - 9 * DAY)
    shop.desk.tickets.categorise((ticket,), "damaged", None, NOW)
    later = shop.ticket(at=NOW - DAY)
    shop.desk.tickets.categorise((later,), "damaged", None, NOW - 60)
    assert by_category(shop, 1) == {"shipping": 1}
    assert by_category(shop, 0) == {"damaged": 1}


def test_an_answer_to_a_thank_you_leaves_the_category_alone(shop):
    book = shop.desk.playbook.playbook
    book.macros["thanks"] = Macro("thanks", "Thank you", "Gladly.", category="thanks")
    known, new = shop.ticket(at=NOW - DAY), shop.ticket(BEN, at=NOW - DAY)
    with shop.db.write() as tx:
        changes.change(tx, known, NOW - DAY, By.SYNC, category="damaged")
    for ticket in (known, new):
        shop.desk.replies.take(ticket, "thanks", None, NOW)
        shop.desk.replies.send(ticket, shop.desk.replies.review(ticket, NOW), NOW, Level.AMBER)
    assert [shop.row(ticket)["category"] for ticket in (known, new)] == ["damaged", "thanks"]


def test_a_bounce_that_nobody_wrote_for_is_no_ticket_in_the_figures(shop):
    with shop.db.write() as tx:
        customer = customers.upsert(tx, BEN, NOW)
        lone = tickets.create(tx, customer_id=customer, subject="Undelivered", at=NOW - DAY, view=View.OTHERS)
    shop.mail(lone, at=NOW - DAY, machine=MachineKind.BOUNCE)
    assert (figures(shop)["created"].value, figures(shop)["unanswered"].n) == (0, 0)


def test_a_reply_by_a_macro_of_thanks_is_no_reopening(shop):
    book = shop.desk.playbook.playbook
    book.macros["thanks"] = Macro("thanks", "Thank you", "Gladly.", category="thanks")
    for macro, reopened in (("thanks", 0), ("trace", 1)):
        ticket = shop.ticket(subject=macro, at=NOW - 9000)
        shop.answer(ticket, at=NOW - 8000)
        shop.desk.tickets.solve((ticket,), NOW - 7900)
        shop.desk.tickets.set_status((ticket,), Status.OPEN, NOW - 700)
        shop.mail(ticket, text="Thanks!", at=NOW - 700)
        shop.answer(ticket, at=NOW - 600, macro=macro)
        shop.desk.tickets.solve((ticket,), NOW - 500)
        assert figures(shop)["reopened"].value * figures(shop)["reopened"].n == reopened


def test_days_are_taken_in_either_order_and_future_ones_refused(shop):
    first, last = date(2026, 11, 1), date(2026, 11, 5)
    metrics = shop.desk.metrics
    there, back = (
        metrics.report(PeriodChoice(first=a, last=b), NOW, ()) for a, b in ((first, last), (last, first))
    )
    assert (there.title, there.start, there.end) == (back.title, back.start, back.end)
    with pytest.raises(NotNow):
        metrics.report(PeriodChoice(first=date(2026, 11, 21), last=date(2026, 11, 22)), NOW, ())


def test_what_is_set_up_is_not_said_to_be_missing(shop):
    def asks(**settings):
        context = replace(shop.desk.shop, settings=replace(shop.desk.shop.settings, **settings))
        return {one.id: one.asks for one in Metrics(context).week(NOW).figures}

    before = asks()
    assert all(before[one] for one in ("answered in time", "again", "worth", "csat", "nps"))
    shop.order("1042", JANA)
    after = asks(targets=("reply 4 hours",), survey="csat")
    assert [one for one in before if before[one] and not after[one]] == [
        "csat", "csat mean", "csat responses", "again", "again without", "worth", "worth without",
    ]  # fmt: skip
    assert "No target is set" in before["solved in time"]
    assert after["solved in time"] == "No solved ticket had a target."  # it was set a moment ago
