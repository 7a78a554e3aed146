"""Whether a letter promises to send goods once more."""

import pytest

from deskterm.domain.review.goods_promises import promises_goods


@pytest.mark.parametrize(
    "words",
    [
        "If it is lost, I send everything again or give your money back.",
        "If it is not found, I\u2019ll send another.",
        "I'll ship you a new mug tomorrow.",
        "Findet es sich nicht, schicke ich alles noch einmal.",
        "Wir liefern Ihnen Ersatz.",
        "S'il est perdu, je vous renvoie tout.",
        "Je vous envoie un article neuf.",
        "Si no aparece, te lo envío todo de nuevo.",
        "Se non si trova, lo rispedisco.",
        "Ik stuur u een nieuwe.",
    ],
)
def test_goods_are_promised(words):
    assert promises_goods(words)


@pytest.mark.parametrize(
    "words",
    [
        "Could you send the photo again?",
        "I send you the tracking number again.",
        "I cannot send a replacement.",
        "We sent it on Monday. You hear from me again.",
        "Please send it back, and I refund you.",
        "Ich schicke Ihnen die Rechnung noch einmal.",
        "Ich kann leider keinen Ersatz schicken.",
        "Je ne peux pas vous en envoyer un nouveau.",
        "No te lo puedo enviar de nuevo.",
    ],
)
def test_other_sentences_promise_none(words):
    assert not promises_goods(words)
