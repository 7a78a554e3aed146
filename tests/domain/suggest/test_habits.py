"""Answers that the owner keeps typing, found among thousands and turned into macros."""

from collections import Counter

from deskterm.domain.liquid.fill import check
from deskterm.domain.suggest.habit_text import SentText, habit_text
from deskterm.domain.suggest.habits import find_habits
from domain.suggest.sent_mail import bodies, sent


def test_nearly_all_letters_are_found_among_four_thousand_answers_and_nothing_else():
    mails = sent(4000)
    groups = find_habits([text for _, text in mails])
    names = [
        Counter(name for place in group for name in mails[place][0]).most_common(1)[0][0] for group in groups
    ]
    right = sum(name in mails[place][0] for group, name in zip(groups, names, strict=True) for place in group)
    assert len(set(names)) >= 28
    assert len(set(names)) == len(groups)
    assert right >= 0.95 * sum(map(len, groups))


def test_answers_that_are_all_different_give_no_macro():
    assert find_habits([text for _, text in sent(1600, seed=5, share=0)]) == []


def test_what_changes_is_a_placeholder_and_what_stays_is_the_text():
    mails = [text for names, text in sent(1500, seed=3) if names == ("order-cancelled",)]
    made = habit_text([SentText(text) for text in mails])
    check(made.body)
    kept = [line for line in bodies()["order-cancelled"].split("\n") if line and "{" not in line]
    assert all(line in made.body for line in kept)
    assert "{{ order.number }}" in made.body
    assert "{{ customer.first_name" in made.body


def test_what_is_known_of_each_customer_is_named():
    texts = [
        SentText(
            f"Hello {name},\n\nyour parcel left us with {carrier} on {day}, and it takes three days from here.",
            {name: "{{ customer.first_name }}", carrier: "{{ tracking.carrier }}", day: "{{ tracking.shipped }}"},
        )
        for name, carrier, day in (
            ("Tom", "DHL", "3 May 2026"), ("Ida", "UPS", "9 May 2026"), ("Jo", "Evri", "11 June 2026"),
        )
    ]  # fmt: skip
    made = habit_text(texts)
    assert "{{ tracking.carrier }} on {{ tracking.shipped }}" in made.body
    assert made.title == "Your parcel left us"


def test_a_word_that_always_changes_is_asked_for():
    texts = [
        SentText(
            f"Hello,\n\nwe have put the {what} into your next parcel, at no cost, as you asked us to do."
        )
        for what in ("blue mug", "green bowl", "small plate", "old vase")
    ]
    made = habit_text(texts)
    check(made.body)
    assert '{% ask "What comes after: have put the?" %} into your next parcel' in made.body
