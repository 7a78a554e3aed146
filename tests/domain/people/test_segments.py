"""The owner's segments: rules over a customer's figures."""

import pytest

from deskterm.config.setting import check_segments
from deskterm.domain.orders.order import Money
from deskterm.domain.people.customers import Customer, CustomerFacts
from deskterm.domain.people.segments import find_segments

NOW = 1_790_000_000
DAY = 86_400


def facts(**more):
    known = {
        "orders": 6,
        "spent": (Money(30_000, "EUR"),),
        "refunds": 0,
        "since": NOW - 400 * DAY,
        "last_order_at": NOW - 40 * DAY,
    }
    customer = Customer(1, "Ann", ("ann@x.example",), NOW - DAY)
    return CustomerFacts(customer, earlier_tickets=0, open_tickets=(), **(known | more))


@pytest.mark.parametrize(
    ("rule", "more", "holds"),
    [
        ("orders >= 5", {}, True),
        ("orders > 6", {}, False),
        ("spent >= 300", {}, True),
        ("spent > 300.50", {}, False),
        ("spent >= 3000", {"spent": (Money(3000, "JPY"),)}, True),
        ("orders >= 9 or spent >= 300", {}, True),
        ("orders >= 5 and refunds >= 2", {}, False),
        ("orders >= 5 and refunds >= 2", {"refunds": 2}, True),
        ("orders >= 99 and refunds = 0 or days > 365", {}, True),
        ("quiet > 30", {}, True),
        ("quiet > 30", {"last_order_at": None, "orders": 0}, False),
        ("quiet < 30", {"last_order_at": None, "orders": 0}, False),
        ("orders=6", {}, True),
    ],
)
def test_a_rule_holds_or_not(rule, more, holds):
    assert find_segments(facts(**more), {"VIP": rule}, NOW) == (("VIP",) if holds else ())


def test_segments_come_in_the_owners_order():
    assert find_segments(facts(), {"b": "orders > 1", "x": "orders > 99", "a": "orders > 2"}, NOW) == (
        "b",
        "a",
    )


@pytest.mark.parametrize(
    "rule",
    ["", "orders", "orders > many", "revenue > 5", "orders > 5 and", "orders > 5; drop", "orders >> 5"],
)
def test_an_invalid_rule_is_named(rule):
    assert "is no condition" in check_segments({"VIP": rule})


def test_rules_that_can_be_read_are_fine():
    assert not check_segments(
        {"VIP": "orders >= 5 or spent >= 300", "at risk": "refunds >= 2 and quiet > 90"}
    )
