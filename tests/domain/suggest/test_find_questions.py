"""What a mail asks besides its matter: dates, quantities, second questions."""

from datetime import date

import pytest

from deskterm.domain.suggest.find_questions import also_asked
from deskterm.domain.suggest.further_questions import AskKind

MONDAY = date(2026, 11, 30)


def asks(text, matter=()):
    return [(ask.kind.value, ask.words, ask.day or ask.count) for ask in also_asked(text, MONDAY, matter)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("We are moving on Friday. Please ship it to the new flat.", "Friday", date(2026, 12, 4)),
        ("It is a present, I need it by Saturday.", "Saturday", date(2026, 12, 5)),
        ("Kann die Decke bis zum 18.12. da sein?", "18.12.", date(2026, 12, 18)),
        ("Könnt ihr noch vor Weihnachten liefern?", "Weihnachten", date(2026, 12, 24)),
        ("Pouvez-vous livrer avant le 14 décembre ?", "14 décembre", date(2026, 12, 14)),
        ("Necesito el pedido antes del 12/12.", "12/12", date(2026, 12, 12)),
        ("Please send it before 3 February.", "3 February", date(2027, 2, 3)),
        ("I have to have it by 12/20/2026.", "12/20/2026", date(2026, 12, 20)),
    ],
)
def test_a_deadline_is_found_with_its_date(text, words, day):
    assert asks(text)[0] == ("by_date", words, day)


@pytest.mark.parametrize(
    "text",
    [
        "There was no scan since last Thursday.",
        "It arrived on Monday broken.",
        "Ich habe am 3. November bestellt.",
        "It was promised by 12 November.",
        "Guten Morgen, das Paket ist da.",
        "Wir haben es letzten Freitag bekommen.",
    ],
)
def test_a_day_that_has_passed_is_no_deadline(text):
    assert asks(text) == []


def test_a_day_that_may_be_one_of_two_is_listed_without_a_date():
    (ask,) = also_asked("Please deliver before 3/4.", MONDAY)
    assert (ask.kind, ask.words, ask.day) == (AskKind.BY_DATE, "3/4", None)


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("I would like another two mugs.", "another two", 2),
        ("Ich hätte gern noch drei Tassen dazu.", "noch drei", 3),
        ("Puedo añadir dos más, por favor.", "dos más", 2),
        ("Please send 4 more of them.", "4 more", 4),
        ("I ordered 3 instead of 2.", "3 instead of", 0),
    ],
)
def test_a_quantity_is_found(text, words, count):
    assert asks(text) == [("quantity", words, count)]


@pytest.mark.parametrize(
    "text", ["I have one more question about it.", "Noch eine Frage dazu.", "I waited 3 more days for it."]
)
def test_another_question_or_day_is_no_quantity(text):
    assert not [ask for ask in asks(text) if ask[0] == "quantity"]


def test_the_matter_is_not_listed_the_second_question_is():
    text = "Hi, where is my parcel? Do you also sell the mug in blue? Can you help?"
    assert asks(text, ("where is",)) == [("question", "Do you also sell the mug in blue?", 0)]


def test_the_question_that_a_macro_answers_is_the_matter_wherever_it_is():
    text = "Is the mug dishwasher safe? And where is my parcel?"
    assert asks(text, ("where is my parcel",)) == [("question", "Is the mug dishwasher safe?", 0)]


def test_one_question_is_the_matter_unless_it_says_that_it_is_another():
    assert asks("The lid is cracked. What do you do about it?") == []
    assert [one[0] for one in asks("The lid is cracked. One more question: is it oven proof?")] == [
        "question"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I want to return the vase. How does that work?",
        "Ich möchte die Vase zurückgeben. Wie läuft das ab?",
        "Je voudrais retourner le vase. Comment faire ?",
        "Quiero devolver el jarrón. ¿Cómo funciona?",
    ],
)
def test_a_question_about_the_next_step_is_no_question_of_its_own(text):
    assert asks(text, ("return the vase", "zurückgeben", "retourner", "devolver")) == []


def test_each_question_is_at_its_place_in_the_text():
    text = "Where is it? I need it by Friday, and another two. Is it also sold in red?"
    for ask in also_asked(text, MONDAY, ("where is",)):
        assert text[ask.start : ask.end] == ask.words


def test_two_questions_in_one_sentence_are_two():
    text = "How do I return the plate, and do you ship to Norway?"
    assert asks(text, ("return",)) == [("question", "do you ship to Norway?", 0)]


@pytest.mark.parametrize("text", ["Where is my order 123?", "I need a refund for the order of 3 May"])
def test_the_number_of_an_order_or_a_day_is_no_quantity(text):
    assert asks(text) == []


@pytest.mark.parametrize("text", ["it must arrive tomorrow", "Wedding is 12/12"])
def test_what_is_needed_names_its_day(text):
    assert [one[0] for one in asks(text)] == ["by_date"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Onde está? Queria mais três pratos.", 3), ("Gdzie to jest? Chcę jeszcze dwa talerze.", 2), ("Var är det? Jag vill ha fyra fat till.", 4),
        ("¿Dónde está? Quiero tres platos más.", 3), ("どこですか？皿をあと三枚お願いします。", 3),
    ],
)  # fmt: skip
def test_a_quantity_is_found_in_more_languages(text, count):
    (ask,) = [one for one in also_asked(text, date(2026, 11, 5)) if one.kind is AskKind.QUANTITY]
    assert ask.count == count


def test_what_an_order_holds_already_is_no_quantity():
    assert also_asked("My order of 3 bowls, where is it?", date(2026, 11, 5)) == ()
