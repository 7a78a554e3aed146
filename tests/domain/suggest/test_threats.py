"""Disputes recognised by who is to do what, and the same words in mails without a dispute."""

import pytest

from deskterm.domain.suggest.disputes import is_dispute

DISPUTES = [
    "I had my bank reverse the charge.", "My solicitor will be writing to you.", "I shall take this to the small claims court.",
    "Ich habe das Geld über meine Bank zurückgeholt.", "Meine Anwältin meldet sich bei Ihnen.", "Ich schalte die Polizei ein.",
    "Ma banque va annuler le prélèvement.", "Je vais saisir le tribunal.", "He pedido a mi banco que anule el cargo.",
    "Los denunciaré a la policía.", "La banca sta stornando il pagamento.", "Mi rivolgo ai carabinieri.",
    "Ik laat de betaling door mijn bank terugdraaien.", "Ik stap naar de rechter.", "Pedi ao banco o estorno da compra.",
    "Vou recorrer ao tribunal.", "Zgłosiłem sprawę na policję.", "Bank cofnie płatność.", "Min bank kräver tillbaka pengarna.",
    "Jag anmäler er till konsumentverket.", "Jeg melder jer til politiet.", "弁護士を通じて連絡します。", "銀行に返金を申請しました。",
]  # fmt: skip
OTHERS = [
    "My bank charged me twice, can you check?", "Please put the money back on my credit card.", "It is a gift for my lawyer.",
    "The basketball court is next to us, take the parcel to the gate.", "Is this my last chance to order?",
    "Die Polizei sperrt die Straße, bitte morgen liefern.", "Ich möchte mich beschweren, die Tasse ist kaputt.",
    "Ma banque m'a débité deux fois.", "C'est un cadeau pour mon avocat.", "Quiero presentar una queja, la taza llegó rota.",
    "Mi banco me cobró dos veces.", "Vorrei presentare un reclamo per la tazza.", "Ik werk bij de rechtbank, graag daar bezorgen.",
    "Mijn bank heeft twee keer afgeschreven.", "O banco cobrou-me duas vezes.", "Proszę o zwrot na konto w banku.",
    "Sąd jest obok, proszę dostarczyć do portierni.", "Banken drog pengarna två gånger.", "Jeg vil klage over en skåret kop.",
    "銀行振込でも払えますか？", "カードに返金をお願いします。",
]  # fmt: skip


@pytest.mark.parametrize("text", DISPUTES)
def test_somebody_who_turns_to_a_bank_or_an_authority_is_in_a_dispute(text):
    assert is_dispute(text)


@pytest.mark.parametrize("text", OTHERS)
def test_a_bank_or_an_authority_alone_is_no_dispute(text):
    assert not is_dispute(text)
