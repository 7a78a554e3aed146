"""Queries: how each is read, and the message for one that cannot be used."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.query.complete import complete
from deskterm.domain.query.dates import parse_day
from deskterm.domain.query.parse import parse_query
from deskterm.domain.query.terms import QueryField, Term

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday


def terms(text):
    query = parse_query(text, NOW)
    assert not query.problems
    return [(one.field.value, *one.values) for one in query.terms]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("parcel where", [("", "parcel"), ("", "where")]),
        ('"where is" it', [("", "where is"), ("", "it")]),
        ("from:jana order:1042", [("from", "jana"), ("order", "1042")]),
        ('product:"wool throw"', [("product", "wool throw")]),
        ("is:open,waiting", [("status", "open", "waiting")]),
        ("is:closed", [("status", "solved")]),
        ("tag:vip category:where-is-my-order", [("tag", "vip"), ("category", "where-is-my-order")]),
        ("https://example.com/a?b=c", [("", "https://example.com/a?b=c")]),
        ("10:30", [("", "10:30")]),
        ("Re: mug", [("", "Re:"), ("", "mug")]),
        ("... !!", []),
        ('from:"', []),
    ],
)
def test_a_query_is_read(text, found):
    assert terms(text) == found


def test_a_minus_means_not_but_a_dash_alone_or_inside_a_word_is_none():
    query = parse_query("mug -tag:vip -broken well-made - x", NOW)
    assert [(one.values[0], one.negated) for one in query.terms] == [
        ("mug", False), ("vip", True), ("broken", True), ("well-made", False), ("x", False),
    ]  # fmt: skip


def test_only_the_last_word_is_unfinished_and_not_once_a_blank_follows():
    assert [one.unfinished for one in parse_query("blue mu", NOW).terms] == [False, True]
    assert [one.unfinished for one in parse_query("blue mu ", NOW).terms] == [False, False]


def test_a_ticket_is_found_by_its_number():
    assert parse_query(" t1043 ", NOW).ticket == 1043
    assert parse_query("t1043 mug", NOW).ticket is None


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("odrer:1042", (0, 10), "There is no odrer: - did you mean order: ?"),
        ("mug is:opne", (4, 11), "is: knows no opne; did you mean open?"),
        ("before:soon", (0, 11), "before: takes a day: 2026-11-30, 2026-11, yesterday, monday or 7d."),
        ("from: mug", (0, 5), "Write what from: is to be."),
        (
            "has:gold",
            (0, 8),
            "has: knows no gold; it takes attachment, order, tracking, note, draft, link, tag.",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(text, place, words):
    (problem,) = parse_query(text, NOW).problems
    assert ((problem.start, problem.end), problem.words) == (place, words)
    assert problem.caret(text).splitlines()[1] == " " * place[0] + "^" * (place[1] - place[0]) + " " + words


@given(st.text(max_size=40))
def test_no_query_is_an_error(text):
    query = parse_query(text, NOW)
    assert all(isinstance(one, Term) and (one.values or one.at) for one in query.terms)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-30"), ("yesterday", "2026-11-29"), ("monday", "2026-11-30"), ("tue", "2026-11-24"),
        ("sunday", "2026-11-29"), ("7d", "2026-11-23"), ("2w", "2026-11-16"), ("3m", "2026-08-30"),
        ("1y", "2025-11-30"), ("9m", "2026-02-28"), ("2026", "2026-01-01"), ("2026-02", "2026-02-01"),
        ("2026-2-3", "2026-02-03"), ("3.2.2026", "2026-02-03"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_people_write_it(typed, day):
    found = parse_day(typed, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == f"{day} 00:00"


@pytest.mark.parametrize("typed", ["", "t", "soon", "2026-13", "2026-02-30", "9999y", "12.2026"])
def test_an_invalid_day_is_none(typed):
    assert parse_day(typed, NOW) is None


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("or", "order:"), ("mug -ord", "mug -order:"), ("t", "t"), ("ta", "tag:"), ("tag:v", "tag:vip"),
        ("is:un", "is:unanswered"), ("has:a", "has:attachment"), ("status:open,wai", "status:open,waiting"),
        ("order:10", "order:10"), ("mug ", "mug "), ("s", "s"), ("st", "status:"), ("tag:", "tag:"),
    ],
)  # fmt: skip
def test_a_term_is_completed(typed, whole):
    assert complete(typed, lambda field: ("vip", "fair") if field is QueryField.TAG else ()) == whole


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("promise:today", "2026-11-30", "2026-12-01"),
        ("promise:friday", "1970-01-01", "2026-12-05"),
        ("promise:<friday", "1970-01-01", "2026-12-04"),
        ("promise:2026-11-20", "1970-01-01", "2026-11-21"),
        ("promise:tomorrow", "1970-01-01", "2026-12-02"),
    ],
)
def test_a_promise_is_asked_for_by_when_it_is_due(text, first, last):
    (term,) = parse_query(text, NOW).terms
    ((begins, ends),) = term.spans
    days = [datetime.fromtimestamp(at, NOW.tzinfo).strftime("%Y-%m-%d") for at in (begins, ends)]
    assert days == [first, last]


def test_a_promise_on_no_day_says_what_it_takes_and_the_rest_is_completed():
    assert "promise: takes any, today, late" in parse_query("promise:soonish", NOW).problems[0].words
    assert complete("promise:la", lambda _: ()) == "promise:late"


def test_the_last_day_of_the_calendar_is_a_day():
    assert parse_query("promise:9999-12-31", NOW).problems == ()
