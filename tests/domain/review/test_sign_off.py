"""Who signs a mail, whom a letter greets, and whether a letter is signed at all."""

import pytest

from deskterm.domain.review.sign_off import greeted_name, has_sign_off, signed_by_other, signed_name


@pytest.mark.parametrize(
    ("mail", "name"),
    [
        ("Where is it?\n\nThanks\nJana", "Jana"),
        ("Where is it?\n\nThanks, Jana", "Jana"),
        ("Wo bleibt sie?\n\nMit freundlichen Grüßen\nBjörn Hölscher\nLindenallee 3", "Björn Hölscher"),
        ("Où est-elle ?\n\nCordialement,\nAmélie Fournier", "Amélie Fournier"),
        ("¿Dónde está?\n\nUn saludo\nCarmen Ibáñez", "Carmen Ibáñez"),
        ("Waar is het?\n\nGroetjes,\nAnouk de Wit", "Anouk de Wit"),
        ("It came broken.\n\nPaul", "Paul"),
        ("It came broken.\n\n-- \nTom Iversen\nIversen Joinery, Leeds", ""),
        ("It came broken. Can you help?", ""),
        ("Please send two more.\n\nThank you", ""),
        ("Is it here?\n\nWhat now?", ""),
    ],
)
def test_the_name_below_a_mail_is_its_writers(mail, name):
    assert signed_name(mail) == name


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("Hello Jana,\n\nit is here.", "Jana"),
        ("Hallo Frau Keller,\n\n", "Keller"),
        ("Hola, Carmen:\n\n", "Carmen"),
        ("Sehr geehrte Frau Dr. von Arx,", "von Arx"),
        ("Hello there,", ""),
        ("Sehr geehrte Damen und Herren,", ""),
        ("Bonjour,\n\nmerci.", ""),
        ("It is here.", ""),
    ],
)
def test_the_greeting_names_somebody_or_nobody(letter, name):
    assert greeted_name(letter) == name


@pytest.mark.parametrize(
    ("letter", "mail", "other"),
    [
        ("Hello Paul,", "Where is it?\n\nBest\nJana Mertens", "Jana Mertens"),
        ("Hallo Frau Keller,", "Wo bleibt es?\n\nGruß\nPeter Sommer", "Peter Sommer"),
        ("Hello Jana,", "It is Jana again.\n\nThanks\nJ.", ""),
        ("Hello Katherine,", "Hi\n\nThanks,\nKate", ""),
        ("Hallo Bjoern,", "Hallo\n\nGruß\nBjörn Hölscher", ""),
        ("Hello Jana,", "Where is it?", ""),
        ("Hello there,", "Where is it?\n\nBest\nJana", ""),
        ("Hello Keira,", "PLEASE CANCEL\n\nKEIRA", ""),
    ],
)
def test_a_letter_to_somebody_else_than_the_signer_is_noticed(letter, mail, other):
    assert signed_by_other(letter, mail) == other


@pytest.mark.parametrize(
    ("letter", "writer", "other"),
    [
        ("Hi Tom,", "Zoe Lim", "Zoe Lim"),
        ("Hi Zoe,", "Zoe Lim", ""),
        ("Hi Tom,", "Yoga Studio", ""),
        ("Hi there,", "Zoe Lim", ""),
    ],
)
def test_where_nobody_signed_the_name_of_the_writer_counts(letter, writer, other):
    assert signed_by_other(letter, "Is it dishwasher safe? Zoe", writer) == other


@pytest.mark.parametrize(
    "letter",
    [
        "It is here.\n\nLena",
        "It is here.\n\nBest wishes\nLena\nOak & Wool",
        "Es ist da.\n\nViele Grüße!",
        "It is here.\n\n-- \nOak & Wool",
        "C'est parti.\n\nCordialement,\nLéna",
    ],
)
def test_a_signed_letter_is_recognised(letter):
    assert has_sign_off(letter)


@pytest.mark.parametrize("letter", ["It is here.", "Hello Jana,\n\nit left on Monday.", "Thanks", ""])
def test_a_letter_that_nobody_signs_is_recognised(letter):
    assert not has_sign_off(letter)


@pytest.mark.parametrize(
    "last", ["Gracias por esperar.", "Thank you for waiting.", "Merci de votre patience.", "It left. Thanks!"]
)
def test_thanks_for_something_close_no_letter(last):
    assert not has_sign_off(f"Hello,\n\n{last}")


@pytest.mark.parametrize(
    ("greeted", "signed"),
    [
        ("Bill", "William Hart"),
        ("Liz", "Elizabeth"),
        ("Bob", "Robert"),
        ("Pepe", "José Ruiz"),
        ("Hans", "Johannes Keil"),
    ],
)
def test_a_short_form_that_begins_differently_is_the_same_person(greeted, signed):
    assert signed_by_other(f"Hello {greeted},\n\nx", f"Where is it?\n\nRegards\n{signed}") == ""
