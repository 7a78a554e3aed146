"""Answers that are offered, and what the owner's own answers teach."""

from dataclasses import replace

import pytest

from desk.conftest import DAY, NOW, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Level
from deskterm.domain.suggest.offer import Abstention
from deskterm.domain.suggest.trust import OfferOutcome
from deskterm.intake import learning
from deskterm.storage.answers import lessons, offers, weights

LATE = Macro(
    "late",
    "Late",
    "Hello {{ customer.first_name }},\n\nit is on its way to you and will be there within a day or two from now.",
    category="shipping",
    words=("where is my order",),
)
CARE = Macro(
    "care",
    "Care",
    "Hello,\n\nwash it by hand in cold water, and dry it flat on a towel in the shade.",
    category="care",
    words=("how do I wash",),
)
BOOK = Playbook({one.id: one for one in (LATE, CARE)}, {})


@pytest.fixture
def desk(shop: ShopOfOne) -> Desk:
    context = shop.desk.shop
    return Desk(context.db, context.settings, context.home, Fixed(BOOK), context.formats)


def offer(desk, ticket):
    view = desk.tickets.view(ticket, NOW)
    return [one.id for one in view.suggested], view.offer.why


def send(desk, ticket, macro="", body=""):
    if macro:
        desk.replies.take(ticket, macro, None, NOW)
    if body or not macro:
        draft = desk.replies.begin(ticket, NOW)
        desk.replies.save(replace(draft, body=body or "Written by hand.", macro=macro), NOW)
    review = desk.replies.review(ticket, NOW)
    return desk.replies.send(ticket, review, NOW, Level.AMBER)


def taught(desk):
    with desk.shop.db.read() as tx:
        return [
            tuple(row)
            for row in tx.execute("SELECT question, label, guess, outcome FROM lesson ORDER BY id").fetchall()
        ]


def test_what_is_offered_is_kept_for_the_list_until_a_mail_comes(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    assert desk.offers.prepare() == 1
    assert desk.offers.prepare() == 0
    with shop.db.read() as tx:
        assert offers.find(tx, ticket).offer.macros == ("late",)
    row = desk.inbox.rows((ticket,))[0]
    assert (row.answer, row.answers, row.sop) == ("Late", 1, "")


def test_the_list_knows_the_sop_of_a_ticket_and_follows_its_category(shop):
    disputed = shop.ticket(text="My lawyer will write to you.")
    asked = shop.ticket(text="Where is my order?")
    shop.desk.tickets.categorise((asked,), "shipping", None, NOW)
    shop.desk.offers.prepare()
    first = shop.desk.inbox.rows((asked, disputed))
    assert (first[0].answer, first[0].sop) == ("Where the order stands", "Late parcel")
    assert (first[1].answer, first[1].answers) == ("", 0)
    shop.desk.tickets.categorise((asked,), "care", None, NOW)
    assert shop.desk.offers.prepare() == 1
    assert shop.desk.inbox.rows((asked,))[0].sop == ""


def test_the_macro_that_was_offered_and_sent_is_taken(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    desk.offers.prepare()
    send(desk, ticket, "late")
    assert [one[1:] for one in taught(desk)] == [("late", "late", OfferOutcome.TAKEN)]


def test_an_offer_is_refused_by_an_answer_by_hand_which_teaches_no_macro(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    desk.offers.prepare()
    send(desk, ticket, body="I will look into it and write tomorrow.")
    assert [one[1:] for one in taught(desk)] == [("", "late", OfferOutcome.REFUSED)]


def test_an_answer_with_one_more_word_is_edited_and_a_rewritten_one_is_the_owners_own(shop, desk):
    first, second = shop.ticket(text="Where is my order?"), shop.ticket(text="Where is my order please?")
    desk.offers.prepare()
    text = "it is on its way to you and will surely be there within a day or two from now."
    send(desk, first, "late", f"Hello Jana,\n\n{text}")
    send(desk, second, "late", "Dear Jana, nothing of the kind stands here any more at all.")
    assert [one[1:] for one in taught(desk)] == [
        ("late", "late", OfferOutcome.EDITED),
        ("", "late", OfferOutcome.REFUSED),
    ]


def test_taking_a_reply_back_takes_back_what_it_taught(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    done = send(desk, ticket, "late")
    assert len(taught(desk)) == 1
    desk.undo.undo(NOW)
    assert taught(desk) == []
    assert done.action


def test_answers_in_sent_mail_are_known_by_their_text_and_teach_whose_question_they_answer(shop, desk):
    ticket = shop.ticket(text="Will it shrink in the machine?")
    shop.answer(
        ticket,
        at=NOW - DAY // 2,
        text="Hello Jana,\n\nwash it by hand in cold water, and dry it flat on a towel in the shade.\n\nAnna",
    )
    other = shop.ticket(text="Do you have a shop in town?")
    shop.answer(other, at=NOW - DAY // 2, text="Yes, in the Mill Lane, come and see us.")
    with shop.db.write() as tx:
        assert learning.teach(tx, [ticket, other], BOOK) == 2
        assert learning.teach(tx, [ticket, other], BOOK) == 0
    assert [one[1] for one in taught(desk)] == ["care", ""]


def test_what_was_learned_offers_a_macro_whose_words_are_not_in_the_mail(shop, desk):
    questions = ["Will it shrink in the machine?", "May I put it in the machine, or does it shrink?"]
    for text in questions:
        asked = shop.ticket(subject="A question", text=text)
        shop.answer(asked, at=NOW - DAY // 2, text=CARE.body)
        with shop.db.write() as tx:
            learning.teach(tx, [asked], BOOK)
    assert learning.fit(shop.db, BOOK)
    ticket = shop.ticket(subject="A question", text="Does this jumper shrink in the machine?")
    assert offer(desk, ticket)[0] == ["care"]


def test_a_model_that_was_saved_is_read_as_it_was(shop, desk):
    for text, body in (("Will it shrink?", CARE.body), ("Where is it now?", "By hand.")) * 2:
        asked = shop.ticket(subject="A question", text=text)
        shop.answer(asked, at=NOW - DAY // 2, text=body)
        with shop.db.write() as tx:
            learning.teach(tx, [asked], BOOK)
    learning.fit(shop.db, BOOK)
    with shop.db.read() as tx:
        kept = weights.load(tx)
        listed = lessons.last(tx, 10)
        learner, up_to = learning.load(tx, {})
    assert (kept.seen, kept.lessons, up_to) == (4, 4, kept.up_to)
    assert {lesson.label for _, lesson in listed} == {"care", ""}
    assert max(learner.scores("Will it shrink?").items(), key=lambda one: one[1])[0] == "care"


def test_going_through_all_lessons_is_due_after_every_fifth_and_when_one_was_forgotten(shop, desk):
    asked = [shop.ticket(text=f"Question {number}") for number in range(5)]
    for one in asked:
        shop.answer(one, at=NOW - DAY // 2, text="By hand.")
    with shop.db.write() as tx:
        learning.teach(tx, asked[:4], BOOK)
        assert not learning.is_due(tx)
        learning.teach(tx, asked, BOOK)
        assert learning.is_due(tx)
    learning.fit(shop.db, BOOK)
    with shop.db.write() as tx:
        assert not learning.is_due(tx)
        lessons.remove(tx, lessons.last(tx, 1)[0][0])
        assert learning.is_due(tx)


def test_two_questions_and_another_language_keep_the_first_from_standing_out(shop, desk):
    ticket = shop.ticket(subject="Hi", text="Where is my order? Do you also sell the mug in blue?")
    assert offer(desk, ticket) == (["late"], Abstention.QUESTIONS)
    german = shop.ticket(
        subject="Frage",
        text="Hallo, wo ist denn meine Bestellung? Where is my order, ich habe nicht das Paket.",
    )
    assert offer(desk, german) == ([], Abstention.LANGUAGE)


def test_the_offer_stays_while_the_learner_learns(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    before = desk.tickets.view(ticket, NOW).offer
    for number in range(3):
        send(desk, shop.ticket(text=f"Where is my order {number}?"), body="By hand, each time another way.")
    assert desk.tickets.view(ticket, NOW).offer == before


def test_an_offer_that_was_only_prepared_is_made_again_once_more_is_known(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    assert desk.offers.prepare() == 1
    learning.fit(shop.db, BOOK)
    with shop.db.read() as tx:
        assert offers.find(tx, ticket) is None
    assert desk.offers.prepare() == 1


def test_the_shares_of_what_became_of_offers_can_be_asked_for(shop, desk):
    ticket = shop.ticket(text="Where is my order?")
    desk.offers.prepare()
    send(desk, ticket, "late")
    assert desk.habits.shares(NOW)[OfferOutcome.TAKEN] == 1.0
