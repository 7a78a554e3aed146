"""The week's figures, each from a small made-up week whose answer can be counted by hand."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.business_hours import Hours
from deskterm.domain.figures.counting import Dimension
from deskterm.domain.figures.families import MEASURES
from deskterm.domain.figures.measure import Reads
from deskterm.domain.figures.periods import Period, PeriodKind, days, week, weeks_within, window
from deskterm.domain.figures.records import SurveyAnswer, SurveyKind
from deskterm.domain.figures.stories import build_stories, in_force
from deskterm.domain.figures.ticket_logs import (
    Mark,
    MarkKind,
    Matter,
    Post,
    SnoozeChange,
    StatusChange,
    TicketLogs,
)
from deskterm.domain.figures.values import Figure
from deskterm.domain.tickets import Status, View
from domain.figures.counted import counting

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = 3600, 86400


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


MON, TUE, WED, THU, FRI = (at(f"2026-11-{day}T09:00") for day in (16, 17, 18, 19, 20))
NOW = at("2026-11-20T16:00")


@pytest.mark.parametrize(
    "name", ["Pacific/Auckland", "Pacific/Kiritimati", "America/Los_Angeles", "Etc/GMT+12"]
)
def test_a_week_begins_when_monday_does_in_the_owners_zone(name):
    zone = ZoneInfo(name)

    def days(first, last):
        begin, end = (
            int(datetime.fromisoformat(day).replace(tzinfo=zone).timestamp()) for day in (first, last)
        )
        return weeks_within(Period(begin, end), zone)

    assert days("2026-11-23", "2026-11-30") == ("2026-W48",)
    assert days("2026-11-23", "2026-11-24") == ("2026-W48",)
    assert days("2026-11-24", "2026-11-30") == ()
    assert days("2026-09-21", "2026-10-06") == ("2026-W39", "2026-W40", "2026-W41")  # the clocks change


def matter(
    ticket: int, created: int = MON, category="where is my order", status=Status.SOLVED, view=View.CUSTOMERS
):
    return Matter(ticket, created, category, status, view, snoozed=False)


def nap(ticket: int, when: int, until: int | None, action=None, undoes=0):
    return SnoozeChange(ticket, when, until, action or when, undoes)


def solved(ticket: int, when: int, action=None, undoes=0):
    return StatusChange(ticket, when, Status.OPEN, Status.SOLVED, action or when, undoes)


def reopened(ticket: int, when: int, action=None, undoes=0):
    return StatusChange(ticket, when, Status.SOLVED, Status.OPEN, action or when, undoes)


def measured(
    matters, posts=(), status_changes=(), *, marks=(), snooze_changes=(), now=NOW, back=0, business=None
) -> dict[str, Figure]:
    stories = build_stories(TicketLogs(matters, posts, status_changes, snooze_changes, marks))
    count = counting(stories, week(now, back, BERLIN), now, business=business, hours=business is not None)
    return {measure.id: count.figure(measure.id) for measure in MEASURES}


def test_first_reply_time_runs_from_the_first_question_to_the_first_reply():
    posts = [
        Post(1, MON, False),
        Post(1, MON + HOUR, False),
        Post(1, MON + 3 * HOUR, True),
        Post(1, TUE, True),
    ]
    figure = measured([matter(1)], posts)["first reply"]
    assert (figure.value, figure.n, figure.tickets) == (3 * HOUR, 1, (1,))


def test_a_reply_belongs_to_the_week_it_was_written_in():
    asked = MON - 3 * DAY
    posts = [Post(1, asked, False), Post(1, MON, True)]
    assert measured([matter(1, asked)], posts)["first reply"].value == 3 * DAY
    assert measured([matter(1, asked)], posts, back=1)["first reply"].value is None


def test_a_ticket_we_opened_counts_from_the_customers_first_answer():
    posts = [Post(1, MON, True), Post(1, TUE, False), Post(1, TUE + HOUR, True)]
    found = measured([matter(1)], posts, [solved(1, WED)])
    assert found["first reply"].value == HOUR
    assert found["one-touch"].value == 1, "the mail that opened the ticket is no touch"


def test_unanswered_tickets_are_named_as_left_out():
    posts = [Post(1, MON, False), Post(2, MON, False), Post(2, MON + HOUR, True)]
    figure = measured([matter(1, status=Status.OPEN), matter(2)], posts)["first reply"]
    assert figure.left_out == (("not answered yet", 1),)
    assert figure.n == 1


def test_business_hours_leave_the_night_out():
    hours = Hours("Mon-Fri 09:00-17:00", BERLIN)
    posts = [Post(1, at("2026-11-16T16:30"), False), Post(1, at("2026-11-17T09:30"), True)]
    assert measured([matter(1)], posts, business=hours.business_seconds)["first reply"].value == HOUR
    assert measured([matter(1)], posts)["first reply"].value == 17 * HOUR


def test_p90_waits_for_twenty_tickets():
    def week_of(number: int):
        posts = [Post(t, MON, False) for t in range(number)] + [
            Post(t, MON + 60 * (t + 1), True) for t in range(number)
        ]
        return measured([matter(t) for t in range(number)], posts)["first reply"]

    assert week_of(19).p90 is None
    assert week_of(20).p90 == 18 * 60, "the eighteenth of twenty: nine in ten stay within it"
    assert week_of(20).value == 10.5 * 60
    assert week_of(20).tickets[0] == 19, "the slowest stands first"


def test_resolution_runs_to_the_last_solve_with_reopenings():
    posts = [Post(1, MON, False), Post(1, MON + HOUR, True), Post(1, TUE, False), Post(1, WED, True)]
    status_changes = [solved(1, MON + HOUR), reopened(1, TUE), solved(1, WED)]
    assert measured([matter(1)], posts, status_changes)["resolution"].value == WED - MON


def test_a_ticket_closed_without_a_reply_is_listed_apart():
    figure = measured([matter(1)], [Post(1, MON, False)], [solved(1, TUE)])["resolution"]
    assert (figure.value, figure.n, figure.left_out) == (None, 0, (("solved without a reply", 1),))


def test_a_ticket_open_again_is_not_resolved_and_says_so():
    posts = [Post(1, MON, False), Post(1, TUE, True), Post(1, WED, False)]
    found = measured([matter(1, status=Status.OPEN)], posts, [solved(1, TUE), reopened(1, WED)])
    assert found["resolution"].left_out == (("open again", 1),)
    assert found["reopened"].value == 1
    assert found["backlog"].value == 1


def test_a_thank_you_is_no_reopening_and_keeps_one_touch():
    posts = [Post(1, MON, False), Post(1, TUE, True), Post(1, WED, False)]
    status_changes = [solved(1, TUE), reopened(1, WED), solved(1, WED + 60)]
    found = measured([matter(1)], posts, status_changes)
    assert found["reopened"].value == 0
    assert found["reopened"].left_out == (("thank-yous", 1),)
    assert found["one-touch"].value == 1


def test_a_thank_you_answered_by_a_macro_of_thanks_is_no_reopening_either():
    posts = [
        Post(1, MON, False),
        Post(1, TUE, True),
        Post(1, WED, False),
        Post(1, WED + 50, True, thanks=True),
    ]
    status_changes = [solved(1, TUE), reopened(1, WED), solved(1, WED + 60)]
    found = measured([matter(1)], posts, status_changes)
    assert (found["reopened"].value, found["one-touch"].value) == (0, 1)
    again = measured([matter(1)], [*posts[:3], Post(1, WED + 50, True)], status_changes)
    assert (again["reopened"].value, again["one-touch"].value) == (1, 0)


def test_a_thank_you_alone_that_is_answered_is_one_touch():
    posts = [Post(1, MON, False), Post(1, TUE, True, thanks=True)]
    assert measured([matter(1)], posts, [solved(1, TUE)])["one-touch"].value == 1


def test_two_replies_are_not_one_touch():
    posts = [Post(1, MON, False), Post(1, TUE, True), Post(1, WED, False), Post(1, THU, True)]
    assert measured([matter(1)], posts, [solved(1, THU)])["one-touch"].value == 0


def test_an_undone_solve_never_happened():
    status_changes = [solved(1, TUE, action=10), reopened(1, TUE + 5, action=11, undoes=10)]
    found = measured([matter(1, status=Status.OPEN)], [Post(1, MON, False)], status_changes)
    assert found["solved"].value == 0
    assert found["backlog"].tickets == (1,)


def test_a_solve_done_again_after_its_undo_counts_once():
    status_changes = [
        solved(1, TUE, action=10),
        reopened(1, TUE + 5, action=11, undoes=10),
        solved(1, TUE + 9, action=12, undoes=11),
    ]
    assert in_force(status_changes) == [status_changes[0]]
    assert measured([matter(1)], [Post(1, MON, False)], status_changes)["solved"].value == 1


def test_spam_and_newsletters_are_no_new_tickets_but_are_named():
    matters = [matter(1), matter(2, status=Status.SPAM), matter(3, view=View.OTHERS)]
    figure = measured(matters)["created"]
    assert figure.value == 1
    assert dict(figure.left_out) == {"spam": 1, "not customers": 1}


def test_the_backlog_is_what_was_open_at_the_end():
    matters = [matter(1, status=Status.OPEN), matter(2, status=Status.WAITING), matter(3), matter(4)]
    status_changes = [
        StatusChange(2, TUE, Status.OPEN, Status.WAITING, 1, 0),
        solved(3, WED, 2),
        solved(4, NOW + 60, 3),
    ]
    figure = measured(matters, status_changes=status_changes)["backlog"]
    assert figure.tickets == (1, 4), "T4 was solved after the period"
    assert figure.left_out == (("waiting", 1),)


def test_what_was_snoozed_when_the_period_ended_is_a_figure_of_its_own():
    """T1 sleeps on, T2 was woken by its customer, T3 slept until Wednesday, T4 is a newsletter."""
    matters = [matter(ticket, status=Status.OPEN) for ticket in (1, 2, 3)] + [matter(4, view=View.OTHERS)]
    snooze_changes = [
        nap(1, TUE, NOW + DAY),
        nap(2, TUE, NOW + DAY),
        nap(2, WED, None),
        nap(3, MON, WED),
        nap(4, TUE, NOW + DAY),
    ]
    figure = measured(matters, snooze_changes=snooze_changes)["snoozed"]
    assert (figure.value, figure.tickets) == (1, (1,))
    assert measured(matters, snooze_changes=snooze_changes, now=TUE + HOUR)["snoozed"].tickets == (1, 2, 3)


def test_a_snooze_put_off_is_one_and_an_undone_one_none():
    snooze_changes = [
        nap(1, TUE, THU),
        nap(1, WED, NOW + DAY),
        nap(2, TUE, NOW + DAY, 10),
        nap(2, TUE + 5, None, 11, 10),
    ]
    matters = [matter(1, status=Status.OPEN), matter(2, status=Status.OPEN)]
    assert measured(matters, snooze_changes=snooze_changes)["snoozed"].tickets == (1,)


def test_the_longest_unanswered_customer_comes_first():
    posts = [Post(1, WED, False), Post(2, TUE, False), Post(3, MON, False), Post(3, TUE, True)]
    matters = [matter(ticket, status=Status.OPEN) for ticket in (1, 2, 3)]
    figure = measured(matters, posts)["unanswered"]
    assert (figure.value, figure.tickets) == (NOW - TUE, (2, 1))


def test_stopped_sends_are_counted_each():
    marks = [Mark(one, at, MarkKind.STOPPED) for one, at in ((1, TUE), (1, TUE + 5), (2, MON - DAY))]
    figure = measured([matter(1), matter(2)], marks=marks)["stopped"]
    assert (figure.value, figure.before, figure.tickets) == (2, 0, (1,))


def test_volume_by_category_is_shown_beside_last_week():
    matters = [matter(1), matter(2), matter(3, category="", created=TUE), matter(4, created=MON - 7 * DAY)]
    count = counting(build_stories(TicketLogs(matters)), week(NOW, 0, BERLIN), NOW)
    table = count.split("By category", Dimension.CATEGORY, "created")
    rows = [(row.label, row.figures[0].value, row.figures[0].before) for row in table.rows]
    assert rows == [("where is my order", 2, 1), ("", 1, 0)]


def test_the_series_ends_with_the_week_shown():
    matters = [matter(number, MON - 7 * DAY * number) for number in range(10)] + [matter(10, MON)]
    assert measured(matters)["created"].series == (*([1] * 9), 2)


def test_every_figure_prints_its_definition():
    assert all(len(figure.definition.split()) > 8 for figure in measured([matter(1)]).values())


def test_a_running_week_is_compared_with_the_same_stretch():
    running = week(NOW, 0, BERLIN)
    assert running.period == (at("2026-11-16T00:00"), NOW)
    assert running.before == (at("2026-11-09T00:00"), NOW - 7 * DAY)
    assert running.title == "Week 47, Mon 16 to Fri 20 Nov, so far"
    assert running.compared == "as much of week 46"


def test_on_a_monday_the_last_full_week_opens():
    shown = week(at("2026-11-23T10:00"), 0, BERLIN)
    assert shown.period == (at("2026-11-16T00:00"), at("2026-11-23T00:00"))
    assert shown.title == "Week 47, Mon 16 to Sun 22 Nov"
    assert shown.compared == "week 46"
    assert week(at("2026-11-23T10:00"), -1, BERLIN).title == "Week 48, Mon 23 Nov, so far"
    assert week(at("2026-11-23T10:00"), 54, BERLIN).title == "Week 45 of 2025, Mon 3 to Sun 9 Nov"


def test_the_stretch_before_a_clock_change_ends_at_the_same_wall_clock():
    tuesday = at("2026-10-27T12:00")  # clocks went back on Sunday
    assert week(tuesday, 0, BERLIN).before.end == at("2026-10-20T12:00") == tuesday - 7 * DAY - HOUR


@pytest.mark.parametrize("back", [1, 5, 60])
def test_earlier_weeks_are_whole(back):
    shown = week(NOW, back, BERLIN)
    assert datetime.fromtimestamp(shown.period.start, BERLIN).weekday() == 0
    assert datetime.fromtimestamp(shown.period.end, BERLIN).strftime("%a %H:%M") == "Mon 00:00"
    assert shown.before.end == shown.period.start


def test_nothing_is_known_of_a_time_before_the_desks_first_mail():
    stories = build_stories(TicketLogs([matter(1)], (), (), (), ()))
    looked = replace(counting(stories, week(NOW, 0, BERLIN), NOW), since=at("2026-10-01T00:00"))
    figures = [looked.figure(one.id) for one in MEASURES]
    assert {one.year_ago for one in figures} == {None}
    assert 0 in {one.before for one in figures}


@pytest.mark.parametrize("name", ["created", "handling", "first reply"])
def test_a_column_adds_up_to_its_figure(name):
    """A category without new tickets is still shown in the other columns."""
    matters = [
        matter(1, category="shipping"),
        matter(2, MON - 9 * DAY, "stock"),
        matter(3, MON - 30 * DAY, "refund"),
    ]
    marks = [Mark(ticket, TUE, MarkKind.HANDLED, 60.0 * ticket) for ticket in (1, 2, 3)]
    posts = [Post(3, MON - 30 * DAY, False), Post(3, TUE, True)]
    count = counting(build_stories(TicketLogs(matters, posts, marks=marks)), week(NOW, 0, BERLIN), NOW)
    table = count.split("By category", Dimension.CATEGORY, "created", "handling", "first reply")
    place = ("created", "handling", "first reply").index(name)
    cells = [row.figures[place] for row in table.rows]
    assert sum(cell.n for cell in cells) == count.figure(name).n
    if name != "first reply":
        assert sum(cell.value or 0 for cell in cells) == count.figure(name).value


def test_before_the_first_mail_a_quarter_is_not_compared_nor_its_parts():
    count = counting(build_stories(TicketLogs([matter(1)])), window(PeriodKind.QUARTER, NOW, 0, BERLIN), NOW)
    count = replace(count, since=at("2026-10-02T09:00"))
    (row,) = count.split("By category", Dimension.CATEGORY, "created").rows
    assert (count.figure("created").before, row.figures[0].before) == (None, None)


def test_days_that_are_not_over_are_compared_with_the_same_stretch():
    found = days(date(2026, 11, 16), date(2026, 11, 22), NOW, BERLIN)
    assert found.period == (at("2026-11-16T00:00"), NOW)
    assert found.before == (at("2026-11-09T00:00"), at("2026-11-13T16:00"))
    assert found.year_ago == (at("2025-11-16T00:00"), at("2025-11-20T16:00"))
    assert found.compared == "as much of the 7 days before"


def test_days_that_are_over_are_compared_with_as_many_whole_ones():
    found = days(date(2026, 11, 1), date(2026, 11, 3), NOW, BERLIN)
    assert found.before == (at("2026-10-29T00:00"), at("2026-11-01T00:00"))
    assert (found.compared, found.compared_year) == ("the 3 days before", "1 Nov 2025 to 3 Nov 2025")
    assert days(date(2026, 11, 3), date(2026, 11, 3), NOW, BERLIN).compared == "the day before"


def test_a_balance_knows_who_is_for_and_who_against():
    asked = [SurveyAnswer(n, MON, SurveyKind.NPS, TUE, score) for n, score in enumerate((9, 10, 8, 3), 1)]
    figure = counting([], week(NOW, 0, BERLIN), NOW, records={Reads.SURVEYS: asked}).figure("nps")
    assert (figure.value, figure.n, figure.sides[0], figure.tickets[0]) == (25, 4, (2, 1), 4)
