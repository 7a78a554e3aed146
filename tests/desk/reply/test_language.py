"""A letter in the customer's language: the macro's text, dates and lists in it, and what the review says."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.conftest import NOW, Fixed
from deskterm.config.policy import Policy
from deskterm.desk import Desk
from deskterm.desk.playbook import PlaybookFiles
from deskterm.domain.liquid import fill
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Level

ROOT = Path(__file__).parents[3]
STARTER = PlaybookFiles(ROOT).current().macros
TRANSLATED = [(one.id, language) for one in STARTER.values() for language, _ in one.translations]
GERMAN = "Guten Tag, wann kommt mein Paket? Ich warte schon seit einer Woche darauf."
LETTERS = [
    (one.id, language, text)
    for one in STARTER.values()
    for language, text in (("en", one.body), *one.translations)
]
LATE = Macro(
    "late", "Late", "Hello,\n\nyour order is late: {{ order.items }}. News by {{ ticket.news_by | date }}.",
    translations=(("de", "Hallo,\n\ndeine Bestellung ist leider noch nicht da: {{ order.items }}. Nachricht bis zum {{ ticket.news_by | date }}."),),
)  # fmt: skip


@pytest.fixture
def desk(shop):
    context = shop.desk.shop
    return Desk(
        context.db, context.settings, context.home, Fixed(Playbook({"late": LATE}, {})), context.formats
    )


def test_a_german_customer_gets_the_german_text_with_german_dates(shop, desk):
    shop.order()
    ticket = shop.ticket(text=GERMAN)
    body = desk.replies.take(ticket, "late", None, NOW).body
    assert body.startswith("Hallo,\n\ndeine Bestellung ist leider noch nicht da: 1 × Wool throw (grey).")
    assert "bis zum 25. November 2026." in body
    assert desk.replies.review(ticket, NOW).level is Level.GREEN


def test_a_macro_in_one_language_alone_has_its_dates_and_lists_in_it(shop):
    german = replace(LATE, body=LATE.body_for("de"), translations=())
    context = shop.desk.shop
    desk = Desk(
        context.db, context.settings, context.home, Fixed(Playbook({"late": german}, {})), context.formats
    )
    shop.order()
    body = desk.replies.take(shop.ticket(text=GERMAN), "late", None, NOW).body
    assert "bis zum 25. November 2026." in body


def test_whoever_writes_another_language_gets_the_macros_own_and_the_review_says_so(shop, desk):
    shop.order()
    ticket = shop.ticket(text="Bonjour, où est mon colis ? Je ne l'ai pas reçu.")
    assert desk.replies.take(ticket, "late", None, NOW).body.startswith("Hello,")
    review = desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    assert any(one.words == "They wrote French; this letter is English." for one in review.concerns)


def test_thanks_for_a_photo_are_only_right_if_one_came(shop, desk):
    ticket = shop.ticket()
    draft = replace(
        desk.replies.begin(ticket, NOW), body="Hello,\n\nthank you for the photos. A new one is on its way."
    )
    desk.replies.save(draft, NOW)
    assert any("photo" in one.words for one in desk.replies.review(ticket, NOW).concerns)


def test_a_translation_is_no_macro_of_its_own_and_one_without_its_macro_is(tmp_path):
    (tmp_path / "macros").mkdir()
    for name in ("late.md", "late.de.md", "lone.de.md"):
        (tmp_path / "macros" / name).write_text(f"---\ntitle: x\n---\n{name}\n")
    macros = PlaybookFiles(tmp_path).current().macros
    assert sorted(macros) == ["late", "lone.de"]
    assert (macros["late"].body_for("de"), macros["late"].body_for("fr")) == ("late.de.md", "late.md")


def test_the_commonest_matters_have_texts_in_four_languages():
    assert len(TRANSLATED) >= 27


@pytest.mark.parametrize(("macro", "language"), TRANSLATED)
def test_a_shipped_translation_is_in_its_language_and_asks_for_nothing_its_macro_does_not(macro, language):
    body = STARTER[macro].body_for(language)
    assert language_of(body) == language
    greeting = {"customer.full_name"}  # of a formal letter, where English greets with the first name
    assert set(fill.needs(body)) - greeting <= set(fill.needs(STARTER[macro].body))


@pytest.mark.parametrize(
    ("macro", "language", "text"), LETTERS, ids=[f"{name}-{language}" for name, language, _ in LETTERS]
)
def test_below_the_greeting_a_letter_goes_on_as_its_language_has_it(macro, language, text):
    _greeting, _, body = text.partition("\n\n")
    begins = body.lstrip()[0]
    if not begins.startswith("{"):
        assert begins.isupper() or language == "de", f"{macro}: {body[:60]}"


TIMES = "{% if policy.shipping_times %} ({{ policy.shipping_times }}){% endif %}"
TAKES = Macro(
    "takes", "Takes", f"Hello,\n\nyour order is on its way, and it takes some days{TIMES}. You have {{{{ policy.return_days }}}} days.",
    translations=(("de", f"Hallo,\n\ndeine Bestellung ist unterwegs, das dauert einige Tage{TIMES}. Du hast {{{{ policy.return_days }}}} Tage."),),
)  # fmt: skip


def test_the_owners_own_words_of_the_policy_are_in_no_letter_in_another_language(shop):
    context = shop.desk.shop
    policy = Policy(return_days=30, shipping_times="2 to 4 working days")
    settings = replace(context.settings, policy=policy, shop=replace(context.settings.shop, locale="en_GB"))
    desk = Desk(context.db, settings, context.home, Fixed(Playbook({TAKES.id: TAKES}, {})), context.formats)
    shop.order()
    german, english = shop.ticket(text=GERMAN), shop.ticket(text="Where is my parcel, please? I am waiting.")
    body = desk.replies.take(german, "takes", None, NOW).body
    assert "das dauert einige Tage. Du hast 30 Tage." in body
    body = desk.replies.take(english, "takes", None, NOW).body
    assert "takes some days (2 to 4 working days). You have 30 days." in body
