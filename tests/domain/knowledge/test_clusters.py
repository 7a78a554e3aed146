"""The same question in other words belongs to one theme; other matters do not."""

from collections import Counter
from zlib import crc32

import pytest
from rich.cells import cell_len

from deskterm.domain.knowledge.clusters import find_clusters
from deskterm.domain.knowledge.themes import (
    CustomerQuestion,
    in_order,
    make_theme,
    of_one_matter,
)
from deskterm.domain.knowledge.typical import count_words, typical_question

WEEK = 7 * 86400
NOW = 2_000_000_000
OPENINGS = (
    "Hello, could you please help me? ", "Hi there,\n\n", "Good morning, I have a question. ", "",
    "Dear team, I hope you can help. ", "Hello again, sorry to bother you. ",
)  # fmt: skip
MATTERS = {
    "customs": ("Do I have to pay customs for a parcel to Norway?", "Who pays the customs duties for Norway?",
                "The post wants customs duties for my parcel, is that right?", "Are customs duties included?",
                "How much are the duties for a parcel to Norway?", "Must I pay duties at the customs office?"),
    "wash": ("Can the wool blanket be washed in a machine?", "How do I wash the blanket?",
             "Is machine washing safe for the wool blanket?", "At what temperature may I wash the wool?",
             "May the blanket go into the washing machine?", "How to wash wool without it shrinking?"),
    "invoice": ("I need an invoice with our VAT number.", "Please send me the invoice for my company.",
                "Could I have an invoice with the VAT number on it?", "Where do I find the invoice?",
                "The company needs an invoice for the tax office.", "Our VAT number is missing on the invoice."),
    "visit": ("Do you have a workshop one can visit?", "When is the workshop open to visitors?",
              "Can we visit the workshop on Saturday?", "May I pick the order up at the workshop?",
              "Is the workshop open for visitors on Saturdays?", "Where is the workshop, may one visit it?"),
    "voucher": ("The voucher code is refused at checkout.", "My voucher does not work.",
                "I cannot enter the voucher code.", "It says that the voucher has expired.",
                "How do I use the voucher code at checkout?", "The voucher code was refused twice."),
}  # fmt: skip
MAILS = [
    (OPENINGS[(at + crc32(name.encode())) % len(OPENINGS)] + text + (" Kind regards, Kim" if at % 2 else ""), name, at)
    for name, texts in MATTERS.items()
    for at, text in enumerate(texts)
]  # fmt: skip


def clusters_of(mails) -> list[Counter]:
    none = [""] * len(mails)
    groups = find_clusters([text for text, *_ in mails], none, none)
    return [Counter(mails[place][1] for place in group) for group in groups]


@pytest.mark.parametrize("shuffled", [False, True])
def test_each_matter_is_a_theme_of_its_own_in_whatever_order_they_came(shuffled):
    mails = sorted(MAILS, key=lambda one: crc32(one[0].encode())) if shuffled else MAILS
    found = clusters_of(mails)
    together = sum(sum(one.values()) for one in found)
    right = sum(one.most_common(1)[0][1] for one in found)
    assert right / together >= 0.8
    assert together / len(mails) >= 0.8
    assert {one.most_common(1)[0][0] for one in found} == set(MATTERS)


def test_two_languages_come_together_by_their_answer():
    texts = [*MATTERS["customs"], "Muss ich Zoll zahlen?", "Wer zahlt den Zoll?", "Kommt Zoll dazu?"]
    texts += MATTERS["visit"]
    answers = ["duties"] * 9 + [""] * 6
    (first, *_) = find_clusters(texts, answers, [""] * len(texts))
    assert set(first) == set(range(9))


def test_a_few_questions_and_empty_ones_are_no_theme():
    assert find_clusters([], [], []) == []
    assert find_clusters(["", " ", "?"], [""] * 3, [""] * 3) == []
    assert find_clusters(["Where is it?", "Where is it?"], [""] * 2, [""] * 2) == []


def question(number, days_ago, text="Do I pay customs duties?", **more) -> CustomerQuestion:
    return CustomerQuestion(number, NOW - int(days_ago * 86400), "Hi", text, **more)


def words_of(questions):
    return count_words([one.text for one in questions])


@pytest.mark.parametrize(
    ("ages", "grows"),
    [
        ([1, 2, 3], True),
        ([1, 2], False),
        ([1, 2, 3, *range(8, 34, 2)], False),  # three a week is usual
        ([1, 1, 2, 2, 3, 3, 4, 9, 16, 23], True),
        ([*range(8, 34)], False),
    ],
)
def test_a_theme_grows_where_more_come_than_chance_brings(ages, grows):
    listed = [question(number, age) for number, age in enumerate(ages)]
    assert make_theme(listed, words_of(listed), NOW).grows is grows


@pytest.mark.parametrize(
    ("categories", "answers", "kept"),
    [
        (("", "", "", ""), ("", "", "", ""), [0, 1, 2, 3]),  # a shop that files nothing
        (("return", "", "", ""), ("", "", "", ""), [0, 1, 2, 3]),
        (("return", "return", "stock", ""), ("", "", "", ""), [0, 1, 3]),
        (("return", "return", "stock", ""), ("a", "a", "a", ""), [0, 1, 2, 3]),
        (("return", "stock", "address", ""), ("", "", "", ""), []),
        (("return", "stock", "address", ""), ("a", "a", "b", ""), [0, 1, 2, 3]),
    ],
)
def test_questions_that_were_filed_under_several_categories_are_no_theme(categories, answers, kept):
    assert of_one_matter(categories, answers) == kept


def test_a_long_question_is_cut_and_one_without_an_orders_number_is_taken_before_one_with_it():
    asked = ["Where is the parcel with order 1042?", "Where is the parcel that I have been waiting for?"]
    listed = [question(n, n, asked[n % 2]) for n in range(4)]
    assert make_theme(listed, words_of(listed), NOW).question == asked[1]
    long = [
        question(n, n, "Do you know where my parcel is, the one I ordered two weeks ago for my sister?")
        for n in range(3)
    ]
    cut = make_theme(long, words_of(long), NOW).question
    assert cut == "Do you know where my parcel is?"
    wide = "絶対に割れないと書いてあったのに届いた箱を開けたら割れていましたがどうすればよいのでしょうか本当に困っています"
    listed = [question(n, n, wide) for n in range(3)]
    assert cell_len(make_theme(listed, words_of(listed), NOW).question) <= 60


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("My throw has a hole. Can I send back the throw from order #1042?", "Can I send back the throw?"),
        ("Please cancel order #1042, thank you.", "Please cancel order, thank you"),
        ("in meinem Paket (Bestellung 952) war etwas Falsches.", "In meinem Paket war etwas Falsches"),
        ("PLEASE CANCEL IT NOW. Can the order be cancelled?", "Can the order be cancelled?"),
    ],
)
def test_a_title_reads_like_a_question_and_names_no_order(said, title):
    assert typical_question([said] * 3, count_words([said] * 3)) == title


def test_a_title_is_in_the_language_of_most():
    asked = ["Kunnen jullie het nakijken? Waar is het?", *["Where is my parcel with the cups now?"] * 3]
    assert typical_question(asked, count_words(asked)) == "Where is my parcel with the cups now?"


def test_examples_are_not_one_text_with_other_numbers():
    asked = [*(f"My parcel {n} is late." for n in range(5)), "Where is my parcel?"]
    listed = [question(n, n, text) for n, text in enumerate(asked)]
    assert make_theme(listed, words_of(listed), NOW).examples == (
        "My parcel 0 is late.",
        "Where is my parcel?",
    )


def test_a_theme_is_named_by_what_its_customers_ask_and_knows_who_answered():
    asked = ["Hello, I hope you are well. Do I pay customs duties for Norway?", "Customs duties for Norway?"]
    listed = [question(n, n, asked[n % 2], macro="duties" if n else "", answered=90 + n) for n in range(4)]
    other = [question(n, 40, "I hope you are well. How do I wash it?") for n in range(9, 14)]
    theme = make_theme(listed, words_of(listed + other), NOW)
    assert theme.question == "Do I pay customs duties for Norway?"
    assert (theme.macro, theme.by_hand, theme.week) == ("duties", (90,), 4)
    assert [one.grows for one in in_order([make_theme(other, words_of(other), NOW), theme])] == [
        True,
        False,
    ]
