"""What a store writes around its order numbers is learned from the numbers, and customers may leave it out."""

import pytest

from deskterm.domain.orders.affixes import NONE, Affixes, learn_affixes


@pytest.mark.parametrize(
    ("numbers", "learned"),
    [
        (["WEB-1042", "WEB-1043", "WEB-1044"], Affixes("WEB-")),
        (["1042-DE", "1043-DE", "1044-DE"], Affixes("", "-DE")),
        (["K2026-1042-EU", "K2026-1043-EU", "K2026-1044-EU"], Affixes("K2026-", "-EU")),
        (["000000071", "000000072", "000000110"], Affixes("", "", 9)),
        (["1042", "1043", "1044"], NONE),
        (["WEB-1042", "WEB-1043"], NONE),
        (["WEB-1", "EU-1042", "US-1043", "1044"], NONE),
        ([*["A-10"] * 19, "B-10"], Affixes("A-")),
        ([], NONE),
    ],
)
def test_a_habit_is_what_nearly_all_numbers_share(numbers, learned):
    assert learn_affixes(numbers) == learned


@pytest.mark.parametrize(
    ("affixes", "typed", "number"),
    [
        (Affixes("WEB-"), "1042", "WEB-1042"),
        (Affixes("WEB-"), "web-1042", "WEB-1042"),
        (Affixes("WEB-", "-DE"), "1042", "WEB-1042-DE"),
        (Affixes("WEB-", "-DE"), "1042-de", "WEB-1042-DE"),
        (Affixes("", "", 9), "71", "000000071"),
        (Affixes("WEB-"), "R-1042", "R-1042"),
    ],
)
def test_a_number_is_written_as_the_store_writes_it(affixes, typed, number):
    assert affixes.write(typed) == number


def test_the_bare_number_is_what_customers_write():
    assert Affixes("WEB-", "-DE").bare("WEB-1042-DE") == "1042"
    assert Affixes("", "", 9).bare("000000071") == "71"
    assert NONE.bare("1042") == "1042"
