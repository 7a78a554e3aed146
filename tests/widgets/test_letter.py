"""A reviewed reply as it is drawn."""

from dataclasses import replace

import pytest

from deskterm.commands.keymap import default_key
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.playbook import Missing, Value
from deskterm.domain.review.replies import Claim, Concern, Draft, Level, OrderOption, Review
from deskterm.widgets import letter

JANA = Address("Jana Mertens", "jana@mertens.example")
SHOP = Address("Oak & Wool", "hello@oakwool.example")
ORDER = Order(
    "oakwool", "1", "1042", JANA.address, JANA.name, 0, Payment.PAID, Fulfilment.SHIPPED, Money(9800, "EUR")
)


@pytest.fixture
def review():
    body = "Hello Jana,\n\norder #1042 left us."
    return Review(
        draft=Draft(1043, body, "Re: Where?", SHOP.address, (JANA,)),
        sender=SHOP,
        store="oakwool",
        body=body,
        values=(Value("order.mark", "#1042", 19, 24, "oakwool", 900),),
        missing=(),
        claims=(),
        concerns=(),
        order=OrderOption(ORDER, "the customer named it", certain=True),
        order_place="order 1 of 3, because the customer named it",
        follows="then: waiting",
        notes=("The same macro went out 9 days ago.",),
        customer_words="Where is it?",
        seen=7,
    )


def when(at):
    return f"<{at}>"


def marked(content, style):
    return [content.plain[span.start : span.end] for span in content.spans if style in str(span.style)]


def test_the_mail_is_shown_exactly_as_it_will_go(review):
    assert letter.body(review).plain == review.body
    assert letter.head(review) == [
        ("From", "Oak & Wool <hello@oakwool.example>"),
        ("To", "Jana Mertens <jana@mertens.example>"),
        ("Subject", "Re: Where?"),
    ]


def test_markup_in_a_mail_stays_text(review):
    hostile = replace(review, body="[red]no[/red] [@click=app.quit]x[/]", values=())
    assert letter.body(hostile).plain == hostile.body


def test_a_filled_value_is_marked_with_source_and_age(review):
    assert marked(letter.body(review), "$act") == ["#1042"]
    assert (
        "#1042 oakwool  order 1 of 3, because the customer named it"
        in letter.checks(review, when, default_key).plain
    )
    assert "#1042  oakwool, synced <900>" in letter.checks(review, when, default_key).plain


def test_missing_values_are_red_in_the_text_and_nothing_is_said_to_send(review):
    body = "[tracking.number?] [tracking.number?] [order.mark?]"
    holes = (
        Missing("tracking.number", 0, 18),
        Missing("tracking.number", 19, 37),
        Missing("order.mark", 38, 51),
    )
    stopped = replace(
        review, body=body, values=(), missing=holes, concerns=(Concern(Level.RED, "Two values are missing."),)
    )
    assert len(marked(letter.body(stopped), "$red")) == 3
    assert letter.checks(stopped, when, default_key).plain.startswith("■ Two values are missing.")
    assert letter.verdict(stopped, default_key, armed=True).plain == "■ This cannot be sent yet."


def test_an_amber_review_names_the_key_and_its_concerns(review):
    amber = replace(
        review,
        claims=(Claim("address changed in the store", ticked=False),),
        concerns=(Concern(Level.AMBER, "A claim is not ticked."),),
    )
    told = letter.checks(amber, when, default_key).plain
    assert told.startswith("▲ A claim is not ticked.")
    assert "○ address changed in the store" in told
    assert letter.verdict(amber, default_key, armed=True).plain == "▲ Y sends it to Jana Mertens anyway."


def test_the_line_above_the_keys_never_promises_what_the_key_would_not_do(review):
    assert letter.verdict(review, default_key, armed=True).plain == "● y sends it to Jana Mertens."
    assert "sends" not in letter.verdict(review, default_key, armed=False).plain.replace("will send", "")
    assert "scrolls on" in letter.verdict(review, default_key, armed=True, more=True).plain
    assert letter.stop("A new mail came.").plain == "■ A new mail came."


def test_every_recipient_is_counted(review):
    cc = replace(review, draft=replace(review.draft, cc=(Address("", "boss@x.example"),)))
    assert letter.verdict(cc, default_key, armed=True).plain == "● y sends it to Jana Mertens and 1 more."
    assert ("Cc", "boss@x.example") in letter.head(cc)
