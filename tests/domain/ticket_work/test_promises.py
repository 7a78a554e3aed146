"""Which dates of our letters are promises. It is Wednesday 18 November 2026, 10:00 in Berlin."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.ticket_work.promises import promised_dates

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Berlin"))

MADE = [  # a letter's sentence, the day promised (and the time, where it is not the end of the day)
    ("You will hear from me by Friday.", "20 Nov 17:00"),
    ("You will hear from me by 16:00.", "18 Nov 16:00"),
    ("I'll send the replacement on Monday and write again when it is on its way.", "23 Nov 17:00"),
    ("Your parcel left on Monday and will reach you by Thursday.", "19 Nov 17:00"),
    ("We will refund you within 3 working days.", "23 Nov 17:00"),
    ("By 8 December 2026 I will write to you again with what I have found out.", "8 Dec 17:00"),
    (
        "You get a proper answer from me by December 8: what went wrong, and what I will do about it.",
        "8 Dec 17:00",
    ),
    ("The mug should be with you by the end of the week.", "20 Nov 17:00"),
    ("It will ship tomorrow at 9 am.", "19 Nov 09:00"),
    ("I will look into it and get back to you in two weeks.", "2 Dec 17:00"),
    ("Sie hören bis Freitag von mir.", "20 Nov 17:00"),
    ("Bis zum 8. Dezember 2026 hören Sie von mir, mit Antwort oder ohne.", "8 Dec 17:00"),
    ("Wir schicken Ihnen den Ersatz am Montag.", "23 Nov 17:00"),
    ("Das Paket wird am Montag verschickt.", "23 Nov 17:00"),
    ("Ich melde mich morgen bis 12 Uhr bei Ihnen.", "19 Nov 12:00"),
    ("Die Erstattung ist innerhalb von 5 Werktagen bei Ihnen.", "25 Nov 17:00"),
    ("Das Paket kommt spätestens am 25.11. bei Ihnen an.", "25 Nov 17:00"),
    (
        "Vous aurez une vraie réponse de ma part au plus tard le 25 novembre : je reprends tout.",
        "25 Nov 17:00",
    ),
    ("Je vous enverrai le remplacement vendredi.", "20 Nov 17:00"),
    ("Le colis arrivera sous 4 jours.", "22 Nov 17:00"),
    ("Tendrás una respuesta de verdad el 25 de noviembre como muy tarde.", "25 Nov 17:00"),
    ("Le enviaremos el paquete el lunes.", "23 Nov 17:00"),
    ("Tendrás noticias mías el 25 de noviembre como muy tarde, aparezca o no.", "25 Nov 17:00"),
    ("No quiero decirte un día que no pueda cumplir, y tendrás noticias mías el viernes.", "20 Nov 17:00"),
    ("Je vous écris au plus tard le 25 novembre.", "25 Nov 17:00"),
    ("Au plus tard le 1er décembre 2026, je vous dirai quel jour elle part.", "1 Dec 17:00"),
    ("El 8 de diciembre de 2026 como muy tarde te diré qué día sale.", "8 Dec 17:00"),
    ("By 8 Dec 2026 I will have told you on which day it leaves.", "8 Dec 17:00"),
    ("Sie hören von mir bis zum 1. Dezember 2026, 13:00 Uhr.", "1 Dec 13:00"),
    ("Je vous répondrai le 1er décembre 2026, avant 13:00.", "1 Dec 13:00"),
    ("Je vous écrirai au plus tard le 1 décembre 2026, que le colis soit retrouvé ou non.", "1 Dec 17:00"),
    ("Vous aurez de mes nouvelles vendredi : je vous dirai ce qui n'a pas marché.", "20 Nov 17:00"),
    ("Sie hören bis zum 25. November von mir, auch wenn die Antwort Nein ist.", "25 Nov 17:00"),
    ("Recibirá el reembolso en 3 días laborables.", "23 Nov 17:00"),
    ("We'll have an answer from the carrier for you by Tuesday next week.", "24 Nov 17:00"),
    ("A replacement is going to be sent out on 24 November.", "24 Nov 17:00"),
    ("I promise that you hear from me by tomorrow evening.", "19 Nov 17:00"),
    ("Money back: it should reach your account within five working days.", "25 Nov 17:00"),
    ("Spätestens am Donnerstag bekommen Sie die Sendungsnummer von mir.", "19 Nov 17:00"),
    ("Der Ersatz geht am 23. November auf den Weg.", "23 Nov 17:00"),
    ("Ich rufe Sie heute bis 15 Uhr an.", "18 Nov 15:00"),
    ("Nous vous rembourserons d'ici la fin du mois.", "30 Nov 17:00"),
    ("Je vous répondrai avant mercredi.", "18 Nov 17:00"),
    ("El paquete llegará antes del 27 de noviembre.", "27 Nov 17:00"),
    ("Mañana le escribiré de nuevo.", "19 Nov 17:00"),
]
NONE = [
    "Please send it back by Friday.",
    "If you write to me by Friday, I can still change it.",
    "You will need to return it by 25 November.",
    "Your order left us on Monday.",
    "Shall I send it on Monday, or will Tuesday do?",
    "It will not arrive before Friday.",
    "We are closed until Monday.",
    "I will look into it and write to you.",
    "Order #1042 of 3 November is on its way.",
    "You will, if you send it back by Friday, get your money back.",
    "It can go back, please, by Friday.",
    "The offer is valid until 30 November.",
    "Bitte senden Sie es bis Freitag zurück.",
    "Sie können es bis zum 25. November umtauschen.",
    "Ihr Paket wurde am Montag zugestellt.",
    "Das Paket ist am Montag auf den Weg gegangen.",
    "Wir haben es Ihnen am Montag verschickt.",
    "Wenn Sie bis Freitag schreiben, ändere ich es noch.",
    "Veuillez nous le renvoyer avant vendredi.",
    "Vous pouvez le renvoyer jusqu'au 25 novembre.",
    "Por favor, envíelo antes del viernes.",
    "Puede devolverlo hasta el 25 de noviembre.",
    "You have until 30 November to send it back to us.",
    "Could you tell me by Friday whether you still want it?",
    "I will also tell you whether it can be there by 24 December.",
    "Ich sage Ihnen auch, ob es bis 24. Dezember da sein kann.",
    "We shipped it yesterday, on Tuesday.",
    "Let me know by Monday and I will change the address.",
    "Geben Sie mir bitte bis Montag Bescheid.",
    "Wir haben bis Montag geschlossen.",
    "Votre commande est partie lundi.",
    "Merci de nous répondre avant lundi.",
    "Su pedido salió el lunes.",
    "Tiene hasta el viernes para devolverlo.",
]


def found(letter: str) -> list[str]:
    dates = (datetime.fromtimestamp(one.due_at, NOW.tzinfo) for one in promised_dates(letter, NOW))
    return [f"{one.day} {one:%b %H:%M}" for one in dates]


@pytest.mark.parametrize(("letter", "day"), MADE)
def test_what_we_say_we_will_do_by_a_date_is_a_promise(letter, day):
    assert found(letter) == [day]


@pytest.mark.parametrize("letter", NONE)
def test_what_others_do_what_is_past_and_what_is_open_is_no_promise(letter):
    assert found(letter) == []


def test_the_words_are_those_of_the_letter():
    (promise,) = promised_dates("Hello Jana,\n\nyou will have it by Friday, I promise.\n\nAnna", NOW)
    assert promise.words == "by Friday"


def test_a_promise_comes_back_in_the_morning_of_its_day_or_two_hours_before_its_time():
    for letter, back in (
        ("You will have it by Friday.", (20, 8)),
        ("You will hear from me by 16:00.", (18, 14)),
    ):
        (promise,) = promised_dates(letter, NOW)
        at = datetime.fromtimestamp(promise.remind_at, NOW.tzinfo)
        assert (at.day, at.hour) == back


def test_two_promises_in_a_letter_are_two_the_earlier_first():
    letter = "The refund will be with you by 27 November.\n\nYou will hear from me by Friday."
    assert found(letter) == ["20 Nov 17:00", "27 Nov 17:00"]


def test_the_promises_of_a_whole_letter_are_found():
    letter = (
        "Hello Jana,\n\nthank you for the photos. I am sorry that the bowl broke. A new one leaves here on Monday;\n"
        "you need not send anything back. Please keep the box until Friday, the carrier may ask for it.\n\n"
        "Warm wishes\nAnna, Loom & Clay\n"
    )
    assert found(letter) == ["23 Nov 17:00"]
