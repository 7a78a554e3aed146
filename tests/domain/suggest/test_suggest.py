"""The category guessed from a macro file's words."""

from dataclasses import replace

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, Shipment
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.order_needs import Need, fits, unmet_needs
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.suggest.offer import Abstention
from deskterm.domain.suggest.suggest import Request, category, offer_answers, rank_macros, sop_for


def macro(id_, category, *words):
    return Macro(id_, id_.title(), "x", category=category, words=words)


BOOK = Playbook(
    {
        "where": macro("where", "shipping", "where is my order", "parcel", "wo ist"),
        "late": macro("late", "shipping", "not arrived", "届き"),
        "back": macro("back", "return", "return*", "send back", "返品"),
        "thanks": macro("thanks", "thanks", "^thanks", "love it"),
        "bare": Macro("bare", "Bare", "x"),
    },
    {
        "late": Sop("late", "Late", (Step("a", "Look"),), ("shipping",), ("not arrived",)),
        "lost": Sop("lost", "Lost", (Step("b", "Look"),), ("shipping",), ("lost",)),
        "free": Sop("free", "Free", (Step("c", "Look"),), (), ("recall",)),
    },
)


@pytest.mark.parametrize(
    ("text", "subject", "guessed"),
    [
        ("WHERE is\nmy   order?", "", "shipping"),
        ("I am returning it", "", "return"),
        ("a returnable thing, and where is my order", "", "shipping"),  # three words say more than one
        ("nothing to see", "parcel", "shipping"),
        ("parcels and turn", "", ""),  # whole words only
        ("返品したいです", "", "return"),
        ("荷物がまだ届きません", "", "shipping"),
        ("Please return the parcel", "", ""),  # two alike: unsure
        ("Hello, thanks a lot!", "", "thanks"),
        ("I have a question about something quite different. Thanks", "", ""),  # mere politeness
        ("", "", ""),
    ],
)
def test_a_category_is_guessed_or_left_open(text, subject, guessed):
    assert category(text, subject, BOOK) == guessed


def test_macros_of_the_category_come_first_and_the_best_fitting_before_them():
    assert rank_macros("it has not arrived", "shipping", BOOK)[:2] == ["late", "where"]
    assert rank_macros("where is my order", "shipping", BOOK)[:2] == ["where", "late"]
    assert sorted(rank_macros("", "", BOOK)) == sorted(BOOK.macros)


def test_only_macros_with_the_words_or_the_category_are_suggested():
    assert offer_answers(Request("it has not arrived"), BOOK).macros == ("late",)
    assert offer_answers(Request("hm", category="return"), BOOK).macros == ("back",)
    assert offer_answers(Request("hm"), BOOK).macros == ()


def test_a_macro_that_is_not_true_of_the_order_comes_last():
    book = replace(BOOK, macros=BOOK.macros | {"late": replace(BOOK.macros["late"], needs=(Need.TRACKING,))})
    without = order(fulfilment=Fulfilment.SHIPPED)
    assert rank_macros("not arrived", "shipping", book, without)[-1] == "late"
    assert rank_macros("not arrived", "shipping", book)[0] == "late"


def order(**known) -> Order:
    plain = Order("shop", "1", "1042", "", "", 0, Payment.PAID, Fulfilment.UNFULFILLED, Money(100, "EUR"))
    return replace(plain, **known)


PARCEL = Shipment("DHL", "0034", "", 1)


@pytest.mark.parametrize(
    ("need", "true", "false", "said"),
    [
        ("shipped", {"fulfilment": Fulfilment.PARTLY}, {}, "is not shipped; this macro is for orders that are"),
        ("not shipped", {"fulfilment": Fulfilment.CANCELLED}, {"fulfilment": Fulfilment.PARTLY},
         "is partly shipped; this macro is for orders that are not shipped"),
        ("delivered", {"shipments": (replace(PARCEL, delivered_at=5),)}, {"shipments": (PARCEL,)},
         "is not delivered; this macro is for orders that are"),
        ("not delivered", {"fulfilment": Fulfilment.SHIPPED}, {"fulfilment": Fulfilment.DELIVERED},
         "is delivered; this macro is for orders that are not"),
        ("tracking", {"shipments": (PARCEL,)}, {"shipments": (replace(PARCEL, number=""),)},
         "has no tracking number; this macro is for orders that have one"),
        ("no tracking", {}, {"shipments": (PARCEL,)},
         "has a tracking number; this macro is for orders that have none"),
        ("refunded", {"payment": Payment.PARTLY_REFUNDED}, {}, "is not refunded; this macro is for orders that are"),
    ],
)  # fmt: skip
def test_each_need_of_a_macro_is_checked_on_an_order(need, true, false, said):
    assert fits([Need(need)], order(**true))
    assert not fits([Need(need)], order(**false))
    assert fits([Need(need)], None)
    assert unmet_needs([Need(need)], order(**true)) == unmet_needs([Need(need)], None) == ()
    assert unmet_needs([Need(need)], order(**false)) == (f"Order #1042 {said}.",)


def test_the_sop_that_fits_best_is_shown():
    assert sop_for("shipping", "it is lost", BOOK).id == "lost"
    assert sop_for("shipping", "hm", BOOK).id == "late"
    assert sop_for("", "a recall?", BOOK).id == "free"
    assert sop_for("thanks", "hm", BOOK) is None
    assert sop_for("", "hm", BOOK) is None


def test_of_sops_that_fit_alike_the_one_is_shown_whose_step_takes_the_macro():
    back = Sop("z-back", "Back", (Step("a", "Answer", "back"),), ("return",))
    book = replace(
        BOOK, sops={"a": Sop("a", "A", (Step("a", "Answer", "late"),), ("return",)), back.id: back}
    )
    assert sop_for("return", "I want to send back this", book) is back
    assert sop_for("return", "hm", book).id == "a"


def test_a_playbook_without_words_guesses_nothing():
    assert category("where is my order", "", Playbook()) == ""


def test_the_state_of_the_order_counts_for_the_macro_for_such_orders():
    late = replace(BOOK.macros["late"], needs=(Need.SHIPPED,), words=BOOK.macros["where"].words)
    book = replace(BOOK, macros=BOOK.macros | {"late": late})
    on_its_way = order(fulfilment=Fulfilment.SHIPPED)
    request = Request("my parcel please", category="shipping")
    assert offer_answers(request, book, on_its_way).macros[0] == "late"
    assert offer_answers(replace(request, orderless=True), book).macros[0] == "where"


def test_a_dispute_opens_the_procedure_for_disputes():
    from deskterm.domain.suggest.suggest import sop_for_dispute

    complaint = Sop("complaint", "Complaint", (Step("a", "A lawyer writes, my lawyer says: keep to facts"),))
    dispute = Sop("dispute", "Dispute", (Step("b", "Note the day"),), words=("chargeback", "ombudsman"))
    assert sop_for_dispute(Playbook({}, {"complaint": complaint, "dispute": dispute})) is dispute
    assert sop_for_dispute(Playbook({}, {"complaint": complaint})) is complaint
    assert sop_for_dispute(Playbook()) is None


def test_if_two_things_are_asked_key_2_answers_the_other_one():
    gift = macro("gift", "question", "gift wrap")
    book = Playbook(BOOK.macros | {"gift": gift}, {})
    words = "My parcel has not arrived, not arrived at all. Where is my order? Do you also offer gift wrap?"
    offer = offer_answers(Request(words, category="shipping"), book)
    assert (offer.macros[:2], offer.why, offer.sure) == (("where", "gift"), Abstention.QUESTIONS, False)
    other = offer_answers(Request(words.replace("gift wrap", "tours"), category="shipping"), book)
    assert (other.macros[:2], other.why) == (("where", "late"), Abstention.QUESTIONS)
