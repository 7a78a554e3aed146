"""What a mail names itself: a code, a size, the goods; and the whole name to greet with."""

import pytest

from deskterm.domain.orders.named_lines import named_lines
from deskterm.domain.orders.order import Money, OrderLine
from deskterm.domain.people.greeting import full_name
from deskterm.domain.suggest.named_values import named_code, wanted_size


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("I order with the discount code WOOL10 from your newsletter", "WOOL10"),
        ("The discount code from your newsletter (WOOL10) doesn't work", "WOOL10"),
        ("Mein Rabattcode HERBST-15 geht nicht", "HERBST-15"),
        ("My code does not work. Order #A1042", ""),
        ("the code WOOL10 or the code WOOL20", ""),
    ],
)
def test_a_code_is_found_beside_the_word_for_it(words, code):
    assert named_code(words) == code


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("They are size 40 and too small. Can I swap them for a 41?", "41"),
        ("Ich brauche Größe 42 statt 41.", "42"),
        ("Je voudrais l'échanger contre une taille M", "M"),
        ("size 40 is too small", ""),
        ("I paid for 40 euros and need 10 days", ""),
        ("I need 41 or for a 42", ""),
    ],
)
def test_a_size_is_the_one_they_want_instead(words, size):
    assert wanted_size(words) == size


def test_the_lines_are_those_whose_goods_are_named():
    euro = Money(100, "EUR")
    bowl, spoon = (OrderLine("", title, "", 1, euro) for title in ("Breakfast bowl", "Olive spoon"))
    assert named_lines((bowl, spoon), "The bowls are blue, not sand.") == (bowl,)
    assert named_lines((bowl, spoon), "Something is missing.") == ()
    assert named_lines((bowl, spoon), "Neither bowl nor spoon came.") == (bowl, spoon)


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Mia Schulz", "Mia Schulz"),
        ("Dr. Mia Schulz", "Dr. Mia Schulz"),
        ("Schulz, Mia", "Mia Schulz"),
        ("Mia", "Mia"),
        ("Schulz GmbH", ""),
        ("", ""),
    ],
)
def test_a_formal_greeting_has_the_whole_name(name, greeted):
    assert full_name(name, "mia.schulz@post.example") == greeted
