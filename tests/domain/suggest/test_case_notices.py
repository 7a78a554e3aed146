"""What a payment service writes to a seller about a buyer's case, in the customers' languages."""

import pytest

from deskterm.domain.suggest.case_notices import is_case_notice
from deskterm.domain.suggest.disputes import is_dispute

CASES = [
    "Fall PP-D-118273: Ein Käufer hat ein Problem gemeldet. Antworten Sie bis 8. Dezember, sonst wird der Fall zugunsten des Käufers entschieden.",
    "You've received a dispute. Case number PP-D-44812. Please respond by December 8.",
    "A buyer has reported a problem with a transaction. Case ID: PP-D-11927. Respond by 8 Dec or we will close the case in the buyer's favour.",
    "Un acheteur a signalé un problème. Dossier PP-D-2281. Répondez avant le 8 décembre.",
    "Un comprador ha abierto una reclamación. Caso PP-D-8812. Responde antes del 8 de diciembre.",
    "Un acquirente ha segnalato un problema. Pratica PP-D-1123. Rispondi entro l'8 dicembre.",
    "Een koper heeft een probleem gemeld. Zaak PP-D-1123. Reageer voor 8 december.",
    "Um comprador comunicou um problema. Caso PP-D-1123. Responda até 8 de dezembro.",
    "Kupujący zgłosił problem. Sprawa PP-D-1123. Odpowiedz do 8 grudnia.",
    "En köpare har rapporterat ett problem. Ärende PP-D-1123. Svara senast den 8 december.",
    "En køber har rapporteret et problem. Sag PP-D-1123. Svar senest 8. december.",
    "購入者が問題を報告しました。ケース PP-D-1123。12月8日までにご返答ください。",
    "A payment of €44.70 was disputed by your customer's bank. You have until Dec 8 to submit evidence.",
    "Chargeback received for order #1042. Submit your response by December 8.",
    "The buyer opened a request: item not received. You have 3 business days to respond.",
    "Eine Zahlung wurde vom Karteninhaber angefochten. Reichen Sie Nachweise bis zum 8. Dezember ein.",
    "Un client conteste le paiement de la commande 1042. Vous avez jusqu'au 8 décembre pour répondre.",
]
OTHERS = [
    "Your PayPal payout is on its way.",
    "Sie haben eine Zahlung von Eva Lind erhalten. Transaktionscode 9AB.",
    "Case 4x6 frame: where is it?",
    "Fall Sie Fragen haben, melden Sie sich.",
    "The buyer left you feedback.",
    "I have a problem with my phone case PP-12, it broke.",
    "In case of a problem, please respond.",
    "Your package case number 12 at DHL is open",
    "Ein Käufer hat eine Bewertung abgegeben",
    "Ich habe ein Problem gemeldet und warte auf Antwort.",
]


@pytest.mark.parametrize("text", CASES)
def test_a_buyers_case_that_wants_an_answer_by_a_day_is_a_dispute(text):
    assert is_dispute(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_news_of_a_payment_service_and_customers_own_words_are_none(text):
    assert not is_case_notice(text)
