"""A page for everybody contains nothing of a customer; the shop's own data may be there."""

import pytest

from deskterm.domain.knowledge.private import KnownPersons, find_private

KNOWN = KnownPersons(
    frozenset({"jana mertens", "jana", "mertens", "rose", "li wei"}),
    frozenset({"hafenstr. 3"}),
    frozenset({"hello@loom.example", "anna", "loom & clay"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to jana@mertens.example.", "the address jana@mertens.example"),
        ("As we told you in T1043.", "the ticket T1043"),
        ("It was order #1042 then.", "the order #1042"),
        ("Call +49 40 1234 5678 for it.", "the number +49 40 1234 5678"),
        ("Follow 00340434161094042557 there.", "the number 00340434161094042557"),
        ("as jana   mertens found out", "the name Jana Mertens"),
        ("We did that for Jana's ring.", "the name Jana's"),
        ("It goes to Hafenstr. 3, third floor.", "the street hafenstr. 3"),
        ("So asked Li Wei.", "the name Li Wei"),
    ],
)
def test_what_is_a_customers_is_found(text, found):
    assert find_private(text, KNOWN) == found


@pytest.mark.parametrize(
    "text",
    [
        "Write to hello@loom.example, or ask Anna.",
        "You have 14 days, from 60 € on it is free, until 2026-12-24.",
        "Wash it at 30 °C. Rose is a colour of 2026.",
        "A rose-coloured throw of 130 × 180 cm costs 1.250,00 €.",
        "Orders over 100 € (120 CHF) go within 3 to 5 days.",
    ],
)
def test_what_is_everybodys_is_not(text):
    assert find_private(text, KNOWN) == ""


def test_the_owner_may_allow_a_word():
    assert find_private("We have it in Rose too.", KNOWN) == "the name Rose"
    assert find_private("We have it in Rose too.", KNOWN, ("Rose",)) == ""
