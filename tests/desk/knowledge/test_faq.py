"""The FAQ from macros and notes, the themes of questions, and what an entry changed."""

from dataclasses import replace

import pytest

from desk.conftest import DAY, JANA, NOW, STATUS, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.knowledge import questions
from deskterm.desk.knowledge.faq_files import read_entry
from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.documents.as_markdown import as_markdown
from deskterm.domain.knowledge.publishable import find_personal_words, for_everybody, without_letter
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.sops.sop import Sop
from deskterm.domain.suggest.habit_text import SentText, habit_text
from deskterm.errors import NotFound, NotNow, PlaybookError

CARE = Macro(
    "care", "Cleaning",
    "Hello {{ customer.first_name | default: 'there' }},\n\nyou have {{ policy.return_days }} days.\n\n"
    "{% if order.number %}Order {{ order.number }} is fine.{% else %}Dab it with water.{% endif %}\n\nKind regards",
    category="care", words=("clean", "stain"),
)  # fmt: skip
CLAIM = Macro("claim", "Done", "All is done.", claims=("it was done",))
ORDER = Macro("order", "Order", "It is {{ order.status }} with {{ tracking.carrier }}.")


def desk_of(shop: ShopOfOne, return_days=30) -> Desk:
    context = shop.desk.shop
    book = Playbook({one.id: one for one in (CARE, CLAIM, ORDER, STATUS)}, {})
    settings = replace(context.settings, policy=replace(context.settings.policy, return_days=return_days))
    return Desk(context.db, settings, context.home, Fixed(book), context.formats)


def test_a_german_question_is_answered_in_german_where_the_macro_has_that_language(shop):
    desk = desk_of(shop)
    care = replace(CARE, translations=(("de", "Tupfen Sie es mit Wasser ab, und reiben Sie nicht."),))
    desk.playbook.playbook = Playbook({"care": care}, {})
    desk.faq.add_macro("care", "Wie kann ich die Decke reinigen?", NOW)
    page = as_markdown(desk.faq.page())
    assert page.startswith(
        "# Loom & Clay: Fragen und Antworten\n\nNichts Passendes gefunden? Schreiben Sie an "
    )
    assert "## Wie kann ich die Decke reinigen?\n\nTupfen Sie es mit Wasser ab" in page


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_publishing_leaves_the_file_as_it_was_typed_and_z_takes_it_back(shop, mark, end):
    """As an editor on Windows writes it: with a BOM and other line ends."""
    desk = desk_of(shop)
    path = desk.faq.path_of("care")
    path.parent.mkdir(parents=True)
    head, rest = b'question: "How do I clean it?"', [b"---", b"Dab it.", b""]
    path.write_bytes(typed := mark + end.join([b"---", head, b"since:", *rest]))
    done = desk.faq.publish("care", NOW)
    assert path.read_bytes() == mark + end.join([b"---", head, b"since: 2026-11-20", *rest])
    assert desk.undo.peek().action == done.action < 0
    assert desk.undo.undo(NOW).words == "Undid: published faq/care.md"
    assert path.read_bytes() == typed
    assert not desk.faq.state().on_page


def test_a_macro_becomes_an_entry_with_the_shops_values_and_no_letter_around_it(shop):
    desk = desk_of(shop)
    desk.faq.add_macro("care", "How do I clean it?", NOW, "Care")
    (answer,) = desk.faq.state().on_page
    assert answer.text == "You have 30 days.\n\nDab it with water."
    assert answer.entry.since == "2026-11-20"
    page = as_markdown(desk.faq.page())
    assert page.startswith("# Loom & Clay: questions and answers\n\nNot found")
    assert "## How do I clean it?\n\nYou have 30 days." in page.replace("## Care\n\n#", "#")


@pytest.mark.parametrize(("macro", "holes"), [("claim", ()), ("order", ("order.status", "tracking.carrier"))])
def test_what_is_one_customers_becomes_a_draft_that_is_published_once_its_holes_are_filled(
    shop, macro, holes
):
    desk = desk_of(shop)
    draft = desk.faq.add_macro(macro, "Where is it?", NOW)
    path = desk.faq.path_of(draft.id)
    assert draft.unfinished is bool(holes)
    assert all(f"[{hole}?]" in path.read_text("utf-8") and hole in draft.words for hole in holes)
    assert not desk.faq.state().on_page
    if holes:
        with pytest.raises(NotNow, match=r"No general value for: order\.status"):
            desk.faq.publish(draft.id, NOW)
        path.write_text(
            path.read_text("utf-8").replace("[order.status?] with [tracking.carrier?]", "on its way")
        )
    desk.faq.publish(draft.id, NOW)
    (answer,) = desk.faq.state().on_page
    assert answer.entry.since == "2026-11-20"
    with pytest.raises(NotNow, match="published since"):
        desk.faq.publish(draft.id, NOW)
    with pytest.raises(NotFound):
        desk.faq.publish("nowhere", NOW)
    with pytest.raises(NotFound):
        desk.faq.add_macro("nowhere", "x", NOW)


def test_a_macro_with_a_text_for_everybody_is_answered_by_it_in_the_questions_language(shop):
    desk = desk_of(shop)
    told = replace(
        CLAIM, everybody="How long does it take?\nA week.", everybody_in=(("de", "Wie lange?\nEine Woche."),)
    )
    desk.playbook.playbook = Playbook({"claim": told}, {})
    desk.faq.add_macro("claim", "How long does it take you to ship?", NOW)
    desk.faq.add_macro("claim", "", NOW)  # the shop is in Germany
    assert [(one.entry.question, one.text) for one in desk.faq.state().on_page] == [
        ("How long does it take you to ship?", "A week."),
        ("Wie lange?", "Eine Woche."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You asked how to clean it. Dab it, and answer this mail about this very piece.",
         ("You asked how", "answer this mail", "this very piece")),
        ("Dab it. If you would like to send it back, write.", ()),
        ("Ihre Mail ist da.", ("Ihre Mail",)),
        ("Wenn Sie möchten, rufen Sie an. Ich habe Ihnen das Etikett geschickt.", ("Ich habe Ihnen das",)),
        ("Vous m'avez demandé un retour.", ("Vous m'avez",)),
        ("Lo siento mucho.", ("Lo siento",)),
    ],
)  # fmt: skip
def test_what_speaks_to_one_person_is_named_and_its_sentence_left_out(text, words):
    assert find_personal_words(text) == words
    assert not find_personal_words(for_everybody(text).text)


def test_a_list_keeps_its_numbers_and_a_draft_says_what_was_left_out():
    told = for_everybody(
        "1. Pack it. It is 1.3 kg.\n2. You asked for a label.\n\nI am sorry. Hand it in [order.number?] now."
    )
    assert told.text == "1. Pack it. It is 1.3 kg.\n\nHand it in [order.number?] now."
    assert told.left_out == ("You asked for a label.", "I am sorry.")
    assert without_letter("Hallo [customer.first_name?],\n\nbis [ask.Which_date?].") == "Bis [Which date?]."


def test_a_question_mark_inside_a_placeholder_ends_no_sentence_of_a_macro_and_its_title_says_something():
    sent = [
        SentText(f"Hello Ann,\n\nyou asked where it is. We have opened a trace with the carrier, and it takes"
                 f" until {day} December 2026. Please have a little patience with us until that day has come.")
        for day in (3, 4, 5)
    ]  # fmt: skip
    made = habit_text(sent)
    assert '{% ask "Which date?" %}. Please have' in made.body
    assert made.title == "We have opened a trace with the carrier"


def test_a_policy_that_is_not_set_is_no_answer(shop):
    desk = desk_of(shop, return_days=0)
    assert "fill in policy.return_days" in desk.faq.add_macro("care", "", NOW).words
    assert not desk.faq.state().on_page


def test_a_note_becomes_an_entry_unless_it_names_a_customer(shop):
    desk, ticket = desk_of(shop), shop.ticket(JANA)
    with pytest.raises(NotFound, match="has no note"):
        desk.faq.add_note(ticket, "Do you ship to Norway?", NOW)
    desk.tickets.note(ticket, "We do, ask Jana how it went.", NOW)
    with pytest.raises(NotNow, match="the name Jana"):
        desk.faq.add_note(ticket, "Do you ship to Norway?", NOW)
    desk.tickets.note(ticket, "We do. It takes a week.", NOW + 1)
    desk.faq.add_note(ticket, "Do you ship to Norway?", NOW)
    assert [one.text for one in desk.faq.state().on_page] == ["We do. It takes a week."]


def test_an_entry_that_turns_bad_is_left_out_of_the_page_and_named(shop):
    desk = desk_of(shop)
    shop.ticket(JANA)
    desk.faq.add_macro("care", "How do I clean it?", NOW)
    (desk.faq.folder / "bad.md").write_text(
        "---\nquestion: Who?\nsince: 2026-11-01\n---\nAsk Jana Mertens.\n"
    )
    (desk.faq.folder / "broken.md").write_text("---\nquestio: x\n---\n")
    state = desk.faq.state()
    assert [one.refused for one in state.answers] == ["It contains the name Jana Mertens.", ""]
    assert "Ask" not in as_markdown(desk.faq.page())
    assert [name for name, _ in state.broken] == ["faq/broken.md"]
    (desk.faq.folder / "broken.md").write_bytes(b"\xff")
    (broken,) = desk.faq.state().broken
    assert broken == ("faq/broken.md", "It is not UTF-8 text. Save it as UTF-8 in your editor.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nmacro: care\n---\n", "It has no question"),
        ("---\nquestion: x\n---\n", "It needs one answer"),
        ("---\nquestion: x\nmacro: care\n---\nAnd more.\n", "It needs one answer"),
        ("---\nquestion: x\nsince: soon\n---\nText\n", "since is not a date"),
    ],
)
def test_a_file_that_is_no_entry_is_refused(text, why):
    with pytest.raises(PlaybookError, match=why):
        read_entry("x", text)


def test_what_an_entry_changed_is_among_the_figures(shop):
    desk = desk_of(shop)
    published = NOW - 30 * DAY
    desk.faq.add_macro("care", "How do I clean it?", published)
    for n in range(40):
        shop.order(str(2000 + n), placed_at=published - 20 * DAY + n * DAY)  # 20 before, 20 since
    for n in (-9, -8, -3, 4):
        shop.ticket(text="How do I clean a stain?", at=published + n * DAY)
    shop.ticket(text="Where is my parcel?", at=published - 5 * DAY)
    (page,) = desk.metrics.report(PeriodChoice(), NOW, ("orders",)).sections
    assert [one.text for one in page.remarks] == [
        "How do I clean it?: 15.0 tickets per 100 orders before, 5.0 in 30 days since (3 of 20 orders, 1 of 20)"
    ]
    assert len(page.remarks[0].tickets) == 1
    (young,) = desk.faq.effects(published + 5 * DAY)
    assert young.words.endswith("too young to tell, published 5 days ago")


def test_a_theme_is_named_by_its_sop_else_its_category_and_names_the_macro_that_is_there(shop):
    def find(*sops):
        book = Playbook({"care": replace(CARE, words=("wash", "stain"))}, {one.id: one for one in sops})
        context = shop.desk.shop
        desk = Desk(context.db, context.settings, context.home, Fixed(book), context.formats)
        (found,) = desk.questions.find(NOW).themes
        return found.name, found.ready_title

    for n in range(3):
        asked = shop.ticket(text="How do I wash out a stain of red wine?", at=NOW - (n + 1) * DAY)
        shop.desk.tickets.categorise((asked,), "care", None, NOW)
        shop.answer(
            asked, at=NOW - n * DAY - 60, text="Hello,\n\ncold water and a little salt, and do not rub it."
        )
    assert find() == ("Care", "Cleaning")
    assert find(Sop("spots", "Spots and stains", (), ("care",))) == ("Spots and stains", "Cleaning")
    assert find(Sop("all", "Everything", (), ("care", "return"))) == ("Care", "Cleaning")


def test_a_theme_answered_by_hand_three_times_makes_a_macro_and_one_with_a_macro_an_entry(shop):
    desk = desk_of(shop)
    typed = "Hello,\n\ncustoms duties are paid by us, the parcel comes to your door and the post asks for nothing more.\n"
    for n in range(4):
        asked = shop.ticket(text="Do I have to pay customs duties for Norway?", at=NOW - (n + 1) * DAY)
        shop.answer(asked, at=NOW - (n + 1) * DAY + 60, text=typed)
        care = shop.ticket(text=f"How can I clean the wool throw, {n} stains?", at=NOW - (n + 9) * DAY)
        shop.answer(care, at=NOW - (n + 9) * DAY + 60, macro="care")
    found = desk.questions.find(NOW)
    assert found.words == "8 questions: 2 themes, 1 growing, 1 typed by hand"
    customs, care = found.themes
    assert (customs.theme.grows, customs.typed.count, care.theme.macro) == (True, 4, "care")
    assert (customs.name, customs.ready) == ("Do I have to pay customs duties for Norway?", "")
    assert care.name == "Cleaning"
    draft = desk.faq.add_theme(care)
    assert "a draft until it is published" in draft.words
    assert desk.faq.add_theme(care).id == draft.id
    assert [one.entry.macro for one in desk.faq.state().answers] == ["care"]
    assert desk.faq.state().on_page == ()
    desk.faq.add_theme(customs)
    assert any("Customs duties are paid by us" in one.text for one in desk.faq.state().answers)
    desk.habits.keep(customs.typed)
    made = list((desk.shop.home.config_folder / "macros").glob("*.md"))
    assert "customs duties are paid by us" in made[0].read_text()


def test_a_draft_pairs_the_typed_answer_with_the_question_of_those_who_got_it(shop, monkeypatch):
    monkeypatch.setattr(questions, "find_clusters", lambda texts, *_: [list(range(len(list(texts))))])
    soles = "Hello,\n\nthe soles are of felt with a thin layer of leather, and they run half a size small.\n"
    for n in range(8):
        question = "Can I wash them by hand?" if n < 5 else "Are the soles made of leather?"
        asked = shop.ticket(text=question, at=NOW - (n + 1) * DAY)
        if n >= 5:
            shop.answer(asked, at=NOW - n * DAY, text=soles)
    desk = desk_of(shop)
    (theme,) = desk.questions.find(NOW).themes
    assert theme.theme.question.startswith("Can I wash them")
    assert theme.typed.title == "Are the soles made of leather?"
    desk.faq.add_theme(theme)
    (draft,) = desk.faq.state().answers
    assert draft.entry.question == "Are the soles made of leather?"
    assert "of felt" in draft.text
