"""Letters that say a parcel is on its way."""

import pytest

from deskterm.domain.review.under_way import says_under_way


@pytest.mark.parametrize(
    "words",
    [
        "It left on 14 November, and it is on its way to you.", "Your parcel should arrive this week.",
        "It will be with you soon.", "Die Bestellung ist unterwegs.", "Das Paket müsste in den nächsten Tagen ankommen.",
        "Es kommt bald bei Ihnen an.", "Elle est en route vers vous.", "Le colis devrait arriver demain.",
        "El paquete está en camino.", "Debería llegar esta semana.", "Il pacco è in viaggio.", "Dovrebbe arrivare domani.",
        "Het pakket is onderweg.", "A encomenda está a caminho.", "Paczka jest w drodze.", "Paketet är på väg.",
        "Pakken er på vej.", "お荷物は配送中です。",
    ],
)  # fmt: skip
def test_a_parcel_is_said_to_be_on_its_way(words):
    assert says_under_way(words)


@pytest.mark.parametrize(
    "words",
    [
        "You get a mail as soon as it is on its way.", "Sobald es unterwegs ist, bekommen Sie eine Mail.",
        "Dès que votre colis est en route, le nouveau part d'ici.", "En cuanto tu paquete esté en camino, sale el nuevo.",
        "It is not on its way yet.", "I refunded it today.", "Es ist noch nicht unterwegs.", "Once your parcel is on its way, ours leaves.",
        "Zodra het onderweg is, krijg je een mail.",
    ],
)  # fmt: skip
def test_a_condition_or_a_denial_says_nothing_of_the_kind(words):
    assert not says_under_way(words)
