"""What is odd about a letter."""

import pytest

from deskterm.domain.review.letter import count_greetings, speaks_of_photo
from deskterm.domain.ticket_work.subjects import says_something


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "Re:",
        "RE: ",
        "Re: Fwd:",
        "AW: WG: ",
        "Re[2]:",
        "Odp: ",
        "R: ",
        "Rép :",
        "回复：",
        "Vá: ",
        "[EXTERNAL] Re:",
        "Re: [Kiln]",
        "(no subject)",
        "kein Betreff",
        "Re: (sans objet)",
        "AW: (ohne Betreff)",
        "無題",
    ],
)
def test_a_subject_of_marks_alone_is_empty(subject):
    assert not says_something(subject)


@pytest.mark.parametrize("subject", ["Re: Mug", "Red mug", "Reorder: 2 mugs"])
def test_a_subject_with_words_is_not(subject):
    assert says_something(subject)


def test_a_macro_put_on_top_of_a_greeted_draft_greets_twice():
    assert count_greetings("Hello Jana,\n\nI have it here.\n\nHello Jana,\n\nyour order left.") == 2
    assert (
        count_greetings(
            "Liebe Frau Keller,\n\nhallo zusammen ist kein Gruß.\n\nSehr geehrte Damen und Herren,\n"
        )
        == 2
    )


@pytest.mark.parametrize(
    "words",
    ["Hello Jana,\n\nthe dear old throw, hey, is back.", "Hi!\nIt is here.", "Bonjour Claire,\nmerci."],
)
def test_one_greeting_is_one(words):
    assert count_greetings(words) == 1


@pytest.mark.parametrize(
    "closing", ["Liebe Grüße,\nLena", "Beste Grüße!", "Beste groeten,\nLena", "Cari saluti,", "Kære hilsner,"]
)
def test_a_closing_is_no_greeting(closing):
    assert count_greetings(f"Hallo Ute,\n\nes ist da.\n\n{closing}\n") == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("山田様", "山田様、"), ("Dobrý den,", "Vážená paní Nová,"), ("Merhaba Ali,", "Sayın Ali Bey,"), ("God dag Bo,", "Kære Bo"),
        ("Moi Aino,", "Hei Aino!"), ("Здравствуйте, Анна!", "Добрый день, Анна,"), ("Olá Rui,", "Boa tarde, Rui,"),
    ],
)  # fmt: skip
def test_greetings_are_counted_in_more_languages(one, two):
    assert count_greetings(f"{one}\n\nx\n\n{two}\n\ny") == 2


@pytest.mark.parametrize(
    "words",
    [
        "On your photo I can see the crack.", "Auf Ihrem Foto sieht man den Riss.", "Sur votre photo on voit l'éclat.",
        "En tu foto se ve la grieta.", "Kiitos kuvasta.", "Děkuji za fotku.", "사진 감사합니다.", "写真を拝見しました。",
    ],
)  # fmt: skip
def test_a_letter_that_says_what_their_photo_shows_speaks_of_it(words):
    assert speaks_of_photo(words)


@pytest.mark.parametrize(
    "words", ["Could you send a photo?", "A picture of the crack would help.", "Bitte schicken Sie ein Foto."]
)
def test_a_letter_that_asks_for_a_photo_does_not(words):
    assert not speaks_of_photo(words)
