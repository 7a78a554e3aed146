"""The language of a mail, recognised by its small words."""

import pytest

from deskterm.domain.people.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hi, where is my parcel? I have been waiting for a week."),
        ("en", "Could you tell me when it will ship"),
        ("de", "Guten Tag, wann kommt mein Paket? Ich warte seit einer Woche."),
        ("de", "Ich möchte die Tasse gern umtauschen, sie ist mir zu groß."),
        ("fr", "Bonjour, où est mon colis ? J'attends depuis une semaine."),
        ("fr", "Je souhaite retourner la couverture, elle ne me plaît pas."),
        ("es", "Hola, ¿dónde está mi pedido? Llevo una semana esperando."),
        ("es", "Me gustaría cambiar la talla del jersey por una más grande."),
        ("it", "Buongiorno, dove si trova il mio pacco? Non è arrivato."),
        ("nl", "Hallo, waar is mijn pakket? Het is nog niet aangekomen."),
        ("pt", "Olá, onde está a minha encomenda? Não chegou."),
        ("pl", "Dzień dobry, gdzie jest moja paczka? Nie dotarła do mnie."),
        ("sv", "Hej, var är mitt paket? Det har inte kommit."),
        ("da", "Hej, hvor er min pakke? Den er ikke kommet."),
        ("ja", "荷物はまだ届きません"),
        ("zh", "我的包裹还没有到"),
    ],
)
def test_a_language_is_recognised_by_its_small_words(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "#1042", "OK", "Jana Mertens, Lindenallee 3, 10437 Berlin", "Order 1042", "DHL 00340434"]
)
def test_a_text_with_hardly_a_word_has_no_language(text):
    assert language_of(text) == ""
