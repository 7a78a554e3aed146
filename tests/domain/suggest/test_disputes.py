"""Disputes, recognised by the customer's words."""

import pytest

from deskterm.domain.suggest.disputes import is_dispute


@pytest.mark.parametrize(
    "text",
    [
        "I have filed a chargeback.", "I am disputing the charge with my credit card company.",
        "I opened a case with PayPal today.", "My solicitor will be in touch.", "We will take you to court.",
        "I have reported you to Trading Standards.", "Ich habe den Betrag zurückbuchen lassen: Rückbuchung läuft.",
        "Ich habe Käuferschutz beantragt.", "Mein Anwalt meldet sich bei Ihnen.", "Ich wende mich an die Verbraucherzentrale.",
        "Sonst erstatte ich Strafanzeige.", "Je vais saisir la DGCCRF.", "Dernière mise en demeure.", "Mon avocat vous écrira.",
        "He iniciado un contracargo.", "Pondré una hoja de reclamaciones.", "Il mio avvocato la contatterà.",
        "Ik schakel mijn advocaat in.", "Vou recorrer à defesa do consumidor.", "Zgłoszę to do rzecznika konsumentów.",
        "弁護士に相談します", "Jag vänder mig till Konsumentverket.",
        "Abri uma disputa.", "Falarei com um advogado.", "Pondré una denuncia en consumo.",
    ],
)  # fmt: skip
def test_a_dispute_is_recognised(text):
    assert is_dispute(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?", "My card was charged twice, can you look?", "I claim my discount code.",
        "There is no dispute that the throw is lovely.", "I want to return the mug.", "Das Paket ist beschädigt.",
        "I am very disappointed.", "Die Klage meiner Katze: zu wenig Wolle!", "Je voudrais annuler ma commande.",
        "Is it in the case or do I order the case too?", "The police dog loved the blanket.",
        "My lawyer friend loves your bowls.",
    ],
)  # fmt: skip
def test_an_ordinary_mail_is_no_dispute(text):
    assert not is_dispute(text)


CASES_OPENED = (
    "I have opened a PayPal case",
    "Ich habe einen Fall bei PayPal eröffnet.",
    "He abierto una disputa en PayPal",
    "I will ask my card company to reverse the payment",
    "Hi.\nI raised this as a case on eBay",
    "Ho aperto una contestazione su PayPal",
    "A case has been opened with my bank.",
    "PayPal hat einen Fall eröffnet",
    "Ik heb een zaak geopend bij Klarna",
    "I have filed a complaint against you.",
    "I have opened a claim with my credit card",
    "I have filed a complaint with Barclays about this charge",
    "I will file a claim with Chase tomorrow",
    "I have opened a case with Apple Pay",
    "I opened a case with Trustly",
    "I've filed a complaint against the seller",
    "I have raised a dispute case with Revolut",
    "i opened a case with my debit card",
    "I lodged a formal complaint with Monzo after UPS lost the parcel.",
    "I am filing a claim against your shop.",
)
PHONE_CASES = (
    "Do you accept PayPal? I bought a phone case",
    "I paid by PayPal for the phone case",
    "I opened the parcel and the case was broken. I paid with Visa.",
    "I opened the box I bought on Etsy and the mug is broken",
    "Ich habe auf jeden Fall mit PayPal bezahlt",
    "Has a case been opened for my parcel?",
    "Did you open a claim with DHL?",
    "I opened the phone case with a knife, and paid with PayPal.",
    "I paid with PayPal, opened the case and it was scratched.",
    "Ich habe den Koffer geöffnet, auf jeden Fall mit Klarna bezahlt.",
    "I filed a complaint with the post office.",
    "I opened your Etsy case: the zip is broken.",
    "Please stop the payment, I ordered twice.",
    "I opened a case with scissors and scratched the lid.",
    "I opened a new case with my key and it broke.",
    "I have filed a claim with the delivery company.",
    "I opened a case with Royal Mail, they are looking for it.",
    "I raised a complaint with your support team last week.",
    "I filed a claim with my home insurance and need an invoice.",
    "I have filed a complaint against the courier.",
    "I opened the parcel with Anna, a case with flowers on it.",
    "I would like to start a claim with order number 1042.",
)


def test_a_case_opened_with_who_was_paid_is_a_dispute_and_a_phone_case_is_none():
    assert [text for text in CASES_OPENED if not is_dispute(text)] == []
    assert [text for text in PHONE_CASES if is_dispute(text)] == []


@pytest.mark.parametrize(
    "text", ["My husband is a lawyer and would love this mug", "Ich bin Anwältin und brauche die Rechnung"]
)
def test_a_profession_threatens_nobody(text):
    assert not is_dispute(text)
