"""A sign-off for each language: letters end in the language they are written in."""

from dataclasses import replace

import pytest

from desk.conftest import NOW, OURS, Fixed, ShopOfOne
from deskterm.config.all_settings import Shop
from deskterm.desk import Desk
from deskterm.desk.reply.text import remove_sign_off
from deskterm.domain.playbook import Macro, Playbook

GERMAN = "Hallo, wo bleibt denn meine Decke? Ich habe sie vor einer Woche bestellt und noch nichts gehört."
LETTER = "Guten Tag,\n\ndie Decke ist heute losgegangen und sollte morgen bei Ihnen sein."
MACRO = Macro(
    "left",
    "It left",
    "Hello,\n\nyour parcel has left and will be with you soon.",
    translations=(("de", LETTER),),
)


def desk_with(shop: ShopOfOne, signature: str, **sign_offs: str) -> Desk:
    context = shop.desk.shop
    store = Shop("Loom & Clay", (OURS.address,), signature, sign_offs=sign_offs)
    return Desk(
        context.db,
        replace(context.settings, shop=store),
        context.home,
        Fixed(Playbook({"left": MACRO}, {})),
        context.formats,
    )


def test_a_letter_ends_with_the_sign_off_of_its_language(shop):
    desk = desk_with(shop, "Kind regards\nRita", de="Viele Grüße\nRita")
    german, english = shop.ticket(text=GERMAN), shop.ticket()
    assert desk.replies.begin(german, NOW).body.strip() == "Viele Grüße\nRita"
    assert desk.replies.take(german, "left", None, NOW).body == f"{LETTER}\n\nViele Grüße\nRita\n"
    assert desk.replies.take(english, "left", None, NOW).body.endswith("soon.\n\nKind regards\nRita\n")
    for ticket in (german, english):
        assert not any("sign-off" in one.words for one in desk.replies.review(ticket, NOW).concerns)
        assert desk.replies.own_words(ticket, NOW) == ""


def test_without_one_the_review_says_which_languages_differ(shop):
    desk = desk_with(shop, "Viele Grüße\nRita")
    english = shop.ticket()
    desk.replies.take(english, "left", None, NOW)
    words = [one.words for one in desk.replies.review(english, NOW).concerns]
    assert any(one.startswith("The sign-off is German; this letter is English.") for one in words)


@pytest.mark.parametrize(
    ("below", "letter"),
    [("Rita", "en"), ("Cordialement, Rita", "fr"), ("Best, Rita", "de"), ("Saludos\nRita", "es")],
)
def test_a_name_alone_or_words_of_two_languages_go_with_every_letter(shop, below, letter):
    from deskterm.domain.review.sign_off import closing_language

    assert closing_language(f"A letter.\n\n{below}") in ("", letter)


def test_a_sign_off_that_is_the_end_of_another_leaves_nothing_behind():
    store = Shop(signature="Rita", sign_offs={"de": "Viele Grüße\nRita"})
    assert remove_sign_off("Ein Brief.\n\nViele Grüße\nRita\n", store) == "Ein Brief."
