"""A macro's letter about something else than the mail."""

from dataclasses import replace

import pytest

from desk.conftest import NOW, STATUS
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Level

CANCELLED = Macro(
    "order-cancelled", "Cancelled", "Hello {{ customer.first_name }},\n\nI have cancelled it.",
    category="cancel", words=("cancel my order", "stornieren", "annuler"),
)  # fmt: skip


@pytest.fixture
def judge(shop):
    playbook = shop.desk.shop.playbook
    playbook.playbook = replace(
        playbook.playbook, macros=playbook.playbook.macros | {CANCELLED.id: CANCELLED}
    )
    shop.order()

    def review(text, macro):
        ticket = shop.ticket(text=text, subject="1042")
        shop.desk.replies.take(ticket, macro, None, NOW)
        return shop.desk.replies.review(ticket, NOW)

    return review


@pytest.mark.parametrize(
    ("text", "macro", "said"),
    [
        ("Please cancel my order.", STATUS.id, "They write about “cancel”"),
        ("Pouvez-vous annuler la commande ?", STATUS.id, "They write about “cancel”"),
        ("Where is my order?", CANCELLED.id, "They write about “shipping”"),
    ],
)
def test_a_letter_about_another_matter_is_amber(judge, text, macro, said):
    review = judge(text, macro)
    assert review.level is Level.AMBER
    assert any(said in one.words for one in review.concerns)


@pytest.mark.parametrize(
    ("text", "macro"),
    [
        ("Please cancel my order.", CANCELLED.id),
        ("Where is my order? If it has not left, please cancel my order.", CANCELLED.id),
        ("Please cancel my order.", "trace"),  # a macro without words for mails
        ("Hello, a word about 1042.", STATUS.id),
    ],
)
def test_a_letter_about_the_matter_or_about_none_is_not(judge, text, macro):
    assert not [one for one in judge(text, macro).concerns if "They write about" in one.words]
